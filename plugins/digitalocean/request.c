/* Requests, and listings of all pages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* As many as DigitalOcean gives at most. */
#define PAGE_SIZE 200

int32_t
do_send(const do_connection *connection, pileus_call *call, const char *method,
        const char *path, pileus_writer *body, pileus_response **response,
        const pileus_value **value)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .method = method,
        .path = path,
    };

    return pileus_http_send_json(connection->http, call, &request, body,
                                 response, value);
}

int32_t
do_list(const do_connection *connection, pileus_call *call, const char *path,
        const pileus_pair *query, uint64_t query_count, const char *items,
        pileus_item_fn fn, void *user)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = path,
        .query_count = query_count,
        .query = query,
    };
    const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = PILEUS_PAGES_NUMBER,
        .items = items,
        .page = "page",
        .first = 1,
        .limit = "per_page",
        .size = PAGE_SIZE,
        .next = "links.pages.next",
        .total = "meta.total",
    };

    return pileus_http_list(connection->http, call, &request, &pages, fn, user);
}
