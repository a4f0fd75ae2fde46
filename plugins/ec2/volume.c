/* Volumes: their facts, listing, making and deleting them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

#include <inttypes.h>

#define PAGE_SIZE 500

static const char *const own[] = {"attachment.instance-id",
                                  "attachment.status",
                                  "encrypted",
                                  "snapshot-id",
                                  "status",
                                  "volume-type",
                                  NULL};

const ec2_narrowing ec2_volumes = {
    .id = "volume-id",
    .location = "availability-zone",
    .own = own,
};

static const ec2_word states[] = {
    {"available", PILEUS_VOLUME_AVAILABLE},
    {"in-use", PILEUS_VOLUME_IN_USE},
    {"creating", PILEUS_VOLUME_CREATING},
    {"deleting", PILEUS_VOLUME_DELETING},
    {"deleted", PILEUS_VOLUME_DELETED},
    {"error", PILEUS_VOLUME_ERROR},
    {"error_deleting", PILEUS_VOLUME_ERROR},
    {NULL, PILEUS_VOLUME_UNKNOWN},
};

static const ec2_fact facts[] = {
    {"attach_time", "attachmentSet.0.attachTime", EC2_TEXT},
    {"attachment_status", "attachmentSet.0.status", EC2_TEXT},
    {"create_time", "createTime", EC2_TEXT},
    {"delete", "attachmentSet.0.deleteOnTermination", EC2_FLAG},
    {"device", "attachmentSet.0.device", EC2_TEXT},
    {"encrypted", "encrypted", EC2_FLAG},
    {"instance_id", "attachmentSet.0.instanceId", EC2_TEXT},
    {"iops", "iops", EC2_NUMBER},
    {"snapshot_id", "snapshotId", EC2_TEXT},
    {"state", "status", EC2_TEXT},
    {"throughput", "throughput", EC2_NUMBER},
    {"volume_type", "volumeType", EC2_TEXT},
    {"zone", "availabilityZone", EC2_TEXT},
    {NULL, NULL, 0},
};

/* name: what it was made with, or NULL. */
static int32_t
put_named(pileus_call *call, const pileus_value *volume, const char *name,
          pileus_sink *sink)
{
    const char *word = pileus_json_string(call, volume, "status");
    const char *tag;
    const char *id = NULL;
    int64_t size = 0;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, volume, "volumeId", &id);

    if (code == PILEUS_OK) {
        code = pileus_json_need_integer(call, volume, "size", &size);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_VOLUME);
    pileus_set_id(record, id);
    pileus_set_integer(record, PILEUS_FIELD_DISK, size);
    pileus_set_state(record, ec2_number_of(states, word), word);
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_string(call, volume, "availabilityZone"));
    pileus_set_string(
        record, PILEUS_FIELD_NODE,
        pileus_json_string(call, volume, "attachmentSet.0.instanceId"));
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, volume,
                         "createTime");
    ec2_set_extra(record, call, volume, facts);
    tag = ec2_set_tags(record, call, volume, false);
    pileus_set_name(record, tag != NULL ? tag : name != NULL ? name : id);
    return pileus_put(record);
}

static int32_t
put_volume(void *user, pileus_call *call, const pileus_value *item)
{
    return put_named(call, item, NULL, user);
}

int32_t
ec2_list_volumes(void *connection, pileus_call *call,
                 const pileus_query_args *query, pileus_sink *sink)
{
    ec2_params params;

    ec2_params_begin(&params, "DescribeVolumes");
    ec2_narrow(&params, query, &ec2_volumes);
    return ec2_list(connection, call, &params, "volumeSet", PAGE_SIZE,
                    put_volume, sink);
}

/* ---- making ---------------------------------------------------------------
 */

static const ec2_plain plain[] = {
    {"encrypted", "Encrypted"}, {"iops", "Iops"},
    {"kms-key", "KmsKeyId"},    {"throughput", "Throughput"},
    {"type", "VolumeType"},     {NULL, NULL},
};

int32_t
ec2_volume_capability(const char *argument)
{
    static const char *const arguments[] = {"name", "size", "location",
                                            "snapshot"};

    if (strcmp(argument, "token") == 0) {
        return PILEUS_TOKEN_NATIVE;
    }
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return ec2_capability_of(plain, argument);
}

int32_t
ec2_create_volume(void *connection, pileus_call *call,
                  const pileus_volume_args *args, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *volume = NULL;
    const char *id = NULL;
    char size[24];
    ec2_params params;
    int32_t code;

    if (args->location == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a volume is in one location, that of the nodes it "
                           "can be attached to: give it");
    }
    (void)snprintf(size, sizeof size, "%" PRId64, args->size);
    ec2_params_begin(&params, "CreateVolume");
    ec2_add(&params, args->token, "ClientToken");
    ec2_add(&params, args->location, "AvailabilityZone");
    ec2_add(&params, args->size == 0 ? NULL : size, "Size");
    ec2_add(&params, args->snapshot, "SnapshotId");
    ec2_add_plain(&params, args->options, args->option_count, plain);
    ec2_add_tags(&params, 1, "volume", args->name, NULL, 0);
    code = ec2_change(connection, call, &params, PILEUS_REQUEST_IDEMPOTENT,
                      args->snapshot, &response, &volume);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, volume, "volumeId", &id);
    }
    if (code == PILEUS_OK) {
        code = ec2_made(connection, call, PILEUS_KIND_VOLUME, id);
    }
    if (code == PILEUS_OK) {
        code = put_named(call, volume, args->name, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
ec2_destroy_volume(void *connection, pileus_call *call,
                   const pileus_volume *volume, uint64_t flags)
{
    const char *id = pileus_object_id(call, volume);
    ec2_params params;

    (void)flags;
    ec2_params_begin(&params, "DeleteVolume");
    ec2_add(&params, id, "VolumeId");
    return ec2_remove(connection, call, &params, 0, id);
}
