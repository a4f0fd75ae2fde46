/* The OpenStack driver against libcloud's: what its files share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PEER_OPENSTACK_H
#define TESTS_PEER_OPENSTACK_H

#include "tests/peer/check.h"
#include "tests/peer/replay.h"
#include "tests/support/expect.h"

/* openstack_differences.c */
extern const peer_difference openstack_differences[];

/* Where the calls have got to. */
typedef struct os_run {
    peer_check check;
    replay *server;
    pileus_connection *conn;
    const char *scenario;
    const char *op;
    bool rackspace; /* of that pack */
    bool old;       /* libcloud asked Nova for all, as in 2012 */
    yajl_val call;
    yajl_val args;
    yajl_val result; /* NULL: there is none */
    size_t left_out;
} os_run;

/* Where libcloud's suite has Nova and Glance, and Cinder. */
#define OS_NOVA "/v2/1337"
#define OS_CINDER "/v3/1337"
/* What a request by the name of a scenario answers with a server in that
 * state, or the volume. */
#define OS_SCENARIO "ours:"

/* Exchanges of ours, one on a line, to be freed; NULL: there is no pack.
 * (openstack_exchanges.c) */
char *os_exchanges(void);

/* ---- openstack.c ----------------------------------------------------------
 */

/* The call cannot be made; the table says why. */
void os_leave_out(os_run *run);
/* The same, if libcloud asks Nova for what others keep now. */
bool os_left_to_nova(os_run *run);
/* The call fails as libcloud's did, or both do not; true: there is a result to
 * compare. The error is freed. */
bool os_check_outcome(os_run *run, pileus_code code, pileus_error **err);
/* libcloud says True. */
void os_check_true(os_run *run, pileus_code code, pileus_error **err);

/* ---- openstack_nodes.c ----------------------------------------------------
 */

/* The node that the call is about, in a state; to be released. */
pileus_node *os_the_node(os_run *run, const char *status);
void os_create_node(os_run *run);
void os_get_node(os_run *run);
void os_change_node(os_run *run);
void os_resize_node(os_run *run);
void os_rebuild_node(os_run *run);
void os_get_size(os_run *run);

/* ---- openstack_storage.c --------------------------------------------------
 */

void os_get_image(os_run *run);
void os_create_image(os_run *run);
void os_delete_image(os_run *run);
void os_get_volume(os_run *run);
void os_create_volume(os_run *run);
void os_change_volume(os_run *run);
void os_create_snapshot(os_run *run);
void os_list_snapshots(os_run *run);
void os_destroy_snapshot(os_run *run);
void os_get_key_pair(os_run *run);
void os_create_key_pair(os_run *run);
void os_import_key_pair(os_run *run);
void os_delete_key_pair(os_run *run);

#endif
