/* Tags of what is there: the metadata of servers, of volumes and snapshots. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#include <pileus/text.h>

/* Where the metadata of a thing is: Nova and Cinder have the same of it. */
typedef struct place {
    os_service service;
    char path[PILEUS_HTTP_PATH_SIZE];
} place;

static int32_t
find_place(place *at, pileus_call *call, pileus_kind kind, const void *object)
{
    const char *before = kind == PILEUS_KIND_NODE     ? OS_SERVERS
                         : kind == PILEUS_KIND_VOLUME ? "/volumes"
                                                      : "/snapshots";

    at->service = kind == PILEUS_KIND_NODE ? OS_COMPUTE : OS_VOLUME;
    return pileus_http_path(call, at->path, before,
                            pileus_object_id(call, object), "metadata");
}

/* What a create is found by again stays as it is. */
static int32_t
check_key(pileus_call *call, const char *key)
{
    return strcmp(key, OS_TOKEN_KEY) != 0
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                             "the tag " OS_TOKEN_KEY
                             " is the driver's own: choose another key");
}

static int32_t
set_tags(void *connection, pileus_call *call, pileus_kind kind,
         const void *object, const pileus_pair *tags, uint64_t count)
{
    pileus_writer *body;
    place at;
    int32_t code = find_place(&at, call, kind, object);

    for (uint64_t i = 0; code == PILEUS_OK && i < count; i++) {
        code = check_key(call, tags[i].name);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_open_dict(body, "metadata");
    for (uint64_t i = 0; i < count; i++) {
        pileus_write_string(body, tags[i].name, tags[i].value);
    }
    pileus_write_close(body);
    return os_send(connection, call, at.service, "POST", at.path, body, NULL,
                   NULL);
}

/* ---- remove ---------------------------------------------------------------
 */

static bool
is_there(pileus_call *call, const pileus_value *metadata, const char *wanted)
{
    uint64_t count = pileus_json_count(call, metadata, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const char *key = NULL;

        (void)pileus_json_at(call, metadata, i, &key);
        if (key != NULL && strcmp(key, wanted) == 0) {
            return true;
        }
    }
    return false;
}

static int32_t
remove_one(os_connection *connection, pileus_call *call, const place *at,
           const char *key)
{
    pileus_text *text = pileus_text_begin(call);
    char *path = NULL;
    int32_t code;

    pileus_text_join(text, at->path, "/", (char *)NULL);
    pileus_text_encode(text, key, PILEUS_NUL_TERMINATED,
                       PILEUS_TEXT_UNRESERVED);
    code = pileus_text_end(text, &path, NULL);
    if (code == PILEUS_OK) {
        code = os_send(connection, call, at->service, "DELETE", path, NULL,
                       NULL, NULL);
    }
    pileus_text_drop(text);
    return code;
}

/* One request for each that is there. */
static int32_t
remove_tags(void *connection, pileus_call *call, pileus_kind kind,
            const void *object, const char *const *keys, uint64_t count)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const pileus_value *metadata = NULL;
    place at;
    int32_t code = find_place(&at, call, kind, object);

    for (uint64_t i = 0; code == PILEUS_OK && i < count; i++) {
        code = check_key(call, keys[i]);
    }
    if (code == PILEUS_OK) {
        code = os_send(connection, call, at.service, "GET", at.path, NULL,
                       &response, &answer);
    }
    if (code == PILEUS_OK) {
        metadata = pileus_json_get(call, answer, "metadata");
    }
    for (uint64_t i = 0; code == PILEUS_OK && i < count; i++) {
        if (is_there(call, metadata, keys[i])) {
            code = remove_one(connection, call, &at, keys[i]);
        }
    }
    pileus_response_free(response);
    return code;
}

const pileus_tags_service os_tags = {
    .struct_size = sizeof os_tags,
    .set_tags = set_tags,
    .remove_tags = remove_tags,
};
