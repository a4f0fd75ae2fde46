/* Images: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(image)
CLI_KIND_ID(image)
CLI_KIND_EACH(image)
CLI_KIND_GET(image)
CLI_KIND_REF(image)
CLI_KIND_CELL(image, uuid, cli_cell_string, uuid)

static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"extra", get_extra, true, false},
    {"uuid", get_uuid, false, false},
    {"driver", get_driver, false, false},
    {"connection", get_connection, false, false},
};

const cli_kind cli_kind_image = {
    .noun = "image",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .extra = extra_of,
    .each = each,
    .get = get,
    .ref = ref,
    .unref = unref,
    .save = save,
    .entry = entry,
};

int
cli_image_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_image, NULL);
}
