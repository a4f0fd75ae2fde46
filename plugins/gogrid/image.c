/* Images: GoGrid's, and servers that were saved. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

static int32_t
put_image(void *user, pileus_call *call, const pileus_value *image)
{
    static const char *const known[] = {"id", "friendlyName", "object", NULL};
    const char *id = NULL;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, image, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(user, PILEUS_KIND_IMAGE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, image, "friendlyName"));
    pileus_extra_rest(record, call, image, known);
    return pileus_put(record);
}

int32_t
gg_list_images(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair place = {"datacenter", query->location};

    return gg_list(connection, call, "/grid/image/list", &place, 1, put_image,
                   sink);
}

int32_t
gg_create_image(void *connection, pileus_call *call, const pileus_node *node,
                const char *name, const char *description, pileus_sink *sink)
{
    char server[GG_ADDRESS_SIZE];
    const pileus_pair query[] = {
        {"server", server},
        {"friendlyName", name},
        {"description", description},
    };
    pileus_response *response = NULL;
    const pileus_value *image = NULL;
    const char *id = NULL;
    int32_t code = gg_node_id(connection, call, node, server);

    if (code == PILEUS_OK) {
        code = gg_change(connection, call, "/grid/image/save", query, 3,
                         &response, &image);
    }
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, image, "id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_IMAGE, id);
    }
    if (code == PILEUS_OK) {
        code = put_image(sink, call, image);
    }
    pileus_response_free(response);
    return code;
}

int32_t
gg_delete_image(void *connection, pileus_call *call, const pileus_image *image)
{
    const pileus_pair by_id = {"id", pileus_object_id(call, image)};

    return gg_do(connection, call, "/grid/image/delete", &by_id, 1);
}
