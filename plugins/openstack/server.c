/* Servers: OpenStack's nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

/* Longest pattern for a server's name that is sent along. */
#define PATTERN_SIZE 260

static const os_list_of servers = {
    .service = OS_COMPUTE,
    .path = OS_SERVERS "/detail",
    .items = "servers",
    .more = "servers_links",
    .version = OS_SERVERS_VERSION,
};

/* ---- states ---------------------------------------------------------------
 */

typedef struct word_state {
    const char *word;
    pileus_state state;
} word_state;

/* The Compute API's server status. */
static const word_state states[] = {
    {"ACTIVE", PILEUS_STATE_RUNNING},
    {"BUILD", PILEUS_STATE_PENDING},
    {"DELETED", PILEUS_STATE_TERMINATED},
    {"ERROR", PILEUS_STATE_ERROR},
    {"HARD_REBOOT", PILEUS_STATE_REBOOTING},
    {"MIGRATING", PILEUS_STATE_MIGRATING},
    {"PASSWORD", PILEUS_STATE_PENDING},
    {"PAUSED", PILEUS_STATE_PAUSED},
    {"REBOOT", PILEUS_STATE_REBOOTING},
    {"REBUILD", PILEUS_STATE_PENDING},
    {"RESCUE", PILEUS_STATE_PENDING},
    {"RESIZE", PILEUS_STATE_RECONFIGURING},
    {"REVERT_RESIZE", PILEUS_STATE_RECONFIGURING},
    {"SHELVED", PILEUS_STATE_STOPPED},
    {"SHELVED_OFFLOADED", PILEUS_STATE_STOPPED},
    {"SHUTOFF", PILEUS_STATE_STOPPED},
    {"SOFT_DELETED", PILEUS_STATE_TERMINATED},
    {"SUSPENDED", PILEUS_STATE_SUSPENDED},
    {"VERIFY_RESIZE", PILEUS_STATE_RUNNING},
};

/* Of a server that Nova lists still. */
#define DELETING "deleting"
#define SOFT_DELETING "soft-deleting"

/* What is being done to it, which says more than a status that is still the
 * old one (OS-EXT-STS:task_state). */
static const word_state tasks[] = {
    {DELETING, PILEUS_STATE_STOPPING},
    {SOFT_DELETING, PILEUS_STATE_STOPPING},
    {"pausing", PILEUS_STATE_UPDATING},
    {"powering-off", PILEUS_STATE_STOPPING},
    {"powering-on", PILEUS_STATE_STARTING},
    {"rebuild_block_device_mapping", PILEUS_STATE_PENDING},
    {"rebuild_spawning", PILEUS_STATE_PENDING},
    {"rebuilding", PILEUS_STATE_PENDING},
    {"reboot_pending", PILEUS_STATE_REBOOTING},
    {"reboot_started", PILEUS_STATE_REBOOTING},
    {"rebooting", PILEUS_STATE_REBOOTING},
    {"resize_confirming", PILEUS_STATE_RECONFIGURING},
    {"resize_finish", PILEUS_STATE_RECONFIGURING},
    {"resize_migrated", PILEUS_STATE_RECONFIGURING},
    {"resize_migrating", PILEUS_STATE_RECONFIGURING},
    {"resize_prep", PILEUS_STATE_RECONFIGURING},
    {"resize_reverting", PILEUS_STATE_RECONFIGURING},
    {"resuming", PILEUS_STATE_STARTING},
    {"shelving", PILEUS_STATE_UPDATING},
    {"shelving_image_pending_upload", PILEUS_STATE_UPDATING},
    {"shelving_image_uploading", PILEUS_STATE_UPDATING},
    {"shelving_offloading", PILEUS_STATE_UPDATING},
    {"suspending", PILEUS_STATE_UPDATING},
    {"unpausing", PILEUS_STATE_STARTING},
    {"unshelving", PILEUS_STATE_STARTING},
};

