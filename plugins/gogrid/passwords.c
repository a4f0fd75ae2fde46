/* Passwords of servers, which are told apart from them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

#include <stdlib.h>

static char *
copy_of(const char *text)
{
    return strdup(text == NULL ? "" : text);
}

static int32_t
keep(void *user, pileus_call *call, const pileus_value *item)
{
    gg_passwords *passwords = user;
    const char *server = pileus_json_text(call, item, "server.id");
    const char *word = pileus_json_string(call, item, "password");
    struct gg_password *made;

    if (server == NULL || word == NULL) { /* of something else */
        return PILEUS_OK;
    }
    if (passwords->count == passwords->capacity) {
        size_t capacity = passwords->capacity * 2 + 16;
        struct gg_password *grown =
            realloc(passwords->at, capacity * sizeof *grown);

        if (grown == NULL) {
            return pileus_fail(call, PILEUS_NO_MEMORY,
                               "no memory for the passwords of servers");
        }
        passwords->at = grown;
        passwords->capacity = capacity;
    }
    made = &passwords->at[passwords->count++];
    made->server = copy_of(server);
    made->user = copy_of(pileus_json_string(call, item, "username"));
    made->password = copy_of(word);
    return made->server != NULL && made->user != NULL && made->password != NULL
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_NO_MEMORY,
                             "no memory for the passwords of servers");
}

static int
compare(const void *a, const void *b)
{
    return strcmp(((const struct gg_password *)a)->server,
                  ((const struct gg_password *)b)->server);
}

int32_t
gg_get_passwords(const gg_connection *connection, pileus_call *call,
                 gg_passwords *passwords)
{
    int32_t code;

    memset(passwords, 0, sizeof *passwords);
    if (!connection->passwords) {
        return PILEUS_OK;
    }
    code = gg_list(connection, call, "/support/password/list", NULL, 0, keep,
                   passwords);
    if (code == PILEUS_PERMISSION || code == PILEUS_AUTHENTICATION) {
        /* If the key is wrong altogether, what comes next says so. */
        pileus_log(call, PILEUS_LOG_INFO,
                   "the key has no right to the passwords of servers");
        code = PILEUS_OK;
    }
    if (code != PILEUS_OK) {
        gg_free_passwords(call, passwords);
    } else if (passwords->count > 0) {
        qsort(passwords->at, passwords->count, sizeof *passwords->at, compare);
    }
    return code;
}

const struct gg_password *
gg_password_of(const gg_passwords *passwords, const char *server)
{
    struct gg_password wanted = {.server = (char *)(uintptr_t)server};

    return passwords == NULL || passwords->count == 0 || server == NULL
               ? NULL
               : bsearch(&wanted, passwords->at, passwords->count,
                         sizeof *passwords->at, compare);
}

void
gg_free_passwords(pileus_call *call, gg_passwords *passwords)
{
    for (size_t i = 0; i < passwords->count; i++) {
        struct gg_password *one = &passwords->at[i];

        if (one->password != NULL) {
            pileus_wipe(call, one->password, strlen(one->password));
        }
        free(one->server);
        free(one->user);
        free(one->password);
    }
    free(passwords->at);
    memset(passwords, 0, sizeof *passwords);
}
