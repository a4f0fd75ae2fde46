/* The OpenStack driver on real servers: what its files share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_OPENSTACK_REAL_H
#define TESTS_PEER_OPENSTACK_REAL_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pileus/pileus.h>

/* openstack_real.sh starts the servers, and a Nova API of the test's own, with
 * pages of REAL_PAGE servers and no memory for tokens. It says in the
 * environment where it listens, and in which folder the scripts "start" and
 * "stop" are for it; where the test's own Keystone is and how long its tokens
 * are good for; and how many floating addresses the project may have. */
#define REAL_PAGE 3
/* More than two pages, and less than Nova's quota. */
#define REAL_SERVERS 7
/* All that the test makes has a name that begins so. */
#define REAL_NAME "pileus-test-"

/* A public key, and what ssh-keygen -l -E md5 says of it. */
#define REAL_KEY                                                               \
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfkrIM4lJo2s6cBWKqtiuZAQjYy3ew1HE3"  \
    "iHrnKZpwt"
#define REAL_FINGERPRINT "1a:cb:c6:20:7f:6a:24:64:4e:b2:74:68:2d:bb:50:b1"
/* How often to look for what has no wait, and how long apart. */
#define REAL_LOOKS 600
#define REAL_LOOK_US 100000

/* ---- openstack_real_support.c ---------------------------------------------
 */

/* The port of the test's own Nova API. */
int real_nova_port(void);
/* How long the tokens of the test's own Keystone are good for, in seconds. */
int real_token_life(void);
/* How many floating addresses Neutron gives the project. */
int real_address_quota(void);
/* Run one of the scripts. */
void real_nova(const char *script);

/* To Nova at that port, with one option more; name may be NULL. All else is in
 * the environment. */
pileus_code real_open(pileus_connection **conn, int port, const char *name,
                      const char *value, pileus_error **err);
pileus_connection *real_connect(int port);
/* A node of the smallest size that boots an image, as a spec; its name is its
 * token, too. */
pileus_node_spec *real_spec(pileus_connection *conn, const char *name);
/* The size of that name, instead. */
void real_set_size(pileus_node_spec *spec, pileus_connection *conn,
                   const char *name);
/* Does its name begin so? */
bool real_is(const pileus_node *node, const char *begin);
/* Wait until it is in that state. */
void real_expect_state(pileus_node *node, pileus_state state);
/* How many servers have a name that begins so. */
size_t real_count(pileus_connection *conn, const char *begin);
/* Destroy these, and wait until they are gone. */
void real_destroy_all(pileus_connection *conn, const char *begin);

/* ---- openstack_proxy.c: between the driver and Nova -----------------------
 */

typedef enum proxy_fault {
    PROXY_NONE,
    PROXY_CUT,    /* breaks off in the middle of the answer */
    PROXY_LOSE,   /* breaks off before the answer, which is made */
    PROXY_KILL,   /* the API is killed before it has answered */
    PROXY_REVOKE, /* the token of the request is revoked before it is sent */
    PROXY_HOLD,   /* the request is held until the life of a token is over */
} proxy_fault;

typedef struct proxy {
    web_server *server;
    proxy_fault fault;
    const char *method; /* of the requests that have it */
    const char *part;   /* of their targets */
    int times;          /* how many of them still have it */
    int met;            /* how many had it */
    char token[1024];   /* of the last request */
    int tokens;         /* how often it was another one */
    int refused;        /* requests that were answered with 401 */
} proxy;

void proxy_start(proxy *between, proxy_fault fault, const char *method,
                 const char *part, int times);
void proxy_stop(proxy *between);

/* ---- openstack_real_action.c ----------------------------------------------
 */

void real_rests(void **state);
void real_rebuild(void **state);
void real_resize(void **state);

/* ---- openstack_real_token.c -----------------------------------------------
 */

void real_ended_between(void **state);
void real_ended_in_list(void **state);
void real_ended_underway(void **state);

/* ---- openstack_real_version.c ---------------------------------------------
 */

void real_new_create(void **state);
void real_old_create(void **state);
void real_key_pages(void **state);

/* ---- openstack_real_address.c ---------------------------------------------
 */

void real_addresses(void **state);
void real_address_refusals(void **state);

/* ---- openstack_real_things.c ----------------------------------------------
 */

void real_volumes(void **state);
void real_key_pairs(void **state);
void real_images(void **state);

/* ---- openstack_real_faults.c ----------------------------------------------
 */

void real_pages(void **state);
void real_revoked(void **state);
void real_cut(void **state);
void real_cut_off(void **state);
void real_killed_list(void **state);
void real_lost_create(void **state);
void real_killed_create(void **state);

#endif
