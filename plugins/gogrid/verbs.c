/* Rebooting, starting, stopping and destroying servers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

/* GoGrid pulls the plug, or asks the guest, as it sees fit. */
static int32_t
power(const gg_connection *connection, pileus_call *call,
      const pileus_node *node, uint64_t flags, const char *how)
{
    char id[GG_ADDRESS_SIZE];
    const pileus_pair query[] = {{"id", id}, {"power", how}};
    int32_t code;

    if (flags != 0) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "GoGrid does not tell asking the guest from pulling "
                           "the plug: leave that to it");
    }
    code = gg_node_id(connection, call, node, id);
    return code == PILEUS_OK
               ? gg_do(connection, call, "/grid/server/power", query, 2)
               : code;
}

int32_t
gg_reboot_node(void *connection, pileus_call *call, const pileus_node *node,
               uint64_t flags, pileus_record *after)
{
    (void)after;
    return power(connection, call, node, flags, "restart");
}

int32_t
gg_start_node(void *connection, pileus_call *call, const pileus_node *node,
              uint64_t flags, pileus_record *after)
{
    (void)after;
    return power(connection, call, node, flags, "start");
}

int32_t
gg_stop_node(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    (void)after;
    return power(connection, call, node, flags, "stop");
}

int32_t
gg_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                uint64_t flags, pileus_record *after)
{
    char id[GG_ADDRESS_SIZE];
    const pileus_pair by_id = {"id", id};
    int32_t code = gg_node_id(connection, call, node, id);

    (void)flags;
    (void)after;
    return code == PILEUS_OK
               ? gg_do(connection, call, "/grid/server/delete", &by_id, 1)
               : code;
}
