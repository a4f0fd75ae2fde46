/* A driver whose provider is odd: names that would drive a terminal, facts
 * that are missing, errors of every sort. For tests of the command. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/driver.h>

#include <stdlib.h>

#define FOREVER_MS 600000
#define LONG_NAME 300

typedef struct odd {
    char mood[16];
    char key[64];
} odd;

static bool
is(const odd *self, const char *mood)
{
    return strcmp(self->mood, mood) == 0;
}

/* ---- connection ---------------------------------------------------------- */

static int32_t
odd_open(void *state, pileus_call *call, void **connection)
{
    const char *mood = pileus_setting(call, "mood");
    const char *key = pileus_setting(call, "key");
    odd *self = calloc(1, sizeof *self);

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
    (void)snprintf(self->mood, sizeof self->mood, "%s", mood);
    (void)snprintf(self->key, sizeof self->key, "%s", key == NULL ? "" : key);
    if (is(self, "shut")) {
        free(self);
        return pileus_fail(call, PILEUS_AUTHENTICATION,
                           "the key '%s' is refused", key);
    }
    pileus_log(call, PILEUS_LOG_INFO, "opened with key '%s'", self->key);
    *connection = self;
    return PILEUS_OK;
}

static void
odd_close(void *connection)
{
    free(connection);
}

static int32_t
odd_capability(void *connection, const char *service, const char *call,
               const char *argument)
{
    (void)connection;
    (void)service;
    (void)call;
    return argument == NULL ? PILEUS_CAPABILITY_UNKNOWN : PILEUS_CAPABILITY_YES;
}

/* ---- nodes --------------------------------------------------------------- */

static pileus_record *
begin(pileus_sink *sink, const char *id, const char *name, pileus_state state)
{
    pileus_record *node = pileus_begin(sink, PILEUS_KIND_NODE);

    pileus_set_id(node, id);
    pileus_set_name(node, name);
    pileus_set_state(node, state, "odd");
    return node;
}

static int32_t
put_full(pileus_sink *sink)
{
    pileus_record *node =
        begin(sink, "full", "all, \"facts\"\nof it", PILEUS_STATE_RUNNING);

    pileus_add_public_ip(node, "192.0.2.1");
    pileus_add_public_ip(node, "2001:db8::1");
    pileus_add_private_ip(node, "10.0.0.1");
    pileus_set_id(pileus_nested(node, PILEUS_FIELD_SIZE), "small");
    pileus_set_id(pileus_nested(node, PILEUS_FIELD_IMAGE), "i\"1");
    pileus_set_string(node, PILEUS_FIELD_LOCATION, "here");
    pileus_set_integer(node, PILEUS_FIELD_CREATED_AT,
                       INT64_C(1234567890500000000));
    pileus_add_tag(node, "env", "prod");
    pileus_extra_null(node, "null");
    pileus_extra_boolean(node, "yes", true);
    pileus_extra_integer(node, "big", INT64_MIN);
    pileus_extra_double(node, "tenth", 0.1);
    pileus_extra_double(node, "whole", 2);
    pileus_extra_double(node, "large", 1e300);
    pileus_extra_string(node, "text", "a\tb\033[0m\177\xC2\x9B");
    pileus_extra_open_dict(node, "nested");
    pileus_extra_string(node, "a.b", "dotted");
    pileus_extra_open_list(node, "list");
    pileus_extra_integer(node, NULL, 1);
    pileus_extra_close(node);
    pileus_extra_open_list(node, "none");
    pileus_extra_close(node);
    pileus_extra_open_dict(node, "empty");
    pileus_extra_close(node);
    pileus_extra_close(node);
    return pileus_put(node);
}

static int32_t
put_long(pileus_sink *sink)
{
    char name[LONG_NAME + 1];

    memset(name, 'x', LONG_NAME);
    name[LONG_NAME] = '\0';
    return pileus_put(begin(sink, "long", name, PILEUS_STATE_PAUSED));
}

static int32_t
put_odd_nodes(pileus_sink *sink)
{
    static const struct {
        const char *id;
        const char *name;
        pileus_state state;
    } rows[] = {
        {"escape", "red\033[31m\033]0;title\007", PILEUS_STATE_ERROR},
        {"wide", "\xE6\x97\xA5\xE6\x9C\xAC", PILEUS_STATE_STOPPED},
        {"bidi",
         "a\xE2\x80\xAE"
         "b\xC2\x9B"
         "c",
         PILEUS_STATE_PENDING},
        {"broken", "bad\xFFutf8", PILEUS_STATE_RUNNING},
        {NULL, "no-id", 99},
        {"t-1", "twin", PILEUS_STATE_RUNNING},
        {"t-2", "twin", PILEUS_STATE_RUNNING},
        {"-xdash", "dash", PILEUS_STATE_RUNNING},
        {"two words", "it's $HOME", PILEUS_STATE_RUNNING},
        {"bare", NULL, PILEUS_STATE_RUNNING},
    };
    int32_t code = PILEUS_OK;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0] && code == PILEUS_OK;
         i++) {
        code = pileus_put(begin(sink, rows[i].id, rows[i].name, rows[i].state));
    }
    return code;
}

