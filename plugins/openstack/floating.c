/* Floating addresses, which Neutron keeps, and leads to ports of servers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define FLOATING "/floatingips"
/* How many ports of a server are tried. */
#define PORTS_MAX 16

static const os_list_of addresses = {
    .service = OS_NETWORK,
    .path = FLOATING,
    .items = "floatingips",
    .more = "floatingips_links",
};

static const os_list_of ports = {
    .service = OS_NETWORK,
    .path = "/ports",
    .items = "ports",
    .more = "ports_links",
};

/* ---- the record -----------------------------------------------------------
 */

/* The server of its port, which Neutron tells since 2018. Ports of routers and
 * of load balancers have a device, too. */
static const char *
node_of(pileus_call *call, const pileus_value *address)
{
    const char *owner =
        pileus_json_string(call, address, "port_details.device_owner");

    return owner == NULL || strncmp(owner, "compute:", 8) != 0
               ? NULL
               : pileus_json_text(call, address, "port_details.device_id");
}

static int32_t
put_address(void *user, pileus_call *call, const pileus_value *address)
{
    static const char *const known[] = {"id", "floating_ip_address",
                                        "floating_network_id", NULL};
    pileus_sink *sink = user;
    pileus_record *record;
    const char *id = NULL;
    const char *ip = NULL;
    int32_t code = pileus_json_need_text(call, address, "id", &id);

    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, address, "floating_ip_address", &ip);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_ADDRESS);
    pileus_set_id(record, id);
    pileus_set_string(record, PILEUS_FIELD_IP, ip);
    pileus_set_string(record, PILEUS_FIELD_POOL,
                      pileus_json_text(call, address, "floating_network_id"));
    pileus_set_string(record, PILEUS_FIELD_NODE, node_of(call, address));
    pileus_extra_rest(record, call, address, known);
    return pileus_put(record);
}

static int32_t
list_addresses(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair conditions[] = {
        {"id", query->id_count == 1 ? query->ids[0] : NULL},
        {"floating_ip_address", query->name},
        {"floating_network_id", pileus_query_filter(query, "pool-id")},
        {"status", pileus_query_filter(query, "status")},
    };

    return os_list(connection, call, &addresses, conditions,
                   sizeof conditions / sizeof conditions[0], put_address, sink);
}

/* ---- create, delete -------------------------------------------------------
 */

static int32_t
create_address(void *connection, pileus_call *call, const char *pool,
               pileus_sink *sink)
{
    char network[PILEUS_ID_MAX + 1];
    pileus_writer *body;
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code = os_find_pool(connection, call, pool, network);

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_open_dict(body, "floatingip");
    pileus_write_string(body, "floating_network_id", network);
    pileus_write_close(body);
    code = os_send(connection, call, OS_NETWORK, "POST", FLOATING, body,
                   &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "floatingip.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_ADDRESS, id);
    }
    if (code == PILEUS_OK) {
        code = put_address(sink, call,
                           pileus_json_get(call, answer, "floatingip"));
    }
    pileus_response_free(response);
    return code;
}

static int32_t
delete_address(void *connection, pileus_call *call,
               const pileus_address *address)
{
    return os_delete(connection, call, OS_NETWORK, 0, FLOATING,
                     pileus_object_id(call, address));
}

/* ---- attach, detach -------------------------------------------------------
 */

/* Does it lead to a port, as Neutron has it now? */
static int32_t
is_attached(os_connection *connection, pileus_call *call, const char *id,
            bool *attached)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code =
        os_get(connection, call, OS_NETWORK, FLOATING, id, &response, &answer);

    *attached = code == PILEUS_OK &&
                pileus_json_text(call, answer, "floatingip.port_id") != NULL;
    pileus_response_free(response);
    return code;
}

/* port NULL: to none. */
static int32_t
lead(os_connection *connection, pileus_call *call, const char *id,
     const char *port)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_writer *body;
    int32_t code = pileus_http_path(call, path, FLOATING, id, NULL);

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_open_dict(body, "floatingip");
    if (port == NULL) {
        pileus_write_null(body, "port_id");
    } else {
        pileus_write_string(body, "port_id", port);
    }
    pileus_write_close(body);
    return os_send(connection, call, OS_NETWORK, "PUT", path, body, NULL, NULL);
}

typedef struct found {
    char ids[PORTS_MAX][PILEUS_ID_MAX + 1];
    int count;
} found;

/* One with an address that can be led to: there is no other way for version 4.
 */
static int32_t
take_port(void *user, pileus_call *call, const pileus_value *port)
{
    found *all = user;
    const pileus_value *fixed = pileus_json_get(call, port, "fixed_ips");
    uint64_t count = pileus_json_count(call, fixed, NULL);
    bool fits = false;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, port, "id", &id);

    for (uint64_t i = 0; i < count && !fits; i++) {
        const char *ip = pileus_json_string(
            call, pileus_json_at(call, fixed, i, NULL), "ip_address");

        fits = ip != NULL && strchr(ip, '.') != NULL;
    }
    if (code == PILEUS_OK && fits && all->count < PORTS_MAX) {
        (void)snprintf(all->ids[all->count++], sizeof all->ids[0], "%s", id);
    }
    return code;
}

/* To the first port that can be reached from the address's network: Neutron
 * has found nothing when no router leads there. */
static int32_t
lead_to_any(os_connection *connection, pileus_call *call, const char *id,
            const found *all)
{
    int32_t code = PILEUS_NOT_FOUND;

    for (int i = 0; i < all->count && code == PILEUS_NOT_FOUND; i++) {
        code = lead(connection, call, id, all->ids[i]);
    }
    return all->count > 0
               ? code
               : pileus_fail(call, PILEUS_CONFLICT,
                             "the server has no port with an IPv4 address to "
                             "lead to: wait until it runs, or give it a "
                             "network");
}

static int32_t
attach_address(void *connection, pileus_call *call,
               const pileus_address *address, const pileus_node *node)
{
    const char *id = pileus_object_id(call, address);
    const pileus_pair of_node = {"device_id", pileus_object_id(call, node)};
    found all = {.count = 0};
    bool attached = false;
    int32_t code = is_attached(connection, call, id, &attached);

    if (attached) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "the address leads to a port already: detach it "
                           "first");
    }
    if (code == PILEUS_OK) {
        code = os_list(connection, call, &ports, &of_node, 1, take_port, &all);
    }
    return code == PILEUS_OK ? lead_to_any(connection, call, id, &all) : code;
}

static int32_t
detach_address(void *connection, pileus_call *call,
               const pileus_address *address)
{
    const char *id = pileus_object_id(call, address);
    bool attached = false;
    int32_t code = is_attached(connection, call, id, &attached);

    if (code == PILEUS_OK && !attached) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "the address leads nowhere: there is nothing to "
                           "detach");
    }
    return code == PILEUS_OK ? lead(connection, call, id, NULL) : code;
}

const pileus_addresses_service os_addresses = {
    .struct_size = sizeof os_addresses,
    .list_addresses = list_addresses,
    .create_address = create_address,
    .delete_address = delete_address,
    .attach_address = attach_address,
    .detach_address = detach_address,
};
