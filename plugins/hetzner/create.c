/* Creating a server: what it shall be, in a request. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#include <stdlib.h>

/* What Hetzner Cloud takes of user data, in bytes. */
#define USER_DATA_MAX 32768

/* The options of a create, and what the provider calls them. */
typedef enum shape {
    BOOLEAN,
    PUBLIC,  /* a boolean, of public_net */
    NUMBER,  /* an id */
    NUMBERS, /* ids, with commas between */
    WRAPPED  /* ids, each in an object of its own */
} shape;
static const struct {
    const char *option;
    const char *name;
    shape shape;
} options[] = {
    {"automount", "automount", BOOLEAN},
    {"firewalls", "firewalls", WRAPPED},
    {"ipv4", "enable_ipv4", PUBLIC},
    {"ipv6", "enable_ipv6", PUBLIC},
    {"networks", "networks", NUMBERS},
    {"placement-group", "placement_group", NUMBER},
    {"start", "start_after_create", BOOLEAN},
    {"volumes", "volumes", NUMBERS},
};
#define OPTIONS (sizeof options / sizeof options[0])

/* The number of the option of that name; OPTIONS: none. */
static size_t
option_of(const char *name)
{
    size_t i = 0;

    while (i < OPTIONS && strcmp(options[i].option, name) != 0) {
        i++;
    }
    return i;
}

int32_t
hz_create_capability(const char *argument)
{
    static const char *const arguments[] = {"name",      "size",    "image",
                                            "location",  "ssh_key", "key_name",
                                            "user_data", "tags"};

    if (strcmp(argument, "token") == 0) {
        return PILEUS_TOKEN_NATURAL_KEY;
    }
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return option_of(argument) < OPTIONS ? PILEUS_CAPABILITY_YES
                                         : PILEUS_CAPABILITY_UNKNOWN;
}

/* ---- checking ------------------------------------------------------------ */

/* Numbers, with commas between. */
static bool
are_numbers(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789,") == strlen(text) &&
           strstr(text, ",,") == NULL && *text != ',' &&
           text[strlen(text) - 1] != ',';
}

static bool
is_of_shape(const char *value, shape wanted)
{
    switch (wanted) {
    case BOOLEAN:
    case PUBLIC:
        return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
    case NUMBER:
        return are_numbers(value) && strchr(value, ',') == NULL;
    default:
        return are_numbers(value);
    }
}

static int32_t
check_options(pileus_call *call, const pileus_create_args *args)
{
    static const char *const forms[] = {
        [BOOLEAN] = "true or false",
        [PUBLIC] = "true or false",
        [NUMBER] = "an id, which is a number",
        [NUMBERS] = "ids, which are numbers, with commas between",
        [WRAPPED] = "ids, which are numbers, with commas between",
    };

    for (uint64_t i = 0; i < args->option_count; i++) {
        const pileus_pair *given = &args->options[i];
        size_t option = option_of(given->name);

        if (option < OPTIONS &&
            !is_of_shape(given->value, options[option].shape)) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "the option %s is %s, not '%.64s'", given->name,
                               forms[options[option].shape], given->value);
        }
    }
    return PILEUS_OK;
}

/* All that can be said without asking, before anything is made. */
static int32_t
check(pileus_call *call, const pileus_create_args *args)
{
    int32_t code;

    if (args->name == NULL || args->size == NULL || args->image == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a server needs a name, a size and an image: give "
                           "all three");
    }
    if (args->user_data_size > USER_DATA_MAX) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "Hetzner Cloud takes %d bytes of user data, and "
                           "there are %llu: have them fetch the rest",
                           USER_DATA_MAX,
                           (unsigned long long)args->user_data_size);
    }
    code = hz_check_labels(call, args->tags, args->tag_count);
    return code == PILEUS_OK ? check_options(call, args) : code;
}

/* ---- the document -------------------------------------------------------- */

static void
write_numbers(pileus_writer *body, const char *name, const char *numbers,
              const char *wrapper)
{
    pileus_write_open_list(body, name);
    while (*numbers != '\0') {
        char *end = NULL;
        long long number = strtoll(numbers, &end, 10);

        if (wrapper != NULL) {
            pileus_write_open_dict(body, NULL);
        }
        pileus_write_integer(body, wrapper, number);
        if (wrapper != NULL) {
            pileus_write_close(body);
        }
        numbers = end + (*end == ',');
    }
    pileus_write_close(body);
}

static void
write_option(pileus_writer *body, const pileus_pair *given)
{
    size_t option = option_of(given->name);

    if (option == OPTIONS) {
        return;
    }
    switch (options[option].shape) {
    case BOOLEAN:
        pileus_write_boolean(body, options[option].name,
                             strcmp(given->value, "true") == 0);
        break;
    case NUMBER:
        pileus_write_integer(body, options[option].name,
                             strtoll(given->value, NULL, 10));
        break;
    case NUMBERS:
        write_numbers(body, options[option].name, given->value, NULL);
        break;
    case WRAPPED:
        write_numbers(body, options[option].name, given->value, "firewall");
        break;
    case PUBLIC: /* they stand together */
        break;
    }
}

