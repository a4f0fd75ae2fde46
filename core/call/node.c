/* One node: get, reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/node.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/call/host.h"
#include "core/call/listing.h"
#include "core/model/query.h"

/* ---- get
 * ------------------------------------------------------------------------- */

/* Always true: too many objects are an error, found at the end. */
bool
pil__keep(void *user, pil__object *object)
{
    pil__keeper *keeper = user;

    if (keeper->count++ == 0) {
        keeper->object = pil__object_ref(object);
    }
    return true;
}

pileus_code
pil__leave_with_node(pil__operation *operation, pileus_sink *sink,
                     pil__keeper *keeper, int32_t code, pileus_node **out,
                     pileus_error **err)
{
    pileus_code result;

    pil__sink_end(sink);
    if (code == PILEUS_OK && keeper->count != 1) {
        code = pileus_fail(operation->call, PILEUS_DRIVER,
                           "%s gave %zu nodes instead of one: tell the "
                           "driver's authors",
                           operation->call->what, keeper->count);
    }
    result = pil__leave(operation, code, err);
    if (result != PILEUS_OK) {
        pil__object_unref(keeper->object);
        return result;
    }
    *out = (pileus_node *)keeper->object;
    return PILEUS_OK;
}

static pileus_code
no_such_node(const pileus_connection *conn, const char *id, pileus_error **err)
{
    return pil__error_set(err, PILEUS_NOT_FOUND,
                          "%s: there is no node with the id '%.64s': 'pileus "
                          "node list' shows those there are",
                          conn->instance->name, id);
}

/* By listing, for a driver that cannot get one. */
static pileus_code
get_by_listing(pileus_node **node, pileus_connection *conn, const char *id,
               size_t length, pileus_call *call, pileus_error **err)
{
    pil__keeper keeper = {0};
    pileus_query *query = NULL;
    pileus_code code = pileus_query_new(&query, err);

    if (code == PILEUS_OK) {
        code = pileus_query_add_id(query, id, length, err);
    }
    if (code == PILEUS_OK) {
        code = pil__each(conn, PILEUS_KIND_NODE, query, pil__keep, &keeper,
                         call, err);
    }
    if (code == PILEUS_OK && keeper.object == NULL) {
        code = no_such_node(conn, id, err);
    }
    pileus_query_free(query);
    if (code != PILEUS_OK) {
        pil__object_unref(keeper.object);
        return code;
    }
    *node = (pileus_node *)keeper.object;
    return PILEUS_OK;
}

static pileus_code
get_by_driver(pileus_node **node, pileus_connection *conn, const char *id,
              pileus_call *call, pileus_error **err)
{
    pil__keeper keeper = {0};
    pil__operation operation;
    pileus_sink sink;
    int32_t code = pil__enter(&operation, conn, "get_node", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    sink = pil__operation_sink(&operation, PILEUS_KIND_NODE, NULL, pil__keep,
                               &keeper);
    code = conn->instance->compute.get_node(conn->state, operation.call, id,
                                            &sink);
    return pil__leave_with_node(&operation, &sink, &keeper, code, node, err);
}

pileus_code
pileus_node_get(pileus_node **node, pileus_connection *conn, const char *id,
                size_t length, pileus_call *call, pileus_error **err)
{
    char *copy;
    pileus_code code;

    if (node == NULL || conn == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "getting a node needs a connection and a place "
                              "for the node: give both");
    }
    code = pil__id_check(id, &length, err);
    if (code != PILEUS_OK) {
        return code;
    }
    if (conn->instance->compute.get_node == NULL) {
        return get_by_listing(node, conn, id, length, call, err);
    }
    copy = pil__strndup(id, length);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    code = get_by_driver(node, conn, copy, call, err);
    pil__free(copy);
    return code;
}

/* ---- verbs
 * ------------------------------------------------------------------------- */

typedef int32_t (*verb_call)(void *connection, pileus_call *call,
                             const pileus_node *node, uint64_t flags,
                             pileus_record *after);

