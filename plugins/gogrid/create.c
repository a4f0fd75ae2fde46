/* Creating a server: an address for it, the request, and its id. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

#include <stdlib.h>

/* An address that somebody else was faster with is left for another, so many
 * times. */
#define ADDRESSES_TRIED 8
/* The listing is looked at for the new server's id after so many ms, then after
 * twice as many, up to the most. */
#define POLL_FIRST_MS 1000
#define POLL_MOST_MS 20000

int32_t
gg_create_capability(const char *argument)
{
    static const char *const arguments[] = {
        "name", "size", "image", "location", "ip", "description", "nowait"};

    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

/* The driver's own argument of that name; NULL: not given. */
static const char *
option_of(const pileus_create_args *args, const char *name)
{
    return pileus_pair_value(args->options, args->option_count, name);
}

static int32_t
check(pileus_call *call, const pileus_create_args *args)
{
    const char *nowait = option_of(args, "nowait");

    if (args->name == NULL || args->size == NULL || args->image == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a server needs a name, a size and an image: give "
                           "all three");
    }
    if (nowait != NULL && strcmp(nowait, "true") != 0 &&
        strcmp(nowait, "false") != 0) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "the option nowait is true or false, not '%.64s'",
                           nowait);
    }
    return PILEUS_OK;
}

/* ---- an address -----------------------------------------------------------
 */

/* Free addresses, in the provider's order. */
typedef struct addresses {
    char at[ADDRESSES_TRIED][GG_ADDRESS_SIZE];
    size_t count;
} addresses;

static int32_t
take_address(void *user, pileus_call *call, const pileus_value *item)
{
    addresses *found = user;
    const char *address = pileus_json_string(call, item, "ip");
    const char *state = pileus_json_string(call, item, "state.name");

    if (address == NULL || strlen(address) >= GG_ADDRESS_SIZE ||
        found->count == ADDRESSES_TRIED ||
        !pileus_json_boolean(call, item, "public", true) ||
        (state != NULL && strcmp(state, "Unassigned") != 0)) {
        return PILEUS_OK;
    }
    memcpy(found->at[found->count++], address, strlen(address) + 1);
    return PILEUS_OK;
}

static int32_t
find_addresses(const gg_connection *connection, pileus_call *call,
               const pileus_create_args *args, addresses *found)
{
    const pileus_pair conditions[] = {
        {"ip.state", "Unassigned"},
        {"ip.type", "Public"},
        {"datacenter", args->location},
    };

    memset(found, 0, sizeof *found);
    return gg_list(connection, call, "/grid/ip/list", conditions, 3,
                   take_address, found);
}

/* Is the address still free? Then something else was wrong. */
static bool
is_free(const gg_connection *connection, pileus_call *call,
        const pileus_create_args *args, const char *address)
{
    addresses now;

    if (find_addresses(connection, call, args, &now) != PILEUS_OK) {
        return true;
    }
    for (size_t i = 0; i < now.count; i++) {
        if (strcmp(now.at[i], address) == 0) {
            return true;
        }
    }
    return now.count == ADDRESSES_TRIED; /* it may be further down */
}

/* ---- the server -----------------------------------------------------------
 */

static int32_t
add(const gg_connection *connection, pileus_call *call,
    const pileus_create_args *args, const char *address,
    pileus_response **response, const pileus_value **server)
{
    const char *description = option_of(args, "description");
    const pileus_pair query[] = {
        {"name", args->name},
        {"image", args->image},
        {"description", description == NULL ? "" : description},
        {"server.ram", args->size},
        {"ip", address},
    };

    return gg_change(connection, call, "/grid/server/add", query, 5, response,
                     server);
}

/* Try one free address after the other: they are not reserved, so somebody
 * else may be faster. */
