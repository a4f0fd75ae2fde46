/* A driver that does with HTTP whatever a suite wants to see. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/http/lines.h"

#include <pileus/http.h>

#include <stdlib.h>

typedef struct web {
    pileus_http *http;
    bool signs;
    pileus_pages pages;
    uint64_t create_flags;
} web;

/* ---- connection -------------------------------------------------------------
 */

static int32_t
web_sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    const web *self = user;

    (void)call;
    return self->signs
               ? pileus_attempt_add_query(attempt, "signature", "very-secret")
               : PILEUS_OK;
}

/* {"error": {"code": …, "message": …, "retryable": …}} */
static void
web_explain(void *user, pileus_call *call, const pileus_response *response,
            pileus_failure *failure)
{
    const pileus_value *value = NULL;
    const char *body = pileus_response_body(response, NULL);

    (void)user;
    if ((*body != '\0' && *body != '{') ||
        pileus_response_json(call, response, &value) != PILEUS_OK ||
        pileus_json_get(call, value, "error") == NULL) {
        return;
    }
    if (failure->code == PILEUS_OK) {
        failure->code = PILEUS_FAILED;
    }
    failure->provider_code = pileus_json_text(call, value, "error.code");
    failure->provider_message =
        pileus_json_string(call, value, "error.message");
    if (pileus_json_boolean(call, value, "error.retryable", false)) {
        failure->retryable = 1;
    }
}

static void
web_settle(web *self, pileus_call *call)
{
    const char *pages = pileus_setting(call, "pages");
    const char *create = pileus_setting(call, "create");

    self->create_flags = strcmp(create, "once") == 0 ? PILEUS_REQUEST_ONCE
                         : strcmp(create, "idempotent") == 0
                             ? PILEUS_REQUEST_IDEMPOTENT
                             : 0;
    self->pages.struct_size = sizeof self->pages;
    self->pages.items = "items";
    self->pages.page = "page";
    self->pages.limit = "limit";
    self->pages.first = 1;
    (void)pileus_setting_integer(call, "size", &self->pages.size);
    if (strcmp(pages, "number") == 0 || strcmp(pages, "total") == 0) {
        self->pages.kind = PILEUS_PAGES_NUMBER;
        self->pages.total = strcmp(pages, "total") == 0 ? "meta.total" : NULL;
    } else if (strcmp(pages, "marker") == 0) {
        self->pages.kind = PILEUS_PAGES_MARKER;
        self->pages.marker = "id";
    } else if (strcmp(pages, "cursor") == 0) {
        self->pages.kind = PILEUS_PAGES_CURSOR;
        self->pages.next = "meta.next";
    } else if (strcmp(pages, "link") == 0) {
        self->pages.kind = PILEUS_PAGES_LINK;
        self->pages.next = "links.next";
    }
}

static int32_t
web_open(void *state, pileus_call *call, void **connection)
{
    pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .sign = web_sign,
        .explain = web_explain,
    };
    bool look = false;
    bool near = false;
    const char *token = pileus_setting(call, "token");
    web *self = calloc(1, sizeof *self);
    int32_t code;

    (void)state;
    if (self == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
    }
    web_settle(self, call);
    (void)pileus_setting_boolean(call, "look", &look);
    (void)pileus_setting_boolean(call, "near", &near);
    hooks.user = self;
    self->signs = token != NULL;
    hooks.look_at_all = look;
    hooks.direct = near;
    hooks.timeout_ms = near ? 100 : 0;
    hooks.tries = near ? 2 : 0;
    if (strcmp(pileus_setting(call, "format"), "lines") == 0) {
        hooks.format = &lines_format;
    }
    self->http = pileus_http_new(call, &hooks);
    if (self->http == NULL) {
        free(self);
        return PILEUS_FAILED; /* reported */
    }
    code = pileus_http_secret(self->http, call, "signature");
    if (code == PILEUS_OK) {
        code = pileus_http_secret(self->http, call, "made_password");
    }
    if (code == PILEUS_OK && token != NULL) {
        code = pileus_http_set_bearer(self->http, call, token);
    }
    if (code != PILEUS_OK) {
        pileus_http_free(self->http);
        free(self);
        return code;
    }
    *connection = self;
    return PILEUS_OK;
}

