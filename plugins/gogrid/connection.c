/* Connections: key and secret, and the signature on each attempt. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

#include <stdlib.h>
#include <time.h>

/* The version of the API that all of this speaks. */
#define API_VERSION "1.8"

/* ---- each attempt ---------------------------------------------------------
 */

static int32_t
sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    const gg_connection *connection = user;
    char signature[GG_SIGNATURE_SIZE];
    const pileus_pair own[] = {
        {"api_key", connection->key},
        {"v", API_VERSION},
        {"format", "json"},
        {"sig", signature},
    };
    int32_t code = gg_signature(call, connection->key, connection->secret,
                                (int64_t)time(NULL), signature);

    for (size_t i = 0; code == PILEUS_OK && i < sizeof own / sizeof own[0];
         i++) {
        code = pileus_attempt_add_query(attempt, own[i].name, own[i].value);
    }
    return code;
}

/* ---- opening --------------------------------------------------------------
 */

static void
release(gg_connection *connection, const pileus_host *host)
{
    if (connection->key != NULL) {
        host->digest->wipe(connection->key, strlen(connection->key));
    }
    if (connection->secret != NULL) {
        host->digest->wipe(connection->secret, strlen(connection->secret));
    }
    pileus_http_free(connection->http);
    free(connection->key);
    free(connection->secret);
    free(connection);
}

int32_t
gg_open(void *state, pileus_call *call, void **connection)
{
    gg_connection *made = calloc(1, sizeof *made);
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = made,
        .sign = sign,
        .explain = gg_explain,
        .look_at_all = 1,
    };
    int32_t code = PILEUS_FAILED;

    (void)state;
    if (made != NULL) {
        made->key = strdup(pileus_setting(call, "key"));
        made->secret = strdup(pileus_setting(call, "secret"));
        (void)pileus_setting_boolean(call, "passwords", &made->passwords);
    }
    if (made == NULL || made->key == NULL || made->secret == NULL) {
        code = pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to GoGrid");
    } else {
        made->http = pileus_http_new(call, &hooks);
        if (made->http != NULL) {
            code = pileus_http_secret(made->http, call, "sig");
        }
        if (code == PILEUS_OK) {
            code = pileus_http_secret(made->http, call, "api_key");
        }
    }
    if (code == PILEUS_OK) {
        *connection = made;
    } else if (made != NULL) {
        release(made, PILEUS_HOST(call));
    }
    return code;
}

void
gg_close(void *connection)
{
    gg_connection *self = connection;

    release(self, PILEUS_HOST(self->http));
}
