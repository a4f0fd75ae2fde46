/* Snapshots of volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define SNAPSHOTS "/snapshots"

static const os_list_of snapshots = {
    .service = OS_VOLUME,
    .path = SNAPSHOTS "/detail",
    .items = "snapshots",
    .more = "snapshots_links",
};

static int32_t
put_snapshot(void *user, pileus_call *call, const pileus_value *snapshot)
{
    static const char *const known[] = {"id", "name", "size", "status", NULL};
    const char *word = pileus_json_string(call, snapshot, "status");
    pileus_sink *sink = user;
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, snapshot, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_SNAPSHOT);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, snapshot, "name"));
    pileus_set_state(record, os_storage_state(word), word);
    pileus_set_string(record, PILEUS_FIELD_VOLUME,
                      pileus_json_string(call, snapshot, "volume_id"));
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, snapshot, "size");
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, snapshot,
                         "created_at");
    pileus_extra_rest(record, call, snapshot, known);
    return pileus_put(record);
}

int32_t
os_list_snapshots(void *connection, pileus_call *call,
                  const pileus_volume *volume, const pileus_query_args *query,
                  pileus_sink *sink)
{
    const pileus_pair conditions[] = {
        {"name", query->name},
        {"volume_id", volume == NULL ? NULL : pileus_object_id(call, volume)},
    };

    return os_list(connection, call, &snapshots, conditions,
                   sizeof conditions / sizeof conditions[0], put_snapshot,
                   sink);
}

/* Also of a volume that a node is using. */
int32_t
os_create_snapshot(void *connection, pileus_call *call,
                   const pileus_volume *volume, const char *name,
                   pileus_sink *sink)
{
    pileus_writer *body = pileus_write_begin(call);
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code;

    pileus_write_open_dict(body, "snapshot");
    pileus_write_string(body, "volume_id", pileus_object_id(call, volume));
    pileus_write_string(body, "name", name);
    pileus_write_boolean(body, "force", true);
    pileus_write_close(body);
    code = os_send(connection, call, OS_VOLUME, "POST", SNAPSHOTS, body,
                   &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "snapshot.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_SNAPSHOT, id);
    }
    if (code == PILEUS_OK) {
        code =
            put_snapshot(sink, call, pileus_json_get(call, answer, "snapshot"));
    }
    pileus_response_free(response);
    return code;
}

int32_t
os_destroy_snapshot(void *connection, pileus_call *call,
                    const pileus_snapshot *snapshot)
{
    return os_delete(connection, call, OS_VOLUME, 0, SNAPSHOTS,
                     pileus_object_id(call, snapshot));
}
