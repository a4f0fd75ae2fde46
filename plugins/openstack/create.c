/* Creating a server: what it shall be, in a request. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <stdlib.h>

/* What Nova takes of user data, in bytes of base64. */
#define USER_DATA_MAX 65535
/* SHA-256 in hexadecimal: what marks a server, whatever the token is. */
#define MARK_SIZE (2 * 32 + 1)

/* The options of a create, and the microversion that each needs. */
typedef enum shape { TEXT, BOOLEAN, NUMBER } shape;
static const struct {
    const char *name;
    shape shape;
    int version;
} options[] = {
    {"boot-volume", TEXT, OS_PLAIN},
    {"boot-volume-size", NUMBER, OS_PLAIN},
    {"config-drive", BOOLEAN, OS_PLAIN},
    {"delete-boot-volume", BOOLEAN, OS_PLAIN},
    {"description", TEXT, 19},
    {"disk-config", TEXT, OS_PLAIN},
    {"hostname", TEXT, 90},
    {"networks", TEXT, OS_PLAIN},
    {"security-groups", TEXT, OS_PLAIN},
    {"server-group", TEXT, OS_PLAIN},
    {"server-tags", TEXT, 52},
};
/* From here on a create says which networks, or that Nova is to choose. */
#define NETWORKS_VERSION 37
#define OPTIONS (sizeof options / sizeof options[0])

int32_t
os_create_capability(const char *argument)
{
    static const char *const arguments[] = {"name",      "size",     "image",
                                            "location",  "ssh_key",  "key_name",
                                            "user_data", "password", "tags"};

    if (strcmp(argument, "token") == 0) {
        return PILEUS_TOKEN_LOOKUP;
    }
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(argument, options[i].name) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

/* The value of an option; NULL: not given. */
static const char *
option(const pileus_create_args *args, const char *name)
{
    return pileus_pair_value(args->options, args->option_count, name);
}

static bool
is_true(const pileus_create_args *args, const char *name, bool fallback)
{
    const char *value = option(args, name);

    return value == NULL ? fallback : strcmp(value, "true") == 0;
}

/* ---- checking -------------------------------------------------------------
 */

static bool
is_of_shape(const char *value, shape wanted)
{
    size_t digits = strspn(value, "0123456789");

    switch (wanted) {
    case BOOLEAN:
        return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
    case NUMBER:
        return digits > 0 && digits < 10 && value[digits] == '\0';
    default:
        return *value != '\0';
    }
}

static int32_t
check_options(pileus_call *call, const pileus_create_args *args)
{
    static const char *const forms[] = {
        [TEXT] = "not empty",
        [BOOLEAN] = "true or false",
        [NUMBER] = "a number of GB",
    };

    for (size_t i = 0; i < OPTIONS; i++) {
        const char *value = option(args, options[i].name);

        if (value != NULL && !is_of_shape(value, options[i].shape)) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "the option %s is %s, not '%.64s'",
                               options[i].name, forms[options[i].shape], value);
        }
    }
    return PILEUS_OK;
}

int32_t
os_check_user_data(pileus_call *call, const pileus_create_args *args)
{
    return args->user_data_size <= USER_DATA_MAX / 4 * 3
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                             "OpenStack takes %d bytes of user data, and there "
                             "are %llu: have them fetch the rest",
                             USER_DATA_MAX / 4 * 3,
                             (unsigned long long)args->user_data_size);
}

/* All that can be said without asking, before anything is made. */
static int32_t
check(pileus_call *call, const pileus_create_args *args)
{
    bool boots = args->image != NULL || option(args, "boot-volume") != NULL;
    int32_t code;

    if (args->name == NULL || args->size == NULL || !boots) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a server needs a name, a size, and an image or "
                           "the option boot-volume: give all three");
    }
    code = os_check_user_data(call, args);
    return code == PILEUS_OK ? check_options(call, args) : code;
}

/* "auto" and "none" are for Nova. */
static bool
are_for_nova(const char *networks)
{
    return networks != NULL &&
           (strcmp(networks, "auto") == 0 || strcmp(networks, "none") == 0);
}

