/* Images: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *image)
{
    return cli_cell_string(pileus_image_id(image));
}

static cli_cell
get_name(const void *image)
{
    return cli_cell_string(pileus_image_name(image));
}

static cli_cell
get_extra(const void *image)
{
    return cli_cell_value(pileus_image_extra(image));
}

static cli_cell
get_uuid(const void *image)
{
    return cli_cell_string(pileus_image_uuid(image));
}

static cli_cell
get_driver(const void *image)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_image_connection(image)));
}

static cli_cell
get_connection(const void *image)
{
    return cli_cell_string(
        pileus_connection_name(pileus_image_connection(image)));
}

static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"extra", get_extra, true, false},
    {"uuid", get_uuid, false, false},
    {"driver", get_driver, false, false},
    {"connection", get_connection, false, false},
};

static const char *
id_of(const void *image)
{
    return pileus_image_id(image);
}

static const pileus_value *
extra_of(const void *image)
{
    return pileus_image_extra(image);
}

const cli_kind cli_kind_image = {
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .extra = extra_of,
};

static bool
add(void *listing, pileus_image *image)
{
    return cli_listing_add(listing, image);
}

static pileus_code
lister(pileus_connection *conn, const pileus_query *query, cli_listing *listing,
       pileus_call *call, pileus_error **err)
{
    return pileus_image_each(conn, query, add, listing, call, err);
}

int
cli_image_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_image, lister);
}