/* The state that the driver left in after, or else the verb's own, becomes
 * the handle's. */
static pileus_code
take_state(pileus_node *node, pil__object *after, pileus_state usual,
           pileus_error **err)
{
    int64_t state = usual;
    const char *word = NULL;

    if (pil__object_integer(after, PILEUS_FIELD_STATE, &state)) {
        word = pil__object_string(after, PILEUS_FIELD_PROVIDER_STATE, 0);
    }
    return pil__object_change_state((pil__object *)node, (pileus_state)state,
                                    word) == PILEUS_OK
               ? PILEUS_OK
               : pil__error_no_memory(err);
}

static pileus_code
check_verb(const pileus_node *node, uint64_t flags, const char *what,
           pileus_error **err)
{
    if (node == NULL || pileus_node_connection(node) == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "%s needs a node: give one", what);
    }
    if (flags != 0 && flags != PILEUS_SOFT && flags != PILEUS_HARD) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "%s takes the flags 0, PILEUS_SOFT or "
                              "PILEUS_HARD: give one of them",
                              what);
    }
    return PILEUS_OK;
}

static pileus_code
act(pileus_node *node, const char *what, verb_call verb, pileus_state usual,
    uint64_t flags, pileus_call *call, pileus_error **err)
{
    pileus_connection *conn = pileus_node_connection(node);
    pil__object *after = NULL;
    pil__operation operation;
    pileus_sink sink;
    pileus_code code = pil__enter(&operation, conn, what, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    if (verb == NULL) {
        code = pil__not_supported(&operation, err);
        (void)pil__leave(&operation, PILEUS_OK, NULL);
        return code;
    }
    sink = pil__operation_sink(&operation, PILEUS_KIND_NODE, NULL, NULL, NULL);
    after = pil__object_new(PILEUS_KIND_NODE, &pil__host, &sink);
    if (after == NULL) {
        (void)pil__leave(&operation, PILEUS_OK, NULL);
        return pil__error_no_memory(err);
    }
    code =
        verb(conn->state, operation.call, node, flags, (pileus_record *)after);
    code = pil__leave(&operation, code, err);
    if (code == PILEUS_OK) {
        code = take_state(node, after, usual, err);
    }
    pil__sink_end(&sink);
    pil__object_unref(after);
    return code;
}

pileus_code
pileus_node_reboot(pileus_node *node, uint64_t flags, pileus_call *call,
                   pileus_error **err)
{
    pileus_code code = check_verb(node, flags, "reboot_node", err);

    return code != PILEUS_OK ? code
                             : act(node, "reboot_node",
                                   pileus_node_connection(node)
                                       ->instance->compute.reboot_node,
                                   PILEUS_STATE_REBOOTING, flags, call, err);
}

pileus_code
pileus_node_start(pileus_node *node, uint64_t flags, pileus_call *call,
                  pileus_error **err)
{
    pileus_code code = check_verb(node, flags, "start_node", err);

    return code != PILEUS_OK
               ? code
               : act(node, "start_node",
                     pileus_node_connection(node)->instance->compute.start_node,
                     PILEUS_STATE_STARTING, flags, call, err);
}

pileus_code
pileus_node_stop(pileus_node *node, uint64_t flags, pileus_call *call,
                 pileus_error **err)
{
    pileus_code code = check_verb(node, flags, "stop_node", err);

    return code != PILEUS_OK
               ? code
               : act(node, "stop_node",
                     pileus_node_connection(node)->instance->compute.stop_node,
                     PILEUS_STATE_STOPPING, flags, call, err);
}

pileus_code
pileus_node_destroy(pileus_node *node, uint64_t flags, pileus_call *call,
                    pileus_error **err)
{
    pileus_code code = check_verb(node, flags, "destroy_node", err);

    return code != PILEUS_OK ? code
                             : act(node, "destroy_node",
                                   pileus_node_connection(node)
                                       ->instance->compute.destroy_node,
                                   PILEUS_STATE_TERMINATED, flags, call, err);
}
