/* Volumes: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *volume)
{
    return cli_cell_string(pileus_volume_id(volume));
}

static cli_cell
get_name(const void *volume)
{
    return cli_cell_string(pileus_volume_name(volume));
}

static cli_cell
get_state(const void *volume)
{
    return cli_cell_string(
        pileus_storage_state_name(pileus_volume_state(volume)));
}

static cli_cell
get_provider_state(const void *volume)
{
    return cli_cell_string(pileus_volume_provider_state(volume));
}

static cli_cell
get_size(const void *volume)
{
    int64_t gb = 0;
    bool known = pileus_volume_size(volume, &gb);

    return cli_cell_integer(known, gb);
}

static cli_cell
get_created_at(const void *volume)
{
    int64_t ns = 0;
    bool known = pileus_volume_created_at(volume, &ns);

    return cli_cell_moment(known, ns);
}

static cli_cell
get_node(const void *volume)
{
    return cli_cell_string(pileus_volume_node_id(volume));
}

static cli_cell
get_location(const void *volume)
{
    return cli_cell_string(pileus_volume_location_id(volume));
}

static cli_cell
get_uuid(const void *volume)
{
    return cli_cell_string(pileus_volume_uuid(volume));
}

static cli_cell
get_driver(const void *volume)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_volume_connection(volume)));
}

static cli_cell
get_connection(const void *volume)
{
    return cli_cell_string(
        pileus_connection_name(pileus_volume_connection(volume)));
}

static cli_cell
get_extra(const void *volume)
{
    return cli_cell_value(pileus_volume_extra(volume));
}

/* Programs rely on which of them are in JSON, and in which order. */
static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"size", get_size, true, true},
    {"state", get_state, true, true},
    {"node", get_node, true, true},
    {"location", get_location, true, true},
    {"driver", get_driver, true, false},
    {"connection", get_connection, true, false},
    {"created_at", get_created_at, true, false},
    {"extra", get_extra, true, false},
    {"provider_state", get_provider_state, false, false},
    {"uuid", get_uuid, false, false},
};

static const char *
id_of(const void *volume)
{
    return pileus_volume_id(volume);
}

static const char *
name_of(const void *volume)
{
    return pileus_volume_name(volume);
}

static const char *
state_of(const void *volume)
{
    return pileus_storage_state_name(pileus_volume_state(volume));
}

static const pileus_value *
extra_of(const void *volume)
{
    return pileus_volume_extra(volume);
}

static bool
pass(void *user, pileus_volume *volume)
{
    const cli_taker *to = user;

    return to->take(to->user, volume);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_volume_each(conn, query, pass, to, call, err);
}

static pileus_code
get(void **object, pileus_connection *conn, const char *id, pileus_call *call,
    pileus_error **err)
{
    pileus_volume *got = NULL;
    pileus_code code =
        pileus_volume_get(&got, conn, id, PILEUS_NUL_TERMINATED, call, err);

    *object = got;
    return code;
}

static void *
ref(const void *volume)
{
    return pileus_volume_ref(volume);
}

static void
unref(const void *volume)
{
    pileus_volume_unref(volume);
}

const cli_kind cli_kind_volume = {
    .noun = "volume",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .state = state_of,
    .extra = extra_of,
    .each = each,
    .get = get,
    .ref = ref,
    .unref = unref,
};

int
cli_volume_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_volume, NULL);
}
