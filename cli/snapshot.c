/* Snapshots: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *snapshot)
{
    return cli_cell_string(pileus_snapshot_id(snapshot));
}

static cli_cell
get_name(const void *snapshot)
{
    return cli_cell_string(pileus_snapshot_name(snapshot));
}

static cli_cell
get_state(const void *snapshot)
{
    return cli_cell_string(
        pileus_storage_state_name(pileus_snapshot_state(snapshot)));
}

static cli_cell
get_provider_state(const void *snapshot)
{
    return cli_cell_string(pileus_snapshot_provider_state(snapshot));
}

static cli_cell
get_size(const void *snapshot)
{
    int64_t gb = 0;
    bool known = pileus_snapshot_size(snapshot, &gb);

    return cli_cell_integer(known, gb);
}

static cli_cell
get_created_at(const void *snapshot)
{
    int64_t ns = 0;
    bool known = pileus_snapshot_created_at(snapshot, &ns);

    return cli_cell_moment(known, ns);
}

static cli_cell
get_volume(const void *snapshot)
{
    return cli_cell_string(pileus_snapshot_volume_id(snapshot));
}

static cli_cell
get_driver(const void *snapshot)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_snapshot_connection(snapshot)));
}

static cli_cell
get_connection(const void *snapshot)
{
    return cli_cell_string(
        pileus_connection_name(pileus_snapshot_connection(snapshot)));
}

static cli_cell
get_extra(const void *snapshot)
{
    return cli_cell_value(pileus_snapshot_extra(snapshot));
}

/* Programs rely on which of them are in JSON, and in which order. */
static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"size", get_size, true, true},
    {"state", get_state, true, true},
    {"volume", get_volume, true, true},
    {"driver", get_driver, true, false},
    {"connection", get_connection, true, false},
    {"created_at", get_created_at, true, true},
    {"extra", get_extra, true, false},
    {"provider_state", get_provider_state, false, false},
};

static const char *
id_of(const void *snapshot)
{
    return pileus_snapshot_id(snapshot);
}

static const char *
name_of(const void *snapshot)
{
    return pileus_snapshot_name(snapshot);
}

static const char *
state_of(const void *snapshot)
{
    return pileus_storage_state_name(pileus_snapshot_state(snapshot));
}

static const pileus_value *
extra_of(const void *snapshot)
{
    return pileus_snapshot_extra(snapshot);
}

static bool
pass(void *user, pileus_snapshot *snapshot)
{
    const cli_taker *to = user;

    return to->take(to->user, snapshot);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_snapshot_each(conn, NULL, query, pass, to, call, err);
}

static pileus_code
get(void **object, pileus_connection *conn, const char *id, pileus_call *call,
    pileus_error **err)
{
    pileus_snapshot *got = NULL;
    pileus_code code =
        pileus_snapshot_get(&got, conn, id, PILEUS_NUL_TERMINATED, call, err);

    *object = got;
    return code;
}

static void *
ref(const void *snapshot)
{
    return pileus_snapshot_ref(snapshot);
}

static void
unref(const void *snapshot)
{
    pileus_snapshot_unref(snapshot);
}

const cli_kind cli_kind_snapshot = {
    .noun = "snapshot",
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

/* A cli_lister: with --volume, those of that volume. */
static pileus_code
list(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     const cli_args *args, pileus_call *call, pileus_error **err)
{
    const char *id = cli_args_get(args, CLI_VOLUME);
    pileus_volume *volume = NULL;
    pileus_code code = PILEUS_OK;

    if (id != NULL) {
        code = pileus_volume_get(&volume, conn, id, PILEUS_NUL_TERMINATED, call,
                                 err);
    }
    if (code == PILEUS_OK) {
        code = pileus_snapshot_each(conn, volume, query, pass, to, call, err);
    }
    pileus_volume_unref(volume);
    return code;
}

int
cli_snapshot_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_snapshot, list);
}
