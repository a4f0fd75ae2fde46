/* The inside of the Hetzner Cloud driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HETZNER_H
#define HETZNER_H

#include <pileus/digest.h>
#include <pileus/driver.h>
#include <pileus/http.h>
#include <pileus/json.h>
#include <pileus/services.h>

typedef struct hz_connection {
    pileus_http *http;
    int64_t stop_timeout_ms;
} hz_connection;

/* ---- connection.c, errors.c ---------------------------------------------- */

int32_t hz_open(void *state, pileus_call *call, void **connection);
void hz_close(void *connection);

/* What a refusal means. */
void hz_explain(void *user, pileus_call *call, const pileus_response *response,
                pileus_failure *failure);
/* Has the action in an answer, at that path, failed? Then it is reported. */
int32_t hz_check_action(pileus_call *call, const pileus_value *answer,
                        const char *path);

/* ---- request.c ----------------------------------------------------------- */

/* Send a request, as pileus_http_send_json does. */
int32_t hz_send(const hz_connection *connection, pileus_call *call,
                const char *method, const char *path, pileus_writer *body,
                pileus_response **response, const pileus_value **value);

/* Ask for an action: POST "KIND/ID/actions/ACTION". It is accepted when this
 * returns. body may be NULL. */
int32_t hz_act(const hz_connection *connection, pileus_call *call,
               const char *kind, const char *id, const char *action,
               pileus_writer *body);

/* DELETE "KIND/ID". */
int32_t hz_delete(const hz_connection *connection, pileus_call *call,
                  const char *kind, const char *id);

/* A listing under way: what its items need to know. */
typedef struct hz_listing {
    pileus_sink *sink;
    const char *location; /* NULL: any */
} hz_listing;

/* All pages of the list at the path "/ITEMS", each item to fn. */
int32_t hz_list(const hz_connection *connection, pileus_call *call,
                const char *items, const pileus_pair *query,
                uint64_t query_count, pileus_item_fn fn, void *user);

/* The number that an id is; PILEUS_NOT_FOUND, reported, if it is none. */
int32_t hz_number(pileus_call *call, const char *id, int64_t *number);

/* ---- labels.c ------------------------------------------------------------ */

/* The label that marks what a create with some token has made, and its value:
 * not every token may be a label's value, so it is a digest. */
#define HZ_TOKEN_LABEL "pileus-token"
#define HZ_TOKEN_SIZE 33
int32_t hz_token(pileus_call *call, const char *token,
                 char value[HZ_TOKEN_SIZE]);

void hz_read_labels(pileus_call *call, pileus_record *record,
                    const pileus_value *labels);
/* PILEUS_INVALID_ARGUMENT, reported, for one that there cannot be. */
int32_t hz_check_labels(pileus_call *call, const pileus_pair *tags,
                        uint64_t count);
/* A selector of all the tags that can be asked for; NULL: there is none. */
#define HZ_SELECTOR_SIZE 1024
const char *hz_selector(const pileus_query_args *query,
                        char selector[HZ_SELECTOR_SIZE]);

/* ---- server.c ------------------------------------------------------------ */

#define HZ_SERVERS "/servers"

/* Put a node from what the provider says of a server. password, the first
 * user's, is known to a create alone, and NULL elsewhere. */
int32_t hz_put_server(pileus_call *call, const pileus_value *server,
                      const char *password, pileus_sink *sink);
int32_t hz_list_nodes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t hz_get_node(void *connection, pileus_call *call, const char *id,
                    pileus_sink *sink);
/* Is the server off? */
int32_t hz_is_off(const hz_connection *connection, pileus_call *call,
                  const char *id, bool *off);

/* ---- create.c, verbs.c --------------------------------------------------- */

int32_t hz_create_node(void *connection, pileus_call *call,
                       const pileus_create_args *args, pileus_sink *sink);
/* Does create_node know this argument? */
int32_t hz_create_capability(const char *argument);
int32_t hz_reboot_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t hz_start_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t hz_stop_node(void *connection, pileus_call *call,
                     const pileus_node *node, uint64_t flags,
                     pileus_record *after);
int32_t hz_destroy_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);

/* ---- catalogue.c: sizes and locations ------------------------------------ */

/* The facts of a size, with the price and traffic of the location, or without
 * one, of the first that it is to be had at. */
void hz_fill_size(pileus_call *call, pileus_record *record,
                  const pileus_value *type, const char *location);
int32_t hz_list_sizes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t hz_list_locations(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);

/* ---- image.c ------------------------------------------------------------- */

/* A name for people: snapshots and backups have none but their description. */
const char *hz_image_name(pileus_call *call, const pileus_value *image);
int32_t hz_list_images(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t hz_get_image(void *connection, pileus_call *call, const char *id,
                     pileus_sink *sink);
int32_t hz_create_image(void *connection, pileus_call *call,
                        const pileus_node *node, const char *name,
                        const char *description, pileus_sink *sink);
int32_t hz_delete_image(void *connection, pileus_call *call,
                        const pileus_image *image);

/* ---- volume.c ------------------------------------------------------------ */

int32_t hz_list_volumes(void *connection, pileus_call *call,
                        const pileus_query_args *query, pileus_sink *sink);
int32_t hz_create_volume(void *connection, pileus_call *call,
                         const pileus_volume_args *args, pileus_sink *sink);
int32_t hz_volume_capability(const char *argument);
int32_t hz_destroy_volume(void *connection, pileus_call *call,
                          const pileus_volume *volume, uint64_t flags);
int32_t hz_attach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume, const pileus_node *node,
                         const char *device);
int32_t hz_detach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume);

/* ---- key.c --------------------------------------------------------------- */

/* The id of this public key, which is imported unless the project has it. */
int32_t hz_ensure_key(const hz_connection *connection, pileus_call *call,
                      const char *public_key, int64_t *id);
int32_t hz_list_key_pairs(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t hz_get_key_pair(void *connection, pileus_call *call, const char *name,
                        pileus_sink *sink);
int32_t hz_import_key_pair(void *connection, pileus_call *call,
                           const char *name, const char *public_key,
                           pileus_sink *sink);
int32_t hz_delete_key_pair(void *connection, pileus_call *call,
                           const pileus_key_pair *pair);

#endif
