/* Volumes: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(volume)
CLI_KIND_ID(volume)
CLI_KIND_STORAGE(volume)
CLI_KIND_EACH(volume)
CLI_KIND_GET(volume)
CLI_KIND_REF(volume)
CLI_KIND_CELL(volume, node, cli_cell_string, node_id)
CLI_KIND_CELL(volume, location, cli_cell_string, location_id)
CLI_KIND_CELL(volume, uuid, cli_cell_string, uuid)

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
    .save = save,
    .entry = entry,
};

int
cli_volume_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_volume, NULL);
}
