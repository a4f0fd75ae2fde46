/* One node: get, reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/act.h"
#include "core/call/one.h"

#include "core/base/error.h"

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

/* Which of them. */
typedef struct verb {
    pileus_state usual;
    uint64_t flags;
} verb;

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

static int32_t
run(const pil__operation *operation, const pileus_node *node, void *args,
    pileus_record *after)
{
    const verb *own = args;

    return verb_for(&operation->conn->instance->compute, own->usual)(
        operation->conn->state, operation->call, node, own->flags, after);
}

static pileus_code
act(pileus_node *node, const char *what, pileus_state usual, uint64_t flags,
    pileus_call *call, pileus_error **err)
{
    verb own = {usual, flags};
    const pil__act its = {"compute", what, usual, NULL, run, &own};
    pileus_code code = check_flags(flags, what, err);

    return code != PILEUS_OK ? code : pil__carry_out(node, &its, call, err);
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
