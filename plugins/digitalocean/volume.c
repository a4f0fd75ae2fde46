/* Volumes: block storage. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

#include <stdlib.h>

/* The least size of a volume, in GiB. */
#define SIZE_LEAST 1

static int32_t
volume_path(char path[PILEUS_HTTP_PATH_SIZE], pileus_call *call,
            const pileus_volume *volume, const char *after)
{
    return pileus_http_path(call, path, "/v2/volumes",
                            pileus_object_id(call, volume), after);
}

/* DigitalOcean has no states of volumes: what it is attached to tells. */
static int32_t
put_volume(pileus_call *call, const pileus_value *volume, pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", "size_gigabytes", NULL};
    const char *node = pileus_json_text(call, volume, "droplet_ids.0");
    const char *region = pileus_json_string(call, volume, "region.slug");
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, volume, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_VOLUME);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, volume, "name"));
    pileus_set_integer(record, PILEUS_FIELD_STATE,
                       node == NULL ? PILEUS_VOLUME_AVAILABLE
                                    : PILEUS_VOLUME_IN_USE);
    pileus_set_string(record, PILEUS_FIELD_NODE, node);
    pileus_set_string(record, PILEUS_FIELD_LOCATION, region);
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, volume,
                            "size_gigabytes");
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, volume,
                         "created_at");
    pileus_extra_rest(record, call, volume, known);
    pileus_extra_string(record, "region_slug", region);
    return pileus_put(record);
}

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const do_listing *listing = user;

    return put_volume(call, item, listing->sink);
}

int32_t
do_list_volumes(void *connection, pileus_call *call,
                const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair conditions[] = {
        {"name", query->name},
        {"region", query->location},
    };
    do_listing listing = {.sink = sink};

    return do_list(connection, call, "/v2/volumes", conditions,
                   sizeof conditions / sizeof conditions[0], "volumes",
                   put_listed, &listing);
}

/* ---- create_volume ------------------------------------------------------- */

/* The options of a create, and what the provider calls them. */
static const struct {
    const char *option;
    const char *name;
} volume_options[] = {
    {"description", "description"},
    {"filesystem-type", "filesystem_type"},
    {"filesystem-label", "filesystem_label"},
};
#define VOLUME_OPTIONS (sizeof volume_options / sizeof volume_options[0])

int32_t
do_volume_capability(const char *argument)
{
    static const char *const arguments[] = {"name", "size", "location",
                                            "snapshot"};

    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    for (size_t i = 0; i < VOLUME_OPTIONS; i++) {
        if (strcmp(argument, volume_options[i].option) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

/* Fill in, from the snapshot, what the arguments leave to it. */
static int32_t
complete(const do_connection *connection, pileus_call *call,
         pileus_volume_args *args, pileus_response **response)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    const pileus_value *answer = NULL;
    int32_t code;

    if (args->snapshot == NULL || (args->size > 0 && args->location != NULL)) {
        return PILEUS_OK;
    }
    code = pileus_http_path(call, path, "/v2/snapshots", args->snapshot, NULL);
    if (code == PILEUS_OK) {
        code = do_send(connection, call, "GET", path, NULL, response, &answer);
    }
    if (code == PILEUS_OK && args->size <= 0) {
        code = pileus_json_need_integer(call, answer, "snapshot.min_disk_size",
                                        &args->size);
    }
    if (code == PILEUS_OK && args->location == NULL) {
        code = pileus_json_need_text(call, answer, "snapshot.regions.0",
                                     &args->location);
    }
    return code;
}

static pileus_writer *
write_volume(pileus_call *call, const pileus_volume_args *args)
{
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_string(body, "name", args->name);
    pileus_write_integer(body, "size_gigabytes",
                         args->size > 0 ? args->size : SIZE_LEAST);
    pileus_write_string(body, "region", args->location);
    pileus_write_string(body, "snapshot_id", args->snapshot);
    for (uint64_t i = 0; i < args->option_count; i++) {
        for (size_t k = 0; k < VOLUME_OPTIONS; k++) {
            if (strcmp(args->options[i].name, volume_options[k].option) == 0) {
                pileus_write_string(body, volume_options[k].name,
                                    args->options[i].value);
            }
        }
    }
    return body;
}

int32_t
do_create_volume(void *connection, pileus_call *call,
                 const pileus_volume_args *args, pileus_sink *sink)
{
    pileus_volume_args wanted = *args;
    pileus_response *of_snapshot = NULL;
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code = complete(connection, call, &wanted, &of_snapshot);

    if (code == PILEUS_OK && (wanted.name == NULL || wanted.location == NULL)) {
        code = pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a volume at DigitalOcean needs a name and a "
                           "location: give both");
    }
    if (code == PILEUS_OK) {
        code = do_send(connection, call, "POST", "/v2/volumes",
                       write_volume(call, &wanted), &response, &answer);
    }
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "volume.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_VOLUME, id);
    }
    if (code == PILEUS_OK) {
        code = put_volume(call, pileus_json_get(call, answer, "volume"), sink);
    }
    pileus_response_free(response);
    pileus_response_free(of_snapshot);
    return code;
}

int32_t
do_destroy_volume(void *connection, pileus_call *call,
                  const pileus_volume *volume, uint64_t flags)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = volume_path(path, call, volume, NULL);

    (void)flags;
    return code == PILEUS_OK
               ? do_send(connection, call, "DELETE", path, NULL, NULL, NULL)
               : code;
}

/* ---- attach, detach ------------------------------------------------------ */

static int32_t
move(const do_connection *connection, pileus_call *call,
     const pileus_volume *volume, const char *type, int64_t droplet)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_writer *body;
    int32_t code = volume_path(path, call, volume, "actions");

    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_string(body, "type", type);
    pileus_write_integer(body, "droplet_id", droplet);
    pileus_write_string(
        body, "region",
        pileus_object_string(call, volume, PILEUS_FIELD_LOCATION, 0));
    return do_action(connection, call, path, body, NULL);
}

int32_t
do_attach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume, const pileus_node *node,
                 const char *device)
{
    const char *id = pileus_object_id(call, node);
    char *end = NULL;
    long long droplet = id == NULL ? 0 : strtoll(id, &end, 10);

    if (device != NULL) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "DigitalOcean chooses the device of a volume "
                           "itself: leave the device out");
    }
    if (droplet <= 0 || *end != '\0') {
        return pileus_fail(call, PILEUS_NOT_FOUND,
                           "DigitalOcean has no droplet with the id '%.64s': "
                           "list what there is",
                           id == NULL ? "" : id);
    }
    return move(connection, call, volume, "attach", droplet);
}

int32_t
do_detach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    int64_t droplet;
    int32_t code = volume_path(path, call, volume, NULL);

    /* The handle may be older than the attachment. */
    if (code == PILEUS_OK) {
        code = do_send(connection, call, "GET", path, NULL, &response, &answer);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = pileus_json_integer(call, answer, "volume.droplet_ids.0", &droplet)
               ? move(connection, call, volume, "detach", droplet)
               : pileus_fail(call, PILEUS_CONFLICT,
                             "volume %s is not attached to a droplet: there "
                             "is nothing to detach it from",
                             pileus_object_id(call, volume));
    pileus_response_free(response);
    return code;
}
