/* Requests to a service, and listings of all pages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define PATH_SIZE (PILEUS_HTTP_PATH_SIZE + 128)

/* The way to a service; PILEUS_NOT_SUPPORTED, reported, when there is none. */
static int32_t
find_way(const os_connection *connection, pileus_call *call, os_service service,
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

int32_t
os_send(const os_connection *connection, pileus_call *call, os_service service,
        const char *method, const char *path, pileus_writer *body,
        pileus_response **response, const pileus_value **value)
{
    char whole[PATH_SIZE];
    const pileus_request request = {
        .struct_size = sizeof request,
        .method = method,
        .path = whole,
    };
    const os_way *way = NULL;
    int32_t code = find_way(connection, call, service, &way);

    if (code != PILEUS_OK) {
        pileus_write_free(body);
        return code;
    }
    (void)snprintf(whole, sizeof whole, "%s%s", way->prefix, path);
    return pileus_http_send_json(way->http, call, &request, body, response,
                                 value);
}

int32_t
os_get(const os_connection *connection, pileus_call *call, os_service service,
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
os_delete(const os_connection *connection, pileus_call *call,
          os_service service, const char *before, const char *id)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = pileus_http_path(call, path, before, id, NULL);

    return code == PILEUS_OK ? os_send(connection, call, service, "DELETE",
                                       path, NULL, NULL, NULL)
                             : code;
}

/* The next page begins behind the last item of this one. The services choose
 * how many a page has, and may give fewer than are asked for, so that a page's
 * size says nothing about whether it is the last. */
int32_t
os_list(const os_connection *connection, pileus_call *call,
        const os_list_of *what, const pileus_pair *query, uint64_t query_count,
        pileus_item_fn fn, void *user)
{
    char whole[PATH_SIZE];
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = whole,
        .query_count = query_count,
        .query = query,
    };
    const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = what->more == NULL ? PILEUS_PAGES_NONE : PILEUS_PAGES_MARKER,
        .items = what->items,
        .page = "marker",
        .next = what->more,
        .marker = "id",
    };
    const os_way *way = NULL;
    int32_t code = find_way(connection, call, what->service, &way);

    if (code != PILEUS_OK) {
        return code;
    }
    (void)snprintf(whole, sizeof whole, "%s%s", way->prefix, what->path);
    return pileus_http_list(way->http, call, &request, &pages, fn, user);
}
