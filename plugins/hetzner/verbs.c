/* Reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

/* How often to look whether a guest has shut down. */
#define LOOK_FIRST_MS 500
#define LOOK_LAST_MS 5000

static int32_t
act(const hz_connection *connection, pileus_call *call, const char *id,
    const char *action)
{
    return hz_act(connection, call, HZ_SERVERS, id, action, NULL);
}

int32_t
hz_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    (void)after; /* rebooting, says the core */
    return act(connection, call, pileus_object_id(call, node),
               flags == PILEUS_HARD ? "reset" : "reboot");
}

int32_t
hz_start_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    (void)after; /* starting */
    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "there is no soft and no hard way to start a "
                           "server: leave the flag out");
    }
    return act(connection, call, pileus_object_id(call, node), "poweron");
}

/* How long the guest may take: the option's time, yet so that some of the
 * call's time is left for pulling the plug. */
static int64_t
patience_ms(const hz_connection *connection, pileus_call *call)
{
    int64_t left = pileus_remaining_ms(call) / 4 * 3;

    return connection->stop_timeout_ms < left ? connection->stop_timeout_ms
                                              : left;
}

/* Look until the server is off, or until the guest has had its time. */
static int32_t
wait_for_guest(const hz_connection *connection, pileus_call *call,
               const char *id, bool *off)
{
    int64_t end = pileus_now_ms(call) + patience_ms(connection, call);
    int64_t step = LOOK_FIRST_MS;
    int32_t code = hz_is_off(connection, call, id, off);

    while (code == PILEUS_OK && !*off) {
        int64_t left = end - pileus_now_ms(call);

        if (left <= 0) {
            break;
        }
        pileus_progress(call, "waiting for the guest to shut down", -1);
        code = pileus_wait(call, step < left ? step : left);
        step = step * 2 < LOOK_LAST_MS ? step * 2 : LOOK_LAST_MS;
        if (code == PILEUS_OK) {
            code = hz_is_off(connection, call, id, off);
        }
    }
    return code;
}

int32_t
hz_stop_node(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);
    bool off = false;
    int32_t code;

    if (flags == PILEUS_HARD) {
        return act(connection, call, id, "poweroff");
    }
    code = act(connection, call, id, "shutdown");
    if (code != PILEUS_OK || flags == PILEUS_SOFT) {
        return code;
    }
    code = wait_for_guest(connection, call, id, &off);
    if (code == PILEUS_OK && off) {
        pileus_set_state(after, PILEUS_STATE_STOPPED, "off");
    } else if (code == PILEUS_OK) {
        code = act(connection, call, id, "poweroff");
    }
    return code;
}

int32_t
hz_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    (void)after; /* terminated */
    if (flags == PILEUS_SOFT) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "Hetzner Cloud deletes a server without asking its "
                           "guest: stop it first, or leave the flag out");
    }
    return hz_delete(connection, call, HZ_SERVERS,
                     pileus_object_id(call, node));
}
