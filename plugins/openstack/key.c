/* Key pairs, which Nova keeps for each user, by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define KEYS "/os-keypairs"
#define KEY_NAME_MAX 255
#define KEY_PATH_SIZE (sizeof KEYS + 1 + 3 * KEY_NAME_MAX)

/* Types are told since 2.2, and there are pages since 2.35. */
#define KEYS_VERSION 35
/* Since then names may have '@' and '.' in them, too, and Nova makes no keys
 * any more; so that they are made with less. */
#define NAMES_VERSION 92

static const os_list_of keys = {
    .service = OS_COMPUTE,
    .path = KEYS,
    .items = "keypairs",
    .more = "keypairs_links",
    .version = KEYS_VERSION,
    .mark = "keypair.name",
};

/* "os-keypairs/NAME": a name may have spaces, dots and what else the cloud's
 * version allows. */
static int32_t
path_of(pileus_call *call, const char *name, char path[KEY_PATH_SIZE])
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~";
    size_t used = sizeof KEYS;
    bool dots = name != NULL && name[strspn(name, ".")] == '\0';

    if (dots || name == NULL || strlen(name) > KEY_NAME_MAX) {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "there is no key pair '%.64s': list what there is",
                           name == NULL ? "" : name);
    }
    memcpy(path, KEYS "/", sizeof KEYS);
    for (; *name != '\0'; name++) {
        bool is_plain = strchr(plain, *name) != NULL;

        used +=
            (size_t)snprintf(path + used, KEY_PATH_SIZE - used,
                             is_plain ? "%c" : "%%%02X", (unsigned char)*name);
    }
    path[used] = '\0';
    return PILEUS_OK;
}

static int32_t
put_key(pileus_call *call, const pileus_value *answer, pileus_sink *sink)
{
    static const char *const known[] = {"name", "fingerprint", "public_key",
                                        "private_key", NULL};
    const pileus_value *key = pileus_json_get(call, answer, "keypair");
    pileus_record *record;
    const char *name = NULL;
    int32_t code = pileus_json_need_text(call, key, "name", &name);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_KEY_PAIR);
    pileus_set_name(record, name);
    pileus_set_string(record, PILEUS_FIELD_FINGERPRINT,
                      pileus_json_string(call, key, "fingerprint"));
    pileus_set_string(record, PILEUS_FIELD_PUBLIC_KEY,
                      pileus_json_string(call, key, "public_key"));
    pileus_set_string(record, PILEUS_FIELD_PRIVATE_KEY,
                      pileus_json_string(call, key, "private_key"));
    pileus_extra_rest(record, call, key, known);
    return pileus_put(record);
}

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    pileus_sink *sink = user;

    return put_key(call, item, sink);
}

int32_t
os_list_key_pairs(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    (void)query; /* the core sorts out */
    return os_list(connection, call, &keys, NULL, 0, put_listed, sink);
}

int32_t
os_get_key_pair(void *connection, pileus_call *call, const char *name,
                pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    char path[KEY_PATH_SIZE];
    const os_ask ask = {OS_COMPUTE, KEYS_VERSION, "GET", path};
    int32_t code = path_of(call, name, path);

    if (code == PILEUS_OK) {
        code = os_ask_for(connection, call, &ask, NULL, &response, &answer);
    }
    if (code == PILEUS_OK) {
        code = put_key(call, answer, sink);
    }
    pileus_response_free(response);
    return code;
}

/* public_key NULL: Nova makes one. */
static int32_t
send_key(os_connection *connection, pileus_call *call, const char *name,
         const char *public_key, pileus_response **response,
         const pileus_value **answer)
{
    const os_ask ask = {
        OS_COMPUTE,
        public_key != NULL && strpbrk(name, "@.") != NULL ? NAMES_VERSION : 0,
        "POST",
        KEYS,
    };
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_open_dict(body, "keypair");
    pileus_write_string(body, "name", name);
    pileus_write_string(body, "public_key", public_key);
    pileus_write_close(body);
    return os_ask_for(connection, call, &ask, body, response, answer);
}

static int32_t
make_key(os_connection *connection, pileus_call *call, const char *name,
         const char *public_key, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code =
        send_key(connection, call, name, public_key, &response, &answer);

    if (code == PILEUS_OK) {
        code = put_key(call, answer, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
os_create_key_pair(void *connection, pileus_call *call, const char *name,
                   pileus_sink *sink)
{
    return make_key(connection, call, name, NULL, sink);
}

int32_t
os_import_key_pair(void *connection, pileus_call *call, const char *name,
                   const char *public_key, pileus_sink *sink)
{
    return make_key(connection, call, name, public_key, sink);
}

int32_t
os_delete_key_pair(void *connection, pileus_call *call,
                   const pileus_key_pair *pair)
{
    char path[KEY_PATH_SIZE];
    int32_t code = path_of(call, pileus_object_name(call, pair), path);

    return code == PILEUS_OK ? os_send(connection, call, OS_COMPUTE, "DELETE",
                                       path, NULL, NULL, NULL)
                             : code;
}

/* ---- a key for a create ---------------------------------------------------
 */

/* Its name is made of its fingerprint, so one that is there is the same. A
 * name may hold letters, digits, spaces, '-' and '_' only. */
int32_t
os_ensure_key(os_connection *connection, pileus_call *call,
              const char *public_key, char name[OS_KEY_NAME_SIZE])
{
    char fingerprint[PILEUS_FINGERPRINT_SIZE];
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = pileus_ssh_fingerprint(call, public_key, fingerprint);

    if (code != PILEUS_OK) {
        return code;
    }
    for (char *at = fingerprint; *at != '\0'; at++) {
        *at = *at == ':' ? '-' : *at;
    }
    (void)snprintf(name, OS_KEY_NAME_SIZE, "pileus-%s", fingerprint);
    code = send_key(connection, call, name, public_key, &response, &answer);
    pileus_response_free(response);
    return code == PILEUS_CONFLICT ? PILEUS_OK : code; /* it is there */
}
