/* Connections: options, and the signature on each attempt. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"
#include "sign.h"

#include <stdlib.h>
#include <time.h>

/* How long a signature is good for: enough for clocks that differ, and for a
 * request that waits. */
#define EXPIRES_S 600

/* Parameters that a signature adds. */
#define OWN_PARAMS 3
#define SIGNED_MAX (CS_PARAMS_MAX + 8)

#define EXPIRES_SIZE 32
#define SHA1_SIZE 20
#define SIGNATURE_SIZE (4 * ((SHA1_SIZE + 2) / 3) + 1)

static void
add_signed(cs_signed *params, size_t *count, const char *name,
           const char *value)
{
    params[*count] = (cs_signed){
        .name = name,
        .name_size = strlen(name),
        .value = value,
        .value_size = strlen(value),
    };
    (*count)++;
}

/* What the request has of parameters, in its query and its form. */
static size_t
collect(const pileus_attempt *attempt, cs_signed *params, size_t max)
{
    pileus_pair pair;
    size_t count = 0;
    size_t size = 0;
    const char *form = pileus_attempt_body(attempt, &size);

    while (count < max && pileus_attempt_query_at(attempt, count, &pair)) {
        add_signed(params, &count, pair.name, pair.value);
    }
    if (form != NULL) {
        count += cs_sign_form(params + count, max - count, form, size);
    }
    return count;
}

static int32_t
sign_text(const cs_connection *connection, pileus_call *call, cs_signed *params,
          size_t count, char signature[SIGNATURE_SIZE])
{
    uint8_t digest[PILEUS_DIGEST_MAX];
    pileus_text *text = pileus_text_begin(call);
    char *data = NULL;
    size_t size = 0;
    int32_t code = cs_sign_text(text, params, count, &data, &size);

    if (code == PILEUS_OK) {
        code =
            pileus_hmac(call, PILEUS_DIGEST_SHA1, connection->secret,
                        strlen(connection->secret), data, size, digest, &size);
    }
    if (code == PILEUS_OK) {
        pileus_base64(call, digest, SHA1_SIZE, signature);
    }
    pileus_text_drop(text);
    return code;
}

/* The time until which the signature holds, as CloudStack wants it. */
static void
set_expires(char expires[EXPIRES_SIZE])
{
    time_t when = time(NULL) + EXPIRES_S;
    struct tm utc;

    *expires = '\0';
    if (gmtime_r(&when, &utc) != NULL) {
        (void)strftime(expires, EXPIRES_SIZE, "%Y-%m-%dT%H:%M:%S+0000", &utc);
    }
}

static int32_t
sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    const cs_connection *connection = user;
    char expires[EXPIRES_SIZE] = "";
    char signature[SIGNATURE_SIZE];
    cs_signed params[SIGNED_MAX];
    size_t count = collect(attempt, params, SIGNED_MAX - OWN_PARAMS);
    int32_t code;

    add_signed(params, &count, "apiKey", connection->key);
    if (connection->expiring) {
        set_expires(expires);
        add_signed(params, &count, "expires", expires);
        add_signed(params, &count, "signatureVersion", "3");
    }
    code = sign_text(connection, call, params, count, signature);
    if (code == PILEUS_OK) {
        code = pileus_attempt_add_query(attempt, "apiKey", connection->key);
    }
    if (code == PILEUS_OK && connection->expiring) {
        code = pileus_attempt_add_query(attempt, "expires", expires);
    }
    if (code == PILEUS_OK && connection->expiring) {
        code = pileus_attempt_add_query(attempt, "signatureVersion", "3");
    }
    return code == PILEUS_OK
               ? pileus_attempt_add_query(attempt, "signature", signature)
               : code;
}

/* ---- opening --------------------------------------------------------------
 */

/* A copy of the option's value; false: no memory. Unset: NULL. */
static bool
copy_setting(char **copy, pileus_call *call, const char *name)
{
    const char *value = pileus_setting(call, name);

    *copy = value == NULL ? NULL : strdup(value);
    return value == NULL || *copy != NULL;
}

static bool
setting_is(pileus_call *call, const char *name, const char *value)
{
    const char *set = pileus_setting(call, name);

    return set != NULL && strcmp(set, value) == 0;
}

/* What answers and requests hold that is nobody's business. */
static int32_t
name_secrets(pileus_http *http, pileus_call *call)
{
    static const char *const names[] = {"apiKey", "signature", "password",
                                        "privatekey", "userdata"};
    int32_t code = PILEUS_OK;

    for (size_t i = 0; i < sizeof names / sizeof *names && code == PILEUS_OK;
         i++) {
        code = pileus_http_secret(http, call, names[i]);
    }
    return code;
}

static void
release(cs_connection *connection, const pileus_host *host)
{
    if (connection->secret != NULL) {
        host->digest->wipe(connection->secret, strlen(connection->secret));
    }
    if (connection->key != NULL) {
        host->digest->wipe(connection->key, strlen(connection->key));
    }
    pileus_http_free(connection->http);
    free(connection->key);
    free(connection->secret);
    free(connection->project);
    free(connection);
}

int32_t
cs_open(void *state, pileus_call *call, void **connection)
{
    cs_connection *made = calloc(1, sizeof *made);
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = made,
        .sign = sign,
        .explain = cs_explain,
        .look_at_all = 1,
    };
    int32_t code = PILEUS_FAILED;

    (void)state;
    if (made == NULL || !copy_setting(&made->key, call, "key") ||
        !copy_setting(&made->secret, call, "secret") ||
        !copy_setting(&made->project, call, "project")) {
        code = pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to CloudStack");
    } else {
        made->expiring = !setting_is(call, "signature-version", "none");
        (void)pileus_setting_boolean(call, "expunge", &made->expunge);
        made->post = setting_is(call, "method", "post");
        made->http = pileus_http_new(call, &hooks);
        code =
            made->http == NULL ? PILEUS_FAILED : name_secrets(made->http, call);
    }
    if (code == PILEUS_OK) {
        *connection = made;
    } else if (made != NULL) {
        release(made, PILEUS_HOST(call));
    }
    return code;
}

void
cs_close(void *connection)
{
    cs_connection *self = connection;

    release(self, PILEUS_HOST(self->http));
}
