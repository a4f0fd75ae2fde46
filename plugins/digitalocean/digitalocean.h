/* The inside of the DigitalOcean driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DIGITALOCEAN_H
#define DIGITALOCEAN_H

#include <pileus/digest.h>
#include <pileus/driver.h>
#include <pileus/http.h>
#include <pileus/json.h>
#include <pileus/services.h>

typedef struct do_connection {
    pileus_http *http;
    int64_t stop_timeout_ms;
} do_connection;

/* ---- connection.c -------------------------------------------------------- */

int32_t do_open(void *state, pileus_call *call, void **connection);
void do_close(void *connection);

/* ---- request.c ----------------------------------------------------------- */

/* Send a request, as pileus_http_send_json does. */
int32_t do_send(const do_connection *connection, pileus_call *call,
                const char *method, const char *path, pileus_writer *body,
                pileus_response **response, const pileus_value **value);

/* A listing under way: what its items need to know. */
typedef struct do_listing {
    pileus_sink *sink;
    const char *location; /* NULL: any */
    bool everything;      /* what cannot be had at present, too */
} do_listing;

/* All pages of the list at that path, each item to fn. items is the list's
 * name in the answer. */
int32_t do_list(const do_connection *connection, pileus_call *call,
                const char *path, const pileus_pair *query,
                uint64_t query_count, const char *items, pileus_item_fn fn,
                void *user);

/* ---- action.c ------------------------------------------------------------ */

/* POST an action of this type to a droplet or volume. It is accepted when
 * this returns, and its id, unless action_id is NULL, is put there. An action
 * that has failed by then is a failure. */
#define DO_ACTION_ID_SIZE 24
int32_t do_action(const do_connection *connection, pileus_call *call,
                  const char *path, pileus_writer *body,
                  char action_id[DO_ACTION_ID_SIZE]);

/* Wait until an action is over. what, such as "taking the snapshot", is for
 * messages. */
int32_t do_follow(const do_connection *connection, pileus_call *call,
                  const char *action_id, const char *what);

/* ---- droplet.c ----------------------------------------------------------- */

/* Put a node from what the provider says of a droplet. */
int32_t do_put_droplet(pileus_call *call, const pileus_value *droplet,
                       pileus_sink *sink);
int32_t do_list_nodes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t do_get_node(void *connection, pileus_call *call, const char *id,
                    pileus_sink *sink);
/* Path of a droplet, or with after of something of it. */
int32_t do_droplet_path(char path[PILEUS_HTTP_PATH_SIZE], pileus_call *call,
                        const char *id, const char *after);
/* Is the droplet off? */
int32_t do_is_off(const do_connection *connection, pileus_call *call,
                  const char *id, bool *off);

/* ---- tags.c -------------------------------------------------------------- */

/* A tag is a bare word to DigitalOcean, such as "web" or "env:prod": the
 * latter is the tag "env" with the value "prod". */
void do_read_tags(pileus_call *call, pileus_record *record,
                  const pileus_value *words);
/* The word of a tag; false for one that there cannot be. */
#define DO_TAG_SIZE 256
bool do_tag_word(const pileus_pair *tag, char word[DO_TAG_SIZE]);

/* ---- create.c, verbs.c --------------------------------------------------- */

int32_t do_create_node(void *connection, pileus_call *call,
                       const pileus_create_args *args, pileus_sink *sink);
/* Does create_node know this argument? */
int32_t do_create_capability(const char *argument);
int32_t do_reboot_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t do_start_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t do_stop_node(void *connection, pileus_call *call,
                     const pileus_node *node, uint64_t flags,
                     pileus_record *after);
int32_t do_destroy_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);

/* ---- catalogue.c: sizes and locations ------------------------------------ */

/* The facts of a size; its extra only when it stands for itself. */
void do_fill_size(pileus_call *call, pileus_record *record,
                  const pileus_value *size);
int32_t do_list_sizes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t do_list_locations(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
/* Is the word in the list? */
bool do_has_word(pileus_call *call, const pileus_value *list, const char *word);

/* ---- image.c ------------------------------------------------------------- */

int32_t do_list_images(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t do_get_image(void *connection, pileus_call *call, const char *id,
                     pileus_sink *sink);
int32_t do_create_image(void *connection, pileus_call *call,
                        const pileus_node *node, const char *name,
                        const char *description, pileus_sink *sink);
int32_t do_delete_image(void *connection, pileus_call *call,
                        const pileus_image *image);

/* ---- volume.c ------------------------------------------------------------ */

int32_t do_list_volumes(void *connection, pileus_call *call,
                        const pileus_query_args *query, pileus_sink *sink);
int32_t do_create_volume(void *connection, pileus_call *call,
                         const pileus_volume_args *args, pileus_sink *sink);
int32_t do_volume_capability(const char *argument);
int32_t do_destroy_volume(void *connection, pileus_call *call,
                          const pileus_volume *volume, uint64_t flags);
int32_t do_attach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume, const pileus_node *node,
                         const char *device);
int32_t do_detach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume);

/* ---- snapshot.c ---------------------------------------------------------- */

int32_t do_list_snapshots(void *connection, pileus_call *call,
                          const pileus_volume *volume,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t do_create_snapshot(void *connection, pileus_call *call,
                           const pileus_volume *volume, const char *name,
                           pileus_sink *sink);
int32_t do_destroy_snapshot(void *connection, pileus_call *call,
                            const pileus_snapshot *snapshot);

/* ---- key.c --------------------------------------------------------------- */

/* The fingerprint of the key of that name. */
int32_t do_find_key(const do_connection *connection, pileus_call *call,
                    const char *name, char print[PILEUS_FINGERPRINT_SIZE]);
/* That of this public key, which is imported unless the account has it. */
int32_t do_ensure_key(const do_connection *connection, pileus_call *call,
                      const char *public_key,
                      char print[PILEUS_FINGERPRINT_SIZE]);
int32_t do_list_key_pairs(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t do_import_key_pair(void *connection, pileus_call *call,
                           const char *name, const char *public_key,
                           pileus_sink *sink);
int32_t do_delete_key_pair(void *connection, pileus_call *call,
                           const pileus_key_pair *pair);

#endif
