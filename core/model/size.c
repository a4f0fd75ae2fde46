/* Sizes, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_size *size)
{
    return (const pil__object *)(const void *)size;
}

pileus_size *
pileus_size_ref(const pileus_size *size)
{
    return (pileus_size *)(void *)pil__object_ref(inside(size));
}

void
pileus_size_unref(const pileus_size *size)
{
    pil__object_unref(inside(size));
}

const char *
pileus_size_id(const pileus_size *size)
{
    return pil__object_string(inside(size), PILEUS_FIELD_ID, 0);
}

const char *
pileus_size_name(const pileus_size *size)
{
    return pil__object_string(inside(size), PILEUS_FIELD_NAME, 0);
}

bool
pileus_size_ram(const pileus_size *size, int64_t *mib)
{
    return pil__object_integer(inside(size), PILEUS_FIELD_RAM, mib);
}

bool
pileus_size_disk(const pileus_size *size, int64_t *gb)
{
    return pil__object_integer(inside(size), PILEUS_FIELD_DISK, gb);
}

bool
pileus_size_bandwidth(const pileus_size *size, int64_t *gb)
{
    return pil__object_integer(inside(size), PILEUS_FIELD_BANDWIDTH, gb);
}

bool
pileus_size_vcpus(const pileus_size *size, int64_t *count)
{
    return pil__object_integer(inside(size), PILEUS_FIELD_VCPUS, count);
}

bool
pileus_size_price(const pileus_size *size, double *price)
{
    return pil__object_double(inside(size), PILEUS_FIELD_PRICE, price);
}

const pileus_value *
pileus_size_extra(const pileus_size *size)
{
    return pil__object_extra(inside(size));
}

const char *
pileus_size_uuid(const pileus_size *size)
{
    return pil__object_uuid(inside(size));
}

pileus_connection *
pileus_size_connection(const pileus_size *size)
{
    return pil__object_connection(inside(size));
}
