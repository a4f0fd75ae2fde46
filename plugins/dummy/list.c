/* Listing: pages of anything, nodes, and one node by its id. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dummy.h"

#include <stdlib.h>

/* ---- pages -------------------------------------------------------------- */

int32_t
dummy_list(struct dummy_connection *conn, pileus_call *call, const char *what,
           size_t count, dummy_put_fn put, const void *items, pileus_sink *sink)
{
    size_t page =
        conn->settings.page_size > 0 ? (size_t)conn->settings.page_size : count;
    int32_t code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < count; i++) {
        /* The first page's latency has passed already. */
        if (i > 0 && i % page == 0) {
            pileus_progress(call, what, (double)i / (double)count);
            code = pileus_wait(call, conn->settings.latency_ms);
        }
        if (code == PILEUS_OK) {
            code = put(items, i, sink);
        }
    }
    if (code == PILEUS_OK) {
        pileus_progress(call, what, 1);
    }
    return code;
}

/* ---- a node's record ---------------------------------------------------- */

/* The blob: the serial, little-endian. */
#define BLOB_FORMAT 1
#define BLOB_SIZE 8

static void
set_blob(pileus_record *record, uint64_t serial)
{
    unsigned char blob[BLOB_SIZE];

    for (int i = 0; i < BLOB_SIZE; i++) {
        blob[i] = (unsigned char)(serial >> (8 * i));
    }
    pileus_set_blob(record, BLOB_FORMAT, blob, sizeof blob);
}

bool
dummy_node_serial(pileus_call *call, const pileus_node *node, uint64_t *serial)
{
    uint64_t size = 0;
    uint32_t format = 0;
    const unsigned char *blob = pileus_object_blob(call, node, &size, &format);

    if (blob == NULL || format != BLOB_FORMAT || size != BLOB_SIZE) {
        return false;
    }
    *serial = 0;
    for (int i = 0; i < BLOB_SIZE; i++) {
        *serial |= (uint64_t)blob[i] << (8 * i);
    }
    return true;
}

static void
add_addresses(pileus_record *record, const struct dummy_node *node,
              const struct dummy_addresses *addresses)
{
    char text[DUMMY_ADDRESS_SIZE];

    (void)snprintf(text, sizeof text, "127.%u.%u.%u", node->host >> 16 & 255,
                   node->host >> 8 & 255, node->host & 255);
    pileus_add_public_ip(record, text);
    for (size_t i = 0; i < addresses->count; i++) {
        if (addresses->items[i].node == node->serial) {
            pileus_add_public_ip(record,
                                 dummy_address_ip(&addresses->items[i], text));
        }
    }
}

int32_t
dummy_node_put(const struct dummy_node *node,
               const struct dummy_addresses *addresses, int64_t now_ms,
               pileus_sink *sink)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_state state = dummy_node_state(node, now_ms);
    char text[DUMMY_TEXT_SIZE];

    if (node->number == 0) {
        /* libcloud takes the id 0 for none, and makes the uuid of that. */
        pileus_set_string(record, PILEUS_FIELD_UUID_KEY, "None");
    }
    pileus_set_id(record, dummy_node_id(node, text));
    pileus_set_name(record, dummy_node_name(node, text));
    pileus_set_state(record, state, dummy_state_word(state, node->resized));
    add_addresses(record, node, addresses);
    if (node->created) {
        dummy_set_size_and_image(record);
    }
    pileus_extra_string(record, "foo", "bar");
    set_blob(record, node->serial);
    return pileus_put(record);
}

/* ---- list_nodes, get_node ----------------------------------------------- */

struct snapshot {
    struct dummy_node *nodes; /* their tokens are not ours to look at */
    size_t count;
    struct dummy_addresses addresses;
    int64_t now_ms;
};

/* The nodes at one moment: putting them may take long, and whoever gets them
 * may destroy some meanwhile. */
static int32_t
take_snapshot(struct dummy_connection *conn, pileus_call *call,
              struct snapshot *snapshot)
{
    struct dummy_use use;
    int32_t code = dummy_store_begin(&conn->store, &use, call, false);
    size_t size;

    if (code != PILEUS_OK) {
        return code;
    }
    size = use.nodes->count * sizeof *snapshot->nodes;
    snapshot->count = use.nodes->count;
    snapshot->now_ms = use.now_ms;
    snapshot->nodes = malloc(size + 1);
    if (snapshot->nodes == NULL ||
        !dummy_addresses_copy(&snapshot->addresses, &use.nodes->addresses)) {
        code = pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a listing of %zu nodes",
                           snapshot->count);
    } else if (size > 0) {
        memcpy(snapshot->nodes, use.nodes->items, size);
    }
    dummy_store_end(&conn->store, &use);
    return code;
}

static int32_t
put_node(const void *items, size_t i, pileus_sink *sink)
{
    const struct snapshot *snapshot = items;

    return dummy_node_put(&snapshot->nodes[i], &snapshot->addresses,
                          snapshot->now_ms, sink);
}

int32_t
dummy_list_nodes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    struct dummy_connection *conn = connection;
    struct snapshot snapshot = {0};
    struct dummy_fault fault;
    int32_t code = dummy_begin(conn, call, DUMMY_LIST_NODES, &fault);

    (void)query; /* the core sorts out */
    if (code == PILEUS_OK) {
        code = take_snapshot(conn, call, &snapshot);
    }
    if (code == PILEUS_OK) {
        code = dummy_list(conn, call, "listing nodes", snapshot.count, put_node,
                          &snapshot, sink);
    }
    free(snapshot.nodes);
    dummy_addresses_free(&snapshot.addresses);
    return code == PILEUS_OK ? dummy_fault_after(&fault, call) : code;
}

int32_t
dummy_get_node(void *connection, pileus_call *call, const char *id,
               pileus_sink *sink)
{
    struct dummy_connection *conn = connection;
    struct dummy_addresses addresses = {NULL, 0, 0};
    struct dummy_node node;
    const struct dummy_node *found;
    struct dummy_use use;
    struct dummy_fault fault;
    int32_t code = dummy_begin(conn, call, DUMMY_GET_NODE, &fault);

    if (code == PILEUS_OK) {
        code = dummy_store_begin(&conn->store, &use, call, false);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    found = dummy_nodes_by_id(use.nodes, id);
    if (found == NULL) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no node with the id %s: see the list of "
                           "nodes for those there are",
                           id);
    } else if (!dummy_addresses_copy(&addresses, &use.nodes->addresses)) {
        code = pileus_fail(call, PILEUS_NO_MEMORY, "no memory for node %s", id);
    } else {
        node = *found;
    }
    dummy_store_end(&conn->store, &use);
    if (code == PILEUS_OK) {
        code = dummy_node_put(&node, &addresses, use.now_ms, sink);
    }
    dummy_addresses_free(&addresses);
    return code == PILEUS_OK ? dummy_fault_after(&fault, call) : code;
}
