/* Reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

int32_t
os_act(os_connection *connection, pileus_call *call, const char *id,
       int version, pileus_writer *body, pileus_response **response,
       const pileus_value **value)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const os_ask ask = {OS_COMPUTE, version, "POST", path};
    int32_t code = pileus_http_path(call, path, OS_SERVERS, id, "action");

    if (code != PILEUS_OK) {
        pileus_write_free(body);
        return code;
    }
    return os_ask_for(connection, call, &ask, body, response, value);
}

int32_t
os_act_plainly(os_connection *connection, pileus_call *call, const char *id,
               const char *action)
{
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_null(body, action);
    return os_act(connection, call, id, OS_PLAIN, body, NULL, NULL);
}

int32_t
os_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    pileus_writer *body = pileus_write_begin(call);

    (void)after; /* rebooting, says the core */
    pileus_write_open_dict(body, "reboot");
    pileus_write_string(body, "type", flags == PILEUS_HARD ? "HARD" : "SOFT");
    pileus_write_close(body);
    return os_act(connection, call, pileus_object_id(call, node), OS_PLAIN,
                  body, NULL, NULL);
}

/* ---- start ----------------------------------------------------------------
 */

/* Each state has its own way out. */
static const char *
start_of(const char *status)
{
    static const struct {
        const char *status;
        const char *action;
    } starts[] = {
        {"PAUSED", "unpause"},       {"SUSPENDED", "resume"},
        {"SHELVED", "unshelve"},     {"SHELVED_OFFLOADED", "unshelve"},
        {"SOFT_DELETED", "restore"},
    };

    for (size_t i = 0; status != NULL && i < sizeof starts / sizeof starts[0];
         i++) {
        if (strcmp(starts[i].status, status) == 0) {
            return starts[i].action;
        }
    }
    return "os-start";
}

int32_t
os_start_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    const char *status =
        pileus_object_string(call, node, PILEUS_FIELD_PROVIDER_STATE, 0);

    (void)after; /* starting */
    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "there is no soft and no hard way to start a "
                           "server: leave the flag out");
    }
    return os_act_plainly(connection, call, pileus_object_id(call, node),
                          start_of(status));
}

/* ---- stop, destroy --------------------------------------------------------
 */

/* Nova asks the guest, gives it the time that the operator has set, and pulls
 * the plug then. */
int32_t
os_stop_node(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    (void)after; /* stopping */
    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "OpenStack asks the guest to shut down and pulls "
                           "the plug when it does not: leave the flag out");
    }
    return os_act_plainly(connection, call, pileus_object_id(call, node),
                          "os-stop");
}

int32_t
os_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);

    (void)after; /* terminated */
    if (flags == PILEUS_SOFT) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "OpenStack deletes a server without asking its "
                           "guest: stop it first, or leave the flag out");
    }
    if (flags == PILEUS_HARD) {
        return os_act_plainly(connection, call, id, "forceDelete");
    }
    return os_delete(connection, call, OS_COMPUTE, 0, OS_SERVERS, id);
}
