/* A driver for a provider with a REST API, JSON and a bearer token. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/driver.h>
#include <pileus/http.h>
#include <pileus/json.h>

/* All pages of the list at a path, each item to fn with the sink. A connection
 * is a pileus_http, which keeps endpoint, token and limits. */
static int32_t
list(void *http, pileus_call *call, const char *path, pileus_item_fn fn,
     pileus_sink *sink)
{
    const pileus_request request = {.struct_size = sizeof request,
                                    .path = path};
    const pileus_pages pages = {.struct_size = sizeof pages,
                                .kind = PILEUS_PAGES_NUMBER,
                                .items = path + 1,
                                .page = "page",
                                .first = 1,
                                .limit = "per_page",
                                .size = 50,
                                .next = "next_page"};

    return pileus_http_list(http, call, &request, &pages, fn, sink);
}

/* Ask about a server, or for an action on it; what comes back may be NULL. */
static int32_t
ask(void *http, pileus_call *call, const char *method, const char *id,
    const char *action, pileus_response **response, const pileus_value **value)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const pileus_request request = {
        .struct_size = sizeof request, .method = method, .path = path};
    int32_t code = pileus_http_path(call, path, "/servers", id, action);

    return code == PILEUS_OK ? pileus_http_send_json(http, call, &request, NULL,
                                                     response, value)
                             : code;
}

/* What the provider says when it refuses; the rest is as the status has it. */
static void
explain(void *user, pileus_call *call, const pileus_response *response,
        pileus_failure *why)
{
    const pileus_value *body = NULL;

    if (pileus_response_json(call, response, &body) == PILEUS_OK) {
        why->provider_code = pileus_json_string(call, body, "error.code");
        why->provider_message = pileus_json_string(call, body, "error.message");
    }
}

static int32_t
put_size(void *user, pileus_call *call, const pileus_value *item)
{
    pileus_record *size = pileus_begin(user, PILEUS_KIND_SIZE);
    double price;

    pileus_set_id(size, pileus_json_text(call, item, "id"));
    pileus_set_name(size, pileus_json_string(call, item, "name"));
    pileus_set_json_integer(size, PILEUS_FIELD_RAM, call, item, "memory");
    pileus_set_json_integer(size, PILEUS_FIELD_DISK, call, item, "disk");
    if (pileus_json_double(call, item, "price", &price)) {
        pileus_set_double(size, PILEUS_FIELD_PRICE, price);
    }
    return pileus_put(size);
}

/* The query says which are wanted: one may leave it to the library to pick. */
static int32_t
list_sizes(void *connection, pileus_call *call, const pileus_query_args *query,
           pileus_sink *sink)
{
    return list(connection, call, "/sizes", put_size, sink);
}

static int32_t
put_image(void *user, pileus_call *call, const pileus_value *item)
{
    pileus_record *image = pileus_begin(user, PILEUS_KIND_IMAGE);

    pileus_set_id(image, pileus_json_text(call, item, "id"));
    pileus_set_name(image, pileus_json_string(call, item, "name"));
    return pileus_put(image);
}

static int32_t
list_images(void *connection, pileus_call *call, const pileus_query_args *query,
            pileus_sink *sink)
{
    return list(connection, call, "/images", put_image, sink);
}

static pileus_state
state_of(const char *word)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {{"building", PILEUS_STATE_PENDING},
                  {"running", PILEUS_STATE_RUNNING},
                  {"stopped", PILEUS_STATE_STOPPED}};

    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (word != NULL && strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_STATE_UNKNOWN; /* and the word is kept */
}

static int32_t
put_node(void *user, pileus_call *call, const pileus_value *server)
{
    static const char *const known[] = {"id", "name", "status", "ips", NULL};
    const char *word = pileus_json_string(call, server, "status");
    const pileus_value *ips = pileus_json_get(call, server, "ips");
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, server, "id", &id);
    pileus_record *node;

    if (code != PILEUS_OK) {
        return code;
    }
    node = pileus_begin(user, PILEUS_KIND_NODE);
    pileus_set_id(node, id);
    pileus_set_name(node, pileus_json_string(call, server, "name"));
    pileus_set_state(node, state_of(word), word);
    for (uint64_t i = 0; i < pileus_json_count(call, ips, NULL); i++) {
        const char *address =
            pileus_json_string(call, pileus_json_at(call, ips, i, NULL), NULL);

        if (address != NULL && pileus_address_is_private(call, address)) {
            pileus_add_private_ip(node, address);
        } else {
            pileus_add_public_ip(node, address);
        }
    }
    pileus_set_json_time(node, PILEUS_FIELD_CREATED_AT, call, server,
                         "created_at");
    pileus_extra_rest(node, call, server, known); /* all else that was said */
    return pileus_put(node);
}

