/* Requests: commands with their parameters, answers, listings of all pages. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"
#include "sign.h"

/* As many as CloudStack gives at most, unless its administrator allows more. */
#define PAGE_SIZE 500

/* Room for "COMMANDresponse.ITEMS". */
#define PATH_SIZE 128

/* What is longer, user data that is, CloudStack takes in a form only. */
#define QUERY_VALUE_MAX 4096

void
cs_params_begin(cs_params *params, const cs_connection *connection,
                const char *command)
{
    params->command = command;
    params->count = 0;
    cs_params_add(params, "command", command);
    cs_params_add(params, "response", "json");
    if (connection != NULL) {
        cs_params_add(params, "projectid", connection->project);
    }
}

void
cs_params_add(cs_params *params, const char *name, const char *value)
{
    if (value != NULL && params->count < CS_PARAMS_MAX) {
        params->pairs[params->count].name = name;
        params->pairs[params->count].value = value;
        params->count++;
    }
}

static bool
needs_form(const cs_params *params)
{
    for (size_t i = 0; i < params->count; i++) {
        if (strlen(params->pairs[i].value) > QUERY_VALUE_MAX) {
            return true;
        }
    }
    return false;
}

static void
write_form(pileus_text *form, const cs_params *params)
{
    for (size_t i = 0; i < params->count; i++) {
        const pileus_pair *pair = &params->pairs[i];

        pileus_text_join(form, i == 0 ? "" : "&", pair->name, "=", NULL);
        pileus_text_encode(form, pair->value, PILEUS_NUL_TERMINATED, CS_PLAIN);
    }
}

/* Every answer is a dict of one entry, named after the command. */
static int32_t
open_answer(pileus_call *call, pileus_response *response,
            const pileus_value **answer)
{
    const pileus_value *body = NULL;
    int32_t code = pileus_response_json(call, response, &body);

    if (code != PILEUS_OK) {
        return code;
    }
    *answer = pileus_json_at(call, body, 0, NULL);
    if (pileus_json_type(call, *answer, NULL) != PILEUS_TYPE_DICT) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "the answer is not one of CloudStack's: check that "
                           "the endpoint is its API, such as "
                           "https://cloud.example.com/client/api");
    }
    return PILEUS_OK;
}

static int32_t
send(const cs_connection *connection, pileus_call *call,
     const pileus_request *request, pileus_response **response,
     const pileus_value **answer)
{
    pileus_response *got = NULL;
    int32_t code = pileus_http_send(connection->http, call, request, &got);

    if (code == PILEUS_OK) {
        code = open_answer(call, got, answer);
    }
    if (code == PILEUS_OK) {
        *response = got;
    } else {
        pileus_response_free(got);
    }
    return code;
}

int32_t
cs_ask(const cs_connection *connection, pileus_call *call,
       const cs_params *params, pileus_response **response,
       const pileus_value **answer)
{
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = "",
        .query_count = params->count,
        .query = params->pairs,
    };

    return send(connection, call, &request, response, answer);
}

int32_t
cs_change(const cs_connection *connection, pileus_call *call,
          const cs_params *params, pileus_response **response,
          const pileus_value **answer)
{
    pileus_request request = {
        .struct_size = sizeof request,
        .flags = PILEUS_REQUEST_ONCE, /* GET or not, it does something */
        .path = "",
    };
    pileus_text *form = NULL;
    char *body = NULL;
    size_t size = 0;
    int32_t code = PILEUS_OK;

    if (connection->post || needs_form(params)) {
        form = pileus_text_begin(call);
        write_form(form, params);
        code = pileus_text_end(form, &body, &size);
        request.method = "POST";
        request.content_type = "application/x-www-form-urlencoded";
        request.body = body;
        request.body_size = size;
    } else {
        request.query_count = params->count;
        request.query = params->pairs;
    }
    if (code == PILEUS_OK) {
        code = send(connection, call, &request, response, answer);
    }
    pileus_text_drop(form);
    return code;
}

/* The path of something in a command's answer. */
static void
answer_path(char path[PATH_SIZE], const char *command, const char *what)
{
    size_t size = 0;

    for (; command[size] != '\0' && size + 1 < PATH_SIZE; size++) {
        char c = command[size];

        path[size] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    (void)snprintf(path + size, PATH_SIZE - size, "response.%s", what);
}

int32_t
cs_list(const cs_connection *connection, pileus_call *call,
        const cs_params *params, const char *items, pileus_item_fn fn,
        void *user)
{
    char items_path[PATH_SIZE];
    char count_path[PATH_SIZE];
    const pileus_request request = {
        .struct_size = sizeof request,
        .path = "",
        .query_count = params->count,
        .query = params->pairs,
    };
    const pileus_pages pages = {
        .struct_size = sizeof pages,
        .kind = PILEUS_PAGES_NUMBER,
        .items = items_path,
        .page = "page",
        .first = 1,
        .limit = "pagesize",
        .size = PAGE_SIZE,
        .total = count_path,
    };

    answer_path(items_path, params->command, items);
    answer_path(count_path, params->command, "count");
    return pileus_http_list(connection->http, call, &request, &pages, fn, user);
}
