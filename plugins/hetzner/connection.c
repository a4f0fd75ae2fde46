/* Connections: the token on each request. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#include <stdlib.h>

static int32_t
sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    const hz_connection *connection = user;

    (void)call;
    return pileus_attempt_set_header(attempt, "Authorization",
                                     connection->bearer);
}

/* The header's value, with the token in it; NULL: no memory. */
static char *
bearer(const char *token)
{
    static const char before[] = "Bearer ";
    size_t size = sizeof before + strlen(token);
    char *value = malloc(size);

    if (value != NULL) {
        (void)snprintf(value, size, "%s%s", before, token);
    }
    return value;
}

/* End what has begun of opening. */
static int32_t
give_up(hz_connection *made, pileus_call *call, int32_t code)
{
    pileus_http_free(made->http);
    pileus_wipe(call, made->bearer, strlen(made->bearer));
    free(made->bearer);
    free(made);
    return code;
}

int32_t
hz_open(void *state, pileus_call *call, void **connection)
{
    hz_connection *made = calloc(1, sizeof *made);
    pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = made,
        .sign = sign,
        .explain = hz_explain,
    };
    int32_t code;

    (void)state;
    if (made != NULL) {
        made->bearer = bearer(pileus_setting(call, "token"));
    }
    if (made == NULL || made->bearer == NULL) {
        free(made);
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to Hetzner Cloud");
    }
    (void)pileus_setting_integer(call, "stop-timeout", &made->stop_timeout_ms);
    made->http = pileus_http_new(call, &hooks);
    if (made->http == NULL) {
        return give_up(made, call, PILEUS_FAILED);
    }
    code = pileus_http_secret(made->http, call, "root_password");
    if (code != PILEUS_OK) {
        return give_up(made, call, code);
    }
    *connection = made;
    return PILEUS_OK;
}

void
hz_close(void *connection)
{
    hz_connection *self = connection;

    PILEUS_HOST(self->http)->digest->wipe(self->bearer, strlen(self->bearer));
    pileus_http_free(self->http);
    free(self->bearer);
    free(self);
}
