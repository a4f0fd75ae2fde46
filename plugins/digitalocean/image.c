/* Images: the provider's, and snapshots of droplets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

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
    pileus_set_name(record, pileus_json_string(call, image, "name"));
    pileus_extra_rest(record, call, image, known);
    return pileus_put(record);
}

/* ---- list_images, get_image ---------------------------------------------- */

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const do_listing *listing = user;

    if (listing->location != NULL &&
        !do_has_word(call, pileus_json_get(call, item, "regions"),
                     listing->location)) {
        return PILEUS_OK;
    }
    return put_image(call, item, listing->sink);
}

int32_t
do_list_images(void *connection, pileus_call *call,
               const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair conditions[] = {
        {"type", pileus_query_filter(query, "type")},
        {"private", pileus_query_filter(query, "private")},
    };
    do_listing listing = {
        .sink = sink,
        .location = query->location,
    };

    return do_list(connection, call, "/v2/images", conditions,
                   sizeof conditions / sizeof conditions[0], "images",
                   put_listed, &listing);
}

int32_t
do_get_image(void *connection, pileus_call *call, const char *id,
             pileus_sink *sink)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int32_t code = pileus_http_path(call, path, "/v2/images", id, NULL);

    if (code == PILEUS_OK) {
        code = do_send(connection, call, "GET", path, NULL, &response, &answer);
    }
    if (code == PILEUS_OK) {
        code = put_image(call, pileus_json_get(call, answer, "image"), sink);
    }
    pileus_response_free(response);
    return code;
}

/* ---- create_image -------------------------------------------------------- */

/* The action does not tell which image it makes: it is the newest of the
 * droplet's snapshots with that name. */
typedef struct search {
    const char *name;
    int64_t newest; /* ids grow */
} search;

static int32_t
look_at_snapshot(void *user, pileus_call *call, const pileus_value *item)
{
    search *wanted = user;
    const char *name = pileus_json_string(call, item, "name");
    int64_t id;

    if (name != NULL && strcmp(name, wanted->name) == 0 &&
        pileus_json_integer(call, item, "id", &id) && id > wanted->newest) {
        wanted->newest = id;
    }
    return PILEUS_OK;
}

static int32_t
find_snapshot(const do_connection *connection, pileus_call *call,
              const char *droplet, const char *name, int64_t *id)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    search wanted = {.name = name, .newest = 0};
    int32_t code = do_droplet_path(path, call, droplet, "snapshots");

    if (code == PILEUS_OK) {
        code = do_list(connection, call, path, NULL, 0, "snapshots",
                       look_at_snapshot, &wanted);
    }
    *id = wanted.newest;
    return code;
}

/* Take a snapshot, and wait for it. */
static int32_t
take_snapshot(const do_connection *connection, pileus_call *call,
              const char *droplet, const char *name)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    char action[DO_ACTION_ID_SIZE];
    pileus_writer *body;
    int32_t code = do_droplet_path(path, call, droplet, "actions");

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_string(body, "type", "snapshot");
    pileus_write_string(body, "name", name);
    code = do_action(connection, call, path, body, action);
    return code == PILEUS_OK
               ? do_follow(connection, call, action, "taking the snapshot")
               : code;
}

int32_t
do_create_image(void *connection, pileus_call *call, const pileus_node *node,
                const char *name, const char *description, pileus_sink *sink)
{
    const char *droplet = pileus_object_id(call, node);
    char id[24];
    int64_t number = 0;
    int32_t code;

    if (description != NULL) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "snapshots of droplets have no description: leave "
                           "it out, and say it in the name");
    }
    code = take_snapshot(connection, call, droplet, name);
    if (code == PILEUS_OK) {
        code = find_snapshot(connection, call, droplet, name, &number);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    if (number == 0) {
        return pileus_fail(call, PILEUS_PROTOCOL,
                           "DigitalOcean took the snapshot '%s', yet lists "
                           "none of that name: look at the list of images",
                           name);
    }
    (void)snprintf(id, sizeof id, "%lld", (long long)number);
    code = pileus_made(call, PILEUS_KIND_IMAGE, id);
    return code == PILEUS_OK ? do_get_image(connection, call, id, sink) : code;
}

int32_t
do_delete_image(void *connection, pileus_call *call, const pileus_image *image)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = pileus_http_path(call, path, "/v2/images",
                                    pileus_object_id(call, image), NULL);

    return code == PILEUS_OK
               ? do_send(connection, call, "DELETE", path, NULL, NULL, NULL)
               : code;
}
