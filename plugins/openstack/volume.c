/* Volumes, which Cinder keeps, and Nova attaches. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define VOLUMES "/volumes"
#define ATTACHMENTS "os-volume_attachments"
/* Microversions with which Nova attaches one volume to several servers, and
 * detaches one from a server that is shelved. */
#define ATTACH_VERSION 60
#define DETACH_VERSION 20
/* The least size of a volume, in GB. */
#define SIZE_LEAST 1

static const os_list_of volumes = {
    .service = OS_VOLUME,
    .path = VOLUMES "/detail",
    .items = "volumes",
    .more = "volumes_links",
};

pileus_storage_state
os_storage_state(const char *word)
{
    static const struct {
        const char *word;
        pileus_storage_state state;
    } states[] = {
        {"available", PILEUS_VOLUME_AVAILABLE},
        {"in-use", PILEUS_VOLUME_IN_USE},
        {"creating", PILEUS_VOLUME_CREATING},
        {"downloading", PILEUS_VOLUME_CREATING},
        {"attaching", PILEUS_VOLUME_ATTACHING},
        {"reserved", PILEUS_VOLUME_ATTACHING},
        {"detaching", PILEUS_VOLUME_UPDATING},
        {"extending", PILEUS_VOLUME_UPDATING},
        {"retyping", PILEUS_VOLUME_UPDATING},
        {"uploading", PILEUS_VOLUME_UPDATING},
        {"maintenance", PILEUS_VOLUME_UPDATING},
        {"awaiting-transfer", PILEUS_VOLUME_UPDATING},
        {"migrating", PILEUS_VOLUME_MIGRATING},
        {"backing-up", PILEUS_VOLUME_BACKUP},
        {"restoring-backup", PILEUS_VOLUME_BACKUP},
        {"deleting", PILEUS_VOLUME_DELETING},
        {"deleted", PILEUS_VOLUME_DELETED},
        {"restoring", PILEUS_VOLUME_RESTORING},
    };

    if (word != NULL && strncmp(word, "error", sizeof "error" - 1) == 0) {
        return PILEUS_VOLUME_ERROR;
    }
    for (size_t i = 0; word != NULL && i < sizeof states / sizeof states[0];
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_VOLUME_UNKNOWN;
}

static int32_t
put_volume(void *user, pileus_call *call, const pileus_value *volume)
{
    static const char *const known[] = {"id", "name", "size", "status", NULL};
    const char *word = pileus_json_string(call, volume, "status");
    pileus_sink *sink = user;
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, volume, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_VOLUME);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, volume, "name"));
    pileus_set_state(record, os_storage_state(word), word);
    pileus_set_string(
        record, PILEUS_FIELD_NODE,
        pileus_json_string(call, volume, "attachments.0.server_id"));
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_string(call, volume, "availability_zone"));
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, volume, "size");
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, volume,
                         "created_at");
    pileus_extra_rest(record, call, volume, known);
    return pileus_put(record);
}

int32_t
os_list_volumes(void *connection, pileus_call *call,
                const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair by_name = {"name", query->name};

    return os_list(connection, call, &volumes, &by_name, 1, put_volume, sink);
}

/* ---- create_volume, destroy_volume ----------------------------------------
 */

/* The options of a create, and what Cinder calls them. */
static const char *const options[][2] = {
    {"description", "description"},
    {"image", "imageRef"},
    {"source-volume", "source_volid"},
    {"type", "volume_type"},
};
#define OPTIONS (sizeof options / sizeof options[0])

int32_t
os_volume_capability(const char *argument)
{
    static const char *const arguments[] = {"name", "size", "location",
                                            "snapshot"};

    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    for (size_t i = 0; i < OPTIONS; i++) {
        if (strcmp(argument, options[i][0]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

static pileus_writer *
write_volume(pileus_call *call, const pileus_volume_args *args)
{
    pileus_writer *body = pileus_write_begin(call);
    bool copies = args->snapshot != NULL ||
                  pileus_pair_value(args->options, args->option_count,
                                    "source-volume") != NULL;

    pileus_write_open_dict(body, "volume");
    pileus_write_string(body, "name", args->name);
    pileus_write_string(body, "availability_zone", args->location);
    pileus_write_string(body, "snapshot_id", args->snapshot);
    for (size_t i = 0; i < OPTIONS; i++) {
        pileus_write_string(body, options[i][1],
                            pileus_pair_value(args->options, args->option_count,
                                              options[i][0]));
    }
    if (args->size > 0 || !copies) {
        pileus_write_integer(body, "size",
                             args->size > 0 ? args->size : SIZE_LEAST);
    }
    pileus_write_close(body);
    return body;
}

int32_t
os_create_volume(void *connection, pileus_call *call,
                 const pileus_volume_args *args, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code = os_send(connection, call, OS_VOLUME, "POST", VOLUMES,
                           write_volume(call, args), &response, &answer);

    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "volume.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_VOLUME, id);
    }
    if (code == PILEUS_OK) {
        code = put_volume(sink, call, pileus_json_get(call, answer, "volume"));
    }
    pileus_response_free(response);
    return code;
}

int32_t
os_destroy_volume(void *connection, pileus_call *call,
                  const pileus_volume *volume, uint64_t flags)
{
    (void)flags;
    return os_delete(connection, call, OS_VOLUME, 0, VOLUMES,
                     pileus_object_id(call, volume));
}

/* ---- attach, detach -------------------------------------------------------
 */

int32_t
os_attach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume, const pileus_node *node,
                 const char *device)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const os_ask ask = {OS_COMPUTE, ATTACH_VERSION, "POST", path};
    pileus_writer *body;
    int32_t code = pileus_http_path(call, path, OS_SERVERS,
                                    pileus_object_id(call, node), ATTACHMENTS);

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_open_dict(body, "volumeAttachment");
    pileus_write_string(body, "volumeId", pileus_object_id(call, volume));
    pileus_write_string(body, "device", device);
    pileus_write_close(body);
    return os_ask_for(connection, call, &ask, body, NULL, NULL);
}

int32_t
os_detach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume)
{
    const char *node = pileus_object_string(call, volume, PILEUS_FIELD_NODE, 0);
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code;

    if (node == NULL) {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "the volume is attached to no node, as it was last "
                           "seen: list it again");
    }
    code = pileus_http_path(call, path, OS_SERVERS, node, ATTACHMENTS);
    return code == PILEUS_OK
               ? os_delete(connection, call, OS_COMPUTE, DETACH_VERSION, path,
                           pileus_object_id(call, volume))
               : code;
}
