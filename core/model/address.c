/* Addresses, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_address *address)
{
    return (const pil__object *)(const void *)address;
}

pileus_address *
pileus_address_ref(const pileus_address *address)
{
    return (pileus_address *)(void *)pil__object_ref(inside(address));
}

void
pileus_address_unref(const pileus_address *address)
{
    pil__object_unref(inside(address));
}

const char *
pileus_address_id(const pileus_address *address)
{
    return pil__object_string(inside(address), PILEUS_FIELD_ID, 0);
}

const char *
pileus_address_name(const pileus_address *address)
{
    return pil__object_string(inside(address), PILEUS_FIELD_NAME, 0);
}

const char *
pileus_address_ip(const pileus_address *address)
{
    return pil__object_string(inside(address), PILEUS_FIELD_IP, 0);
}

const char *
pileus_address_pool(const pileus_address *address)
{
    return pil__object_string(inside(address), PILEUS_FIELD_POOL, 0);
}

const char *
pileus_address_node_id(const pileus_address *address)
{
    return pil__object_string(inside(address), PILEUS_FIELD_NODE, 0);
}

const pileus_value *
pileus_address_extra(const pileus_address *address)
{
    return pil__object_extra(inside(address));
}

pileus_connection *
pileus_address_connection(const pileus_address *address)
{
    return pil__object_connection(inside(address));
}