static int32_t
list_nodes(void *connection, pileus_call *call, const pileus_query_args *query,
           pileus_sink *sink)
{
    return list(connection, call, "/servers", put_node, sink);
}

static int32_t
get_node(void *connection, pileus_call *call, const char *id, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *server = NULL;
    int32_t code = ask(connection, call, "GET", id, NULL, &response, &server);

    if (code == PILEUS_OK) {
        code = put_node(sink, call, server);
    }
    pileus_response_free(response);
    return code;
}

/* The provider knows idempotency keys: so the request may be sent again. */
static int32_t
create_node(void *connection, pileus_call *call, const pileus_create_args *args,
            pileus_sink *sink)
{
    const pileus_pair key = {"Idempotency-Key", args->token};
    const pileus_request request = {.struct_size = sizeof request,
                                    .flags = PILEUS_REQUEST_IDEMPOTENT,
                                    .path = "/servers",
                                    .header_count = 1,
                                    .headers = &key};
    pileus_writer *body = pileus_write_begin(call);
    pileus_response *response = NULL;
    const pileus_value *server = NULL;
    const char *id = NULL;
    int32_t code;

    pileus_write_string(body, "name", args->name);
    pileus_write_string(body, "size", args->size);
    pileus_write_string(body, "image", args->image);
    code = pileus_http_send_json(connection, call, &request, body, &response,
                                 &server);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, server, "id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_NODE, id); /* it costs money now */
    }
    if (code == PILEUS_OK) {
        code = put_node(sink, call, server);
    }
    pileus_response_free(response);
    return code;
}

static int32_t
act(void *connection, pileus_call *call, const char *method,
    const pileus_node *node, const char *action, uint64_t flags)
{
    return flags == 0
               ? ask(connection, call, method, pileus_object_id(call, node),
                     action, NULL, NULL)
               : pileus_fail(call, PILEUS_NOT_SUPPORTED,
                             "there is one way only: leave soft or hard out");
}

/* After these the node is rebooting, starting, stopping, terminated, unless a
 * state is set in the record. */
#define VERB(NAME, METHOD, ACTION)                                             \
    static int32_t NAME(void *connection, pileus_call *call,                   \
                        const pileus_node *node, uint64_t flags,               \
                        pileus_record *after)                                  \
    {                                                                          \
        return act(connection, call, METHOD, node, ACTION, flags);             \
    }
VERB(reboot_node, "POST", "reboot")
VERB(start_node, "POST", "start")
VERB(stop_node, "POST", "stop")
VERB(destroy_node, "DELETE", NULL)

static int32_t
open_connection(void *state, pileus_call *call, void **connection)
{
    const pileus_http_hooks hooks = {.struct_size = sizeof hooks,
                                     .explain = explain};
    pileus_http *http = pileus_http_new(call, &hooks);
    int32_t code =
        http == NULL
            ? PILEUS_FAILED /* reported */
            : pileus_http_set_bearer(http, call, pileus_setting(call, "token"));

    if (code == PILEUS_OK) {
        *connection = http;
    } else {
        pileus_http_free(http);
    }
    return code;
}

static void
close_connection(void *connection)
{
    pileus_http_free(connection);
}

/* The arguments that have an effect; the library refuses all others. */
static int32_t
capability(void *connection, const char *service, const char *call,
           const char *argument)
{
    static const pileus_argument_entry arguments[] = {
        {"create_node", "name", PILEUS_CAPABILITY_YES},
        {"create_node", "size", PILEUS_CAPABILITY_YES},
        {"create_node", "image", PILEUS_CAPABILITY_YES},
        {"create_node", "token", PILEUS_TOKEN_NATIVE},
    };

    return pileus_find_argument(arguments, 4, call, argument);
}

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_connection_service connection_service = {
        .struct_size = sizeof connection_service,
        .open = open_connection,
        .close = close_connection,
        .capability = capability};
    /* One call is left out, list_locations: the library says that it is not
     * supported. To add it, write it as list_images is, and name it here, and
     * in "calls" of acme.json.in. */
    static const pileus_compute_service compute_service = {
        .struct_size = sizeof compute_service,
        .list_nodes = list_nodes,
        .list_sizes = list_sizes,
        .list_images = list_images,
        .get_node = get_node,
        .create_node = create_node,
        .reboot_node = reboot_node,
        .start_node = start_node,
        .stop_node = stop_node,
        .destroy_node = destroy_node,
    };
    static const pileus_service_entry services[] = {
        {"connection", &connection_service}, {"compute", &compute_service}};

    return pileus_find_service(services, 2, service, version);
}

PILEUS_DRIVER(acme, .version = DRIVER_VERSION, .type = "acme",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
