/* Locations: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(location)
CLI_KIND_ID(location)
CLI_KIND_EACH(location)
CLI_KIND_CELL(location, country, cli_cell_string, country)

static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"country", get_country, true, true},
    {"extra", get_extra, true, false},
    {"driver", get_driver, false, false},
    {"connection", get_connection, false, false},
};

const cli_kind cli_kind_location = {
    .noun = "location",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .extra = extra_of,
    .each = each,
    .save = save,
};

int
cli_location_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_location, NULL);
}
