/* SSH keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

#define KEYS "/v2/account/keys"

static int32_t
put_key(pileus_call *call, const pileus_value *key, pileus_sink *sink)
{
    static const char *const known[] = {"name", "fingerprint", "public_key",
                                        NULL};
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, key, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_KEY_PAIR);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, key, "name"));
    pileus_set_string(record, PILEUS_FIELD_FINGERPRINT,
                      pileus_json_string(call, key, "fingerprint"));
    pileus_set_string(record, PILEUS_FIELD_PUBLIC_KEY,
                      pileus_json_string(call, key, "public_key"));
    pileus_extra_rest(record, call, key, known);
    return pileus_put(record);
}

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const do_listing *listing = user;

    return put_key(call, item, listing->sink);
}

int32_t
do_list_key_pairs(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    do_listing listing = {.sink = sink};

    (void)query; /* the core sorts out */
    return do_list(connection, call, KEYS, NULL, 0, "ssh_keys", put_listed,
                   &listing);
}

/* The answer has the key. */
static int32_t
send_key(const do_connection *connection, pileus_call *call, const char *name,
         const char *public_key, pileus_response **response,
         const pileus_value **answer)
{
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_string(body, "name", name);
    pileus_write_string(body, "public_key", public_key);
    return do_send(connection, call, "POST", KEYS, body, response, answer);
}

int32_t
do_import_key_pair(void *connection, pileus_call *call, const char *name,
                   const char *public_key, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code =
        send_key(connection, call, name, public_key, &response, &answer);

    if (code == PILEUS_OK) {
        code = put_key(call, pileus_json_get(call, answer, "ssh_key"), sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
do_delete_key_pair(void *connection, pileus_call *call,
                   const pileus_key_pair *pair)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code =
        pileus_http_path(call, path, KEYS, pileus_object_id(call, pair), NULL);

    return code == PILEUS_OK
               ? do_send(connection, call, "DELETE", path, NULL, NULL, NULL)
               : code;
}

/* ---- keys for a create --------------------------------------------------- */

typedef struct search {
    const char *name;
    char *print; /* of PILEUS_FINGERPRINT_SIZE; empty: not found yet */
} search;

static int32_t
look_at_key(void *user, pileus_call *call, const pileus_value *item)
{
    search *wanted = user;
    const char *name = pileus_json_string(call, item, "name");
    const char *print = NULL;
    int32_t code = PILEUS_OK;

    if (name != NULL && strcmp(name, wanted->name) == 0) {
        code = pileus_json_need_text(call, item, "fingerprint", &print);
    }
    if (print != NULL) {
        (void)snprintf(wanted->print, PILEUS_FINGERPRINT_SIZE, "%s", print);
    }
    return code;
}

int32_t
do_find_key(const do_connection *connection, pileus_call *call,
            const char *name, char print[PILEUS_FINGERPRINT_SIZE])
{
    search wanted = {.name = name, .print = print};
    int32_t code;

    *print = '\0';
    code = do_list(connection, call, KEYS, NULL, 0, "ssh_keys", look_at_key,
                   &wanted);
    if (code == PILEUS_OK && *print == '\0') {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "DigitalOcean has no key pair named '%s': import "
                           "it, or name one of the list",
                           name);
    }
    return code;
}

int32_t
do_ensure_key(const do_connection *connection, pileus_call *call,
              const char *public_key, char print[PILEUS_FINGERPRINT_SIZE])
{
    char name[sizeof "pileus-" + PILEUS_FINGERPRINT_SIZE];
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = pileus_ssh_fingerprint(call, public_key, print);

    if (code == PILEUS_OK) {
        code = pileus_http_path(call, path, KEYS, print, NULL);
    }
    if (code == PILEUS_OK) {
        code = do_send(connection, call, "GET", path, NULL, NULL, NULL);
    }
    if (code == PILEUS_NOT_FOUND) {
        (void)snprintf(name, sizeof name, "pileus-%s", print);
        code = send_key(connection, call, name, public_key, NULL, NULL);
    }
    return code;
}