/* The microversion that all of it needs. */
static int32_t
find_version(os_connection *connection, pileus_call *call,
             const pileus_create_args *args, int *version)
{
    char what[PILEUS_ID_MAX];
    int32_t code = PILEUS_OK;

    *version = OS_PLAIN;
    for (size_t i = 0; code == PILEUS_OK && i < OPTIONS; i++) {
        const char *value = option(args, options[i].name);
        int needed = value == NULL ? OS_PLAIN : options[i].version;

        if (strcmp(options[i].name, "networks") == 0 && are_for_nova(value)) {
            needed = NETWORKS_VERSION;
        }
        if (needed > *version) {
            *version = needed;
        }
        if (needed > OS_PLAIN) {
            (void)snprintf(what, sizeof what, "the option %s", options[i].name);
            code = os_need_version(connection, call, needed, what);
        }
    }
    return code;
}

/* ---- the document ---------------------------------------------------------
 */

/* "KEY": [{"MEMBER": word}, …] of words with commas between; of the words alone
 * without a member. */
static void
write_words(pileus_writer *body, const char *key, const char *member,
            const char *words)
{
    if (words == NULL) {
        return;
    }
    pileus_write_open_list(body, key);
    while (*words != '\0') {
        size_t length = strcspn(words, ",");

        if (member != NULL) {
            pileus_write_open_dict(body, NULL);
        }
        pileus_write_string_n(body, member, words, length);
        if (member != NULL) {
            pileus_write_close(body);
        }
        words += length + (words[length] == ',');
    }
    pileus_write_close(body);
}

/* The disk to boot from: a volume that is there, or one to be made from the
 * image. */
static void
write_boot_disk(pileus_writer *body, const pileus_create_args *args)
{
    const char *volume = option(args, "boot-volume");
    const char *size = option(args, "boot-volume-size");

    if (volume == NULL && size == NULL) {
        pileus_write_string(body, "imageRef", args->image);
        return;
    }
    pileus_write_open_list(body, "block_device_mapping_v2");
    pileus_write_open_dict(body, NULL);
    pileus_write_integer(body, "boot_index", 0);
    pileus_write_string(body, "uuid", volume != NULL ? volume : args->image);
    pileus_write_string(body, "source_type",
                        volume != NULL ? "volume" : "image");
    pileus_write_string(body, "destination_type", "volume");
    if (volume == NULL) {
        pileus_write_integer(body, "volume_size", strtoll(size, NULL, 10));
    }
    pileus_write_boolean(body, "delete_on_termination",
                         is_true(args, "delete-boot-volume", volume == NULL));
    pileus_write_close(body);
    pileus_write_close(body);
}

int32_t
os_write_user_data(pileus_writer *body, pileus_call *call,
                   const pileus_create_args *args)
{
    size_t size = (size_t)args->user_data_size;
    char *coded;

    if (args->user_data == NULL) {
        return PILEUS_OK;
    }
    coded = malloc(4 * ((size + 2) / 3) + 1);
    if (coded == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for user data");
    }
    pileus_base64(call, args->user_data, size, coded);
    pileus_write_string(body, "user_data", coded);
    os_free_secret(PILEUS_HOST(call), coded);
    return PILEUS_OK;
}

static void
write_metadata(pileus_writer *body, const pileus_create_args *args,
               const char *mark)
{
    pileus_write_open_dict(body, "metadata");
    for (uint64_t i = 0; i < args->tag_count; i++) {
        const char *value = args->tags[i].value;

        pileus_write_string(body, args->tags[i].name,
                            value == NULL ? "" : value);
    }
    pileus_write_string(body, OS_TOKEN_KEY, mark);
    pileus_write_close(body);
}

static void
write_hints(pileus_writer *body, const pileus_create_args *args)
{
    const char *group = option(args, "server-group");

    if (group != NULL) {
        pileus_write_open_dict(body, "os:scheduler_hints");
        pileus_write_string(body, "group", group);
        pileus_write_close(body);
    }
}

/* What a server has that is found by asking. */
typedef struct parts {
    int version;
    const char *mark;
    const char *key; /* name of the key pair; NULL: none */
    char *networks;  /* ids, with commas between; NULL: none */
} parts;

static void
write_networks(pileus_writer *body, const pileus_create_args *args,
               const parts *with)
{
    const char *networks = option(args, "networks");

    if (are_for_nova(networks)) {
        pileus_write_string(body, "networks", networks);
    } else if (networks == NULL && with->version >= NETWORKS_VERSION) {
        pileus_write_string(body, "networks", "auto");
    } else {
        write_words(body, "networks", "uuid", with->networks);
    }
}

