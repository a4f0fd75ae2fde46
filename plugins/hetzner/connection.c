/* Connections: the token on each request. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#include <stdlib.h>

int32_t
hz_open(void *state, pileus_call *call, void **connection)
{
    hz_connection *made = calloc(1, sizeof *made);
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .explain = hz_explain,
    };
    int32_t code;

    (void)state;
    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to Hetzner Cloud");
    }
    (void)pileus_setting_integer(call, "stop-timeout", &made->stop_timeout_ms);
    made->http = pileus_http_new(call, &hooks);
    code = made->http == NULL
               ? PILEUS_FAILED /* reported */
               : pileus_http_set_bearer(made->http, call,
                                        pileus_setting(call, "token"));
    if (code == PILEUS_OK) {
        code = pileus_http_secret(made->http, call, "root_password");
    }
    if (code != PILEUS_OK) {
        hz_close(made);
        return code;
    }
    *connection = made;
    return PILEUS_OK;
}

void
hz_close(void *connection)
{
    hz_connection *self = connection;

    pileus_http_free(self->http);
    free(self);
}
