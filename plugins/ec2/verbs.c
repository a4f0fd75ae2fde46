/* Rebooting, starting, stopping and destroying instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* Have the instance do it, in that way or, for NULL, as usual; what it does now
 * is told in after. */
static int32_t
command(ec2_connection *connection, pileus_call *call, const pileus_node *node,
        const char *action, const char *way, uint64_t flags,
        pileus_record *after)
{
    const char *id = pileus_object_id(call, node);
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *word;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, action);
    ec2_add(&params, id, "InstanceId.1");
    if (way != NULL) {
        ec2_add(&params, "true", "%s", way);
    }
    code = ec2_change(connection, call, &params, flags, id, &response, &answer);
    if (code == PILEUS_OK) {
        word = pileus_json_string(call, answer,
                                  "instancesSet.0.currentState.name");
        if (word != NULL) {
            pileus_set_state(after, ec2_node_state(word), word);
        }
    }
    pileus_response_free(response);
    return code;
}

/* Amazon asks the guest and, if that does not do it, pulls the plug. */
static int32_t
refuse(pileus_call *call, const char *what)
{
    return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                       "EC2 asks the guest to %s, and pulls the plug when it "
                       "does not: leave that to it",
                       what);
}

int32_t
ec2_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    return flags != 0 ? refuse(call, "reboot")
                      : command(connection, call, node, "RebootInstances", NULL,
                                0, after);
}

int32_t
ec2_start_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    (void)flags;
    return command(connection, call, node, "StartInstances", NULL,
                   PILEUS_REQUEST_IDEMPOTENT, after);
}

int32_t
ec2_stop_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    return (flags & PILEUS_SOFT) != 0
               ? refuse(call, "stop")
               : command(connection, call, node, "StopInstances",
                         (flags & PILEUS_HARD) != 0 ? "Force" : NULL,
                         PILEUS_REQUEST_IDEMPOTENT, after);
}

/* Its memory is written to its root volume, and read again when it is started.
 */
int32_t
ec2_suspend_node(void *connection, pileus_call *call, const pileus_node *node,
                 uint64_t flags, pileus_record *after)
{
    (void)flags; /* none yet */
    return command(connection, call, node, "StopInstances", "Hibernate",
                   PILEUS_REQUEST_IDEMPOTENT, after);
}

int32_t
ec2_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                 uint64_t flags, pileus_record *after)
{
    int32_t code = command(connection, call, node, "TerminateInstances", NULL,
                           PILEUS_REQUEST_IDEMPOTENT, after);

    (void)flags;
    if (code == PILEUS_OK) {
        ec2_unmade(connection, pileus_object_id(call, node));
    }
    return code;
}
