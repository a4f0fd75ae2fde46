/* A small driver that speaks HTTP, and, by one define each, drivers that take a
 * failing provider the wrong way. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/http.h>

#include <stdlib.h>

typedef struct faulty {
    pileus_http *http;
} faulty;

#ifdef FAULT_CODES
/* Whatever it was, it went wrong. */
static void
explain(void *user, pileus_call *call, const pileus_response *response,
        pileus_failure *failure)
{
    (void)user;
    (void)call;
    (void)response;
    failure->code = PILEUS_NOT_SUPPORTED;
}
#endif

static int32_t
faulty_open(void *state, pileus_call *call, void **connection)
{
    pileus_http_hooks hooks = {.struct_size = sizeof hooks};
    faulty *self = calloc(1, sizeof *self);

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
#ifdef FAULT_CODES
    hooks.explain = explain;
#endif
    self->http = pileus_http_new(call, &hooks);
    if (self->http == NULL) {
        free(self);
        return PILEUS_FAILED;
    }
    *connection = self;
    return PILEUS_OK;
}

static void
faulty_close(void *connection)
{
    faulty *self = connection;

#ifndef FAULT_HTTP_LEAK
    pileus_http_free(self->http);
#endif
    free(self);
}

static int32_t
put_item(void *user, pileus_call *call, const pileus_value *item)
{
    pileus_record *record = pileus_begin(user, PILEUS_KIND_NODE);

    pileus_set_id(record, pileus_json_string(call, item, "id"));
    pileus_set_state(record, PILEUS_STATE_RUNNING, "up");
    return pileus_put(record);
}

static int32_t
list_nodes(void *connection, pileus_call *call, const pileus_query_args *query,
           pileus_sink *sink)
{
    static const pileus_pages pages = {
        .struct_size = sizeof pages,
        .items = "nodes",
    };
    pileus_request request = {.struct_size = sizeof request, .path = "/nodes"};
    faulty *self = connection;
#ifdef FAULT_BELIEVES
    pileus_response *response = NULL;
    int32_t code;

    (void)query;
    (void)sink;
    (void)pages;
    (void)put_item;
    request.flags = PILEUS_REQUEST_ANY_STATUS;
    code = pileus_http_send(self->http, call, &request, &response);
    pileus_response_free(response);
    return code;
#else
    (void)query;
    return pileus_http_list(self->http, call, &request, &pages, put_item, sink);
#endif
}

static int32_t
create_node(void *connection, pileus_call *call, const pileus_create_args *args,
            pileus_sink *sink)
{
    pileus_request request = {
        .struct_size = sizeof request,
        .method = "POST",
        .path = "/nodes",
        .body = "{}",
        .body_size = 2,
#ifdef FAULT_REPEATS
        .flags = PILEUS_REQUEST_IDEMPOTENT,
#endif
    };
    faulty *self = connection;
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id;
    int32_t code = pileus_http_send_json(self->http, call, &request, NULL,
                                         &response, &answer);

    (void)args;
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "id", &id);
    }
    if (code == PILEUS_OK) {
        code = put_item(sink, call, answer);
    }
    pileus_response_free(response);
#ifdef FAULT_FORGETS
    if (code != PILEUS_OK) {
        return pileus_fail(call, code, "the node was not created");
    }
#endif
    return code;
}

#include "faulty_frame.h"