static bool
look_up(const word_state *table, size_t count, const char *word,
        pileus_state *state)
{
    for (size_t i = 0; word != NULL && i < count; i++) {
        if (strcmp(table[i].word, word) == 0) {
            *state = table[i].state;
            return true;
        }
    }
    return false;
}

/* Nova's number for a machine that is off (OS-EXT-STS:power_state). */
#define POWER_OFF 4

/* NULL: nothing is being done to it. */
static const char *
task_of(pileus_call *call, const pileus_value *server)
{
    return pileus_json_string(call, server, "OS-EXT-STS:task_state");
}

static pileus_state
state_of(pileus_call *call, const pileus_value *server, const char *status)
{
    const char *task = task_of(call, server);
    pileus_state state = PILEUS_STATE_UNKNOWN;
    int64_t power = 0;

    if (look_up(tasks, sizeof tasks / sizeof tasks[0], task, &state)) {
        return state;
    }
    (void)look_up(states, sizeof states / sizeof states[0], status, &state);
    /* Resized, it waits to be confirmed or reverted, off if it was off. */
    if (status != NULL && strcmp(status, "VERIFY_RESIZE") == 0 &&
        pileus_json_integer(call, server, "OS-EXT-STS:power_state", &power) &&
        power == POWER_OFF) {
        return PILEUS_STATE_STOPPED;
    }
    return state;
}

bool
os_is_leaving(pileus_call *call, const pileus_value *server)
{
    const char *task = task_of(call, server);
    const char *status = pileus_json_string(call, server, "status");

    return (task != NULL && (strcmp(task, DELETING) == 0 ||
                             strcmp(task, SOFT_DELETING) == 0)) ||
           state_of(call, server, status) == PILEUS_STATE_TERMINATED;
}

/* "ACTIVE" would be misleading of one that is as good as gone. */
static const char *
word_of(pileus_call *call, const pileus_value *server, const char *status)
{
    const char *task = task_of(call, server);

    return task != NULL && strcmp(task, DELETING) == 0 ? task : status;
}

/* ---- addresses ------------------------------------------------------------
 */

static void
add_address(pileus_call *call, pileus_record *record, const pileus_value *entry)
{
    const char *address = pileus_json_string(call, entry, "addr");
    const char *type = pileus_json_string(call, entry, "OS-EXT-IPS:type");
    bool floating = type != NULL && strcmp(type, "floating") == 0;

    if (address == NULL) {
        return;
    }
    if (!floating && pileus_address_is_private(call, address)) {
        pileus_add_private_ip(record, address);
    } else {
        pileus_add_public_ip(record, address);
    }
}

/* Of each network; a floating address is public whatever it looks like. */
static void
add_addresses(pileus_call *call, pileus_record *record,
              const pileus_value *server)
{
    const pileus_value *networks = pileus_json_get(call, server, "addresses");
    uint64_t count = pileus_json_count(call, networks, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const pileus_value *network = pileus_json_at(call, networks, i, NULL);
        uint64_t addresses = pileus_json_count(call, network, NULL);

        for (uint64_t j = 0; j < addresses; j++) {
            add_address(call, record, pileus_json_at(call, network, j, NULL));
        }
    }
}

/* ---- the record -----------------------------------------------------------
 */

/* A size or an image that the server names by its id; an image is "" when it
 * was booted from a volume. */
static void
set_nested(pileus_call *call, pileus_record *record, int32_t field,
           const pileus_value *thing)
{
    const char *id = pileus_json_text(call, thing, "id");

    if (id != NULL) {
        pileus_set_id(pileus_nested(record, field), id);
    }
}

static void
add_tags(pileus_call *call, pileus_record *record, const pileus_value *metadata)
{
    uint64_t count = pileus_json_count(call, metadata, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const char *key = NULL;
        const pileus_value *entry = pileus_json_at(call, metadata, i, &key);
        const char *value = pileus_json_text(call, entry, NULL);

        if (key != NULL && value != NULL && strcmp(key, OS_TOKEN_KEY) != 0) {
            pileus_add_tag(record, key, value);
        }
    }
}

