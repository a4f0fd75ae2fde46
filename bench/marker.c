/* A driver for the benchmark: servers of a Nova API, by pages with a marker. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/http.h>

static int32_t
marker_open(void *state, pileus_call *call, void **connection)
{
    (void)state;
    *connection = pileus_http_new(call, NULL);
    return *connection != NULL ? PILEUS_OK : PILEUS_FAILED;
}

static void
marker_close(void *connection)
{
    pileus_http_free(connection);
}

static int32_t
put(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const known[] = {"id", "name", "status", NULL};
    const char *word = pileus_json_string(call, item, "status");
    pileus_record *record = pileus_begin(user, PILEUS_KIND_NODE);

    pileus_set_id(record, pileus_json_string(call, item, "id"));
    pileus_set_name(record, pileus_json_string(call, item, "name"));
    pileus_set_state(record,
                     word != NULL && strcmp(word, "ACTIVE") == 0
                         ? PILEUS_STATE_RUNNING
                         : PILEUS_STATE_STOPPED,
                     word);
    pileus_extra_rest(record, call, item, known);
    return pileus_put(record);
}

static int32_t
marker_list_nodes(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    static const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = PILEUS_PAGES_MARKER,
        .items = "servers",
        .page = "marker",
        .limit = "limit",
        .size = 1000,
        .marker = "id",
    };
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = "/servers/detail",
    };

    (void)query;
    return pileus_http_list(connection, call, &request, &pages, put, sink);
}

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = marker_open,
        .close = marker_close,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = marker_list_nodes,
    };

    (void)state;
    if (version != 1) {
        return NULL;
    }
    return strcmp(service, "connection") == 0 ? (const void *)&connection
           : strcmp(service, "compute") == 0  ? &compute
                                              : NULL;
}

PILEUS_DRIVER(marker, .version = "1", .type = "marker",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
