/* Compute's list_images: the volumes of the active storage pools. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "images.h"

#include "job.h"
#include "uses.h"

#include <stdlib.h>

typedef struct imaging {
    lv_job job;
    lv_uses uses; /* constant once the first image is given */
} imaging;

static bool
is_own_disk(const lv_uses *uses, const lv_volume *volume)
{
    for (size_t i = 0; i < uses->count; i++) {
        if (uses->list[i].own && lv_use_is_of(&uses->list[i], volume)) {
            return true;
        }
    }
    return false;
}

/* Can a disk be copied from it? A directory cannot be one. */
static bool
is_image(const imaging *self, const lv_volume *volume)
{
    bool is_directory =
        volume->type != NULL && (strcmp(volume->type, "dir") == 0 ||
                                 strcmp(volume->type, "netdir") == 0 ||
                                 strcmp(volume->type, "ploop") == 0);

    return !is_directory && !is_own_disk(&self->uses, volume);
}

/* Read one volume and hand it over. A volume that has vanished is no failure.
 * False: that is enough. */
static bool
give(imaging *self, virStorageVolPtr from, const char *pool)
{
    lv_failure *failure = &self->job.failure;
    lv_volume *volume = calloc(1, sizeof *volume);

    if (volume == NULL) {
        return lv_no_memory(failure);
    }
    if (!lv_volume_read(volume, from, pool, failure)) {
        free(volume);
        if (failure->code != PILEUS_NOT_FOUND) {
            return false;
        }
        lv_failure_clear(failure);
        return true;
    }
    if (is_image(self, volume) && lv_job_give(&self->job, volume)) {
        return true; /* the taker has it now */
    }
    lv_volume_clear(volume);
    free(volume);
    return !lv_job_is_abandoned(&self->job);
}

static bool
give_pool(imaging *self, virStoragePoolPtr pool)
{
    const char *name = virStoragePoolGetName(pool);
    virStorageVolPtr *list = NULL;
    int count = virStoragePoolListAllVolumes(pool, &list, 0);
    bool go_on = true;

    if (count < 0) {
        int number = lv_last_number();

        /* Gone, or stopped, since the pools were listed. */
        return number == VIR_ERR_NO_STORAGE_POOL ||
                       number == VIR_ERR_OPERATION_INVALID
                   ? true
                   : lv_failed(&self->job.failure,
                               "list the volumes of pool %s", name);
    }
    for (int i = 0; i < count; i++) {
        go_on = go_on && give(self, list[i], name);
        (void)virStorageVolFree(list[i]);
    }
    free(list);
    return go_on;
}

static void
give_named_pool(imaging *self, const char *name)
{
    virStoragePoolPtr pool = virStoragePoolLookupByName(self->job.virt, name);
    int active = pool == NULL ? -1 : virStoragePoolIsActive(pool);

    if (active < 0) {
        (void)lv_failed(&self->job.failure,
                        "list images of pool %s, which the option pool names",
                        name);
    } else if (active == 0) {
        (void)lv_refuse(&self->job.failure, PILEUS_CONFLICT,
                        "cannot list images of pool %s, because it is not "
                        "active: start it with \"virsh pool-start %s\"",
                        name, name);
    } else {
        (void)give_pool(self, pool);
    }
    if (pool != NULL) {
        (void)virStoragePoolFree(pool);
    }
}

static void
imaging_run(lv_job *job)
{
    imaging *self = (imaging *)job;
    const char *only = job->connection->settings.pool;
    virStoragePoolPtr *pools = NULL;
    bool go_on = true;
    int count;

    if (!lv_uses_find(&self->uses, job->virt, &job->failure)) {
        return;
    }
    if (only != NULL) {
        give_named_pool(self, only);
        return;
    }
    count = virConnectListAllStoragePools(
        job->virt, &pools, VIR_CONNECT_LIST_STORAGE_POOLS_ACTIVE);
    if (count < 0) {
        (void)lv_failed(&job->failure, "list the storage pools");
        return;
    }
    for (int i = 0; i < count; i++) {
        go_on = go_on && give_pool(self, pools[i]);
        (void)virStoragePoolFree(pools[i]);
    }
    free(pools);
}

static void
imaging_free(lv_job *job)
{
    lv_uses_free(&((imaging *)job)->uses);
}

static const lv_job_kind imaging_kind = {
    .size = sizeof(imaging),
    .doing = "listing the images",
    .grace_ms = 200,
    .run = imaging_run,
    .free = imaging_free,
};

static void
extra(pileus_record *record, const char *key, const char *value)
{
    if (value != NULL) {
        pileus_extra_string(record, key, value);
    }
}

static int32_t
put(const lv_volume *volume, const lv_uses *uses, pileus_sink *sink)
{
    pileus_record *record = pileus_begin(sink, PILEUS_KIND_IMAGE);
    char id[2 * PILEUS_ID_MAX]; /* too long a one is refused, not cut */

    (void)snprintf(id, sizeof id, "%s/%s", volume->pool, volume->name);
    pileus_set_id(record, id);
    pileus_set_name(record, volume->name);
    extra(record, "pool", volume->pool);
    extra(record, "path", volume->path);
    extra(record, "key", volume->key);
    extra(record, "type", volume->type);
    extra(record, "format", volume->format);
    if (volume->capacity >= 0) {
        pileus_extra_integer(record, "capacity", volume->capacity);
    }
    if (volume->allocation >= 0) {
        pileus_extra_integer(record, "allocation", volume->allocation);
    }
    pileus_extra_open_list(record, "used_by");
    for (size_t i = 0; i < uses->count; i++) {
        if (lv_use_is_of(&uses->list[i], volume)) {
            pileus_extra_string(record, NULL, uses->list[i].domain);
        }
    }
    pileus_extra_close(record);
    return pileus_put(record);
}

int32_t
lv_list_images(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    imaging *self;
    int32_t code;

    if (lv_is_elsewhere(connection, query)) {
        return PILEUS_OK;
    }
    self = lv_job_new(call, &imaging_kind, connection);
    if (self == NULL) {
        return PILEUS_NO_MEMORY;
    }
    code = lv_job_start(call, &self->job);
    while (code == PILEUS_OK) {
        void *item = NULL;

        code = lv_job_next(call, &self->job, &item);
        if (code != PILEUS_OK || item == NULL) {
            break;
        }
        code = put(item, &self->uses, sink);
        lv_volume_clear(item);
        free(item);
    }
    lv_job_end(&self->job);
    return code;
}
