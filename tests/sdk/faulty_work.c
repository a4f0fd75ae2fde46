/* A driver whose listing and create take several requests, and, by one define
 * each, drivers that lose their way in the middle. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/http.h>

#define TRIES 4 /* until what was made is seen */
#define PAUSE_MS 10

static int32_t
faulty_open(void *state, pileus_call *call, void **connection)
{
    (void)state;
    *connection = pileus_http_new(call, NULL);
    return *connection == NULL ? PILEUS_FAILED : PILEUS_OK;
}

static void
faulty_close(void *connection)
{
    pileus_http_free(connection);
}

static int32_t
put(pileus_call *call, const pileus_value *item, pileus_sink *sink)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_NODE);

    pileus_set_id(record, pileus_json_string(call, item, "id"));
    pileus_set_state(record, PILEUS_STATE_RUNNING, "up");
    return pileus_put(record);
}

static int32_t
put_all(pileus_call *call, const pileus_value *page, pileus_sink *sink)
{
    const pileus_value *items = pileus_json_get(call, page, "nodes");
    int32_t code = PILEUS_OK;

    for (uint64_t i = 0;
         code == PILEUS_OK && i < pileus_json_count(call, items, NULL); i++) {
        code = put(call, pileus_json_at(call, items, i, NULL), sink);
    }
    return code;
}

static int32_t
ask(void *http, pileus_call *call, const char *method, const char *path,
    const char *page, pileus_response **response, const pileus_value **value)
{
    const pileus_pair query = {"page", page};
    const pileus_request request = {.struct_size = sizeof request,
                                    .method = method,
                                    .path = path,
                                    .query_count = 1,
                                    .query = &query};

    return pileus_http_send_json(http, call, &request, NULL, response, value);
}

/* Page by page, by hand. */
static int32_t
list_nodes(void *connection, pileus_call *call, const pileus_query_args *query,
           pileus_sink *sink)
{
    static const char *const pages[] = {"1", "2"};
    int32_t code = PILEUS_OK;

    (void)query;
    for (size_t i = 0; code == PILEUS_OK && i < 2; i++) {
        pileus_response *response = NULL;
        const pileus_value *page = NULL;

        code =
            ask(connection, call, "GET", "/nodes", pages[i], &response, &page);
        if (code == PILEUS_OK) {
            code = put_all(call, page, sink);
        }
        pileus_response_free(response);
#ifdef FAULT_HALF
        if (i > 0) {
            code = PILEUS_OK; /* that was the last page, then */
        }
#endif
#ifdef FAULT_RENEWS
        if (code == PILEUS_AUTHENTICATION) {
            code = PILEUS_OK; /* with a new session it goes on */
        }
#endif
    }
    return code;
}

/* Look at what was made until it is there. */
static int32_t
look(void *http, pileus_call *call, pileus_response **response,
     const pileus_value **node)
{
    int32_t code = PILEUS_NOT_FOUND;

    for (int i = 0; code == PILEUS_NOT_FOUND && i < TRIES; i++) {
        code = ask(http, call, "GET", "/nodes/d", NULL, response, node);
#ifdef FAULT_IMPATIENT
        break;
#endif
        if (code == PILEUS_NOT_FOUND &&
            pileus_wait(call, PAUSE_MS) != PILEUS_OK) {
            break;
        }
    }
    return code;
}

static int32_t
create_node(void *connection, pileus_call *call, const pileus_create_args *args,
            pileus_sink *sink)
{
    pileus_response *made = NULL;
    pileus_response *looked = NULL;
    const pileus_value *node = NULL;
    const char *id = NULL;
    int32_t code = ask(connection, call, "POST", "/nodes", NULL, &made, &node);

    (void)args;
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, node, "id", &id);
    }
#ifndef FAULT_TELLS_LATE
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, id);
    }
#endif
    if (code == PILEUS_OK) {
        code = look(connection, call, &looked, &node);
    }
#ifdef FAULT_TELLS_LATE
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, id);
    }
#endif
    if (code == PILEUS_OK) {
        code = put(call, node, sink);
    }
    pileus_response_free(looked);
    pileus_response_free(made);
    return code;
}

#include "faulty_frame.h"
