/* Images: the provider's, and snapshots and backups of servers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#define IMAGES "/images"

const char *
hz_image_name(pileus_call *call, const pileus_value *image)
{
    const char *name = pileus_json_string(call, image, "name");

    return name != NULL ? name : pileus_json_string(call, image, "description");
}

static int32_t
put_image(pileus_call *call, const pileus_value *image, pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", NULL};
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, image, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_IMAGE);
    pileus_set_id(record, id);
    pileus_set_name(record, hz_image_name(call, image));
    pileus_extra_rest(record, call, image, known);
    return pileus_put(record);
}

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const hz_listing *listing = user;

    return put_image(call, item, listing->sink);
}

int32_t
hz_list_images(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair conditions[] = {
        {"type", pileus_query_filter(query, "type")},
        {"architecture", pileus_query_filter(query, "architecture")},
    };
    hz_listing listing = {.sink = sink};

    return hz_list(connection, call, "images", conditions,
                   sizeof conditions / sizeof conditions[0], put_listed,
                   &listing);
}

int32_t
hz_get_image(void *connection, pileus_call *call, const char *id,
             pileus_sink *sink)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = pileus_http_path(call, path, IMAGES, id, NULL);

    if (code == PILEUS_OK) {
        code = hz_send(connection, call, "GET", path, NULL, &response, &answer);
    }
    if (code == PILEUS_OK) {
        code = put_image(call, pileus_json_get(call, answer, "image"), sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
hz_create_image(void *connection, pileus_call *call, const pileus_node *node,
                const char *name, const char *description, pileus_sink *sink)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_writer *body;
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code;

    if (description != NULL) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "a snapshot at Hetzner Cloud has one text, which "
                           "the name is: leave the description out");
    }
    code =
        pileus_http_path(call, path, HZ_SERVERS, pileus_object_id(call, node),
                         "actions/create_image");
    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_string(body, "type", "snapshot");
    pileus_write_string(body, "description", name);
    code = hz_send(connection, call, "POST", path, body, &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "image.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_IMAGE, id);
    }
    if (code == PILEUS_OK) {
        code = hz_check_action(call, answer, "action");
    }
    if (code == PILEUS_OK) {
        code = put_image(call, pileus_json_get(call, answer, "image"), sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
hz_delete_image(void *connection, pileus_call *call, const pileus_image *image)
{
    return hz_delete(connection, call, IMAGES, pileus_object_id(call, image));
}
