/* Volumes, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_volume *volume)
{
    return (const pil__object *)(const void *)volume;
}

pileus_volume *
pileus_volume_ref(const pileus_volume *volume)
{
    return (pileus_volume *)(void *)pil__object_ref(inside(volume));
}

void
pileus_volume_unref(const pileus_volume *volume)
{
    pil__object_unref(inside(volume));
}

const char *
pileus_volume_id(const pileus_volume *volume)
{
    return pil__object_string(inside(volume), PILEUS_FIELD_ID, 0);
}

const char *
pileus_volume_name(const pileus_volume *volume)
{
    return pil__object_string(inside(volume), PILEUS_FIELD_NAME, 0);
}

pileus_storage_state
pileus_volume_state(const pileus_volume *volume)
{
    return pil__object_state(inside(volume), PILEUS_VOLUME_UNKNOWN);
}

const char *
pileus_volume_provider_state(const pileus_volume *volume)
{
    return pil__object_string(inside(volume), PILEUS_FIELD_PROVIDER_STATE, 0);
}

bool
pileus_volume_size(const pileus_volume *volume, int64_t *gb)
{
    return pil__object_integer(inside(volume), PILEUS_FIELD_DISK, gb);
}

const char *
pileus_volume_node_id(const pileus_volume *volume)
{
    return pil__object_string(inside(volume), PILEUS_FIELD_NODE, 0);
}

const char *
pileus_volume_location_id(const pileus_volume *volume)
{
    return pil__object_string(inside(volume), PILEUS_FIELD_LOCATION, 0);
}

bool
pileus_volume_created_at(const pileus_volume *volume, int64_t *ns)
{
    return pil__object_integer(inside(volume), PILEUS_FIELD_CREATED_AT, ns);
}

const pileus_value *
pileus_volume_extra(const pileus_volume *volume)
{
    return pil__object_extra(inside(volume));
}

const char *
pileus_volume_uuid(const pileus_volume *volume)
{
    return pil__object_uuid(inside(volume));
}

pileus_connection *
pileus_volume_connection(const pileus_volume *volume)
{
    return pil__object_connection(inside(volume));
}
