/* Connections: the token on each request, and what refusals mean. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

#include <stdlib.h>

/* DigitalOcean has one code, unprocessable_entity, for all that is wrong with
 * a request, its time included. Only the words tell which. */
static void
explain_words(const char *words, pileus_failure *failure)
{
    if (strstr(words, "exceed") != NULL && strstr(words, "limit") != NULL) {
        failure->code = PILEUS_QUOTA;
    } else if (strstr(words, "pending event") != NULL) {
        failure->code = PILEUS_CONFLICT;
        failure->retryable = 1;
    } else if (strstr(words, "already") != NULL) {
        failure->code = PILEUS_CONFLICT;
    }
}

static void
explain(void *user, pileus_call *call, const pileus_response *response,
        pileus_failure *failure)
{
    const pileus_value *body = NULL;
    const char *id;
    const char *words;

    (void)user;
    if (pileus_response_json(call, response, &body) != PILEUS_OK) {
        return;
    }
    id = pileus_json_string(call, body, "id");
    words = pileus_json_string(call, body, "message");
    failure->provider_code = id != NULL && *id != '\0' ? id : NULL;
    failure->provider_message = words;
    failure->request_id = pileus_json_string(call, body, "request_id");
    if (failure->request_id == NULL) {
        failure->request_id = pileus_response_header(response, "x-request-id");
    }
    if (id != NULL && strcmp(id, "unprocessable_entity") == 0) {
        failure->code = PILEUS_INVALID_ARGUMENT;
    }
    if (words != NULL && failure->status < 500) {
        explain_words(words, failure);
    }
}

int32_t
do_open(void *state, pileus_call *call, void **connection)
{
    do_connection *made = calloc(1, sizeof *made);
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .explain = explain,
    };
    int32_t code;

    (void)state;
    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to DigitalOcean");
    }
    (void)pileus_setting_integer(call, "stop-timeout", &made->stop_timeout_ms);
    made->http = pileus_http_new(call, &hooks);
    code = made->http == NULL
               ? PILEUS_FAILED /* reported */
               : pileus_http_set_bearer(made->http, call,
                                        pileus_setting(call, "token"));
    if (code != PILEUS_OK) {
        do_close(made);
        return code;
    }
    *connection = made;
    return PILEUS_OK;
}

void
do_close(void *connection)
{
    do_connection *self = connection;

    pileus_http_free(self->http);
    free(self);
}
