/* One image: get, create from a node, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/error.h"
#include "core/model/check.h"

#include <pileus/images.h>

pileus_code
pileus_image_get(pileus_image **image, pileus_connection *conn, const char *id,
                 size_t length, pileus_call *call, pileus_error **err)
{
    pil__object *object = NULL;
    pileus_code code = pil__get(image == NULL ? NULL : &object, conn,
                                PILEUS_KIND_IMAGE, id, length, call, err);

    if (code == PILEUS_OK) {
        *image = (pileus_image *)object;
    }
    return code;
}

pileus_code
pileus_image_create(pileus_image **image, const pileus_node *node,
                    const char *name, const char *description,
                    pileus_call *call, pileus_error **err)
{
    pil__one one;
    pileus_code code = pil__one_place(image, PILEUS_KIND_IMAGE, err);

    if (code == PILEUS_OK) {
        code = pil__check_name("the image's name", name, err);
    }
    if (code == PILEUS_OK && description != NULL) {
        code = pil__check_text("the image's description", description,
                               PILEUS_STRING_MAX, err);
    }
    if (code == PILEUS_OK) {
        code = pil__enter_verb(&one.operation, node, PILEUS_KIND_NODE, "images",
                               "create_image", call, err);
    }
    if (code == PILEUS_OK) {
        code = pil__admit(&one.operation, "description", description, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    pil__one_begin(&one, PILEUS_KIND_IMAGE);
    code = pil__one_end(&one,
                        one.operation.conn->instance->images.create_image(
                            one.operation.conn->state, one.operation.call, node,
                            name, description, &one.sink),
                        err);
    if (code == PILEUS_OK) {
        *image = (pileus_image *)one.object;
    }
    return code;
}

pileus_code
pileus_image_delete(pileus_image *image, pileus_call *call, pileus_error **err)
{
    pil__operation operation;
    pileus_code code = pil__enter_verb(&operation, image, PILEUS_KIND_IMAGE,
                                       "images", "delete_image", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation,
                      operation.conn->instance->images.delete_image(
                          operation.conn->state, operation.call, image),
                      err);
}
