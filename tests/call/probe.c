/* A driver that does, by its option "act", each thing a driver can do well or
 * badly, so that tests can see what the core makes of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/driver.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/* Compiled once for each thread model. */
#ifndef PROBE_THREADS
#define PROBE_THREADS PILEUS_THREADS_PARALLEL
#define PROBE_NAME probe
#endif

typedef struct probe {
    char act[64];
    char secret[64];
} probe;

/* Calls inside the driver now, and at most, over the whole process. */
static atomic_int inside;
static atomic_int most_inside;

static void
come_in(void)
{
    int now = atomic_fetch_add(&inside, 1) + 1;
    int most = atomic_load(&most_inside);

    while (now > most &&
           !atomic_compare_exchange_weak(&most_inside, &most, now)) {
    }
}

static void
go_out(void)
{
    (void)atomic_fetch_sub(&inside, 1);
}

static bool
acts(const probe *self, const char *act)
{
    return strcmp(self->act, act) == 0;
}

/* ---- connection -------------------------------------------------------------
 */

static int32_t
tell_sources(pileus_call *call)
{
    static const char *const names[] = {"act", "secret", "count", "other"};
    const char *sources[4];

    for (size_t i = 0; i < 4; i++) {
        sources[i] = pileus_setting_source(call, names[i]);
        sources[i] = sources[i] == NULL ? "nowhere" : sources[i];
    }
    return pileus_fail(call, PILEUS_CONFLICT, "%s, %s, %s, %s", sources[0],
                       sources[1], sources[2], sources[3]);
}

static int32_t
probe_open(void *state, pileus_call *call, void **connection)
{
    const char *act = pileus_setting(call, "act");
    const char *secret = pileus_setting(call, "secret");
    probe *self = calloc(1, sizeof *self);

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
    (void)snprintf(self->act, sizeof self->act, "%s", act == NULL ? "" : act);
    (void)snprintf(self->secret, sizeof self->secret, "%s",
                   secret == NULL ? "" : secret);
    if (acts(self, "fail-open")) {
        free(self);
        return pileus_fail(call, PILEUS_AUTHENTICATION,
                           "the password '%s' is refused", secret);
    }
    if (acts(self, "sources")) {
        free(self);
        return tell_sources(call);
    }
    *connection = self;
    return PILEUS_OK;
}

static void
probe_close(void *connection)
{
    free(connection);
}

static int32_t
probe_capability(void *connection, const char *service, const char *call,
                 const char *argument)
{
    (void)connection;
    (void)service;
    (void)call;
    if (argument == NULL) {
        return PILEUS_CAPABILITY_UNKNOWN;
    }
    if (strcmp(argument, "name") == 0 || strcmp(argument, "flavour") == 0) {
        return PILEUS_CAPABILITY_YES;
    }
    return strcmp(argument, "size") == 0 ? PILEUS_CAPABILITY_IGNORED
                                         : PILEUS_CAPABILITY_UNKNOWN;
}

/* ---- listing
 * ------------------------------------------------------------------ */

static int32_t
put_node(pileus_sink *sink, const char *id)
{
    pileus_record *node = pileus_begin(sink, PILEUS_KIND_NODE);

    pileus_set_id(node, id);
    pileus_set_name(node, id);
    pileus_set_state(node, PILEUS_STATE_RUNNING, "up");
    pileus_set_blob(node, 7, "opaque", 6);
    return pileus_put(node);
}

static int32_t
put_many(pileus_sink *sink, int count)
{
    int32_t code = PILEUS_OK;

    for (int i = 0; i < count && code == PILEUS_OK; i++) {
        char id[16];

        (void)snprintf(id, sizeof id, "%d", i);
        code = put_node(sink, id);
    }
    return code;
}

static int32_t
misbehave(const probe *self, pileus_call *call, pileus_sink *sink)
{
    pileus_record *node = NULL;

    if (acts(self, "leave-open")) {
        node = pileus_begin(sink, PILEUS_KIND_NODE);
        pileus_set_id(node, "left");
        return PILEUS_OK;
    }
    if (acts(self, "wrong-kind")) {
        return pileus_put(pileus_begin(sink, PILEUS_KIND_IMAGE));
    }
    if (acts(self, "put-nested")) {
        node = pileus_begin(sink, PILEUS_KIND_NODE);
        return pileus_put(pileus_nested(node, PILEUS_FIELD_SIZE));
    }
    if (acts(self, "bad-id")) {
        return put_node(sink, "a\nb");
    }
    if (acts(self, "ignore-enough")) {
        for (int i = 0; i < 1000; i++) {
            (void)put_node(sink, "same");
        }
        return PILEUS_OK;
    }
    if (acts(self, "silent")) {
        return PILEUS_PERMISSION;
    }
    if (acts(self, "strange-code")) {
        return pileus_fail(call, 4711, "something new");
    }
    if (acts(self, "odd-extra")) {
        node = pileus_begin(sink, PILEUS_KIND_NODE);
        pileus_extra_open_dict(node, "never closed");
        return pileus_put(node);
    }
    return PILEUS_OK;
}

