/* The store: images. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/store/store.h"

static int32_t
put_image(pileus_sink *sink, const thing *at)
{
    pileus_record *record = store_begin(sink, PILEUS_KIND_IMAGE, at);

    pileus_extra_string(record, "node", at->belongs);
    pileus_extra_string(record, "description", at->about);
    return pileus_put(record);
}

int32_t
store_list_images(void *connection, pileus_call *call,
                  const pileus_query_args *query, pileus_sink *sink)
{
    store *self = connection;

    (void)call;
    (void)query;
    return store_put_all(sink, self->images, put_image);
}

static int32_t
store_create_image(void *connection, pileus_call *call, const pileus_node *node,
                   const char *name, const char *description, pileus_sink *sink)
{
    store *self = connection;
    char id[STORE_TEXT];
    int32_t code;
    thing *at;

    (void)snprintf(id, sizeof id, "i-new-%d", ++self->made);
    code = pileus_made(call, PILEUS_KIND_IMAGE, id);
    if (code != PILEUS_OK) {
        return code;
    }
    at = store_add(self->images, call, id, name);
    if (at == NULL) {
        return PILEUS_QUOTA;
    }
    store_copy(at->belongs, pileus_object_id(call, node));
    store_copy(at->about, description);
    return store_put_made(self, sink, at, put_image);
}

static int32_t
store_delete_image(void *connection, pileus_call *call,
                   const pileus_image *image)
{
    store *self = connection;

    return store_forget(self->images, call, image);
}

/* The core can do without it. */
#ifndef STORE_PLAIN
static int32_t
store_get_image(void *connection, pileus_call *call, const char *id,
                pileus_sink *sink)
{
    store *self = connection;

    return store_get(self->images, call, id, put_image, sink);
}
#else
#define store_get_image NULL
#endif

const pileus_images_service store_images = {
    .struct_size = sizeof store_images,
    .get_image = store_get_image,
    .create_image = store_create_image,
    .delete_image = store_delete_image,
};
