/* The inside of the CloudStack driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOUDSTACK_H
#define CLOUDSTACK_H

#include <pileus/digest.h>
#include <pileus/driver.h>
#include <pileus/http.h>
#include <pileus/json.h>
#include <pileus/services.h>

typedef struct cs_connection {
    pileus_http *http;
    char *key;
    char *secret;
    char *project; /* id of the project that all is about; NULL: none */
    bool expiring; /* signature version 3 */
    bool expunge;  /* a destroyed node goes for good at once */
    bool post;     /* what changes anything is sent as a form */
} cs_connection;

/* ---- connection.c -------------------------------------------------------- */

int32_t cs_open(void *state, pileus_call *call, void **connection);
void cs_close(void *connection);

/* ---- failure.c ----------------------------------------------------------- */

/* What CloudStack's own number for an error, and its words (may be NULL), are
 * to pileus; the fallback for a number that is not CloudStack's. */
int32_t cs_code(int64_t number, const char *words, int32_t fallback);
/* May the same call succeed later? */
bool cs_passes(int64_t number);

/* The hook that reads an answer's error. */
void cs_explain(void *user, pileus_call *call, const pileus_response *response,
                pileus_failure *failure);

/* ---- request.c ----------------------------------------------------------- */

/* The parameters of a request. Strings are not copied; what is NULL is left
 * out. */
#define CS_PARAMS_MAX 48
typedef struct cs_params {
    const char *command;
    size_t count;
    pileus_pair pairs[CS_PARAMS_MAX];
} cs_params;

/* A command, about the connection's project unless connection is NULL. */
void cs_params_begin(cs_params *params, const cs_connection *connection,
                     const char *command);
void cs_params_add(cs_params *params, const char *name, const char *value);

/* Ask for something that changes nothing. *answer is what is inside the
 * answer's one entry, and lives as long as the response, to be freed. */
int32_t cs_ask(const cs_connection *connection, pileus_call *call,
               const cs_params *params, pileus_response **response,
               const pileus_value **answer);

/* The same for what changes something, which is sent once. */
int32_t cs_change(const cs_connection *connection, pileus_call *call,
                  const cs_params *params, pileus_response **response,
                  const pileus_value **answer);

/* All pages of a list command, each item to fn. items is the list's name in
 * the answer. */
int32_t cs_list(const cs_connection *connection, pileus_call *call,
                const cs_params *params, const char *items, pileus_item_fn fn,
                void *user);

/* ---- job.c --------------------------------------------------------------- */

/* Have a change made, and follow its job to the end. what, such as "starting
 * the node", is for messages. kind, unless 0, is of what is made, which the
 * core is told as soon as its id is known. *result, with response to be freed,
 * is what the job has come to; both may be NULL. */
int32_t cs_do(const cs_connection *connection, pileus_call *call,
              const cs_params *params, const char *what, pileus_kind kind,
              pileus_response **response, const pileus_value **result);

/* ---- node.c -------------------------------------------------------------- */

struct cs_facts;

/* The state that is CloudStack's word. */
pileus_state cs_node_state(const char *word);
/* Put a node from what CloudStack says of a virtual machine. What else belongs
 * to it, and what it was made with, may be NULL. */
int32_t cs_put_node(pileus_call *call, const pileus_value *machine,
                    const struct cs_facts *facts,
                    const pileus_create_args *made_with, pileus_sink *sink);

/* ---- nodes.c ------------------------------------------------------------- */

int32_t cs_list_nodes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t cs_get_node(void *connection, pileus_call *call, const char *id,
                    pileus_sink *sink);

/* ---- create.c, verbs.c --------------------------------------------------- */

int32_t cs_create_node(void *connection, pileus_call *call,
                       const pileus_create_args *args, pileus_sink *sink);
/* Does create_node know this argument? */
int32_t cs_create_capability(const char *argument);
int32_t cs_reboot_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t cs_start_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t cs_stop_node(void *connection, pileus_call *call,
                     const pileus_node *node, uint64_t flags,
                     pileus_record *after);
int32_t cs_destroy_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);

/* ---- catalogue.c: sizes, locations --------------------------------------- */

int32_t cs_list_sizes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t cs_list_locations(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
/* The id of the first zone, to be freed. */
int32_t cs_first_zone(const cs_connection *connection, pileus_call *call,
                      char **id);

/* ---- image.c ------------------------------------------------------------- */

int32_t cs_list_images(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);
int32_t cs_get_image(void *connection, pileus_call *call, const char *id,
                     pileus_sink *sink);
int32_t cs_create_image(void *connection, pileus_call *call,
                        const pileus_node *node, const char *name,
                        const char *description, pileus_sink *sink);
int32_t cs_delete_image(void *connection, pileus_call *call,
                        const pileus_image *image);

/* ---- volume.c, offering.c ------------------------------------------------ */

int32_t cs_list_volumes(void *connection, pileus_call *call,
                        const pileus_query_args *query, pileus_sink *sink);
int32_t cs_create_volume(void *connection, pileus_call *call,
                         const pileus_volume_args *args, pileus_sink *sink);
int32_t cs_volume_capability(const char *argument);
int32_t cs_destroy_volume(void *connection, pileus_call *call,
                          const pileus_volume *volume, uint64_t flags);
int32_t cs_attach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume, const pileus_node *node,
                         const char *device);
int32_t cs_detach_volume(void *connection, pileus_call *call,
                         const pileus_volume *volume);

/* The disk offering for a volume of that size, or of that name or id (may be
 * NULL): its id, to be freed, and whether it leaves the size open. */
int32_t cs_find_offering(const cs_connection *connection, pileus_call *call,
                         int64_t gb, const char *wanted, char **id, bool *open);

/* ---- snapshot.c ---------------------------------------------------------- */

int32_t cs_list_snapshots(void *connection, pileus_call *call,
                          const pileus_volume *volume,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t cs_create_snapshot(void *connection, pileus_call *call,
                           const pileus_volume *volume, const char *name,
                           pileus_sink *sink);
int32_t cs_destroy_snapshot(void *connection, pileus_call *call,
                            const pileus_snapshot *snapshot);

/* ---- key.c --------------------------------------------------------------- */

int32_t cs_list_key_pairs(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t cs_get_key_pair(void *connection, pileus_call *call, const char *name,
                        pileus_sink *sink);
int32_t cs_create_key_pair(void *connection, pileus_call *call,
                           const char *name, pileus_sink *sink);
int32_t cs_import_key_pair(void *connection, pileus_call *call,
                           const char *name, const char *public_key,
                           pileus_sink *sink);
int32_t cs_delete_key_pair(void *connection, pileus_call *call,
                           const pileus_key_pair *pair);

#endif
