/* Volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

#define VOLUMES "/volumes"
/* The least size of a volume, in GB. */
#define SIZE_LEAST 10

static pileus_storage_state
state_of(const char *word, bool attached)
{
    if (word != NULL && strcmp(word, "creating") == 0) {
        return PILEUS_VOLUME_CREATING;
    }
    if (word == NULL || strcmp(word, "available") != 0) {
        return PILEUS_VOLUME_UNKNOWN;
    }
    return attached ? PILEUS_VOLUME_IN_USE : PILEUS_VOLUME_AVAILABLE;
}

static int32_t
put_volume(pileus_call *call, const pileus_value *volume, pileus_sink *sink)
{
    static const char *const known[] = {"id", "name", "size", "status", NULL};
    const char *word = pileus_json_string(call, volume, "status");
    const char *server = pileus_json_text(call, volume, "server");
    pileus_record *record;
    const char *id = NULL;
    int32_t code = pileus_json_need_text(call, volume, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_VOLUME);
    pileus_set_id(record, id);
    pileus_set_name(record, pileus_json_string(call, volume, "name"));
    pileus_set_state(record, state_of(word, server != NULL), word);
    pileus_set_string(record, PILEUS_FIELD_NODE, server);
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_string(call, volume, "location.name"));
    pileus_set_json_integer(record, PILEUS_FIELD_DISK, call, volume, "size");
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, volume,
                         "created");
    pileus_extra_rest(record, call, volume, known);
    return pileus_put(record);
}

static int32_t
put_listed(void *user, pileus_call *call, const pileus_value *item)
{
    const hz_listing *listing = user;

    return put_volume(call, item, listing->sink);
}

int32_t
hz_list_volumes(void *connection, pileus_call *call,
                const pileus_query_args *query, pileus_sink *sink)
{
    const pileus_pair by_name = {"name", query->name};
    hz_listing listing = {.sink = sink};

    return hz_list(connection, call, "volumes", &by_name, 1, put_listed,
                   &listing);
}

/* ---- create_volume ------------------------------------------------------- */

int32_t
hz_volume_capability(const char *argument)
{
    static const char *const arguments[] = {"name", "size", "location",
                                            "format"};

    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        if (strcmp(argument, arguments[i]) == 0) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

static pileus_writer *
write_volume(pileus_call *call, const pileus_volume_args *args)
{
    pileus_writer *body = pileus_write_begin(call);

    pileus_write_string(body, "name", args->name);
    pileus_write_integer(body, "size",
                         args->size > 0 ? args->size : SIZE_LEAST);
    pileus_write_string(body, "location", args->location);
    pileus_write_string(
        body, "format",
        pileus_pair_value(args->options, args->option_count, "format"));
    return body;
}

int32_t
hz_create_volume(void *connection, pileus_call *call,
                 const pileus_volume_args *args, pileus_sink *sink)
{
    pileus_response *response = NULL;
    const pileus_value *answer = NULL;
    const char *id = NULL;
    int32_t code;

    if (args->name == NULL || args->location == NULL) {
        return pileus_fail(call, PILEUS_INVALID_ARGUMENT,
                           "a volume at Hetzner Cloud needs a name and a "
                           "location: give both");
    }
    code = hz_send(connection, call, "POST", VOLUMES, write_volume(call, args),
                   &response, &answer);
    if (code == PILEUS_OK) {
        code = pileus_json_need_text(call, answer, "volume.id", &id);
    }
    if (code == PILEUS_OK) {
        code = pileus_made(call, PILEUS_KIND_VOLUME, id);
    }
    if (code == PILEUS_OK) {
        code = hz_check_action(call, answer, "action");
    }
    if (code == PILEUS_OK) {
        code = put_volume(call, pileus_json_get(call, answer, "volume"), sink);
    }
    pileus_response_free(response);
    return code;
}

int32_t
hz_destroy_volume(void *connection, pileus_call *call,
                  const pileus_volume *volume, uint64_t flags)
{
    (void)flags;
    return hz_delete(connection, call, VOLUMES, pileus_object_id(call, volume));
}

/* ---- attach, detach ------------------------------------------------------ */

int32_t
hz_attach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume, const pileus_node *node,
                 const char *device)
{
    pileus_writer *body;
    int64_t server = 0;
    int32_t code = hz_number(call, pileus_object_id(call, node), &server);

    if (device != NULL) {
        return pileus_fail(call, PILEUS_NOT_SUPPORTED,
                           "Hetzner Cloud chooses the device of a volume "
                           "itself: leave the device out, and see "
                           "linux_device in the volume's extra");
    }
    if (code != PILEUS_OK) {
        return code;
    }
    body = pileus_write_begin(call);
    pileus_write_integer(body, "server", server);
    return hz_act(connection, call, VOLUMES, pileus_object_id(call, volume),
                  "attach", body);
}

int32_t
hz_detach_volume(void *connection, pileus_call *call,
                 const pileus_volume *volume)
{
    return hz_act(connection, call, VOLUMES, pileus_object_id(call, volume),
                  "detach", NULL);
}
