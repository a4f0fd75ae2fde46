/* Volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"

#include <stdlib.h>

#define GIB (INT64_C(1) << 30)

static const cs_extra extras[] = {
    {"created", "created", false},
    {"deviceid", "device_id", false},
    {"virtualmachineid", "instance_id", true},
    {"serviceofferingid", "serviceoffering_id", true},
    {"state", "state", false},
    {"type", "volume_type", false},
    {"zoneid", "zone_id", true},
    {"zonename", "zone_name", false},
    {"size", "size", false},
    {"diskofferingid", "disk_offering_id", true},
    {"diskofferingname", "disk_offering_name", false},
    {"attached", "attached", false},
    {"storage", "storage", false},
    {"storagetype", "storage_type", false},
    {"hypervisor", "hypervisor", false},
    {"vmname", "instance_name", false},
    {"vmstate", "instance_state", false},
    {"snapshotid", "snapshot_id", true},
    {"account", "account", false},
    {"domain", "domain", false},
    {"domainid", "domain_id", true},
    {"project", "project", false},
    {"projectid", "project_id", true},
};

static pileus_storage_state
state_of(const char *word, bool attached)
{
    static const struct {
        const char *word;
        pileus_storage_state state;
    } states[] = {
        {"Creating", PILEUS_VOLUME_CREATING},
        {"Allocated", PILEUS_VOLUME_AVAILABLE},
        {"Ready", PILEUS_VOLUME_AVAILABLE},
        {"Attaching", PILEUS_VOLUME_ATTACHING},
        {"Snapshotting", PILEUS_VOLUME_BACKUP},
        {"RevertSnapshotting", PILEUS_VOLUME_UPDATING},
        {"Resizing", PILEUS_VOLUME_UPDATING},
        {"Copying", PILEUS_VOLUME_UPDATING},
        {"Restoring", PILEUS_VOLUME_UPDATING},
        {"Migrating", PILEUS_VOLUME_MIGRATING},
        {"Destroy", PILEUS_VOLUME_DELETED},
        {"Destroying", PILEUS_VOLUME_DELETING},
        {"Expunging", PILEUS_VOLUME_DELETING},
        {"Expunged", PILEUS_VOLUME_DELETED},
        {"UploadOp", PILEUS_VOLUME_CREATING},
        {"NotUploaded", PILEUS_VOLUME_CREATING},
        {"UploadInProgress", PILEUS_VOLUME_CREATING},
        {"Uploaded", PILEUS_VOLUME_AVAILABLE},
        {"UploadError", PILEUS_VOLUME_ERROR},
        {"UploadAbandoned", PILEUS_VOLUME_ERROR},
    };

    for (size_t i = 0; word != NULL && i < sizeof states / sizeof *states;
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state == PILEUS_VOLUME_AVAILABLE && attached
                       ? PILEUS_VOLUME_IN_USE
                       : states[i].state;
        }
    }
    return PILEUS_VOLUME_UNKNOWN;
}

static int32_t
put_volume(pileus_call *call, const pileus_value *volume, pileus_sink *sink)
{
    const char *id = NULL;
    const char *node = pileus_json_text(call, volume, "virtualmachineid");
    const char *word = pileus_json_string(call, volume, "state");
    int64_t number;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, volume, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_VOLUME);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, volume, "name"));
    pileus_set_state(record, state_of(word, node != NULL), word);
    if (pileus_json_integer(call, volume, "size", &number) && number >= 0) {
        /* In bytes; what has begun counts. */
        pileus_set_integer(record, PILEUS_FIELD_DISK,
                           number / GIB + (number % GIB != 0));
    }
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_text(call, volume, "zoneid"));
    pileus_set_string(record, PILEUS_FIELD_NODE, node);
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, volume,
                         "created");
    cs_set_extra(call, record, volume, extras, sizeof extras / sizeof *extras);
    return pileus_put(record);
}

static int32_t
put(void *user, pileus_call *call, const pileus_value *volume)
{
    return put_volume(call, volume, user);
}

int32_t
cs_list_volumes(void *connection, pileus_call *call,
                const pileus_query_args *query, pileus_sink *sink)
{
    const char *id = query->id_count == 1 ? query->ids[0] : NULL;
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listVolumes");
    cs_params_add(&params, "id", id);
    cs_params_add(&params, "name", query->name);
    cs_params_add(&params, "zoneid", query->location);
    code = cs_list(connection, call, &params, "volume", put, sink);
    /* To CloudStack, asking for an id that there is not is a mistake. */
    return code == PILEUS_NOT_FOUND && id != NULL ? PILEUS_OK : code;
}