static int32_t
fail_angrily(const odd *self, pileus_call *call)
{
    char text[256];
    pileus_failure failure;

    (void)snprintf(text, sizeof text, "no more for %s\033[31m", self->key);
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = PILEUS_RATE_LIMITED;
    failure.retryable = 1;
    failure.may_have_happened = 1;
    failure.retry_after_ms = 1500;
    failure.status = 429;
    failure.message = text;
    failure.provider_code = "SlowDown";
    failure.provider_message = "come back later";
    failure.request_id = "req-1";
    return pileus_fail_with(call, &failure);
}

/* Tell the test which waits for it, by a line in a file, that a call came in.
 */
static void
tell_test(void)
{
    const char *path = getenv("ODD_CALLS");
    FILE *file = path == NULL ? NULL : fopen(path, "a");

    if (file != NULL) {
        (void)fputs("call\n", file);
        (void)fclose(file);
    }
}

static int32_t
odd_list_nodes(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const odd *self = connection;
    int32_t code;

    (void)query;
    tell_test();
    if (is(self, "stuck")) {
        return pileus_wait(call, FOREVER_MS);
    }
    if (is(self, "lost")) {
        return pileus_fail(call, PILEUS_UNAVAILABLE, "the line is dead");
    }
    if (is(self, "empty")) {
        return PILEUS_OK;
    }
    code = put_full(sink);
    if (code == PILEUS_OK && is(self, "angry")) {
        return fail_angrily(self, call);
    }
    if (code == PILEUS_OK) {
        code = put_odd_nodes(sink);
    }
    return code == PILEUS_OK ? put_long(sink) : code;
}

static int32_t
odd_create(void *connection, pileus_call *call, const pileus_create_args *args,
           pileus_sink *sink)
{
    const odd *self = connection;
    pileus_record *node;

    if (args->size != NULL && strcmp(args->size, "small") != 0) {
        return pileus_fail(call, PILEUS_NOT_FOUND, "no such flavour");
    }
    if (is(self, "half")) {
        (void)pileus_made(call, PILEUS_KIND_NODE, "half-made");
        return pileus_fail(call, PILEUS_UNAVAILABLE, "the line went dead");
    }
    if (is(self, "stuck")) {
        (void)pileus_made(call, PILEUS_KIND_NODE, "stuck-made");
        pileus_progress(call, "thinking\033[31m", 0.5);
        tell_test();
        return pileus_wait(call, FOREVER_MS);
    }
    /* What was asked for comes back, so that tests see it. */
    node = begin(sink, "new", args->name, PILEUS_STATE_PENDING);
    pileus_extra_string(node, "ssh_key", args->ssh_key);
    pileus_extra_string(node, "key_name", args->key_name);
    pileus_extra_string(node, "password", args->password);
    pileus_extra_string(node, "location", args->location);
    pileus_extra_string(node, "image", args->image);
    pileus_extra_string(node, "token", args->token);
    pileus_extra_integer(node, "user_data", (int64_t)args->user_data_size);
    for (uint64_t i = 0; i < args->option_count; i++) {
        pileus_extra_string(node, args->options[i].name,
                            args->options[i].value);
    }
    for (uint64_t i = 0; i < args->tag_count; i++) {
        pileus_add_tag(node, args->tags[i].name, args->tags[i].value);
    }
    return pileus_put(node);
}

/* Says how it was asked in the provider's word for the state. */
static int32_t
odd_stop(void *connection, pileus_call *call, const pileus_node *node,
         uint64_t flags, pileus_record *after)
{
    (void)connection;
    (void)call;
    (void)node;
    pileus_set_state(after, PILEUS_STATE_STOPPED,
                     flags == PILEUS_SOFT   ? "softly"
                     : flags == PILEUS_HARD ? "hard"
                                            : "somehow");
    return PILEUS_OK;
}

/* ---- sizes --------------------------------------------------------------- */

static int32_t
odd_list_sizes(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    static const char *const ids[] = {"small", "large"};
    int32_t code = PILEUS_OK;

    (void)connection;
    (void)call;
    (void)query;
    for (size_t i = 0; i < 2 && code == PILEUS_OK; i++) {
        pileus_record *size = pileus_begin(sink, PILEUS_KIND_SIZE);

        pileus_set_id(size, ids[i]);
        pileus_set_name(size, ids[i]);
        if (i == 0) {
            pileus_set_integer(size, PILEUS_FIELD_RAM, 0);
            pileus_set_integer(size, PILEUS_FIELD_VCPUS, 2);
            pileus_set_double(size, PILEUS_FIELD_PRICE, 0.1);
        }
        code = pileus_put(size);
    }
    return code;
}

static const void *
odd_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = odd_open,
        .close = odd_close,
        .capability = odd_capability,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = odd_list_nodes,
        .list_sizes = odd_list_sizes,
        .create_node = odd_create,
        .stop_node = odd_stop,
    };

    (void)state;
    if (version != 1) {
        return NULL;
    }
    return strcmp(service, "connection") == 0 ? (const void *)&connection
           : strcmp(service, "compute") == 0  ? &compute
                                              : NULL;
}

PILEUS_DRIVER(odd, .version = "1", .type = "odd",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = odd_service)
