/* Images, as the application sees them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

static const pil__object *
inside(const pileus_image *image)
{
    return (const pil__object *)(const void *)image;
}

pileus_image *
pileus_image_ref(const pileus_image *image)
{
    return (pileus_image *)(void *)pil__object_ref(inside(image));
}

void
pileus_image_unref(const pileus_image *image)
{
    pil__object_unref(inside(image));
}

const char *
pileus_image_id(const pileus_image *image)
{
    return pil__object_string(inside(image), PILEUS_FIELD_ID, 0);
}

const char *
pileus_image_name(const pileus_image *image)
{
    return pil__object_string(inside(image), PILEUS_FIELD_NAME, 0);
}

const pileus_value *
pileus_image_extra(const pileus_image *image)
{
    return pil__object_extra(inside(image));
}

const char *
pileus_image_uuid(const pileus_image *image)
{
    return pil__object_uuid(inside(image));
}

pileus_connection *
pileus_image_connection(const pileus_image *image)
{
    return pil__object_connection(inside(image));
}
