/* Snapshots of volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"

#define GIB (INT64_C(1) << 30)

static const cs_extra extras[] = {
    {"name", "name", false},
    {"tags", "tags", false},
    {"volumeid", "volume_id", true},
    {"volumename", "volume_name", false},
    {"volumetype", "volume_type", false},
    {"snapshottype", "snapshot_type", false},
    {"intervaltype", "interval_type", false},
    {"created", "created", false},
    {"physicalsize", "physical_size", false},
    {"virtualsize", "virtual_size", false},
    {"revertable", "revertable", false},
    {"zoneid", "zone_id", true},
    {"account", "account", false},
    {"domain", "domain", false},
    {"domainid", "domain_id", true},
};

static pileus_storage_state
state_of(const char *word)
{
    static const struct {
        const char *word;
        pileus_storage_state state;
    } states[] = {
        {"Allocated", PILEUS_VOLUME_CREATING},
        {"Creating", PILEUS_VOLUME_CREATING},
        {"CreatedOnPrimary", PILEUS_VOLUME_AVAILABLE},
        {"BackingUp", PILEUS_VOLUME_BACKUP},
        {"BackedUp", PILEUS_VOLUME_AVAILABLE},
        {"Copying", PILEUS_VOLUME_UPDATING},
        {"Destroying", PILEUS_VOLUME_DELETING},
        {"Destroyed", PILEUS_VOLUME_DELETED},
        {"Error", PILEUS_VOLUME_ERROR},
    };

    for (size_t i = 0; word != NULL && i < sizeof states / sizeof *states;
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_VOLUME_UNKNOWN;
}

static int32_t
put_snapshot(pileus_call *call, const pileus_value *snapshot, pileus_sink *sink)
{
    const char *id = NULL;
    const char *word = pileus_json_string(call, snapshot, "state");
    int64_t number;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, snapshot, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_SNAPSHOT);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, snapshot, "name"));
    pileus_set_state(record, state_of(word), word);
    pileus_set_string(record, PILEUS_FIELD_VOLUME,
                      pileus_json_text(call, snapshot, "volumeid"));
    if (pileus_json_integer(call, snapshot, "virtualsize", &number) &&
        number >= 0) {
        pileus_set_integer(record, PILEUS_FIELD_DISK,
                           number / GIB + (number % GIB != 0));
    }
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, snapshot,
                         "created");
    cs_set_extra(call, record, snapshot, extras,
                 sizeof extras / sizeof *extras);
    return pileus_put(record);
}

static int32_t
put(void *user, pileus_call *call, const pileus_value *snapshot)
{
    return put_snapshot(call, snapshot, user);
}

int32_t
cs_list_snapshots(void *connection, pileus_call *call,
                  const pileus_volume *volume, const pileus_query_args *query,
                  pileus_sink *sink)
{
    cs_params params;

    cs_params_begin(&params, connection, "listSnapshots");
    cs_params_add(&params, "name", query->name);
    if (volume != NULL) {
        cs_params_add(&params, "volumeid", pileus_object_id(call, volume));
    }
    return cs_list(connection, call, &params, "snapshot", put, sink);
}

int32_t
cs_create_snapshot(void *connection, pileus_call *call,
                   const pileus_volume *volume, const char *name,
                   pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *result = NULL;
    cs_params params;
    int32_t code;

    cs_params_begin(&params, NULL, "createSnapshot");
    cs_params_add(&params, "volumeid", pileus_object_id(call, volume));
    cs_params_add(&params, "name", name);
    code = cs_do(connection, call, &params, "taking the snapshot",
                 PILEUS_KIND_SNAPSHOT, &response, &result);
    if (code == PILEUS_OK) {
        code =
            put_snapshot(call, pileus_json_get(call, result, "snapshot"), sink);
        pileus_response_free(response);
    }
    return code;
}

int32_t
cs_destroy_snapshot(void *connection, pileus_call *call,
                    const pileus_snapshot *snapshot)
{
    cs_params params;

    cs_params_begin(&params, NULL, "deleteSnapshot");
    cs_params_add(&params, "id", pileus_object_id(call, snapshot));
    return cs_do(connection, call, &params, "destroying the snapshot", 0, NULL,
                 NULL);
}