static int32_t
report(const probe *self, pileus_call *call)
{
    char text[256];
    pileus_failure failure;

    (void)snprintf(text, sizeof text, "key %s was refused", self->secret);
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = PILEUS_RATE_LIMITED;
    failure.retryable = 1;
    failure.may_have_happened = 1;
    failure.retry_after_ms = 1500;
    failure.status = 429;
    failure.message = text;
    failure.provider_code = self->secret;
    failure.provider_message = text;
    failure.request_id = "req-1";
    pileus_log(call, PILEUS_LOG_ERROR, "about to fail with %s", self->secret);
    return pileus_fail_with(call, &failure);
}

static int32_t
probe_list_nodes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    const probe *self = connection;
    int32_t code;

    (void)query;
    come_in();
    if (acts(self, "wait")) {
        code = pileus_wait(call, 600000);
    } else if (acts(self, "slow")) {
        const struct timespec pause = {.tv_nsec = 2000000};

        (void)nanosleep(&pause, NULL);
        code = put_many(sink, 3);
    } else if (acts(self, "report")) {
        code = report(self, call);
    } else if (acts(self, "endless")) {
        do {
            code = put_node(sink, "again");
        } while (code == PILEUS_OK);
    } else if (self->act[0] == '\0' || acts(self, "no-node") ||
               acts(self, "two-nodes") || acts(self, "made-and-failed") ||
               acts(self, "made-and-undone")) {
        pileus_progress(call, "listing", 0.5);
        code = put_many(sink, 3);
    } else {
        code = misbehave(self, call, sink);
    }
    go_out();
    return code;
}

/* ---- one node
 * -------------------------------------------------------------------- */

static int32_t
probe_create(void *connection, pileus_call *call,
             const pileus_create_args *args, pileus_sink *sink)
{
    const probe *self = connection;

    if (acts(self, "no-node")) {
        return PILEUS_OK;
    }
    if (acts(self, "two-nodes")) {
        return put_many(sink, 2);
    }
    if (acts(self, "made-and-failed") || acts(self, "made-and-undone")) {
        (void)pileus_made(call, PILEUS_KIND_NODE, "i-made-it");
        if (acts(self, "made-and-undone")) {
            (void)pileus_made(call, PILEUS_KIND_NODE, NULL);
        }
        return pileus_fail(call, PILEUS_UNAVAILABLE, "the line went dead");
    }
    return put_node(sink, args->name == NULL ? args->token : args->name);
}

/* Reads the blob, which only works on a node of this very driver. */
static int32_t
probe_reboot(void *connection, pileus_call *call, const pileus_node *node,
             uint64_t flags, pileus_record *after)
{
    const probe *self = connection;
    uint64_t size = 0;
    uint32_t format = 0;
    const char *blob = pileus_object_blob(call, node, &size, &format);

    (void)flags;
    if (blob == NULL || size != 6 || format != 7) {
        return PILEUS_INVALID_ARGUMENT;
    }
    if (acts(self, "put-after")) {
        return pileus_put(after);
    }
    return PILEUS_OK; /* the core knows what comes after a reboot */
}

static int32_t
probe_stop(void *connection, pileus_call *call, const pileus_node *node,
           uint64_t flags, pileus_record *after)
{
    (void)connection;
    (void)call;
    (void)node;
    (void)flags;
    pileus_set_state(after, PILEUS_STATE_STOPPED, "down");
    return PILEUS_OK;
}

/* Tells through the error how many calls were inside at most. */
static int32_t
probe_start(void *connection, pileus_call *call, const pileus_node *node,
            uint64_t flags, pileus_record *after)
{
    pileus_failure failure;

    (void)connection;
    (void)node;
    (void)flags;
    (void)after;
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = PILEUS_FAILED;
    failure.message = "this many were inside";
    failure.status = atomic_exchange(&most_inside, 0);
    return pileus_fail_with(call, &failure);
}

static const void *
probe_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = probe_open,
        .close = probe_close,
        .capability = probe_capability,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = probe_list_nodes,
        .create_node = probe_create,
        .reboot_node = probe_reboot,
        .stop_node = probe_stop,
        .start_node = probe_start,
    };

    (void)state;
    if (version != 1) {
        return NULL;
    }
    return strcmp(service, "connection") == 0 ? (const void *)&connection
           : strcmp(service, "compute") == 0  ? &compute
                                              : NULL;
}

/* In one variant it fails the first time. */
static int32_t
probe_init(pileus_call *call, void **state)
{
    static atomic_int failures_left = 1;

    *state = NULL;
#ifdef PROBE_FAIL_INIT
    if (atomic_fetch_sub(&failures_left, 1) > 0) {
        return pileus_fail(call, PILEUS_UNAVAILABLE,
                           "the licence server is asleep");
    }
#else
    (void)failures_left;
    (void)call;
#endif
    return PILEUS_OK;
}

#define DEFINE(name)                                                           \
    PILEUS_DRIVER(name, .version = "1", .type = "probe",                       \
                  .thread_model = PROBE_THREADS, .init = probe_init,           \
                  .get_service = probe_service)
DEFINE(PROBE_NAME)
