/* SSH keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#define KEYS "/ssh_keys"

static int32_t
put_key(pileus_call *call, const pileus_value *key, pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", "fingerprint",
                                        "public_key", NULL};
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
    const hz_listing *listing = user;

    return put_key(call, item, listing->sink);
}

int32_t
hz_list_key_pairs(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair by_name = {"name", query->name};
    hz_listing listing = {.sink = sink};

    return hz_list(connection, call, "ssh_keys", &by_name, 1, put_listed,
                   &listing);
}

/* ---- one key ------------------------------------------------------------- */

/* Put the first of a listing, and count. */
typedef struct first {
    pileus_sink *sink;
    int count;
} first;

static int32_t
put_first(void *user, pileus_call *call, const pileus_value *item)
{
    first *found = user;

    return found->count++ == 0 ? put_key(call, item, found->sink) : PILEUS_OK;
}

int32_t
hz_get_key_pair(void *connection, pileus_call *call, const char *name,
                pileus_sink *sink)
{
    const pileus_pair by_name = {"name", name};
    first found = {.sink = sink, .count = 0};
    int32_t code =
        hz_list(connection, call, "ssh_keys", &by_name, 1, put_first, &found);

    if (code == PILEUS_OK && found.count == 0) {
        code = pileus_fail(call, PILEUS_NOT_FOUND,
                           "Hetzner Cloud has no key pair named '%s' in this "
                           "project: import it, or name one of the list",
                           name);
    }
    return code;
}

static int32_t
send_key(const hz_connection *connection, pileus_call *call, const char *name,
         const char *public_key, pileus_response **response,
         const pileus_value **answer)
{
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_string(body, "name", name);
    pileus_write_string(body, "public_key", public_key);
    return hz_send(connection, call, "POST", KEYS, body, response, answer);
}

int32_t
hz_import_key_pair(void *connection, pileus_call *call, const char *name,
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
hz_delete_key_pair(void *connection, pileus_call *call,
                   const pileus_key_pair *pair)
{
    return hz_delete(connection, call, KEYS, pileus_object_id(call, pair));
}

/* ---- a key for a create -------------------------------------------------- */

static int32_t
take_id(void *user, pileus_call *call, const pileus_value *item)
{
    int64_t *id = user;

    return pileus_json_need_integer(call, item, "id", id);
}

int32_t
hz_ensure_key(const hz_connection *connection, pileus_call *call,
              const char *public_key, int64_t *id)
{
    char fingerprint[PILEUS_FINGERPRINT_SIZE];
    char name[sizeof "pileus-" + PILEUS_FINGERPRINT_SIZE];
    const pileus_pair by_fingerprint = {"fingerprint", fingerprint};
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = pileus_ssh_fingerprint(call, public_key, fingerprint);

    *id = 0;
    if (code == PILEUS_OK) {
        code = hz_list(connection, call, "ssh_keys", &by_fingerprint, 1,
                       take_id, id);
    }
    if (code != PILEUS_OK || *id != 0) {
        return code;
    }
    (void)snprintf(name, sizeof name, "pileus-%s", fingerprint);
    code = send_key(connection, call, name, public_key, &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_integer(call, answer, "ssh_key.id", id);
    }
    pileus_response_free(response);
    return code;
}
