/* Microversions of the Compute API, 2.N, as N: which of them are asked for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <stdlib.h>

#define ROOT "/v2.1"
#define URL_SIZE 1024

/* ---- reading --------------------------------------------------------------
 */

/* "2.N". */
static bool
read_version(const char *text, int *version)
{
    size_t digits = text == NULL || strncmp(text, "2.", 2) != 0
                        ? 0
                        : strspn(text + 2, "0123456789");

    if (digits == 0 || digits > 4 || text[2 + digits] != '\0') {
        return false;
    }
    *version = (int)strtol(text + 2, NULL, 10);
    return true;
}

/* The endpoint as far as the version's document, in url; false: an endpoint of
 * another version, which knows no microversions. */
static bool
find_root(const char *endpoint, char url[URL_SIZE])
{
    const char *root = strstr(endpoint, ROOT);
    size_t length = strlen(endpoint);

    if (os_has_version(endpoint)) {
        if (root == NULL ||
            (root[strlen(ROOT)] != '\0' && root[strlen(ROOT)] != '/')) {
            return false;
        }
        length = (size_t)(root - endpoint);
    }
    return snprintf(url, URL_SIZE, "%.*s" ROOT "/", (int)length, endpoint) <
           URL_SIZE;
}

/* ---- what there is --------------------------------------------------------
 */

static int
most_of(os_connection *connection)
{
    return atomic_load(&connection->most);
}

int32_t
os_limit_version(os_connection *connection, pileus_call *call)
{
    const char *wanted = pileus_setting(call, "compute-api-version");
    char url[URL_SIZE];
    int most = OS_UNKNOWN;

    if (wanted != NULL && strcmp(wanted, "2") != 0 &&
        strcmp(wanted, "latest") != 0 && strcmp(wanted, "2.latest") != 0) {
        connection->pinned = true;
        if (!read_version(wanted, &most)) {
            return pileus_fail(call, PILEUS_CONFIGURATION,
                               "the option 'compute-api-version' is 2.N, such "
                               "as 2.26, or latest; not '%.64s'",
                               wanted);
        }
    }
    if (!find_root(pileus_http_endpoint(connection->ways[OS_COMPUTE].http),
                   url)) {
        most = OS_PLAIN;
    }
    atomic_store(&connection->most, most);
    return PILEUS_OK;
}

/* A refusal, or an answer that is no version's document: Nova has 2.1 alone.
 * All else says nothing about that. */
static bool
is_answer(int32_t code)
{
    return code == PILEUS_OK || code == PILEUS_NOT_FOUND ||
           code == PILEUS_PERMISSION || code == PILEUS_NOT_SUPPORTED ||
           code == PILEUS_INVALID_ARGUMENT || code == PILEUS_PROTOCOL;
}

int32_t
os_learn_versions(os_connection *connection, pileus_call *call)
{
    pileus_http *http = connection->ways[OS_COMPUTE].http;
    char url[URL_SIZE];
    const pileus_request request = {.struct_size = sizeof request, .path = url};
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int most = OS_PLAIN;
    int32_t code;

    if (most_of(connection) != OS_UNKNOWN ||
        !find_root(pileus_http_endpoint(http), url)) {
        return PILEUS_OK;
    }
    code =
        pileus_http_send_json(http, call, &request, NULL, &response, &answer);
    if (!is_answer(code)) {
        return code;
    }
    if (code != PILEUS_OK ||
        !read_version(pileus_json_string(call, answer, "version.version"),
                      &most)) {
        pileus_log(call, PILEUS_LOG_DEBUG,
                   "%.400s says nothing of microversions: 2.1 is used", url);
    }
    pileus_response_free(response);
    atomic_store(&connection->most, most);
    return PILEUS_OK;
}

/* ---- what is asked for ----------------------------------------------------
 */

bool
os_knows_versions(os_connection *connection)
{
    return most_of(connection) != OS_UNKNOWN;
}

int
os_best_version(os_connection *connection, int version)
{
    int most = most_of(connection);

    return most == OS_UNKNOWN || version < most ? version : most;
}

int32_t
os_need_version(os_connection *connection, pileus_call *call, int version,
                const char *what)
{
    int32_t code = os_learn_versions(connection, call);
    int most = most_of(connection);

    if (code != PILEUS_OK || version <= most) {
        return code;
    }
    return pileus_fail(
        call, PILEUS_NOT_SUPPORTED,
        connection->pinned
            ? "%s needs version 2.%d of the Compute API, and the option "
              "'compute-api-version' allows 2.%d: raise it, or do without"
            : "%s needs version 2.%d of the Compute API, and Nova has no more "
              "than 2.%d here: do without, or ask the operator for a newer one",
        what, version, most);
}

void
os_write_version(int version, os_version *out)
{
    (void)snprintf(out->value, sizeof out->value, "compute 2.%d", version);
    out->headers[0] = (pileus_pair){"OpenStack-API-Version", out->value};
    out->headers[1] = (pileus_pair){"X-OpenStack-Nova-API-Version",
                                    out->value + strlen("compute ")};
    out->count = version <= OS_PLAIN ? 0 : version < OS_BOTH_BELOW ? 2 : 1;
}