static int32_t
write_server(pileus_writer *body, pileus_call *call,
             const pileus_create_args *args, const parts *with)
{
    int32_t code;

    pileus_write_open_dict(body, "server");
    pileus_write_string(body, "name", args->name);
    pileus_write_string(body, "flavorRef", args->size);
    write_boot_disk(body, args);
    pileus_write_string(body, "availability_zone", args->location);
    pileus_write_string(body, "key_name", with->key);
    pileus_write_string(body, "adminPass", args->password);
    pileus_write_string(body, "OS-DCF:diskConfig", option(args, "disk-config"));
    if (option(args, "config-drive") != NULL) {
        pileus_write_boolean(body, "config_drive",
                             is_true(args, "config-drive", false));
    }
    pileus_write_string(body, "description", option(args, "description"));
    pileus_write_string(body, "hostname", option(args, "hostname"));
    write_words(body, "tags", NULL, option(args, "server-tags"));
    write_networks(body, args, with);
    write_words(body, "security_groups", "name",
                option(args, "security-groups"));
    write_metadata(body, args, with->mark);
    code = os_write_user_data(body, call, args);
    pileus_write_close(body);
    write_hints(body, args);
    return code;
}

/* ---- one that is there already --------------------------------------------
 */

static int32_t
make_mark(pileus_call *call, const char *token, char mark[MARK_SIZE])
{
    uint8_t digest[PILEUS_DIGEST_MAX];
    size_t size = 0;
    int32_t code = pileus_digest(call, PILEUS_DIGEST_SHA256, token,
                                 strlen(token), digest, &size);

    if (code == PILEUS_OK) {
        pileus_hex(call, digest, size, mark);
    }
    return code;
}

typedef struct search {
    const char *mark;
    pileus_sink *sink;
    bool found;
} search;

static int32_t
put_marked(void *user, pileus_call *call, const pileus_value *item)
{
    search *sought = user;
    const char *mark = pileus_json_string(call, item, "metadata." OS_TOKEN_KEY);

    if (sought->found || mark == NULL || strcmp(mark, sought->mark) != 0 ||
        os_is_leaving(call, item)) {
        return PILEUS_OK;
    }
    sought->found = true;
    return os_put_server(call, item, NULL, sought->sink);
}

/* ---- create_node ----------------------------------------------------------
 */

/* The server has an id and little else yet: ask for the rest. */
static int32_t
put_made(os_connection *connection, pileus_call *call, const pileus_value *made,
         pileus_sink *sink)
{
    const char *password = pileus_json_string(call, made, "server.adminPass");
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, made, "server.id", &id);

    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, id);
    }
    return code == PILEUS_OK
               ? os_show_server(connection, call, id, password, sink)
               : code;
}

static int32_t
send_server(os_connection *connection, pileus_call *call,
            const pileus_create_args *args, const parts *with,
            pileus_sink *sink)
{
    const os_ask ask = {OS_COMPUTE, with->version, "POST", OS_SERVERS};
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    pileus_writer *body = pileus_write_begin(call);
    int32_t code = write_server(body, call, args, with);

    if (code != PILEUS_OK) {
        pileus_write_free(body);
        return code;
    }
    code = os_ask_for(connection, call, &ask, body, &response, &answer);
    if (code == PILEUS_OK) {
        code = put_made(connection, call, answer, sink);
    }
    pileus_response_free(response);
    return code;
}

static int32_t
make_server(os_connection *connection, pileus_call *call,
            const pileus_create_args *args, const char *mark, pileus_sink *sink)
{
    const char *networks = option(args, "networks");
    char name[OS_KEY_NAME_SIZE];
    parts with = {.mark = mark, .key = args->key_name};
    int32_t code = find_version(connection, call, args, &with.version);

    if (code == PILEUS_OK && networks != NULL && !are_for_nova(networks)) {
        code = os_find_networks(connection, call, networks, &with.networks);
    }
    if (code == PILEUS_OK && args->ssh_key != NULL) {
        with.key = name;
        code = os_ensure_key(connection, call, args->ssh_key, name);
    }
    if (code == PILEUS_OK) {
        code = send_server(connection, call, args, &with, sink);
    }
    free(with.networks);
    return code;
}

int32_t
os_create_node(void *connection, pileus_call *call,
               const pileus_create_args *args, pileus_sink *sink)
{
    char mark[MARK_SIZE];
    search sought = {.mark = mark, .sink = sink};
    int32_t code = check(call, args);

    if (code == PILEUS_OK) {
        code = make_mark(call, args->token, mark);
    }
    if (code == PILEUS_OK) {
        code = os_list_named(connection, call, args->name, put_marked, &sought);
    }
    return code == PILEUS_OK && !sought.found
               ? make_server(connection, call, args, mark, sink)
               : code;
}
