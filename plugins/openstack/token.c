/* Tokens: asked for, and leased. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <stdlib.h>
#include <time.h>

/* A token is renewed so long before its end. */
#define RENEW_AHEAD_MS 60000

#define NS_PER_MS INT64_C(1000000)

/* ---- fetching -------------------------------------------------------------
 */

/* How long a token is good for, from its own times, so that it does not matter
 * what this machine's clock says; without a beginning, by that clock. */
static int64_t
life_ms(pileus_call *call, const pileus_value *answer)
{
    int64_t begin = (int64_t)time(NULL) * 1000 * NS_PER_MS;
    int64_t end = 0;

    if (!pileus_json_time(call, answer, "token.expires_at", &end)) {
        return INT64_MAX;
    }
    (void)pileus_json_time(call, answer, "token.issued_at", &begin);
    return end > begin ? (end - begin) / NS_PER_MS : INT64_MAX;
}

/* The token of an answer, to be freed. */
static int32_t
copy_token(pileus_call *call, const pileus_response *response, char **token)
{
    const char *given = pileus_response_header(response, "X-Subject-Token");

    if (given == NULL) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "Keystone answered without a token: check the "
                           "endpoint, which should be Keystone's");
    }
    *token = strdup(given);
    return *token != NULL
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_NO_MEMORY, "no memory for a token");
}

/* Ask for a token, and give the answer, too, which has the catalogue. */
static int32_t
ask(const os_connection *connection, pileus_call *call,
    pileus_response **response, const pileus_value **answer, char **token)
{
    char path[64];
    const pileus_request request = {
        .struct_size = sizeof request,
        .flags = PILEUS_REQUEST_IDEMPOTENT,
        .method = "POST",
        .path = path,
        .body = connection->login,
        .body_size = strlen(connection->login),
    };
    int32_t code;

    (void)snprintf(path, sizeof path, "%s/auth/tokens", connection->version);
    code = pileus_http_send(connection->identity, call, &request, response);
    if (code == PILEUS_OK) {
        code = pileus_response_json(call, *response, answer);
    }
    return code == PILEUS_OK ? copy_token(call, *response, token) : code;
}

static int32_t
fetch(void *user, pileus_call *call, void **value, int64_t *life)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    char *token = NULL;
    int32_t code = ask(user, call, &response, &answer, &token);

    if (code == PILEUS_OK) {
        *life = life_ms(call, answer);
        *value = token;
    }
    pileus_response_free(response);
    return code;
}

static void
drop(void *user, void *value)
{
    const os_connection *connection = user;

    os_free_secret(PILEUS_HOST(connection->identity), value);
}

int32_t
os_lease_token(os_connection *connection, pileus_call *call, bool renewable,
               pileus_response **response, const pileus_value **answer)
{
    const pileus_lease_terms terms = {
        .struct_size = sizeof terms,
        .user = connection,
        .what = "token",
        .fetch = renewable ? fetch : NULL,
        .drop = drop,
        .ahead_ms = RENEW_AHEAD_MS,
    };
    char *token = NULL;
    int32_t code;

    connection->token = pileus_lease_new(call, &terms);
    if (connection->token == NULL) {
        return PILEUS_FAILED; /* reported */
    }
    code = ask(connection, call, response, answer, &token);
    return code == PILEUS_OK ? pileus_lease_give(connection->token, call, token,
                                                 life_ms(call, *answer))
                             : code;
}

int32_t
os_sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    const os_connection *connection = user;
    void *token = NULL;
    int32_t code = pileus_lease_take(connection->token, call, &token);

    if (code == PILEUS_OK) {
        code = pileus_attempt_set_header(attempt, "X-Auth-Token", token);
        pileus_lease_put_back(connection->token, token);
    }
    return code;
}
