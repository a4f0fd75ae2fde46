/* Images of one's own: get, create from a node, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_IMAGES_H
#define PILEUS_IMAGES_H

#include <pileus/compute.h>

PILEUS_BEGIN_DECLS

/* The rules of compute.h hold here as well; listings of images are there. */

/* The image of this id; PILEUS_NOT_FOUND if there is none. */
PILEUS_API pileus_code pileus_image_get(pileus_image **image,
                                        pileus_connection *conn, const char *id,
                                        size_t length, pileus_call *call,
                                        pileus_error **err);

/* Make an image of a node as it is now. description may be NULL. Returns when
 * the provider has accepted it: the image may not be ready yet. */
PILEUS_API pileus_code pileus_image_create(
    pileus_image **image, const pileus_node *node, const char *name,
    const char *description, pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_image_delete(pileus_image *image,
                                           pileus_call *call,
                                           pileus_error **err);

PILEUS_END_DECLS

#endif