static void
write_public_net(pileus_writer *body, const pileus_create_args *args)
{
    bool open = false;

    for (uint64_t i = 0; i < args->option_count; i++) {
        const pileus_pair *given = &args->options[i];
        size_t option = option_of(given->name);

        if (option == OPTIONS || options[option].shape != PUBLIC) {
            continue;
        }
        if (!open) {
            pileus_write_open_dict(body, "public_net");
            open = true;
        }
        pileus_write_boolean(body, options[option].name,
                             strcmp(given->value, "true") == 0);
    }
    if (open) {
        pileus_write_close(body);
    }
}

static void
write_labels(pileus_writer *body, const pileus_create_args *args,
             const char *token)
{
    pileus_write_open_dict(body, "labels");
    for (uint64_t i = 0; i < args->tag_count; i++) {
        const char *value = args->tags[i].value;

        pileus_write_string(body, args->tags[i].name,
                            value == NULL ? "" : value);
    }
    pileus_write_string(body, HZ_TOKEN_LABEL, token);
    pileus_write_close(body);
}

/* key: id of the key for ssh_key; 0: none. */
static pileus_writer *
write_server(pileus_call *call, const pileus_create_args *args,
             const char *token, int64_t key)
{
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_string(body, "name", args->name);
    pileus_write_string(body, "server_type", args->size);
    pileus_write_string(body, "image", args->image);
    pileus_write_string(body, "location", args->location);
    if (args->key_name != NULL || key != 0) {
        pileus_write_open_list(body, "ssh_keys");
        pileus_write_string(body, NULL, args->key_name);
        if (key != 0) {
            pileus_write_integer(body, NULL, key);
        }
        pileus_write_close(body);
    }
    if (args->user_data != NULL) {
        pileus_write_string_n(body, "user_data", args->user_data,
                              (size_t)args->user_data_size);
    }
    write_labels(body, args, token);
    write_public_net(body, args);
    for (uint64_t i = 0; i < args->option_count; i++) {
        write_option(body, &args->options[i]);
    }
    return body;
}

/* ---- making it once ------------------------------------------------------ */

typedef struct search {
    const char *token;
    pileus_sink *sink;
    bool found;
} search;

static int32_t
look_at_server(void *user, pileus_call *call, const pileus_value *item)
{
    search *wanted = user;
    const char *token =
        pileus_json_string(call, item, "labels." HZ_TOKEN_LABEL);

    if (wanted->found || token == NULL || strcmp(token, wanted->token) != 0) {
        return PILEUS_OK;
    }
    wanted->found = true;
    return hz_put_server(call, item, NULL, wanted->sink);
}

/* The name is taken, as the failure that was reported says. If what has it
 * was made with this token, it is what was asked for. */
static int32_t
find_made(const hz_connection *connection, pileus_call *call,
          const pileus_create_args *args, const char *token, pileus_sink *sink)
{
    const pileus_pair by_name = {"name", args->name};
    search wanted = {.token = token, .sink = sink, .found = false};
    int32_t code = hz_list(connection, call, "servers", &by_name, 1,
                           look_at_server, &wanted);

    return code == PILEUS_OK && !wanted.found ? PILEUS_CONFLICT : code;
}

static int32_t
put_made(pileus_call *call, const pileus_value *answer, pileus_sink *sink)
{
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, answer, "server.id", &id);

    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, id);
    }
    if (code == PILEUS_OK) {
        code = hz_check_action(call, answer, "action");
    }
    return code == PILEUS_OK
               ? hz_put_server(
                     call, pileus_json_get(call, answer, "server"),
                     pileus_json_string(call, answer, "root_password"), sink)
               : code;
}

/* There are no two servers of one name in a project: so the request may be
 * sent again when its answer is lost, and is refused if it has been done. */
int32_t
hz_create_node(void *connection, pileus_call *call,
               const pileus_create_args *args, pileus_sink *sink)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .flags = PILEUS_REQUEST_IDEMPOTENT,
        .method = "POST",
        .path = HZ_SERVERS,
    };
    hz_connection *self = connection;
    char token[HZ_TOKEN_SIZE];
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int64_t key = 0;
    int32_t code = check(call, args);

    if (code == PILEUS_OK) {
        code = hz_token(call, args->token, token);
    }
    if (code == PILEUS_OK && args->ssh_key != NULL) {
        code = hz_ensure_key(self, call, args->ssh_key, &key);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = pileus_http_send_json(self->http, call, &request,
                                 write_server(call, args, token, key),
                                 &response, &answer);
    if (code == PILEUS_OK) {
        code = put_made(call, answer, sink);
    } else if (code == PILEUS_CONFLICT) {
        code = find_made(self, call, args, token, sink);
    }
    pileus_response_free(response);
    return code;
}
