/* Reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"

/* Ask, and follow the job; the state that the machine then has, if CloudStack
 * tells, is that of the handle. */
static int32_t
act(const cs_connection *connection, pileus_call *call, const cs_params *params,
    const char *what, pileus_record *after)
{
    pileus_response *response = NULL;
    const pileus_value *result = NULL;
    const char *word;
    int32_t code = cs_do(connection, call, params, what, 0, &response, &result);

    if (code != PILEUS_OK) {
        return code;
    }
    word = pileus_json_string(call, result, "virtualmachine.state");
    if (word != NULL) {
        pileus_set_state(after, cs_node_state(word), word);
    }
    pileus_response_free(response);
    return PILEUS_OK;
}

static void
begin(cs_params *params, pileus_call *call, const char *command,
      const pileus_node *node)
{
    cs_params_begin(params, NULL, command);
    cs_params_add(params, "id", pileus_object_id(call, node));
}

int32_t
cs_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    cs_params params;

    begin(&params, call, "rebootVirtualMachine", node);
    if (flags == PILEUS_HARD) {
        cs_params_add(&params, "forced", "true");
    }
    return act(connection, call, &params, "rebooting the node", after);
}

int32_t
cs_start_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    cs_params params;

    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "there is no soft and no hard way to start a node "
                           "of CloudStack: leave the flag out");
    }
    begin(&params, call, "startVirtualMachine", node);
    return act(connection, call, &params, "starting the node", after);
}

int32_t
cs_stop_node(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    cs_params params;

    if (flags == PILEUS_SOFT) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "CloudStack pulls the plug when the guest does not "
                           "shut down in time: leave the flag out");
    }
    begin(&params, call, "stopVirtualMachine", node);
    if (flags == PILEUS_HARD) {
        cs_params_add(&params, "forced", "true");
    }
    return act(connection, call, &params, "stopping the node", after);
}

int32_t
cs_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    const cs_connection *self = connection;
    cs_params params;
    int32_t code;

    if (flags == PILEUS_SOFT) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "CloudStack destroys a node without asking its "
                           "guest: stop it first, or leave the flag out");
    }
    begin(&params, call, "destroyVirtualMachine", node);
    if (self->expunge) {
        cs_params_add(&params, "expunge", "true");
    }
    code = act(connection, call, &params, "destroying the node", after);
    if (code == PILEUS_OK) {
        pileus_set_integer(after, PILEUS_FIELD_STATE, PILEUS_STATE_TERMINATED);
    }
    return code;
}
