/* Creating a droplet. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* What DigitalOcean takes of user data, in bytes. */
#define USER_DATA_MAX 65536

/* The options of a create, and what the provider calls them. */
typedef enum shape { BOOLEAN, STRING, LIST } shape;
static const struct {
    const char *option;
    const char *name;
    shape shape;
} options[] = {
    {"backups", "backups", BOOLEAN},
    {"droplet-agent", "with_droplet_agent", BOOLEAN},
    {"ipv6", "ipv6", BOOLEAN},
    {"monitoring", "monitoring", BOOLEAN},
    {"volumes", "volumes", LIST},
    {"vpc-uuid", "vpc_uuid", STRING},
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
do_create_capability(const char *argument)
{
    static const char *const arguments[] = {"name",      "size",    "image",
                                            "location",  "ssh_key", "key_name",
                                            "user_data", "tags"};

    if (strcmp(argument, "token") == 0) {
        return PILEUS_CAPABILITY_NO;
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

static bool
is_boolean(const char *value)
{
    return strcmp(value, "true") == 0 || strcmp(value, "false") == 0;
}

static int32_t
check_options(pileus_call *call, const pileus_create_args *args)
{
    for (uint64_t i = 0; i < args->option_count; i++) {
        const pileus_pair *given = &args->options[i];
        size_t option = option_of(given->name);

        if (option < OPTIONS && options[option].shape == BOOLEAN &&
            !is_boolean(given->value)) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "the option %s is true or false, not '%.64s'",
                               given->name, given->value);
        }
    }
    return PILEUS_OK;
}

/* All that can be said without asking, before anything is made. */
static int32_t
check(pileus_call *call, const pileus_create_args *args)
{
    char word[DO_TAG_SIZE];

    if (args->name == NULL || args->size == NULL || args->image == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a droplet needs a name, a size and an image: give "
                           "all three");
    }
    if (args->user_data_size > USER_DATA_MAX) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "DigitalOcean takes %d bytes of user data, and "
                           "there are %llu: have them fetch the rest",
                           USER_DATA_MAX,
                           (unsigned long long)args->user_data_size);
    }
    for (uint64_t i = 0; i < args->tag_count; i++) {
        if (!do_tag_word(&args->tags[i], word)) {
            return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                               "DigitalOcean cannot have the tag '%.64s': use "
                               "letters, digits, '-' and '_', up to %d with "
                               "its value, and ':' in the value only",
                               args->tags[i].name, DO_TAG_SIZE - 2);
        }
    }
    return check_options(call, args);
}

/* ---- the request --------------------------------------------------------- */

/* Fingerprints: a bare number could be an id or not. */
typedef struct keys {
    char found[PILEUS_FINGERPRINT_SIZE];   /* that of key_name; empty: none */
    char ensured[PILEUS_FINGERPRINT_SIZE]; /* that of ssh_key */
} keys;

static int32_t
prepare_keys(const do_connection *connection, pileus_call *call,
             const pileus_create_args *args, keys *prints)
{
    int32_t code = PILEUS_OK;

    if (args->key_name != NULL) {
        code = do_find_key(connection, call, args->key_name, prints->found);
    }
    if (code == PILEUS_OK && args->ssh_key != NULL) {
        code = do_ensure_key(connection, call, args->ssh_key, prints->ensured);
    }
    return code;
}

static void
write_key(pileus_writer *body, const char *print)
{
    if (*print != '\0') {
        pileus_write_string(body, NULL, print);
    }
}

/* The parts of a list with commas. */
static void
write_words(pileus_writer *body, const char *name, const char *words)
{
    pileus_write_open_list(body, name);
    while (*words != '\0') {
        size_t size = strcspn(words, ",");

        if (size > 0) {
            pileus_write_string_n(body, NULL, words, size);
        }
        words += size + (words[size] == ',');
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
    case STRING:
        pileus_write_string(body, options[option].name, given->value);
        break;
    case LIST:
        write_words(body, options[option].name, given->value);
        break;
    }
}

static pileus_writer *
write_droplet(pileus_call *call, const pileus_create_args *args,
              const keys *prints)
{
    pileus_writer *body = pileus_write_begin(call);
    char word[DO_TAG_SIZE];

    pileus_write_string(body, "name", args->name);
    pileus_write_string(body, "size", args->size);
    pileus_write_string(body, "image", args->image);
    pileus_write_string(body, "region", args->location);
    if (args->key_name != NULL || args->ssh_key != NULL) {
        pileus_write_open_list(body, "ssh_keys");
        write_key(body, prints->found);
        write_key(body, prints->ensured);
        pileus_write_close(body);
    }
    if (args->user_data != NULL) {
        pileus_write_string_n(body, "user_data", args->user_data,
                              (size_t)args->user_data_size);
    }
    if (args->tag_count > 0) {
        pileus_write_open_list(body, "tags");
        for (uint64_t i = 0; i < args->tag_count; i++) {
            (void)do_tag_word(&args->tags[i], word);
            pileus_write_string(body, NULL, word);
        }
        pileus_write_close(body);
    }
    for (uint64_t i = 0; i < args->option_count; i++) {
        write_option(body, &args->options[i]);
    }
    return body;
}

int32_t
do_create_node(void *connection, pileus_call *call,
               const pileus_create_args *args, pileus_sink *sink)
{
    keys prints = {"", ""};
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code = check(call, args);

    if (code == PILEUS_OK) {
        code = prepare_keys(connection, call, args, &prints);
    }
    if (code == PILEUS_OK) {
        code = do_send(connection, call, "POST", "/v2/droplets",
                       write_droplet(call, args, &prints), &response, &answer);
    }
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "droplet.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, id);
    }
    if (code == PILEUS_OK) {
        code = do_put_droplet(call, pileus_json_get(call, answer, "droplet"),
                              sink);
    }
    pileus_response_free(response);
    return code;
}
