/* The store: addresses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

static int32_t
put_address(pileus_sink *sink, const thing *at)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_ADDRESS);

    pileus_set_id(record, at->id);
    if (*at->name != '\0') {
        pileus_set_name(record, at->name);
    }
    pileus_set_string(record, PILEUS_FIELD_IP, at->about);
    if (at->size != 0) {
        pileus_set_string(record, PILEUS_FIELD_POOL, "public");
    }
    if (*at->belongs != '\0') {
        pileus_set_string(record, PILEUS_FIELD_NODE, at->belongs);
    }
    return pileus_put(record);
}

static int32_t
store_list_addresses(void *connection, pileus_call *call,
                     const pileus_query_args *query, pileus_sink *sink)
{
    store *self = connection;

    (void)call;
    (void)query;
    return store_put_all(sink, self->addresses, put_address);
}

static int32_t
store_create_address(void *connection, pileus_call *call, const char *pool,
                     pileus_sink *sink)
{
    store *self = connection;
    char id[STORE_TEXT];
    thing *at;
    int32_t code;

    if (pool != NULL && strcmp(pool, "public") != 0) {
        return pileus_fail(call, PILEUS_NOT_FOUND, "there is no pool '%s'",
                           pool);
    }
    (void)snprintf(id, sizeof id, "a-new-%d", ++self->made);
    at = store_add(self->addresses, call, id, "");
    if (at == NULL) {
        return PILEUS_QUOTA;
    }
    (void)snprintf(at->about, sizeof at->about, "192.0.2.%d", 100 + self->made);
    at->size = pool != NULL;
    code = pileus_made(call, PILEUS_KIND_ADDRESS, id);
    if (code == PILEUS_OK && store_acts(self, "fail")) {
        code = pileus_fail(call, PILEUS_UNAVAILABLE, "half-way");
    }
    return code == PILEUS_OK ? store_put_made(self, sink, at, put_address)
                             : code;
}

static int32_t
store_delete_address(void *connection, pileus_call *call,
                     const pileus_address *address)
{
    store *self = connection;

    return store_forget(self->addresses, call, address);
}

static int32_t
store_attach_address(void *connection, pileus_call *call,
                     const pileus_address *address, const pileus_node *node)
{
    store *self = connection;
    thing *at = store_found(self->addresses, call, address);

    if (at == NULL) {
        return PILEUS_NOT_FOUND;
    }
    if (*at->belongs != '\0') {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "it leads to a node already: detach it first");
    }
    store_copy(at->belongs, pileus_object_id(call, node));
    return PILEUS_OK;
}

/* By what came back. */
static int32_t
store_detach_address(void *connection, pileus_call *call,
                     const pileus_address *address)
{
    store *self = connection;
    thing *at = store_found(self->addresses, call, address);

    if (at == NULL) {
        return PILEUS_NOT_FOUND;
    }
    if (pileus_object_string(call, address, PILEUS_FIELD_NODE, 0) == NULL) {
        return pileus_fail(call, PILEUS_CONFLICT, "it leads nowhere");
    }
    store_copy(at->belongs, NULL);
    return PILEUS_OK;
}

const pileus_addresses_service store_addresses = {
    .struct_size = sizeof store_addresses,
    .list_addresses = store_list_addresses,
    .create_address = store_create_address,
    .delete_address = store_delete_address,
    .attach_address = store_attach_address,
    .detach_address = store_detach_address,
};
