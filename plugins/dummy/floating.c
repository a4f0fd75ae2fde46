/* Addresses that are kept without a node: list, create, delete, attach,
 * detach. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "dummy.h"

#include <stdlib.h>

/* ---- list ---------------------------------------------------------------- */

/* An address, and the id of the node that it leads to. */
struct shown {
    struct dummy_address address;
    char node[DUMMY_TEXT_SIZE];
    bool leads;
};

static struct shown
show(const struct dummy_nodes *nodes, const struct dummy_address *address)
{
    struct shown shown = {*address, "", false};
    const struct dummy_node *node = dummy_nodes_by_serial(nodes, address->node);

    shown.leads = node != NULL && dummy_node_id(node, shown.node) != NULL;
    return shown;
}

static int32_t
put_address(const void *items, size_t i, pileus_sink *sink)
{
    const struct shown *shown = &((const struct shown *)items)[i];
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_ADDRESS);
    char text[DUMMY_ADDRESS_SIZE];

    pileus_set_id(record, dummy_address_id(&shown->address, text));
    pileus_set_string(record, PILEUS_FIELD_IP,
                      dummy_address_ip(&shown->address, text));
    pileus_set_string(record, PILEUS_FIELD_POOL,
                      dummy_pool_name(shown->address.pool));
    if (shown->leads) {
        pileus_set_string(record, PILEUS_FIELD_NODE, shown->node);
    }
    return pileus_put(record);
}

/* All of them at one moment, to be freed, as take_snapshot of list.c does. */
static int32_t
take_all(struct dummy_connection *conn, pileus_call *call, struct shown **all,
         size_t *count)
{
    struct dummy_use use;
    int32_t code = dummy_store_begin(&conn->store, &use, call, false);

    if (code != PILEUS_OK) {
        return code;
    }
    *count = use.nodes->addresses.count;
    *all = malloc(*count * sizeof **all + 1);
    if (*all == NULL) {
        code = pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a listing of %zu addresses", *count);
    }
    for (size_t i = 0; code == PILEUS_OK && i < *count; i++) {
        (*all)[i] = show(use.nodes, &use.nodes->addresses.items[i]);
    }
    dummy_store_end(&conn->store, &use);
    return code;
}

static int32_t
list_addresses(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    struct dummy_connection *conn = connection;
    struct shown *all = NULL;
    size_t count = 0;
    struct dummy_fault fault;
    int32_t code = dummy_begin(conn, call, DUMMY_LIST_ADDRESSES, &fault);

    (void)query; /* the core sorts out */
    if (code == PILEUS_OK) {
        code = take_all(conn, call, &all, &count);
    }
    if (code == PILEUS_OK) {
        code = dummy_list(conn, call, "listing addresses", count, put_address,
                          all, sink);
    }
    free(all);
    return code == PILEUS_OK ? dummy_fault_after(&fault, call) : code;
}

/* ---- create -------------------------------------------------------------- */

/* One more of the pool, copied into *made. */
static int32_t
make(struct dummy_use *use, pileus_call *call, uint8_t pool, struct shown *made)
{
    struct dummy_addresses *addresses = &use->nodes->addresses;
    uint8_t host = dummy_pool_free_host(addresses, pool);
    struct dummy_address *address;

    if (host == 0) {
        return pileus_fail(call, PILEUS_QUOTA,
                           "all %d addresses of pool %s are in use: delete "
                           "some, or take another pool",
                           DUMMY_POOL_HOSTS, dummy_pool_name(pool));
    }
    address = dummy_addresses_append(addresses);
    if (address == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a new address");
    }
    address->number = ++addresses->last_number;
    address->pool = pool;
    address->host = host;
    *made = show(use->nodes, address);
    return PILEUS_OK;
}

