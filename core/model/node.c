/* Nodes, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_node *node)
{
    return (const pil__object *)(const void *)node;
}

pileus_node *
pileus_node_ref(pileus_node *node)
{
    return (pileus_node *)(void *)pil__object_ref(inside(node));
}

void
pileus_node_unref(pileus_node *node)
{
    pil__object_unref(inside(node));
}

const char *
pileus_node_id(const pileus_node *node)
{
    return pil__object_string(inside(node), PILEUS_FIELD_ID, 0);
}

const char *
pileus_node_name(const pileus_node *node)
{
    return pil__object_string(inside(node), PILEUS_FIELD_NAME, 0);
}

pileus_state
pileus_node_state(const pileus_node *node)
{
    return pil__object_state(inside(node), PILEUS_STATE_UNKNOWN);
}

const char *
pileus_node_provider_state(const pileus_node *node)
{
    return pil__object_string(inside(node), PILEUS_FIELD_PROVIDER_STATE, 0);
}

size_t
pileus_node_public_ip_count(const pileus_node *node)
{
    return pil__object_count(inside(node), PILEUS_FIELD_PUBLIC_IP);
}

const char *
pileus_node_public_ip(const pileus_node *node, size_t i)
{
    return pil__object_string(inside(node), PILEUS_FIELD_PUBLIC_IP, i);
}

size_t
pileus_node_private_ip_count(const pileus_node *node)
{
    return pil__object_count(inside(node), PILEUS_FIELD_PRIVATE_IP);
}

const char *
pileus_node_private_ip(const pileus_node *node, size_t i)
{
    return pil__object_string(inside(node), PILEUS_FIELD_PRIVATE_IP, i);
}

const pileus_size *
pileus_node_size(const pileus_node *node)
{
    return (const pileus_size *)(const void *)pil__object_record(
        inside(node), PILEUS_FIELD_SIZE);
}

const pileus_image *
pileus_node_image(const pileus_node *node)
{
    return (const pileus_image *)(const void *)pil__object_record(
        inside(node), PILEUS_FIELD_IMAGE);
}

const char *
pileus_node_location_id(const pileus_node *node)
{
    return pil__object_string(inside(node), PILEUS_FIELD_LOCATION, 0);
}

bool
pileus_node_created_at(const pileus_node *node, int64_t *ns)
{
    return pil__object_integer(inside(node), PILEUS_FIELD_CREATED_AT, ns);
}

const pileus_value *
pileus_node_tags(const pileus_node *node)
{
    return pil__object_tags(inside(node));
}

const void *
pileus_node_blob(const pileus_node *node, size_t *size, uint32_t *format)
{
    return pil__object_blob(inside(node), size, format);
}

const pileus_value *
pileus_node_extra(const pileus_node *node)
{
    return pil__object_extra(pil__object_answer(inside(node)));
}

const char *
pileus_node_uuid(const pileus_node *node)
{
    return pil__object_uuid(inside(node));
}

pileus_connection *
pileus_node_connection(const pileus_node *node)
{
    return pil__object_connection(inside(node));
}