static int32_t
add_somewhere(const gg_connection *connection, pileus_call *call,
              const pileus_create_args *args, pileus_response **response,
              const pileus_value **server)
{
    addresses found;
    int32_t code = find_addresses(connection, call, args, &found);

    if (code == PILEUS_OK && found.count == 0) {
        return pileus_fail(call, PILEUS_QUOTA,
                           "there is no public address left for a server: "
                           "free one, or have GoGrid assign more");
    }
    for (size_t i = 0; code == PILEUS_OK && i < found.count; i++) {
        code = add(connection, call, args, found.at[i], response, server);
        if (code == PILEUS_OK) {
            return PILEUS_OK;
        }
        if (i + 1 < found.count &&
            (code == PILEUS_CONFLICT || code == PILEUS_INVALID_ARGUMENT ||
             code == PILEUS_FAILED) &&
            !is_free(connection, call, args, found.at[i])) {
            pileus_log(call, PILEUS_LOG_INFO,
                       "the address %s was taken by somebody else: trying "
                       "another",
                       found.at[i]);
            code = PILEUS_OK;
        }
    }
    return code;
}

/* ---- its id ---------------------------------------------------------------
 */

/* Wait until the listing has an id for the address. */
static int32_t
wait_for_id(const gg_connection *connection, pileus_call *call,
            const char *address, char id[GG_ADDRESS_SIZE])
{
    int64_t pause = POLL_FIRST_MS;
    int32_t code;

    for (;;) {
        code = gg_find_id(connection, call, address, id);
        if (code != PILEUS_OK || *id != '\0') {
            break;
        }
        pileus_progress(call, "waiting for the server's id", -1);
        code = pileus_wait(call, pause);
        if (code != PILEUS_OK) {
            break;
        }
        pause = pause < POLL_MOST_MS / 2 ? pause * 2 : POLL_MOST_MS;
    }
    if (code == PILEUS_TIMEOUT || code == PILEUS_CANCELLED) {
        pileus_failure failure = {
            .struct_size = sizeof failure,
            .code = code,
            .may_have_happened = 1,
            .retry_after_ms = -1,
        };
        char message[PILEUS_MESSAGE_MAX];

        (void)snprintf(message, sizeof message,
                       "GoGrid makes the server, at the address %s, and has "
                       "not told its id yet: list nodes later, or allow more "
                       "time",
                       address);
        failure.message = message;
        code = pileus_fail_with(call, &failure);
    }
    return code;
}

/* What was answered, or what the server is once it has an id. */
static int32_t
put_made(gg_connection *connection, pileus_call *call,
         const pileus_create_args *args, const pileus_value *server,
         pileus_sink *sink)
{
    const char *address = pileus_json_string(call, server, "ip.ip");
    const char *id = pileus_json_text(call, server, "id");
    const char *nowait = option_of(args, "nowait");
    char found[GG_ADDRESS_SIZE] = "";
    int32_t code = PILEUS_OK;

    if (id != NULL && strlen(id) < sizeof found) {
        memcpy(found, id, strlen(id) + 1);
    } else if (nowait != NULL && strcmp(nowait, "true") == 0) {
        return gg_put_server(call, server, NULL, sink);
    } else if (address == NULL || strlen(address) >= GG_ADDRESS_SIZE) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "GoGrid made a server and told neither its id nor "
                           "its address: list nodes to find it");
    } else {
        code = wait_for_id(connection, call, address, found);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, found);
    }
    return code == PILEUS_OK ? gg_get_node(connection, call, found, sink)
                             : code;
}

int32_t
gg_create_node(void *connection, pileus_call *call,
               const pileus_create_args *args, pileus_sink *sink)
{
    gg_connection *self = connection;
    const char *address = option_of(args, "ip");
    pileus_response *response = NULL;
    const pileus_value *server = NULL;
    int32_t code = check(call, args);

    if (code == PILEUS_OK) {
        code = address != NULL
                   ? add(self, call, args, address, &response, &server)
                   : add_somewhere(self, call, args, &response, &server);
    }
    if (code == PILEUS_OK) {
        code = put_made(self, call, args, server, sink);
    }
    pileus_response_free(response);
    return code;
}
