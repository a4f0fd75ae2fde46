/* The inside of the OpenStack driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPENSTACK_H
#define OPENSTACK_H

#include <pileus/digest.h>
#include <pileus/driver.h>
#include <pileus/http.h>
#include <pileus/json.h>
#include <pileus/lease.h>
#include <pileus/services.h>

#include <stdatomic.h>

/* The services that nodes need, each with an endpoint in the catalogue. */
typedef enum os_service {
    OS_COMPUTE, /* Nova */
    OS_IMAGE,   /* Glance */
    OS_VOLUME,  /* Cinder */
    OS_NETWORK, /* Neutron */
    OS_SERVICES
} os_service;

/* The way to a service. */
typedef struct os_way {
    pileus_http *http; /* NULL: the catalogue has none */
    char prefix[128];  /* of its paths: the version, unless the endpoint has it
                        */
} os_way;

typedef struct os_connection {
    pileus_http *identity; /* Keystone */
    os_way ways[OS_SERVICES];
    const char *version; /* prefix of Keystone's paths */
    char *login;         /* body of the request for a token; a secret */
    pileus_lease *token; /* a secret */
    bool pinned;         /* the versions of Nova are not asked for */
    atomic_int most; /* microversion that Nova may be asked for, or OS_UNKNOWN
                      */
} os_connection;

/* ---- connection.c, errors.c ---------------------------------------------- */

int32_t os_open(void *state, pileus_call *call, void **connection);
void os_close(void *connection);

/* What a refusal of Keystone means, and what one of another service does. */
void os_explain_login(void *user, pileus_call *call,
                      const pileus_response *response, pileus_failure *failure);
void os_explain(void *user, pileus_call *call, const pileus_response *response,
                pileus_failure *failure);

/* ---- login.c: the body of the request for a token ------------------------ */

/* From the settings, to be freed with os_free_secret. */
int32_t os_make_login(pileus_call *call, char **login, bool *renewable);
/* Wipe and free; NULL is allowed. */
void os_free_secret(const pileus_host *host, char *secret);

/* ---- token.c ------------------------------------------------------------- */

/* Ask for the first token, and lease it; and give the answer, which has the
 * catalogue. renewable: with the same login there can be others. */
int32_t os_lease_token(os_connection *connection, pileus_call *call,
                       bool renewable, pileus_response **response,
                       const pileus_value **answer);
/* The hook that puts the token into each attempt, a new one when it is due. */
int32_t os_sign(void *user, pileus_call *call, pileus_attempt *attempt);

/* ---- catalogue.c --------------------------------------------------------- */

/* Make the ways to all services from the catalogue in the answer, or where an
 * option names the endpoint, from that. */
int32_t os_open_ways(os_connection *connection, pileus_call *call,
                     const pileus_value *answer);

/* Is a part of the URL's path a version, as "v2" and "v2.1" are? */
bool os_has_version(const char *url);

/* ---- version.c: microversions of the Compute API, 2.N as N --------------- */

#define OS_UNKNOWN (-1)
#define OS_PLAIN 1 /* what is asked for without a header */
/* Novas that have less know the older of two headers alone. */
#define OS_BOTH_BELOW 27

/* What the option allows, and the endpoint has; in open, with the ways. */
int32_t os_limit_version(os_connection *connection, pileus_call *call);
/* Read the version's document, unless it is known what Nova has. */
int32_t os_learn_versions(os_connection *connection, pileus_call *call);
bool os_knows_versions(os_connection *connection);
/* This one or a lower one that Nova has; without knowing, this one. */
int os_best_version(os_connection *connection, int version);
/* PILEUS_NOT_SUPPORTED, reported, if Nova has not got it; what needs it is the
 * subject of the sentence. */
int32_t os_need_version(os_connection *connection, pileus_call *call,
                        int version, const char *what);

/* The headers that ask for a version. */
typedef struct os_version {
    char value[32];
    pileus_pair headers[2];
    uint64_t count;
} os_version;
void os_write_version(int version, os_version *out);

