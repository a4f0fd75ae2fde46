/* Reboot, start, stop, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* How often to look whether a guest has shut down. */
#define LOOK_FIRST_MS 1000
#define LOOK_LAST_MS 5000

/* Ask a droplet for an action that needs no more than its type. */
static int32_t
act(const do_connection *connection, pileus_call *call, const char *id,
    const char *type)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_writer *body;
    int32_t code = do_droplet_path(path, call, id, "actions");

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_string(body, "type", type);
    return do_action(connection, call, path, body, NULL);
}

int32_t
do_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    (void)after; /* rebooting, says the core */
    return act(connection, call, pileus_object_id(call, node),
               flags == PILEUS_HARD ? "power_cycle" : "reboot");
}

int32_t
do_start_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    (void)after; /* starting */
    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "there is no soft and no hard way to start a "
                           "droplet: leave the flag out");
    }
    return act(connection, call, pileus_object_id(call, node), "power_on");
}

/* How long the guest may take: the option's time, yet so that some of the
 * call's time is left for pulling the plug. */
static int64_t
patience_ms(const do_connection *connection, pileus_call *call)
{
    int64_t left = pileus_remaining_ms(call) / 4 * 3;

    return connection->stop_timeout_ms < left ? connection->stop_timeout_ms
                                              : left;
}

/* Look until the droplet is off. When the guest has had its time, pull the
 * plug; while the provider is busy with the shutdown still, it refuses that. */
static int32_t
see_it_off(const do_connection *connection, pileus_call *call, const char *id,
           bool *off)
{
    int64_t end = pileus_now_ms(call) + patience_ms(connection, call);
    int64_t step = LOOK_FIRST_MS;
    int32_t code = do_is_off(connection, call, id, off);

    while (code == PILEUS_OK && !*off) {
        int64_t left = end - pileus_now_ms(call);

        if (left <= 0) {
            code = act(connection, call, id, "power_off");
            if (code != PILEUS_CONFLICT) {
                break;
            }
            left = step;
        }
        pileus_progress(call, "waiting for the guest to shut down", -1);
        code = pileus_wait(call, step < left ? step : left);
        step = step * 2 < LOOK_LAST_MS ? step * 2 : LOOK_LAST_MS;
        if (code == PILEUS_OK) {
            code = do_is_off(connection, call, id, off);
        }
    }
    return code;
}

int32_t
do_stop_node(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    const char *id = pileus_object_id(call, node);
    bool off = false;
    int32_t code;

    if (flags == PILEUS_HARD) {
        return act(connection, call, id, "power_off");
    }
    code = act(connection, call, id, "shutdown");
    if (code == PILEUS_OK && flags == 0) {
        code = see_it_off(connection, call, id, &off);
    }
    if (code == PILEUS_OK && off) {
        pileus_set_state(after, PILEUS_STATE_STOPPED, "off");
    }
    return code;
}

int32_t
do_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code;

    (void)after; /* terminated */
    if (flags == PILEUS_SOFT) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "DigitalOcean destroys a droplet without asking its "
                           "guest: stop it first, or leave the flag out");
    }
    code = do_droplet_path(path, call, pileus_object_id(call, node), NULL);
    return code == PILEUS_OK
               ? do_send(connection, call, "DELETE", path, NULL, NULL, NULL)
               : code;
}
