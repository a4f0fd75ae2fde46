/* One node: get, reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/error.h"
#include "core/call/host.h"

pileus_code
pileus_node_get(pileus_node **node, pileus_connection *conn, const char *id,
                size_t length, pileus_call *call, pileus_error **err)
{
    pil__object *object = NULL;
    pileus_code code = pil__get(node == NULL ? NULL : &object, conn,
                                PILEUS_KIND_NODE, id, length, call, err);

    if (code == PILEUS_OK) {
        *node = (pileus_node *)object;
    }
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
    return pil__become(node, (pileus_state)state, word, err);
}

static pileus_code
check_flags(uint64_t flags, const char *what, pileus_error **err)
{
    if (flags != 0 && flags != PILEUS_SOFT && flags != PILEUS_HARD) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "%s takes the flags 0, PILEUS_SOFT or "
                              "PILEUS_HARD: give one of them",
                              what);
    }
    return PILEUS_OK;
}

/* Each verb is known by the state that usually follows. */
static verb_call
verb_for(const pileus_compute_service *compute, pileus_state usual)
{
    switch (usual) {
    case PILEUS_STATE_REBOOTING:
        return compute->reboot_node;
    case PILEUS_STATE_STARTING:
        return compute->start_node;
    case PILEUS_STATE_STOPPING:
        return compute->stop_node;
    default:
        return compute->destroy_node;
    }
}

static pileus_code
act(pileus_node *node, const char *what, pileus_state usual, uint64_t flags,
    pileus_call *call, pileus_error **err)
{
    pil__object *after = NULL;
    pil__operation operation;
    pileus_sink sink;
    verb_call verb;
    pileus_code code = check_flags(flags, what, err);

    if (code == PILEUS_OK) {
        code = pil__enter_verb(&operation, node, PILEUS_KIND_NODE, "compute",
                               what, call, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    sink = pil__operation_sink(&operation, PILEUS_KIND_NODE, NULL, NULL, NULL);
    after = pil__object_new(PILEUS_KIND_NODE, &pil__host, &sink,
                            (pil__arena){0}, NULL);
    if (after == NULL) {
        pil__give_up(&operation);
        return pil__error_no_memory(err);
    }
    verb = verb_for(&operation.conn->instance->compute, usual);
    code = verb(operation.conn->state, operation.call, node, flags,
                (pileus_record *)after);
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
    return act(node, "reboot_node", PILEUS_STATE_REBOOTING, flags, call, err);
}

pileus_code
pileus_node_start(pileus_node *node, uint64_t flags, pileus_call *call,
                  pileus_error **err)
{
    return act(node, "start_node", PILEUS_STATE_STARTING, flags, call, err);
}

pileus_code
pileus_node_stop(pileus_node *node, uint64_t flags, pileus_call *call,
                 pileus_error **err)
{
    return act(node, "stop_node", PILEUS_STATE_STOPPING, flags, call, err);
}

pileus_code
pileus_node_destroy(pileus_node *node, uint64_t flags, pileus_call *call,
                    pileus_error **err)
{
    return act(node, "destroy_node", PILEUS_STATE_TERMINATED, flags, call, err);
}
