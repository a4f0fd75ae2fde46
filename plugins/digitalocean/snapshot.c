/* Snapshots of volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

#include <time.h>

static int32_t
put_snapshot(pileus_call *call, const pileus_value *snapshot, pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", "size_gigabytes", NULL};
    pileus_record *record;
    const char *id = NULL;
    double size;
    int32_t code = pileus_json_need_text(call, snapshot, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_SNAPSHOT);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, snapshot, "name"));
    pileus_set_string(record, PILEUS_FIELD_VOLUME,
                      pileus_json_text(call, snapshot, "resource_id"));
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, snapshot,
                            "min_disk_size");
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, snapshot,
                         "created_at");
    pileus_extra_rest(record, call, snapshot, known);
    if (pileus_json_double(call, snapshot, "size_gigabytes", &size)) {
        pileus_extra_double(record, "size_gigabytes", size);
    }
    return pileus_put(record);
}

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const do_listing *listing = user;

    return put_snapshot(call, item, listing->sink);
}

int32_t
do_list_snapshots(void *connection, pileus_call *call,
                  const pileus_volume *volume, const pileus_query_args *query,
                  pileus_sink *sink)
{
    static const pileus_pair of_volumes = {"resource_type", "volume"};
    do_listing listing = {.sink = sink};
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code;

    (void)query; /* the core sorts out */
    if (volume == NULL) {
        return do_list(connection, call, "/v2/snapshots", &of_volumes, 1,
                       "snapshots", put_listed, &listing);
    }
    code = pileus_http_path(call, path, "/v2/volumes",
                            pileus_object_id(call, volume), "snapshots");
    return code == PILEUS_OK ? do_list(connection, call, path, NULL, 0,
                                       "snapshots", put_listed, &listing)
                             : code;
}

/* DigitalOcean chooses no name: the volume's and the time. */
static void
name_snapshot(char name[], size_t size, pileus_call *call,
              const pileus_volume *volume)
{
    const char *of = pileus_object_name(call, volume);
    time_t now = time(NULL);
    char when[sizeof "20261231-235959"] = "";
    struct tm utc;

    if (gmtime_r(&now, &utc) != NULL) {
        (void)strftime(when, sizeof when, "%Y%m%d-%H%M%S", &utc);
    }
    (void)snprintf(name, size, "%.64s-%s", of == NULL ? "volume" : of, when);
}

int32_t
do_create_snapshot(void *connection, pileus_call *call,
                   const pileus_volume *volume, const char *name,
                   pileus_sink *sink)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    char chosen[128];
    pileus_writer *body;
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code = pileus_http_path(
        call, path, "/v2/volumes", pileus_object_id(call, volume), "snapshots");

    if (code != PILEUS_OK) {
        return code;
    }
    if (name == NULL) {
        name_snapshot(chosen, sizeof chosen, call, volume);
    }
    body = pileus_write_begin(call);
    pileus_write_string(body, "name", name == NULL ? chosen : name);
    code = do_send(connection, call, "POST", path, body, &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "snapshot.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_SNAPSHOT, id);
    }
    if (code == PILEUS_OK) {
        code =
            put_snapshot(call, pileus_json_get(call, answer, "snapshot"), sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
do_destroy_snapshot(void *connection, pileus_call *call,
                    const pileus_snapshot *snapshot)
{
    char path[PILEUS_HTTP_PATH_SIZE];
    int32_t code = pileus_http_path(call, path, "/v2/snapshots",
                                    pileus_object_id(call, snapshot), NULL);

    return code == PILEUS_OK
               ? do_send(connection, call, "DELETE", path, NULL, NULL, NULL)
               : code;
}
