/* Servers: Hetzner Cloud's nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

/* Room for an address of either family. */
#define ADDRESS_SIZE 64

static pileus_state
state_of(const char *word)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"initializing", PILEUS_STATE_PENDING},
        {"starting", PILEUS_STATE_STARTING},
        {"running", PILEUS_STATE_RUNNING},
        {"stopping", PILEUS_STATE_STOPPING},
        {"off", PILEUS_STATE_STOPPED},
        {"deleting", PILEUS_STATE_TERMINATED},
        {"rebuilding", PILEUS_STATE_RECONFIGURING},
        {"migrating", PILEUS_STATE_MIGRATING},
    };

    for (size_t i = 0; word != NULL && i < sizeof states / sizeof states[0];
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_STATE_UNKNOWN;
}

/* ---- addresses ----------------------------------------------------------- */

/* A server has a network of IPv6, such as 2001:db8::/64, of which the
 * provider's images take the first address. */
static void
add_ipv6(pileus_record *record, const char *network)
{
    size_t length = strcspn(network, "/");
    bool open_end = length >= 2 && strncmp(network + length - 2, "::", 2) == 0;
    char address[ADDRESS_SIZE];

    if (length < sizeof address - 1) {
        (void)snprintf(address, sizeof address, "%.*s%s", (int)length, network,
                       open_end ? "1" : "");
        pileus_add_public_ip(record, address);
    }
}

static void
add_addresses(pileus_call *call, pileus_record *record,
              const pileus_value *server)
{
    const char *v4 = pileus_json_string(call, server, "public_net.ipv4.ip");
    const char *v6 = pileus_json_string(call, server, "public_net.ipv6.ip");
    const pileus_value *networks = pileus_json_get(call, server, "private_net");
    uint64_t count = pileus_json_count(call, networks, NULL);

    if (v4 != NULL) {
        pileus_add_public_ip(record, v4);
    }
    if (v6 != NULL) {
        add_ipv6(record, v6);
    }
    for (uint64_t i = 0; i < count; i++) {
        const char *address = pileus_json_string(
            call, pileus_json_at(call, networks, i, NULL), "ip");

        if (address != NULL) {
            pileus_add_private_ip(record, address);
        }
    }
}

/* ---- the record ---------------------------------------------------------- */

static void
set_size_and_image(pileus_call *call, pileus_record *record,
                   const pileus_value *server, const char *location)
{
    const pileus_value *type = pileus_json_get(call, server, "server_type");
    const pileus_value *image = pileus_json_get(call, server, "image");
    const char *id = pileus_json_text(call, image, "id");

    if (type != NULL) {
        hz_fill_size(call, pileus_nested(record, PILEUS_FIELD_SIZE), type,
                     location);
    }
    if (id != NULL) {
        pileus_record *nested = pileus_nested(record, PILEUS_FIELD_IMAGE);

        pileus_set_id(nested, id);
        pileus_set_name(nested, hz_image_name(call, image));
    }
}

/* Where it stands. Until July 2026 that was told with its datacenter, and
 * other implementations of the interface may tell it so still. */
static const char *
location_of(pileus_call *call, const pileus_value *server)
{
    const char *name = pileus_json_string(call, server, "location.name");

    return name != NULL
               ? name
               : pileus_json_string(call, server, "datacenter.location.name");
}

int32_t
hz_put_server(pileus_call *call, const pileus_value *server,
              const char *password, pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", "status", "labels", NULL};
    const char *word = pileus_json_string(call, server, "status");
    const char *location = location_of(call, server);
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, server, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, server, "name"));
    pileus_set_state(record, state_of(word), word);
    add_addresses(call, record, server);
    set_size_and_image(call, record, server, location);
    pileus_set_string(record, PILEUS_FIELD_LOCATION, location);
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, server,
                         "created");
    hz_read_labels(call, record, pileus_json_get(call, server, "labels"));
    pileus_extra_rest(record, call, server, known);
    if (password != NULL) {
        pileus_extra_string(record, "password", password);
    }
    return pileus_put(record);
}

/* ---- list_nodes, get_node ------------------------------------------------ */

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const hz_listing *listing = user;

    return hz_put_server(call, item, NULL, listing->sink);
}

int32_t
hz_list_nodes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    char selector[HZ_SELECTOR_SIZE];
    const pileus_pair conditions[] = {
        {"name", query->name},
        {"label_selector", hz_selector(query, selector)},
    };
    hz_listing listing = {.sink = sink};

    return hz_list(connection, call, "servers", conditions,
                   sizeof conditions / sizeof conditions[0], put_listed,
                   &listing);
}

/* What the provider says of one server. */
static int32_t
get_server(const hz_connection *connection, pileus_call *call, const char *id,
           pileus_response **response, const pileus_value **server)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const pileus_value *answer = NULL;
    int32_t code = pileus_http_path(call, path, HZ_SERVERS, id, NULL);

    if (code == PILEUS_OK) {
        code = hz_send(connection, call, "GET", path, NULL, response, &answer);
    }
    if (code == PILEUS_OK) {
        *server = pileus_json_get(call, answer, "server");
    }
    return code;
}

int32_t
hz_get_node(void *connection, pileus_call *call, const char *id,
            pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *server = NULL;
    int32_t code = get_server(connection, call, id, &response, &server);

    if (code == PILEUS_OK) {
        code = hz_put_server(call, server, NULL, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
hz_is_off(const hz_connection *connection, pileus_call *call, const char *id,
          bool *off)
{
    pileus_response *response = NULL;
    const pileus_value *server = NULL;
    const char *status = NULL;
    int32_t code = get_server(connection, call, id, &response, &server);

    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, server, "status", &status);
    }
    if (code == PILEUS_OK) {
        *off = state_of(status) == PILEUS_STATE_STOPPED;
    }
    pileus_response_free(response);
    return code;
}
