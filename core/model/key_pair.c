/* Key pairs, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_key_pair *pair)
{
    return (const pil__object *)(const void *)pair;
}

pileus_key_pair *
pileus_key_pair_ref(const pileus_key_pair *pair)
{
    return (pileus_key_pair *)(void *)pil__object_ref(inside(pair));
}

void
pileus_key_pair_unref(const pileus_key_pair *pair)
{
    pil__object_unref(inside(pair));
}

const char *
pileus_key_pair_id(const pileus_key_pair *pair)
{
    return pil__object_string(inside(pair), PILEUS_FIELD_ID, 0);
}

const char *
pileus_key_pair_name(const pileus_key_pair *pair)
{
    return pil__object_string(inside(pair), PILEUS_FIELD_NAME, 0);
}

const char *
pileus_key_pair_fingerprint(const pileus_key_pair *pair)
{
    return pil__object_string(inside(pair), PILEUS_FIELD_FINGERPRINT, 0);
}

const char *
pileus_key_pair_public_key(const pileus_key_pair *pair)
{
    return pil__object_string(inside(pair), PILEUS_FIELD_PUBLIC_KEY, 0);
}

const char *
pileus_key_pair_private_key(const pileus_key_pair *pair)
{
    return pil__object_string(inside(pair), PILEUS_FIELD_PRIVATE_KEY, 0);
}

const pileus_value *
pileus_key_pair_extra(const pileus_key_pair *pair)
{
    return pil__object_extra(inside(pair));
}

pileus_connection *
pileus_key_pair_connection(const pileus_key_pair *pair)
{
    return pil__object_connection(inside(pair));
}