static void
web_close(void *connection)
{
    web *self = connection;

    pileus_http_free(self->http);
    free(self);
}

static int32_t
web_capability(void *connection, const char *service, const char *call,
               const char *argument)
{
    (void)connection;
    (void)service;
    (void)call;
    return argument != NULL && strcmp(argument, "name") == 0
               ? PILEUS_CAPABILITY_YES
               : PILEUS_CAPABILITY_UNKNOWN;
}

/* ---- compute
 * --------------------------------------------------------------------
 */

static int32_t
put(pileus_call *call, pileus_sink *sink, const pileus_value *value)
{
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, value, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, value, "name"));
    pileus_set_state(record, PILEUS_STATE_RUNNING, NULL);
    return pileus_put(record);
}

static int32_t
web_item(void *user, pileus_call *call, const pileus_value *item)
{
    return put(call, user, item);
}

static int32_t
web_list_nodes(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const web *self = connection;
    pileus_request request = {
        .struct_size = sizeof request,
        .path = "/nodes",
    };

    (void)query;
    return pileus_http_list(self->http, call, &request, &self->pages, web_item,
                            sink);
}

/* One request, and the node that it answers with, if any. */
static int32_t
ask(const web *self, pileus_call *call, const pileus_request *request,
    pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *value = NULL;
    int32_t code = pileus_http_send(self->http, call, request, &response);

    if (code == PILEUS_OK) {
        code = pileus_response_json(call, response, &value);
    }
    if (code == PILEUS_OK && sink != NULL) {
        code = put(call, sink, value);
    }
    pileus_response_free(response);
    return code;
}

static int32_t
web_get_node(void *connection, pileus_call *call, const char *id,
             pileus_sink *sink)
{
    char path[256];
    const pileus_pair query[] = {{"fields", "all & everything"}, {"not", NULL}};
    const pileus_pair headers[] = {{"X-Test", "yes"}};
    pileus_request request = {
        .struct_size = sizeof request,
        .flags = strcmp(id, "hidden") == 0 ? PILEUS_REQUEST_SECRET : 0,
        .path = path,
        .query_count = 2,
        .query = query,
        .header_count = 1,
        .headers = headers,
    };

    (void)snprintf(path, sizeof path, "/nodes/%s", id);
    return ask(connection, call, &request, sink);
}

static int32_t
web_create_node(void *connection, pileus_call *call,
                const pileus_create_args *args, pileus_sink *sink)
{
    const web *self = connection;
    pileus_writer *writer = pileus_write_begin(call);
    const char *body = NULL;
    size_t size = 0;
    int32_t code;

    pileus_write_string(writer, "name", args->name);
    pileus_write_string(writer, "made_password", "made-up-by-the-provider");
    code = pileus_write_end(writer, &body, &size);
    if (code == PILEUS_OK) {
        pileus_request request = {
            .struct_size = sizeof request,
            .flags = self->create_flags,
            .path = "/nodes",
            .body = body,
            .body_size = size,
        };
        code = ask(self, call, &request, sink);
    }
    pileus_write_free(writer);
    return code;
}

static int32_t
web_destroy_node(void *connection, pileus_call *call, const pileus_node *node,
                 uint64_t flags, pileus_record *after)
{
    char path[256];
    pileus_request request = {
        .struct_size = sizeof request,
        .method = "DELETE",
        .path = path,
    };

    (void)flags;
    (void)after;
    (void)snprintf(path, sizeof path, "/nodes/%s",
                   pileus_object_id(call, node));
    return ask(connection, call, &request, NULL);
}

static const void *
web_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection = {
        .struct_size = sizeof connection,
        .open = web_open,
        .close = web_close,
        .capability = web_capability,
    };
    static const pileus_compute_service compute = {
        .struct_size = sizeof compute,
        .list_nodes = web_list_nodes,
        .get_node = web_get_node,
        .create_node = web_create_node,
        .destroy_node = web_destroy_node,
    };

    (void)state;
    if (version != 1) {
        return NULL;
    }
    return strcmp(service, "connection") == 0 ? (const void *)&connection
           : strcmp(service, "compute") == 0  ? &compute
                                              : NULL;
}

PILEUS_DRIVER(web, .version = "1", .type = "web",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = web_service)