/* ---- request.c ----------------------------------------------------------- */

/* What is asked. Of Nova, version is the highest microversion that is of use,
 * of which there may be less; 0: none is. */
typedef struct os_ask {
    os_service service;
    int version;
    const char *method;
    const char *path;
} os_ask;

/* Send a request, as pileus_http_send_json does. */
int32_t os_ask_for(os_connection *connection, pileus_call *call,
                   const os_ask *ask, pileus_writer *body,
                   pileus_response **response, const pileus_value **value);
/* The same without a microversion. */
int32_t os_send(os_connection *connection, pileus_call *call,
                os_service service, const char *method, const char *path,
                pileus_writer *body, pileus_response **response,
                const pileus_value **value);
/* GET "BEFORE/ID". */
int32_t os_get(os_connection *connection, pileus_call *call, os_service service,
               const char *before, const char *id, pileus_response **response,
               const pileus_value **value);
/* DELETE "BEFORE/ID", with a microversion as of os_ask. */
int32_t os_delete(os_connection *connection, pileus_call *call,
                  os_service service, int version, const char *before,
                  const char *id);

/* A listing: where, and what its items are called. */
typedef struct os_list_of {
    os_service service;
    const char *path;
    const char *items; /* path of the list in a page */
    const char *more;  /* what a page has unless it is the last; NULL: there is
                          one page */
    int version;       /* as of os_ask */
    const char *mark;  /* path in an item of what marks it; NULL: "id" */
} os_list_of;

/* All pages, each item to fn. */
int32_t os_list(os_connection *connection, pileus_call *call,
                const os_list_of *what, const pileus_pair *query,
                uint64_t query_count, pileus_item_fn fn, void *user);

/* ---- server.c ------------------------------------------------------------ */

#define OS_SERVERS "/servers"
/* Has locked (2.9), description (2.19) and tags (2.26). From 2.47 on the flavor
 * is told without its id. */
#define OS_SERVERS_VERSION 26

/* Is it deleted, or about to be? */
bool os_is_leaving(pileus_call *call, const pileus_value *server);
/* Put a node from what the provider says of a server. password, the first
 * user's, is known to a create and a rebuild alone, and NULL elsewhere. */
int32_t os_put_server(pileus_call *call, const pileus_value *server,
                      const char *password, pileus_sink *sink);
/* The same, into a record's extra. */
void os_fill_extra(pileus_record *record, pileus_call *call,
                   const pileus_value *server, const char *password);
/* Ask for a server, and put it. */
int32_t os_show_server(os_connection *connection, pileus_call *call,
                       const char *id, const char *password, pileus_sink *sink);
/* The servers of this name, and perhaps others; name may be NULL. */
int32_t os_list_named(os_connection *connection, pileus_call *call,
                      const char *name, pileus_item_fn fn, void *user);
int32_t os_list_nodes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t os_get_node(void *connection, pileus_call *call, const char *id,
                    pileus_sink *sink);

/* ---- network.c ----------------------------------------------------------- */

/* Room for so many ids, with commas between. */
#define OS_IDS_SIZE(count) ((count) * (PILEUS_ID_MAX + 2))
/* The ids of networks, of which words has the ids or names, with commas
 * between; to be freed, also after a failure. Without Neutron they are taken
 * as they are. */
int32_t os_find_networks(os_connection *connection, pileus_call *call,
                         const char *words, char **ids);

/* As OpenStack makes ids: 32 hexadecimal digits, perhaps with dashes between.
 */
bool os_is_id(const char *word, size_t length);

/* ---- external.c, floating.c ---------------------------------------------- */

/* The id of an external network, by a name or id; NULL: of the one there is. */
int32_t os_find_pool(os_connection *connection, pileus_call *call,
                     const char *pool, char id[PILEUS_ID_MAX + 1]);

extern const pileus_addresses_service os_addresses;

