/* Snapshots: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(snapshot)
CLI_KIND_ID(snapshot)
CLI_KIND_STORAGE(snapshot)
CLI_KIND_GET(snapshot)
CLI_KIND_REF(snapshot)
CLI_KIND_CELL(snapshot, volume, cli_cell_string, volume_id)

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

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_snapshot_each(conn, NULL, query, pass, to, call, err);
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
    .save = save,
    .entry = entry,
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
