/* Connections: log in, and find the services. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include "clouds.h"

#include <stdlib.h>

/* Also of one that was not opened whole. */
static void
release(os_connection *connection, const pileus_host *host)
{
    for (int i = 0; i < OS_SERVICES; i++) {
        pileus_http_free(connection->ways[i].http);
    }
    pileus_lease_free(connection->token);
    pileus_http_free(connection->identity);
    os_free_secret(host, connection->login);
    free(connection);
}

/* The version of Keystone that the endpoint names, or leaves out. */
static int32_t
find_version(os_connection *connection, pileus_call *call)
{
    const char *endpoint = pileus_http_endpoint(connection->identity);
    const char *last = strrchr(endpoint, '/');

    if (strncmp(last, "/v2", 3) == 0) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%s is of version 2 of Keystone's interface, which "
                           "OpenStack removed in 2018: give the endpoint of "
                           "version 3",
                           endpoint);
    }
    connection->version = strcmp(last, "/v3") == 0 ? "" : "/v3";
    return PILEUS_OK;
}

static int32_t
open_identity(os_connection *connection, pileus_call *call)
{
    const pileus_http_hooks hooks = {
        .struct_size = sizeof hooks,
        .user = connection,
        .explain = os_explain_login,
    };
    int32_t code = PILEUS_FAILED;

    connection->identity = pileus_http_new(call, &hooks);
    if (connection->identity != NULL) {
        code =
            pileus_http_secret(connection->identity, call, "X-Subject-Token");
    }
    return code == PILEUS_OK ? find_version(connection, call) : code;
}

static int32_t
log_in(os_connection *connection, pileus_call *call, bool renewable)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code =
        os_lease_token(connection, call, renewable, &response, &answer);

    if (code == PILEUS_OK) {
        code = os_open_ways(connection, call, answer);
    }
    pileus_response_free(response);
    return code;
}

int32_t
os_open(void *state, pileus_call *call, void **connection)
{
    os_connection *made = calloc(1, sizeof *made);
    bool renewable = false;
    int32_t code;

    (void)state;
    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for a connection to OpenStack");
    }
    code = os_provide_cloud(call);
    if (code == PILEUS_OK) {
        code = os_make_login(call, &made->login, &renewable);
    }
    if (code == PILEUS_OK) {
        code = open_identity(made, call);
    }
    if (code == PILEUS_OK) {
        code = log_in(made, call, renewable);
    }
    if (code == PILEUS_OK) {
        code = os_limit_version(made, call);
    }
    if (code != PILEUS_OK) {
        release(made, PILEUS_HOST(call));
        return code;
    }
    *connection = made;
    return PILEUS_OK;
}

void
os_close(void *connection)
{
    os_connection *self = connection;

    release(self, PILEUS_HOST(self->identity));
}
