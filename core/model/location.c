/* Locations, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_location *loc)
{
    return (const pil__object *)(const void *)loc;
}

pileus_location *
pileus_location_ref(const pileus_location *loc)
{
    return (pileus_location *)(void *)pil__object_ref(inside(loc));
}

void
pileus_location_unref(const pileus_location *loc)
{
    pil__object_unref(inside(loc));
}

const char *
pileus_location_id(const pileus_location *loc)
{
    return pil__object_string(inside(loc), PILEUS_FIELD_ID, 0);
}

const char *
pileus_location_name(const pileus_location *loc)
{
    return pil__object_string(inside(loc), PILEUS_FIELD_NAME, 0);
}

const char *
pileus_location_country(const pileus_location *loc)
{
    return pil__object_string(inside(loc), PILEUS_FIELD_COUNTRY, 0);
}

const pileus_value *
pileus_location_extra(const pileus_location *loc)
{
    return pil__object_extra(inside(loc));
}

pileus_connection *
pileus_location_connection(const pileus_location *loc)
{
    return pil__object_connection(inside(loc));
}
