/* A driver that tells what it should not, where it is told to. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/driver.h>

#include <stdlib.h>

typedef struct leaky {
    char where[32];
    char text[512];
} leaky;

static int32_t
leaky_open(void *state, pileus_call *call, void **connection)
{
    leaky *self = calloc(1, sizeof *self);
    const char *where = pileus_setting(call, "where");
    const char *text = pileus_setting(call, "text");

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
    (void)snprintf(self->where, sizeof self->where, "%s", where);
    (void)snprintf(self->text, sizeof self->text, "%s", text);
    *connection = self;
    return PILEUS_OK;
}

static void
leaky_close(void *connection)
{
    free(connection);
}

/* What belongs there, or the secret where it is to leak. */
static const char *
leak(const leaky *self, const char *where)
{
    return strcmp(self->where, where) == 0 ? self->text : "nothing";
}

static int32_t
leaky_list_nodes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    const leaky *self = connection;
    const char *blob = leak(self, "blob");
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_NODE);

    (void)query;
    pileus_log(call, PILEUS_LOG_DEBUG, "the log: %s", leak(self, "log"));
    pileus_progress(call, leak(self, "progress"), 0.5);
    pileus_set_id(record, "1");
    pileus_set_name(record, leak(self, "name"));
    pileus_set_state(record, PILEUS_STATE_RUNNING, leak(self, "state"));
    pileus_set_blob(record, 1, blob, strlen(blob));
    pileus_extra_open_dict(record, "a");
    pileus_extra_open_list(record, "b");
    pileus_extra_string(record, NULL, leak(self, "extra"));
    pileus_extra_close(record);
    pileus_extra_close(record);
    return pileus_put(record);
}

static int32_t
leaky_list_sizes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    const leaky *self = connection;
    pileus_failure failure = {
        .struct_size = sizeof failure,
        .code = PILEUS_FAILED,
        .message = leak(self, "message"),
        .provider_code = leak(self, "code"),
        .provider_message = leak(self, "words"),
        .request_id = leak(self, "request"),
        .retry_after_ms = -1,
    };

    (void)query;
    (void)sink;
    return pileus_fail_with(call, &failure);
}

static const void *
leaky_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = leaky_open,
        .close = leaky_close,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = leaky_list_nodes,
        .list_sizes = leaky_list_sizes,
    };

    (void)state;
    if (version != 1) {
        return NULL;
    }
    return strcmp(service, "connection") == 0 ? (const void *)&connection
           : strcmp(service, "compute") == 0  ? &compute
                                              : NULL;
}

PILEUS_DRIVER(leaky, .version = "1", .type = "leaky",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = leaky_service)
