/* Sizes: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(size)
CLI_KIND_ID(size)
CLI_KIND_EACH(size)
CLI_KIND_CELL(size, uuid, cli_cell_string, uuid)
CLI_KIND_NUMBER(size, ram, cli_cell_integer, int64_t)
CLI_KIND_NUMBER(size, disk, cli_cell_integer, int64_t)
CLI_KIND_NUMBER(size, bandwidth, cli_cell_integer, int64_t)
CLI_KIND_NUMBER(size, price, cli_cell_double, double)
CLI_KIND_NUMBER(size, vcpus, cli_cell_integer, int64_t)

static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"ram", get_ram, true, true},
    {"disk", get_disk, true, true},
    {"bandwidth", get_bandwidth, true, true},
    {"price", get_price, true, true},
    {"vcpus", get_vcpus, true, true},
    {"extra", get_extra, true, false},
    {"uuid", get_uuid, false, false},
    {"driver", get_driver, false, false},
    {"connection", get_connection, false, false},
};

const cli_kind cli_kind_size = {
    .noun = "size",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .extra = extra_of,
    .each = each,
    .save = save,
};

int
cli_size_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_size, NULL);
}
