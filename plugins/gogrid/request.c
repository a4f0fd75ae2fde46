/* Asking GoGrid, and what its refusals mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

/* Objects of a page. */
#define PAGE_SIZE 100

int32_t
gg_list(const gg_connection *connection, pileus_call *call, const char *path,
        const pileus_pair *query, uint64_t query_count, pileus_item_fn fn,
        void *user)
{
    static const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = PILEUS_PAGES_NUMBER,
        .items = "list",
        .page = "page",
        .first = 0,
        .limit = "num_items",
        .size = PAGE_SIZE, /* summary.total is not to be relied on */
    };
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = path,
        .query_count = query_count,
        .query = query,
    };

    return pileus_http_list(connection->http, call, &request, &pages, fn, user);
}

int32_t
gg_change(const gg_connection *connection, pileus_call *call, const char *path,
          const pileus_pair *query, uint64_t query_count,
          pileus_response **response, const pileus_value **object)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .method = "POST",
        .path = path,
        .query_count = query_count,
        .query = query,
    };
    const pileus_value *answer = NULL;
    int32_t code = pileus_http_send_json(connection->http, call, &request, NULL,
                                         response, &answer);

    if (code == PILEUS_OK) {
        *object = pileus_json_get(call, answer, "list.0");
    }
    return code;
}

int32_t
gg_do(const gg_connection *connection, pileus_call *call, const char *path,
      const pileus_pair *query, uint64_t query_count)
{
    pileus_response *response = NULL;
    const pileus_value *object = NULL;
    int32_t code = gg_change(connection, call, path, query, query_count,
                             &response, &object);

    pileus_response_free(response);
    return code;
}

/* {"status": "failure", "list": [{"errorcode": …, "message": …}]}, with a
 * status of HTTP that means something of its own: 403 is for who is not known,
 * and 401 for who may not. */
void
gg_explain(void *user, pileus_call *call, const pileus_response *response,
           pileus_failure *failure)
{
    const char *body = pileus_response_body(response, NULL);
    const pileus_value *answer = NULL;
    const char *status;

    (void)user;
    if (failure->status == 403) {
        failure->code = PILEUS_AUTHENTICATION;
        failure->message = "GoGrid does not know this key with this secret, or "
                           "the clock of this machine is wrong: check the "
                           "options 'key' and 'secret'";
    } else if (failure->status == 401) {
        failure->code = PILEUS_PERMISSION;
        failure->message = "the key has no right to do this: choose a key of "
                           "another role";
    }
    if ((*body != '\0' && *body != '{') ||
        pileus_response_json(call, response, &answer) != PILEUS_OK) {
        return;
    }
    status = pileus_json_string(call, answer, "status");
    if (failure->code == PILEUS_OK && status != NULL &&
        strcmp(status, "failure") == 0) {
        failure->code = PILEUS_FAILED;
    }
    if (failure->code != PILEUS_OK) {
        failure->provider_code =
            pileus_json_text(call, answer, "list.0.errorcode");
        failure->provider_message =
            pileus_json_string(call, answer, "list.0.message");
    }
}
