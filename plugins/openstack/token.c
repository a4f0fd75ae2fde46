/* Tokens: fetched once for all threads, renewed before they end, and when a
 * service refuses one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <stdlib.h>
#include <time.h>

/* A token is renewed so long before its end, or at four fifths of a short
 * life. */
#define RENEW_AHEAD_MS 60000
/* One that is refused when it is younger than this, after it came for one that
 * was refused, was not refused for its age. */
#define YOUNG_MS 1000
/* How often to look whether another thread has fetched it. */
#define LOOK_MS 5

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

static int64_t
use_ms(int64_t life)
{
    return life / 5 > RENEW_AHEAD_MS ? life - RENEW_AHEAD_MS : life / 5 * 4;
}

/* Keep the token of an answer. */
static int32_t
keep(os_connection *connection, pileus_call *call,
     const pileus_response *response, const pileus_value *answer)
{
    const char *given = pileus_response_header(response, "X-Subject-Token");
    char *copy = given == NULL ? NULL : strdup(given);
    char *old;
    int64_t now = pileus_now_ms(call);
    int64_t use = use_ms(life_ms(call, answer));

    if (given == NULL) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "Keystone answered without a token: check the "
                           "endpoint, which should be Keystone's");
    }
    if (copy == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for a token");
    }
    (void)pthread_mutex_lock(&connection->lock);
    old = connection->token;
    connection->token = copy;
    connection->fetched_ms = now;
    connection->renew_ms = use > INT64_MAX - now ? INT64_MAX : now + use;
    connection->number++;
    (void)pthread_mutex_unlock(&connection->lock);
    os_free_secret(PILEUS_HOST(call), old);
    return PILEUS_OK;
}

int32_t
os_fetch_token(os_connection *connection, pileus_call *call,
               pileus_response **response, const pileus_value **answer)
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
    return code == PILEUS_OK ? keep(connection, call, *response, *answer)
                             : code;
}

/* ---- using ----------------------------------------------------------------
 */

/* Where it stands which token the call has used; calls may share a place, and
 * the last one has it. */
static os_use *
use_of(os_connection *connection, const pileus_call *call)
{
    /* Addresses of several threads differ in few bits, which this spreads. */
    uint64_t spread = (uint64_t)(uintptr_t)call * UINT64_C(0x9e3779b97f4a7c15);

    return &connection->uses[(spread >> 32) % OS_USES];
}

static void
note_use(os_connection *connection, const pileus_call *call)
{
    os_use *use = use_of(connection, call);

    if (use->call != call) {
        *use = (os_use){.call = call};
    } else if (use->number == connection->number) {
        use->renewed = false; /* it was accepted, or would not be here still */
    }
    use->number = connection->number;
}

/* A copy of the token that is good now, to be freed; NULL: there is none, and
 * *mine says whether this thread is to fetch one. */
static int32_t
take(os_connection *connection, pileus_call *call, char **token, bool *mine)
{
    int32_t code = PILEUS_OK;

    (void)pthread_mutex_lock(&connection->lock);
    if (connection->token != NULL &&
        (!connection->renewable ||
         pileus_now_ms(call) < connection->renew_ms)) {
        *token = strdup(connection->token);
        code = *token != NULL ? PILEUS_OK : PILEUS_NO_MEMORY;
        note_use(connection, call);
    } else {
        *mine = !connection->fetching;
        connection->fetching = true;
    }
    (void)pthread_mutex_unlock(&connection->lock);
    return code == PILEUS_OK ? code
                             : pileus_fail(call, code, "no memory for a token");
}

static int32_t
renew(os_connection *connection, pileus_call *call)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = os_fetch_token(connection, call, &response, &answer);

    pileus_response_free(response);
    (void)pthread_mutex_lock(&connection->lock);
    connection->fetching = false;
    (void)pthread_mutex_unlock(&connection->lock);
    return code;
}

int32_t
os_sign(void *user, pileus_call *call, pileus_attempt *attempt)
{
    os_connection *connection = user;
    char *token = NULL;
    bool mine = false;
    int32_t code = take(connection, call, &token, &mine);

    while (code == PILEUS_OK && token == NULL) {
        code = mine ? renew(connection, call) : pileus_wait(call, LOOK_MS);
        if (code == PILEUS_OK) {
            code = take(connection, call, &token, &mine);
        }
    }
    if (code == PILEUS_OK) {
        code = pileus_attempt_set_header(attempt, "X-Auth-Token", token);
    }
    os_free_secret(PILEUS_HOST(call), token);
    return code;
}

bool
os_token_refused(os_connection *connection, pileus_call *call)
{
    os_use *use = use_of(connection, call);
    char *old = NULL;
    bool current;
    bool hopeless;
    bool young;

    (void)pthread_mutex_lock(&connection->lock);
    young = pileus_now_ms(call) - connection->fetched_ms < YOUNG_MS;
    current = use->call == call ? use->number == connection->number : !young;
    hopeless = current && young && use->renewed;
    if (connection->renewable && current && !hopeless) {
        use->renewed = use->call == call;
        old = connection->token;
        connection->token = NULL;
    }
    (void)pthread_mutex_unlock(&connection->lock);
    os_free_secret(PILEUS_HOST(call), old);
    return connection->renewable && !hopeless;
}
