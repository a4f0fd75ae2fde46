/* Requests: JSON both ways, actions, and listings of all pages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#include <stdlib.h>

/* As many as Hetzner Cloud gives at most. */
#define PAGE_SIZE 50

int32_t
hz_send(const hz_connection *connection, pileus_call *call, const char *method,
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
hz_act(const hz_connection *connection, pileus_call *call, const char *kind,
       const char *id, const char *action, pileus_writer *body)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    char after[64];
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code;

    (void)snprintf(after, sizeof after, "actions/%s", action);
    code = pileus_http_path(call, path, kind, id, after);
    if (code != PILEUS_OK) {
        pileus_write_free(body);
        return code;
    }
    code = hz_send(connection, call, "POST", path, body, &response, &answer);
    if (code == PILEUS_OK) {
        code = hz_check_action(call, answer, "action");
    }
    pileus_response_free(response);
    return code;
}

int32_t
hz_delete(const hz_connection *connection, pileus_call *call, const char *kind,
          const char *id)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = pileus_http_path(call, path, kind, id, NULL);

    return code == PILEUS_OK
               ? hz_send(connection, call, "DELETE", path, NULL, NULL, NULL)
               : code;
}

int32_t
hz_list(const hz_connection *connection, pileus_call *call, const char *items,
        const pileus_pair *query, uint64_t query_count, pileus_item_fn fn,
        void *user)
{
    char path[64];
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
        .next = "meta.pagination.next_page",
        .total = "meta.pagination.total_entries",
    };

    (void)snprintf(path, sizeof path, "/%s", items);
    return pileus_http_list(connection->http, call, &request, &pages, fn, user);
}

int32_t
hz_number(pileus_call *call, const char *id, int64_t *number)
{
    char *end = NULL;

    *number = id == NULL ? 0 : strtoll(id, &end, 10);
    if (*number <= 0 || *end != '\0') {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "Hetzner Cloud has nothing with the id '%.64s': "
                           "ids are numbers, see the list",
                           id == NULL ? "" : id);
    }
    return PILEUS_OK;
}
