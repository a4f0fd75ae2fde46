/* The store: volumes and their snapshots. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

static int32_t
put_volume(pileus_sink *sink, const thing *at)
{
    pileus_record *record = store_begin(sink, PILEUS_KIND_VOLUME, at);

    pileus_set_state(record, at->state, at->state == 2 ? "in-use" : NULL);
    pileus_set_integer(record, PILEUS_FIELD_DISK, at->size);
    pileus_set_integer(record, PILEUS_FIELD_CREATED_AT,
                       INT64_C(1234567890500000000));
    if (at->belongs[0] != '\0') {
        pileus_set_string(record, PILEUS_FIELD_NODE, at->belongs);
        pileus_extra_string(record, "device", at->about);
    } else {
        pileus_set_string(record, PILEUS_FIELD_LOCATION, at->about);
    }
    pileus_set_blob(record, 1, at->id, strlen(at->id));
    return pileus_put(record);
}

static int32_t
put_snapshot(pileus_sink *sink, const thing *at)
{
    pileus_record *record = store_begin(sink, PILEUS_KIND_SNAPSHOT, at);

    pileus_set_state(record, PILEUS_VOLUME_AVAILABLE, "done");
    pileus_set_integer(record, PILEUS_FIELD_DISK, at->size);
    pileus_set_integer(record, PILEUS_FIELD_CREATED_AT, 0);
    pileus_set_string(record, PILEUS_FIELD_VOLUME, at->belongs);
    return pileus_put(record);
}

static int32_t
store_list_volumes(void *connection, pileus_call *call,
                   const pileus_query_args *query, pileus_sink *sink)
{
    store *self = connection;

    (void)call;
    (void)query;
    return store_put_all(sink, self->volumes, put_volume);
}

static int32_t
store_create_volume(void *connection, pileus_call *call,
                    const pileus_volume_args *args, pileus_sink *sink)
{
    store *self = connection;
    const thing *from = args->snapshot == NULL
                            ? NULL
                            : store_find(self->snapshots, args->snapshot);
    char id[STORE_TEXT];
    int32_t code;
    thing *at;

    if (args->snapshot != NULL && from == NULL) {
        return pileus_fail(call, PILEUS_NOT_FOUND, "no such snapshot");
    }
    (void)snprintf(id, sizeof id, "v-new-%d", ++self->made);
    code = pileus_made(call, PILEUS_KIND_VOLUME, id);
    if (code != PILEUS_OK) {
        return code;
    }
    if (store_acts(self, "made-and-failed")) {
        return pileus_fail(call, PILEUS_UNAVAILABLE, "the line went dead");
    }
    at = store_add(self->volumes, call, id, args->name);
    if (at == NULL) {
        return PILEUS_QUOTA;
    }
    at->state = PILEUS_VOLUME_CREATING;
    at->size = args->size != 0 ? args->size : from != NULL ? from->size : 1;
    store_copy(at->about, args->location);
    return store_put_made(self, sink, at, put_volume);
}

static int32_t
store_destroy_volume(void *connection, pileus_call *call,
                     const pileus_volume *volume, uint64_t flags)
{
    store *self = connection;
    thing *at = store_found(self->volumes, call, volume);

    (void)flags;
    if (at == NULL) {
        return PILEUS_NOT_FOUND;
    }
    if (at->belongs[0] != '\0') {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "volume '%s' is attached: detach it first", at->id);
    }
    at->there = false;
    return PILEUS_OK;
}

static int32_t
store_attach_volume(void *connection, pileus_call *call,
                    const pileus_volume *volume, const pileus_node *node,
                    const char *device)
{
    store *self = connection;
    thing *at = store_found(self->volumes, call, volume);

    if (at == NULL) {
        return PILEUS_NOT_FOUND;
    }
    if (at->belongs[0] != '\0') {
        return pileus_fail(call, PILEUS_CONFLICT,
                           "volume '%s' is attached already", at->id);
    }
    store_copy(at->belongs, pileus_object_id(call, node));
    store_copy(at->about, device);
    at->state = PILEUS_VOLUME_IN_USE;
    return PILEUS_OK;
}

static int32_t
store_detach_volume(void *connection, pileus_call *call,
                    const pileus_volume *volume)
{
    store *self = connection;
    thing *at = store_found(self->volumes, call, volume);

    if (at == NULL) {
        return PILEUS_NOT_FOUND;
    }
    store_copy(at->belongs, NULL);
    store_copy(at->about, NULL);
    at->state = PILEUS_VOLUME_AVAILABLE;
    return PILEUS_OK;
}

static int32_t
store_list_snapshots(void *connection, pileus_call *call,
                     const pileus_volume *volume,
                     const pileus_query_args *query, pileus_sink *sink)
{
    store *self = connection;
    const char *of = volume == NULL ? NULL : pileus_object_id(call, volume);
    int32_t code = PILEUS_OK;

    (void)query;
    for (size_t i = 0; i < STORE_MOST && code == PILEUS_OK; i++) {
        const thing *at = &self->snapshots[i];

        if (at->there && (of == NULL || strcmp(of, at->belongs) == 0)) {
            code = put_snapshot(sink, at);
        }
    }
    return code;
}

static int32_t
store_create_snapshot(void *connection, pileus_call *call,
                      const pileus_volume *volume, const char *name,
                      pileus_sink *sink)
{
    store *self = connection;
    const thing *of = store_found(self->volumes, call, volume);
    char id[STORE_TEXT];
    thing *at;

    if (of == NULL) {
        return PILEUS_NOT_FOUND;
    }
    (void)snprintf(id, sizeof id, "s-new-%d", ++self->made);
    at = store_add(self->snapshots, call, id, name == NULL ? "unnamed" : name);
    if (at == NULL) {
        return PILEUS_QUOTA;
    }
    at->size = of->size;
    store_copy(at->belongs, of->id);
    return store_put_made(self, sink, at, put_snapshot);
}

static int32_t
store_destroy_snapshot(void *connection, pileus_call *call,
                       const pileus_snapshot *snapshot)
{
    store *self = connection;

    return store_forget(self->snapshots, call, snapshot);
}

const pileus_volumes_service store_volumes = {
    .struct_size = sizeof store_volumes,
    .list_volumes = store_list_volumes,
    .create_volume = store_create_volume,
    .destroy_volume = store_destroy_volume,
    .attach_volume = store_attach_volume,
    .detach_volume = store_detach_volume,
    .list_snapshots = store_list_snapshots,
    .create_snapshot = store_create_snapshot,
    .destroy_snapshot = store_destroy_snapshot,
};
