/* Images, which Glance keeps, and Nova makes of servers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

#define IMAGES "/images"

static const os_list_of images = {
    .service = OS_IMAGE,
    .path = IMAGES,
    .items = "images",
    .more = "next",
};

static int32_t
put_image(void *user, pileus_call *call, const pileus_value *image)
{
    static const char *const known[] = {"id", "name", NULL};
    pileus_sink *sink = user;
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, image, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_IMAGE);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, image, "name"));
    pileus_extra_rest(record, call, image, known);
    return pileus_put(record);
}

int32_t
os_list_images(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair conditions[] = {
        {"name", query->name},
        {"visibility", pileus_query_filter(query, "visibility")},
        {"status", pileus_query_filter(query, "status")},
        {"owner", pileus_query_filter(query, "owner")},
    };

    return os_list(connection, call, &images, conditions,
                   sizeof conditions / sizeof conditions[0], put_image, sink);
}

int32_t
os_get_image(void *connection, pileus_call *call, const char *id,
             pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code =
        os_get(connection, call, OS_IMAGE, IMAGES, id, &response, &answer);

    if (code == PILEUS_OK) {
        code = put_image(sink, call, answer);
    }
    pileus_response_free(response);
    return code;
}

/* ---- create_image ---------------------------------------------------------
 */

/* The id of the image that Nova has begun to make: it tells the URL. */
static int32_t
find_made(pileus_call *call, const pileus_response *response, const char **id)
{
    const char *url = pileus_response_header(response, "Location");
    const char *last = url == NULL ? NULL : strrchr(url, '/');

    if (last == NULL || last[1] == '\0') {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "Nova makes the image but does not say which it "
                           "is: see the list of images");
    }
    *id = last + 1;
    return pileus_made(call, PILEUS_KIND_IMAGE, *id);
}

int32_t
os_create_image(void *connection, pileus_call *call, const pileus_node *node,
                const char *name, const char *description, pileus_sink *sink)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_writer *body;
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code = pileus_http_path(call, path, OS_SERVERS,
                                    pileus_object_id(call, node), "action");

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_open_dict(body, "createImage");
    pileus_write_string(body, "name", name);
    if (description != NULL) {
        pileus_write_open_dict(body, "metadata");
        pileus_write_string(body, "description", description);
        pileus_write_close(body);
    }
    pileus_write_close(body);
    code = os_send(connection, call, OS_COMPUTE, "POST", path, body, &response,
                   &answer);
    if (code == PILEUS_OK) {
        code = find_made(call, response, &id);
    }
    if (code == PILEUS_OK) {
        code = os_get_image(connection, call, id, sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
os_delete_image(void *connection, pileus_call *call, const pileus_image *image)
{
    return os_delete(connection, call, OS_IMAGE, 0, IMAGES,
                     pileus_object_id(call, image));
}