/* ---- create.c, verbs.c --------------------------------------------------- */

/* The key in a server's metadata that marks what a create has made. */
#define OS_TOKEN_KEY "pileus-token"

/* Is it not too much? */
int32_t os_check_user_data(pileus_call *call, const pileus_create_args *args);
int32_t os_write_user_data(pileus_writer *body, pileus_call *call,
                           const pileus_create_args *args);
int32_t os_create_node(void *connection, pileus_call *call,
                       const pileus_create_args *args, pileus_sink *sink);
/* Does create_node know this argument? */
int32_t os_create_capability(const char *argument);
int32_t os_reboot_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t os_start_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t os_stop_node(void *connection, pileus_call *call,
                     const pileus_node *node, uint64_t flags,
                     pileus_record *after);
int32_t os_destroy_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);

/* POST "servers/ID/action" with a body, which is freed; version as of os_ask.
 * response and value may be NULL. */
int32_t os_act(os_connection *connection, pileus_call *call, const char *id,
               int version, pileus_writer *body, pileus_response **response,
               const pileus_value **value);
/* An action that has no arguments. */
int32_t os_act_plainly(os_connection *connection, pileus_call *call,
                       const char *id, const char *action);

/* ---- action.c ------------------------------------------------------------ */

extern const pileus_lifecycle_service os_lifecycle;

/* ---- flavor.c, zone.c: sizes and locations ------------------------------- */

int32_t os_list_sizes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t os_list_locations(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);

/* ---- image.c ------------------------------------------------------------- */

int32_t os_list_images(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t os_get_image(void *connection, pileus_call *call, const char *id,
                     pileus_sink *sink);
int32_t os_create_image(void *connection, pileus_call *call,
                        const pileus_node *node, const char *name,
                        const char *description, pileus_sink *sink);
int32_t os_delete_image(void *connection, pileus_call *call,
                        const pileus_image *image);

/* ---- volume.c, snapshot.c ------------------------------------------------ */

pileus_storage_state os_storage_state(const char *word);
int32_t os_list_volumes(void *connection, pileus_call *call,
                        const pileus_query_args *query, pileus_sink *sink);
int32_t os_create_volume(void *connection, pileus_call *call,
                         const pileus_volume_args *args, pileus_sink *sink);
int32_t os_volume_capability(const char *argument);
int32_t os_destroy_volume(void *connection, pileus_call *call,
                          const pileus_volume *volume, uint64_t flags);
int32_t os_attach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume, const pileus_node *node,
                         const char *device);
int32_t os_detach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume);
int32_t os_list_snapshots(void *connection, pileus_call *call,
                          const pileus_volume *volume,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t os_create_snapshot(void *connection, pileus_call *call,
                           const pileus_volume *volume, const char *name,
                           pileus_sink *sink);
int32_t os_destroy_snapshot(void *connection, pileus_call *call,
                            const pileus_snapshot *snapshot);

/* ---- tags.c -------------------------------------------------------------- */

extern const pileus_tags_service os_tags;

/* ---- key.c --------------------------------------------------------------- */

/* The name that this public key has here, imported unless it is there. */
#define OS_KEY_NAME_SIZE (sizeof "pileus-" + PILEUS_FINGERPRINT_SIZE)
int32_t os_ensure_key(os_connection *connection, pileus_call *call,
                      const char *public_key, char name[OS_KEY_NAME_SIZE]);
int32_t os_list_key_pairs(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t os_get_key_pair(void *connection, pileus_call *call, const char *name,
                        pileus_sink *sink);
int32_t os_create_key_pair(void *connection, pileus_call *call,
                           const char *name, pileus_sink *sink);
int32_t os_import_key_pair(void *connection, pileus_call *call,
                           const char *name, const char *public_key,
                           pileus_sink *sink);
int32_t os_delete_key_pair(void *connection, pileus_call *call,
                           const pileus_key_pair *pair);

#endif
