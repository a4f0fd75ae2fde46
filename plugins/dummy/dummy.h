/* A connection of the dummy driver, and what its calls share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_H
#define DUMMY_H

#include "faults.h"
#include "settings.h"
#include "store.h"

struct dummy_connection {
    struct dummy_settings settings;
    struct dummy_faults faults;
    struct dummy_store store;
};

/* ---- what every call begins with ---------------------------------------- */

/* Count the call, let the latency pass, and fail if it shall: before its work.
 * Whatever does the work then ends with dummy_fault_after. */
int32_t dummy_begin(struct dummy_connection *conn, pileus_call *call,
                    enum dummy_call which, struct dummy_fault *fault);

/* ---- listings (list.c) -------------------------------------------------- */

/* Put one of the items. */
typedef int32_t (*dummy_put_fn)(const void *items, size_t i, pileus_sink *sink);

/* Put so many items, in pages. what is for the progress. */
int32_t dummy_list(struct dummy_connection *conn, pileus_call *call,
                   const char *what, size_t count, dummy_put_fn put,
                   const void *items, pileus_sink *sink);

/* A call of the driver's tables, as driver.h has them. */
int32_t dummy_list_nodes(void *connection, pileus_call *call,
                         const pileus_query_args *query, pileus_sink *sink);
int32_t dummy_get_node(void *connection, pileus_call *call, const char *id,
                       pileus_sink *sink);

/* addresses are those that may lead to it. */
int32_t dummy_node_put(const struct dummy_node *node,
                       const struct dummy_addresses *addresses, int64_t now_ms,
                       pileus_sink *sink);

/* The serial in a node's blob, which finds it however often its id is used;
 * false when it has no blob that this driver can read. */
bool dummy_node_serial(pileus_call *call, const pileus_node *node,
                       uint64_t *serial);

/* ---- catalogue.c -------------------------------------------------------- */

int32_t dummy_list_sizes(void *connection, pileus_call *call,
                         const pileus_query_args *query, pileus_sink *sink);
int32_t dummy_list_images(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
int32_t dummy_list_locations(void *connection, pileus_call *call,
                             const pileus_query_args *query, pileus_sink *sink);

/* Size and image that every created node has, into the node's record. */
void dummy_set_size_and_image(pileus_record *node);

/* The image or size of this id; false: there is none, and that was reported. */
bool dummy_has_image(pileus_call *call, const char *id);
bool dummy_has_size(pileus_call *call, const char *id);

/* ---- verbs.c ------------------------------------------------------------ */

/* The node that a handle stands for; NULL: there is none, and that was
 * reported. */
struct dummy_node *dummy_find_node(const struct dummy_nodes *nodes,
                                   pileus_call *call,
                                   const pileus_node *handle);
/* What every verb does: bring the node into a state, unless the one that it is
 * in forbids it. Those of a resize leave it in its state. */
int32_t dummy_act(void *connection, pileus_call *call,
                  const pileus_node *handle, uint64_t flags,
                  pileus_record *after, enum dummy_call which,
                  pileus_state state);

int32_t dummy_create_node(void *connection, pileus_call *call,
                          const pileus_create_args *args, pileus_sink *sink);
int32_t dummy_reboot_node(void *connection, pileus_call *call,
                          const pileus_node *node, uint64_t flags,
                          pileus_record *after);
int32_t dummy_start_node(void *connection, pileus_call *call,
                         const pileus_node *node, uint64_t flags,
                         pileus_record *after);
int32_t dummy_stop_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);
int32_t dummy_destroy_node(void *connection, pileus_call *call,
                           const pileus_node *node, uint64_t flags,
                           pileus_record *after);

/* ---- lifecycle.c -------------------------------------------------------- */

extern const pileus_lifecycle_service dummy_lifecycle;

/* ---- floating.c --------------------------------------------------------- */

extern const pileus_addresses_service dummy_floating;

#endif
