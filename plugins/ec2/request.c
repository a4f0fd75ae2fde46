/* Requests: actions with their parameters, answers, listings of all pages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

#include <pileus/text.h>

#define FORM "application/x-www-form-urlencoded"

/* What was just made is asked for again after so many ms, then after twice as
 * many, up to the most. */
#define SETTLE_FIRST_MS 500
#define SETTLE_MOST_MS 8000

static int32_t
check_room(pileus_call *call, const ec2_params *params)
{
    return params->full
               ? pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                             "this is more than one request to EC2 can say: "
                             "ask for less at once, or with shorter names")
               : PILEUS_OK;
}

/* Send until what it is about is known everywhere. */
static int32_t
send_settled(ec2_connection *connection, pileus_call *call,
             const pileus_request *request, const char *about,
             pileus_response **response, const pileus_value **answer)
{
    int64_t pause = SETTLE_FIRST_MS;

    for (;;) {
        int32_t code = pileus_http_send_json(connection->http, call, request,
                                             NULL, response, answer);

        if (code != PILEUS_NOT_FOUND ||
            !ec2_is_settling(connection, call, about)) {
            return code;
        }
        pileus_progress(call, "waiting until what was made is known", -1);
        code = pileus_wait(call, pause);
        if (code != PILEUS_OK) {
            return code;
        }
        pause = pause < SETTLE_MOST_MS / 2 ? pause * 2 : SETTLE_MOST_MS;
    }
}

int32_t
ec2_ask(ec2_connection *connection, pileus_call *call, const ec2_params *params,
        uint64_t flags, const char *about, pileus_response **response,
        const pileus_value **answer)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .flags = flags,
        .path = "",
        .query_count = params->count,
        .query = params->pairs,
    };
    int32_t code = check_room(call, params);

    return code == PILEUS_OK ? send_settled(connection, call, &request, about,
                                            response, answer)
                             : code;
}

static void
write_form(pileus_text *out, const ec2_params *params)
{
    for (size_t i = 0; i < params->count; i++) {
        const pileus_pair *pair = &params->pairs[i];

        pileus_text_join(out, i == 0 ? "" : "&", pair->name, "=", NULL);
        pileus_text_encode(out, pair->value, PILEUS_NUL_TERMINATED,
                           PILEUS_TEXT_UNRESERVED);
    }
}

int32_t
ec2_change(ec2_connection *connection, pileus_call *call,
           const ec2_params *params, uint64_t flags, const char *about,
           pileus_response **response, const pileus_value **answer)
{
    pileus_request request = {
        .struct_size = sizeof request,
        .flags = flags,
        .method = "POST",
        .path = "",
        .content_type = FORM,
    };
    pileus_text *form;
    char *body = NULL;
    size_t size = 0;
    int32_t code = check_room(call, params);

    if (code != PILEUS_OK) {
        return code;
    }
    form = pileus_text_begin(call);
    write_form(form, params);
    code = pileus_text_end(form, &body, &size);
    if (code == PILEUS_OK) {
        request.body = body;
        request.body_size = size;
        code =
            send_settled(connection, call, &request, about, response, answer);
    }
    pileus_text_drop(form);
    return code;
}

int32_t
ec2_remove(ec2_connection *connection, pileus_call *call,
           const ec2_params *params, uint64_t flags, const char *id)
{
    int32_t code = ec2_change(connection, call, params, flags, id, NULL, NULL);

    if (code == PILEUS_OK) {
        ec2_unmade(connection, id);
    }
    return code;
}

int32_t
ec2_list(ec2_connection *connection, pileus_call *call,
         const ec2_params *params, const char *items, int64_t limit,
         pileus_item_fn fn, void *user)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = "",
        .query_count = params->count,
        .query = params->pairs,
    };
    const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = limit == 0 ? PILEUS_PAGES_NONE : PILEUS_PAGES_CURSOR,
        .items = items,
        .page = "NextToken",
        .limit = limit == 0 ? NULL : "MaxResults",
        .size = limit,
        .next = "nextToken",
    };
    int32_t code = check_room(call, params);

    return code == PILEUS_OK ? pileus_http_list(connection->http, call,
                                                &request, &pages, fn, user)
                             : code;
}