void
os_fill_extra(pileus_record *record, pileus_call *call,
              const pileus_value *server, const char *password)
{
    static const char *const known[] = {"id",        "name",     "status",
                                        "adminPass", "metadata", NULL};

    pileus_extra_rest(record, call, server, known);
    if (password != NULL) {
        pileus_extra_string(record, "password", password);
    }
}

int32_t
os_put_server(pileus_call *call, const pileus_value *server,
              const char *password, pileus_sink *sink)
{
    const char *word = pileus_json_string(call, server, "status");
    const char *zone =
        pileus_json_string(call, server, "OS-EXT-AZ:availability_zone");
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, server, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, server, "name"));
    pileus_set_state(record, state_of(call, server, word),
                     word_of(call, server, word));
    add_addresses(call, record, server);
    set_nested(call, record, PILEUS_FIELD_SIZE,
               pileus_json_get(call, server, "flavor"));
    set_nested(call, record, PILEUS_FIELD_IMAGE,
               pileus_json_get(call, server, "image"));
    if (zone != NULL && *zone != '\0') {
        pileus_set_string(record, PILEUS_FIELD_LOCATION, zone);
    }
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, server,
                         "created");
    add_tags(call, record, pileus_json_get(call, server, "metadata"));
    os_fill_extra(record, call, server, password);
    return pileus_put(record);
}

/* ---- list_nodes, get_node -------------------------------------------------
 */

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    pileus_sink *sink = user;

    return os_put_server(call, item, NULL, sink);
}

/* Nova takes a pattern, so only names without signs of one can be handed on;
 * NULL: this one cannot. */
static const char *
pattern_of(const char *name, char pattern[PATTERN_SIZE])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ ";

    if (name == NULL || *name == '\0' || name[strspn(name, plain)] != '\0' ||
        strlen(name) > PATTERN_SIZE - sizeof "^$") {
        return NULL;
    }
    (void)snprintf(pattern, PATTERN_SIZE, "^%s$", name);
    return pattern;
}

static int32_t
list_servers(os_connection *connection, pileus_call *call, const char *name,
             const char *everyones, const char *tags, pileus_item_fn fn,
             void *user)
{
    char pattern[PATTERN_SIZE];
    const pileus_pair conditions[] = {
        {"name", pattern_of(name, pattern)},
        {"all_tenants", everyones},
        {"tags", tags},
    };

    return os_list(connection, call, &servers, conditions,
                   sizeof conditions / sizeof conditions[0], fn, user);
}

int32_t
os_list_named(os_connection *connection, pileus_call *call, const char *name,
              pileus_item_fn fn, void *user)
{
    return list_servers(connection, call, name, NULL, NULL, fn, user);
}

int32_t
os_list_nodes(void *connection, pileus_call *call,
              const pileus_query_args *query, pileus_sink *sink)
{
    const char *tags = pileus_query_filter(query, "server-tags");
    int32_t code = tags == NULL
                       ? PILEUS_OK
                       : os_need_version(connection, call, OS_SERVERS_VERSION,
                                         "the filter server-tags");

    return code != PILEUS_OK
               ? code
               : list_servers(connection, call, query->name,
                              pileus_query_filter(query, "all-projects"), tags,
                              put_listed, sink);
}

int32_t
os_show_server(os_connection *connection, pileus_call *call, const char *id,
               const char *password, pileus_sink *sink)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const os_ask ask = {OS_COMPUTE, OS_SERVERS_VERSION, "GET", path};
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = pileus_http_path(call, path, OS_SERVERS, id, NULL);

    if (code == PILEUS_OK) {
        code = os_ask_for(connection, call, &ask, NULL, &response, &answer);
    }
    if (code == PILEUS_OK) {
        code = os_put_server(call, pileus_json_get(call, answer, "server"),
                             password, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
os_get_node(void *connection, pileus_call *call, const char *id,
            pileus_sink *sink)
{
    return os_show_server(connection, call, id, NULL, sink);
}