/* ---- making ---------------------------------------------------------------
 */

int32_t
cs_volume_capability(const char *argument)
{
    static const char *const known[] = {"name", "size", "location", "snapshot",
                                        "disk-offering"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(argument, known[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_NO;
}

static const char *
offering_of(const pileus_volume_args *args)
{
    return pileus_pair_value(args->options, args->option_count,
                             "disk-offering");
}

static int32_t
make_volume(const cs_connection *connection, pileus_call *call,
            const pileus_volume_args *args, const char *zone,
            const char *offering, bool open, pileus_sink *sink)
{
    char size[24];
    pileus_response *response = NULL;
    const pileus_value *result = NULL;
    cs_params params;
    int32_t code;

    (void)snprintf(size, sizeof size, "%lld", (long long)args->size);
    cs_params_begin(&params, connection, "createVolume");
    cs_params_add(&params, "name", args->name);
    cs_params_add(&params, "diskOfferingId", offering);
    cs_params_add(&params, "size", open && args->size > 0 ? size : NULL);
    cs_params_add(&params, "snapshotid", args->snapshot);
    cs_params_add(&params, "zoneId", zone);
    code = cs_do(connection, call, &params, "making the volume",
                 PILEUS_KIND_VOLUME, &response, &result);
    if (code == PILEUS_OK) {
        code = put_volume(call, pileus_json_get(call, result, "volume"), sink);
        pileus_response_free(response);
    }
    return code;
}

int32_t
cs_create_volume(void *connection, pileus_call *call,
                 const pileus_volume_args *args, pileus_sink *sink)
{
    const char *wanted = offering_of(args);
    char *offering = NULL;
    char *zone = NULL;
    bool open = false;
    int32_t code = PILEUS_OK;

    /* A copy of a snapshot needs neither a zone nor an offering. */
    if (args->snapshot == NULL || wanted != NULL) {
        code = cs_find_offering(connection, call, args->size, wanted, &offering,
                                &open);
    }
    if (code == PILEUS_OK && args->location == NULL && args->snapshot == NULL) {
        code = cs_first_zone(connection, call, &zone);
    }
    if (code == PILEUS_OK) {
        code = make_volume(connection, call, args,
                           args->location == NULL ? zone : args->location,
                           offering, open, sink);
    }
    free(offering);
    free(zone);
    return code;
}

/* ---- the rest -------------------------------------------------------------
 */

int32_t
cs_destroy_volume(void *connection, pileus_call *call,
                  const pileus_volume *volume, uint64_t flags)
{
    cs_params params;

    (void)flags; /* none yet */
    cs_params_begin(&params, NULL, "deleteVolume");
    cs_params_add(&params, "id", pileus_object_id(call, volume));
    return cs_do(connection, call, &params, "destroying the volume", 0, NULL,
                 NULL);
}

/* CloudStack counts devices: /dev/vda is 0, /dev/vdb is 1. */
static int32_t
device_number(pileus_call *call, const char *device, char number[8])
{
    static const char *const begins[] = {"/dev/vd", "/dev/xvd", "/dev/sd",
                                         "/dev/hd"};

    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t length = strlen(begins[i]);

        if (strncmp(device, begins[i], length) == 0 && device[length] >= 'a' &&
            device[length] <= 'z' && device[length + 1] == '\0') {
            (void)snprintf(number, 8, "%d", device[length] - 'a');
            return PILEUS_OK;
        }
    }
    return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                       "the device is '%.64s': give one such as /dev/vdb, or "
                       "none",
                       device);
}

int32_t
cs_attach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume, const pileus_node *node,
                 const char *device)
{
    char number[8];
    cs_params params;
    int32_t code = PILEUS_OK;

    cs_params_begin(&params, NULL, "attachVolume");
    cs_params_add(&params, "id", pileus_object_id(call, volume));
    cs_params_add(&params, "virtualMachineId", pileus_object_id(call, node));
    if (device != NULL) {
        code = device_number(call, device, number);
        cs_params_add(&params, "deviceid", number);
    }
    return code == PILEUS_OK ? cs_do(connection, call, &params,
                                     "attaching the volume", 0, NULL, NULL)
                             : code;
}

int32_t
cs_detach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume)
{
    cs_params params;

    cs_params_begin(&params, NULL, "detachVolume");
    cs_params_add(&params, "id", pileus_object_id(call, volume));
    return cs_do(connection, call, &params, "detaching the volume", 0, NULL,
                 NULL);
}
