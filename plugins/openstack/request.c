/* Requests to a service, and listings of all pages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define PATH_SIZE (PILEUS_HTTP_PATH_SIZE + 128)

/* The way to a service; PILEUS_NOT_SUPPORTED, reported, when there is none. */
static int32_t
find_way(os_connection *connection, pileus_call *call, os_service service,
         const os_way **way)
{
    static const char *const names[OS_SERVICES] = {
        [OS_COMPUTE] = "compute",
        [OS_IMAGE] = "image",
        [OS_VOLUME] = "block storage",
        [OS_NETWORK] = "network",
    };

    *way = &connection->ways[service];
    if ((*way)->http == NULL) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "this cloud's catalogue has no %s service: ask its "
                           "operator, or give its endpoint as an option",
                           names[service]);
    }
    return PILEUS_OK;
}

static int32_t
send_once(os_connection *connection, pileus_call *call, const os_way *way,
          const os_ask *ask, pileus_writer *body, pileus_response **response,
          const pileus_value **value)
{
    char whole[PATH_SIZE];
    os_version version;
    pileus_request request = {
        .struct_size = sizeof request,
        .method = ask->method,
        .path = whole,
    };

    os_write_version(os_best_version(connection, ask->version), &version);
    request.header_count = version.count;
    request.headers = version.headers;
    (void)snprintf(whole, sizeof whole, "%s%s", way->prefix, ask->path);
    return pileus_http_send_json(way->http, call, &request, body, response,
                                 value);
}

/* Nova refuses a microversion that it has not got, and its document says which
 * it has; it need not be read as long as none is refused. Of a body, which is
 * sent once, the document is read first. True: the request is to be sent once
 * more. */
static bool
was_too_new(os_connection *connection, int version, int32_t code)
{
    return code == PILEUS_NOT_SUPPORTED && version > OS_PLAIN &&
           !os_knows_versions(connection);
}

int32_t
os_ask_for(os_connection *connection, pileus_call *call, const os_ask *ask,
           pileus_writer *body, pileus_response **response,
           const pileus_value **value)
{
    const os_way *way = NULL;
    int32_t code = find_way(connection, call, ask->service, &way);

    if (code == PILEUS_OK && body != NULL && ask->version > OS_PLAIN) {
        code = os_learn_versions(connection, call);
    }
    if (code != PILEUS_OK) {
        pileus_write_free(body);
        return code;
    }
    code = send_once(connection, call, way, ask, body, response, value);
    if (was_too_new(connection, ask->version, code)) {
        code = os_learn_versions(connection, call);
        if (code == PILEUS_OK) {
            code = send_once(connection, call, way, ask, NULL, response, value);
        }
    }
    return code;
}

int32_t
os_send(os_connection *connection, pileus_call *call, os_service service,
        const char *method, const char *path, pileus_writer *body,
        pileus_response **response, const pileus_value **value)
{
    const os_ask ask = {service, 0, method, path};

    return os_ask_for(connection, call, &ask, body, response, value);
}

int32_t
os_get(os_connection *connection, pileus_call *call, os_service service,
       const char *before, const char *id, pileus_response **response,
       const pileus_value **value)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = pileus_http_path(call, path, before, id, NULL);

    return code == PILEUS_OK ? os_send(connection, call, service, "GET", path,
                                       NULL, response, value)
                             : code;
}

int32_t
os_delete(os_connection *connection, pileus_call *call, os_service service,
          int version, const char *before, const char *id)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const os_ask ask = {service, version, "DELETE", path};
    int32_t code = pileus_http_path(call, path, before, id, NULL);

    return code == PILEUS_OK
               ? os_ask_for(connection, call, &ask, NULL, NULL, NULL)
               : code;
}

/* An item at least was handed on. */
typedef struct handed {
    pileus_item_fn fn;
    void *user;
    bool any;
} handed;

static int32_t
hand_on(void *user, pileus_call *call, const pileus_value *item)
{
    handed *to = user;

    to->any = true;
    return to->fn(to->user, call, item);
}

/* The next page begins behind the last item of this one. The services choose
 * how many a page has, and may give fewer than are asked for, so that a page's
 * size says nothing about whether it is the last. */
static int32_t
list_once(os_connection *connection, pileus_call *call, const os_way *way,
          const os_list_of *what, const pileus_request *conditions, handed *to)
{
    char whole[PATH_SIZE];
    os_version version;
    pileus_request request = *conditions;
    const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = what->more == NULL ? PILEUS_PAGES_NONE : PILEUS_PAGES_MARKER,
        .items = what->items,
        .page = "marker",
        .next = what->more,
        .marker = what->mark == NULL ? "id" : what->mark,
    };

    os_write_version(os_best_version(connection, what->version), &version);
    request.header_count = version.count;
    request.headers = version.headers;
    request.path = whole;
    (void)snprintf(whole, sizeof whole, "%s%s", way->prefix, what->path);
    return pileus_http_list(way->http, call, &request, &pages, hand_on, to);
}

int32_t
os_list(os_connection *connection, pileus_call *call, const os_list_of *what,
        const pileus_pair *query, uint64_t query_count, pileus_item_fn fn,
        void *user)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .query_count = query_count,
        .query = query,
    };
    handed to = {.fn = fn, .user = user};
    const os_way *way = NULL;
    int32_t code = find_way(connection, call, what->service, &way);

    if (code != PILEUS_OK) {
        return code;
    }
    code = list_once(connection, call, way, what, &request, &to);
    if (!to.any && was_too_new(connection, what->version, code)) {
        code = os_learn_versions(connection, call);
        if (code == PILEUS_OK) {
            code = list_once(connection, call, way, what, &request, &to);
        }
    }
    return code;
}