static int32_t
create_address(void *connection, pileus_call *call, const char *pool,
               pileus_sink *sink)
{
    struct dummy_connection *conn = connection;
    struct shown made;
    struct dummy_use use;
    struct dummy_fault fault;
    char id[DUMMY_ADDRESS_SIZE];
    uint8_t which = 0;
    int32_t code = dummy_begin(conn, call, DUMMY_CREATE_ADDRESS, &fault);

    if (code == PILEUS_OK && pool != NULL &&
        !dummy_pool_find(pool, strlen(pool), &which)) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no pool %s: see pileus-dummy(7) for "
                           "those there are",
                           pool);
    }
    if (code == PILEUS_OK) {
        code = dummy_store_begin(&conn->store, &use, call, true);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = make(&use, call, which, &made);
    if (code == PILEUS_OK) {
        code = dummy_store_keep(&conn->store, &use, call);
    }
    dummy_store_end(&conn->store, &use);
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_ADDRESS,
                           dummy_address_id(&made.address, id));
    }
    if (code == PILEUS_OK) {
        code = dummy_fault_after(&fault, call);
    }
    return code == PILEUS_OK ? put_address(&made, 0, sink) : code;
}

/* ---- delete, attach, detach ---------------------------------------------- */

static int32_t
delete_it(struct dummy_nodes *nodes, pileus_call *call,
          struct dummy_address *address, const pileus_node *handle)
{
    (void)call;
    (void)handle;
    dummy_addresses_remove(&nodes->addresses, address);
    return PILEUS_OK;
}

static int32_t
attach(struct dummy_nodes *nodes, pileus_call *call,
       struct dummy_address *address, const pileus_node *handle)
{
    const struct dummy_node *node = dummy_find_node(nodes, call, handle);
    char text[DUMMY_ADDRESS_SIZE];

    if (node == NULL) {
        return PILEUS_NOT_FOUND;
    }
    if (node->number == 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "node dummy-0 has no id that an address could lead "
                           "to: take another node");
    }
    if (address->node != 0) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "%s leads to a node already: detach it first",
                           dummy_address_ip(address, text));
    }
    address->node = node->serial;
    return PILEUS_OK;
}

static int32_t
detach(struct dummy_nodes *nodes, pileus_call *call,
       struct dummy_address *address, const pileus_node *handle)
{
    char text[DUMMY_ADDRESS_SIZE];

    (void)nodes;
    (void)handle;
    if (address->node == 0) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "%s leads nowhere: it needs no detaching",
                           dummy_address_ip(address, text));
    }
    address->node = 0;
    return PILEUS_OK;
}

typedef int32_t (*change_fn)(struct dummy_nodes *nodes, pileus_call *call,
                             struct dummy_address *address,
                             const pileus_node *handle);

static int32_t
change(struct dummy_connection *conn, pileus_call *call,
       const pileus_address *handle, const pileus_node *node,
       enum dummy_call which, change_fn work)
{
    const char *id = pileus_object_id(call, handle);
    struct dummy_address *address;
    struct dummy_use use;
    struct dummy_fault fault;
    int32_t code = dummy_begin(conn, call, which, &fault);

    if (code == PILEUS_OK) {
        code = dummy_store_begin(&conn->store, &use, call, true);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    address = dummy_addresses_by_id(&use.nodes->addresses, id);
    code = address == NULL
               ? pileus_fail(call, PILEUS_NOT_FOUND,
                             "address %s is not there, or no more: see the "
                             "list of addresses for those there are",
                             id)
               : work(use.nodes, call, address, node);
    if (code == PILEUS_OK) {
        code = dummy_store_keep(&conn->store, &use, call);
    }
    dummy_store_end(&conn->store, &use);
    return code == PILEUS_OK ? dummy_fault_after(&fault, call) : code;
}

static int32_t
delete_address(void *connection, pileus_call *call,
               const pileus_address *address)
{
    return change(connection, call, address, NULL, DUMMY_DELETE_ADDRESS,
                  delete_it);
}

static int32_t
attach_address(void *connection, pileus_call *call,
               const pileus_address *address, const pileus_node *node)
{
    return change(connection, call, address, node, DUMMY_ATTACH_ADDRESS,
                  attach);
}

static int32_t
detach_address(void *connection, pileus_call *call,
               const pileus_address *address)
{
    return change(connection, call, address, NULL, DUMMY_DETACH_ADDRESS,
                  detach);
}

const pileus_addresses_service dummy_floating = {
    .struct_size = sizeof dummy_floating,
    .list_addresses = list_addresses,
    .create_address = create_address,
    .delete_address = delete_address,
    .attach_address = attach_address,
    .detach_address = detach_address,
};
