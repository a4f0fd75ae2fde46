/* Servers: their facts, listing them, and finding one again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

#define SERVERS "/grid/server/list"

typedef struct listing {
    pileus_sink *sink;
    gg_passwords passwords;
    const char *address; /* of the one that is looked for */
    char *id;
} listing;

static pileus_state
state_of(const char *word)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"Starting", PILEUS_STATE_STARTING},
        {"On", PILEUS_STATE_RUNNING},
        {"On/Saving", PILEUS_STATE_RUNNING},
        {"Off", PILEUS_STATE_STOPPED},
        {"Stopping", PILEUS_STATE_STOPPING},
        {"Restarting", PILEUS_STATE_REBOOTING},
        {"Saving", PILEUS_STATE_UPDATING},
        {"Restoring", PILEUS_STATE_RECONFIGURING},
        {"Updating", PILEUS_STATE_UPDATING},
    };

    for (size_t i = 0; word != NULL && i < sizeof states / sizeof states[0];
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_STATE_UNKNOWN;
}

/* ---- facts ----------------------------------------------------------------
 */

/* A server may be without an id for minutes, and libcloud makes its uuid of
 * what it has: the list of its addresses, as Python writes one. */
static void
set_address(pileus_record *record, const char *address)
{
    char key[GG_ADDRESS_SIZE + 8];

    if (address == NULL || strlen(address) >= GG_ADDRESS_SIZE) {
        return;
    }
    (void)snprintf(key, sizeof key, "['%s']", address);
    pileus_add_public_ip(record, address);
    pileus_set_string(record, PILEUS_FIELD_UUID_KEY, key);
    pileus_set_blob(record, GG_BLOB_ADDRESS, address, strlen(address) + 1);
}

static void
set_password(pileus_record *record, const struct gg_password *password)
{
    if (password != NULL) {
        pileus_extra_string(record, "password", password->password);
        if (*password->user != '\0') {
            pileus_extra_string(record, "username", password->user);
        }
    }
}

int32_t
gg_put_server(pileus_call *call, const pileus_value *server,
              const gg_passwords *passwords, pileus_sink *sink)
{
    static const char *const known[] = {"id",    "name", "state",  "ip",
                                        "image", "ram",  "object", NULL};
    const char *id = pileus_json_text(call, server, "id");
    const char *word = pileus_json_string(call, server, "state.name");
    const char *ram = pileus_json_string(call, server, "ram.name");
    const char *image = pileus_json_text(call, server, "image.id");
    pileus_record *record;

    if (pileus_json_type(call, server, NULL) != PILEUS_TYPE_DICT) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "GoGrid describes no server where one should be: "
                           "see that the endpoint is the right one");
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, server, "name"));
    pileus_set_state(record, state_of(word), word);
    set_address(record, pileus_json_string(call, server, "ip.ip"));
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_text(call, server, "datacenter.id"));
    if (ram != NULL) {
        pileus_record *size = pileus_nested(record, PILEUS_FIELD_SIZE);

        pileus_set_id(size, ram);
        pileus_set_name(size, ram);
        pileus_extra_string(record, "ram", ram);
    }
    if (image != NULL) {
        pileus_record *nested = pileus_nested(record, PILEUS_FIELD_IMAGE);

        pileus_set_id(nested, image);
        pileus_set_name(nested,
                        pileus_json_string(call, server, "image.friendlyName"));
    }
    pileus_extra_rest(record, call, server, known);
    set_password(record, gg_password_of(passwords, id));
    return pileus_put(record);
}

/* ---- listing --------------------------------------------------------------
 */

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const listing *of = user;

    return gg_put_server(call, item, &of->passwords, of->sink);
}

int32_t
gg_list_nodes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    const gg_connection *self = connection;
    const pileus_pair place = {"datacenter", query->location};
    listing of = {.sink = sink};
    int32_t code = gg_get_passwords(self, call, &of.passwords);

    if (code == PILEUS_OK) {
        code = gg_list(self, call, SERVERS, &place, 1, put_listed, &of);
    }
    gg_free_passwords(call, &of.passwords);
    return code;
}

int32_t
gg_get_node(void *connection, pileus_call *call, const char *id,
            pileus_sink *sink)
{
    const gg_connection *self = connection;
    const pileus_pair by_id = {"id", id};
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = "/grid/server/get",
        .query_count = 1,
        .query = &by_id,
    };
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    gg_passwords passwords;
    int32_t code = gg_get_passwords(self, call, &passwords);

    if (code == PILEUS_OK) {
        code = pileus_http_send_json(self->http, call, &request, NULL,
                                     &response, &answer);
    }
    if (code == PILEUS_OK && pileus_json_count(call, answer, "list") == 0) {
        code =
            pileus_fail(call, PILEUS_NOT_FOUND,
                        "GoGrid has no server %.64s: list those there are", id);
    }
    if (code == PILEUS_OK) {
        code = gg_put_server(call, pileus_json_get(call, answer, "list.0"),
                             &passwords, sink);
    }
    pileus_response_free(response);
    gg_free_passwords(call, &passwords);
    return code;
}

/* ---- finding one again ----------------------------------------------------
 */

static int32_t
look_at(void *user, pileus_call *call, const pileus_value *item)
{
    listing *of = user;
    const char *address = pileus_json_string(call, item, "ip.ip");
    const char *id = pileus_json_text(call, item, "id");

    if (address != NULL && id != NULL && strcmp(address, of->address) == 0 &&
        strlen(id) < GG_ADDRESS_SIZE) {
        memcpy(of->id, id, strlen(id) + 1);
    }
    return PILEUS_OK;
}

int32_t
gg_find_id(const gg_connection *connection, pileus_call *call,
           const char *address, char id[GG_ADDRESS_SIZE])
{
    listing of = {.address = address, .id = id};

    *id = '\0';
    return gg_list(connection, call, SERVERS, NULL, 0, look_at, &of);
}

int32_t
gg_node_id(const gg_connection *connection, pileus_call *call,
           const pileus_node *node, char id[GG_ADDRESS_SIZE])
{
    const char *known = pileus_object_id(call, node);
    const char *address;
    uint64_t size = 0;
    uint32_t format = 0;
    int32_t code;

    if (known != NULL && strlen(known) < GG_ADDRESS_SIZE) {
        memcpy(id, known, strlen(known) + 1);
        return PILEUS_OK;
    }
    address = pileus_object_blob(call, node, &size, &format);
    if (address == NULL || format != GG_BLOB_ADDRESS || size == 0 ||
        size > GG_ADDRESS_SIZE || address[size - 1] != '\0') {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "this node has neither an id nor an address to find "
                           "it by: list nodes, and take it from there");
    }
    code = gg_find_id(connection, call, address, id);
    if (code == PILEUS_OK && *id == '\0') {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "GoGrid has no server with an id at %s: it takes "
                           "some minutes to get one, so try again later",
                           address);
    }
    return code;
}
