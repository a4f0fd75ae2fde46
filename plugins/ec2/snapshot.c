/* Snapshots of volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

#define PAGE_SIZE 1000

static const char *const own[] = {"description", "encrypted", "status", NULL};

const ec2_narrowing ec2_snapshots = {.id = "snapshot-id", .own = own};

static const ec2_word states[] = {
    {"pending", PILEUS_VOLUME_CREATING},
    {"completed", PILEUS_VOLUME_AVAILABLE},
    {"error", PILEUS_VOLUME_ERROR},
    {"recoverable", PILEUS_VOLUME_DELETED},
    {"recovering", PILEUS_VOLUME_RESTORING},
    {NULL, PILEUS_VOLUME_UNKNOWN},
};

static const ec2_fact facts[] = {
    {"description", "description", EC2_TEXT},
    {"encrypted", "encrypted", EC2_FLAG},
    {"owner_id", "ownerId", EC2_TEXT},
    {"progress", "progress", EC2_TEXT},
    {"start_time", "startTime", EC2_TEXT},
    {"state", "status", EC2_TEXT},
    {"volume_id", "volumeId", EC2_TEXT},
    {NULL, NULL, 0},
};

/* name: what it was made with, or NULL. */
static int32_t
put_named(pileus_call *call, const pileus_value *snapshot, const char *name,
          pileus_sink *sink)
{
    const char *word = pileus_json_string(call, snapshot, "status");
    const char *tag;
    const char *id = NULL;
    int64_t size = 0;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, snapshot, "snapshotId", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_SNAPSHOT);
    pileus_set_id(record, id);
    if (pileus_json_integer(call, snapshot, "volumeSize", &size)) {
        pileus_set_integer(record, PILEUS_FIELD_DISK, size);
    }
    pileus_set_state(record, ec2_number_of(states, word), word);
    pileus_set_string(record, PILEUS_FIELD_VOLUME,
                      pileus_json_string(call, snapshot, "volumeId"));
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, snapshot,
                         "startTime");
    ec2_set_extra(record, call, snapshot, facts);
    tag = ec2_set_tags(record, call, snapshot, false);
    pileus_set_name(record, tag != NULL ? tag : name != NULL ? name : id);
    return pileus_put(record);
}

static int32_t
put_snapshot(void *user, pileus_call *call, const pileus_value *item)
{
    return put_named(call, item, NULL, user);
}

int32_t
ec2_list_snapshots(void *connection, pileus_call *call,
                   const pileus_volume *volume, const pileus_query_args *query,
                   pileus_sink *sink)
{
    ec2_params params;

    ec2_params_begin(&params, "DescribeSnapshots");
    ec2_add(&params, "self", "Owner.1");
    ec2_narrow(&params, query, &ec2_snapshots);
    if (volume != NULL) {
        ec2_filter(&params, "volume-id");
        ec2_filter_value(&params, pileus_object_id(call, volume));
    }
    return ec2_list(connection, call, &params, "snapshotSet", PAGE_SIZE,
                    put_snapshot, sink);
}

int32_t
ec2_create_snapshot(void *connection, pileus_call *call,
                    const pileus_volume *volume, const char *name,
                    pileus_sink *sink)
{
    const char *about = pileus_object_id(call, volume);
    pileus_response *response = NULL;
    const pileus_value *snapshot = NULL;
    const char *id = NULL;
    ec2_params params;
    int32_t code;

    ec2_params_begin(&params, "CreateSnapshot");
    ec2_add(&params, about, "VolumeId");
    ec2_add_tags(&params, 1, "snapshot", name, NULL, 0);
    code =
        ec2_change(connection, call, &params, 0, about, &response, &snapshot);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, snapshot, "snapshotId", &id);
    }
    if (code == PILEUS_OK) {
        code = ec2_made(connection, call, PILEUS_KIND_SNAPSHOT, id);
    }
    if (code == PILEUS_OK) {
        code = put_named(call, snapshot, name, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
ec2_destroy_snapshot(void *connection, pileus_call *call,
                     const pileus_snapshot *snapshot)
{
    const char *id = pileus_object_id(call, snapshot);
    ec2_params params;

    ec2_params_begin(&params, "DeleteSnapshot");
    ec2_add(&params, id, "SnapshotId");
    return ec2_remove(connection, call, &params, 0, id);
}
