/* Snapshots, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_snapshot *snapshot)
{
    return (const pil__object *)(const void *)snapshot;
}

pileus_snapshot *
pileus_snapshot_ref(const pileus_snapshot *snapshot)
{
    return (pileus_snapshot *)(void *)pil__object_ref(inside(snapshot));
}

void
pileus_snapshot_unref(const pileus_snapshot *snapshot)
{
    pil__object_unref(inside(snapshot));
}

const char *
pileus_snapshot_id(const pileus_snapshot *snapshot)
{
    return pil__object_string(inside(snapshot), PILEUS_FIELD_ID, 0);
}

const char *
pileus_snapshot_name(const pileus_snapshot *snapshot)
{
    return pil__object_string(inside(snapshot), PILEUS_FIELD_NAME, 0);
}

pileus_storage_state
pileus_snapshot_state(const pileus_snapshot *snapshot)
{
    return pil__object_state(inside(snapshot), PILEUS_VOLUME_UNKNOWN);
}

const char *
pileus_snapshot_provider_state(const pileus_snapshot *snapshot)
{
    return pil__object_string(inside(snapshot), PILEUS_FIELD_PROVIDER_STATE, 0);
}

bool
pileus_snapshot_size(const pileus_snapshot *snapshot, int64_t *gb)
{
    return pil__object_integer(inside(snapshot), PILEUS_FIELD_DISK, gb);
}

const char *
pileus_snapshot_volume_id(const pileus_snapshot *snapshot)
{
    return pil__object_string(inside(snapshot), PILEUS_FIELD_VOLUME, 0);
}

bool
pileus_snapshot_created_at(const pileus_snapshot *snapshot, int64_t *ns)
{
    return pil__object_integer(inside(snapshot), PILEUS_FIELD_CREATED_AT, ns);
}

const pileus_value *
pileus_snapshot_extra(const pileus_snapshot *snapshot)
{
    return pil__object_extra(inside(snapshot));
}

pileus_connection *
pileus_snapshot_connection(const pileus_snapshot *snapshot)
{
    return pil__object_connection(inside(snapshot));
}
