/* Locations: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *location)
{
    return cli_cell_string(pileus_location_id(location));
}

static cli_cell
get_name(const void *location)
{
    return cli_cell_string(pileus_location_name(location));
}

static cli_cell
get_extra(const void *location)
{
    return cli_cell_value(pileus_location_extra(location));
}

static cli_cell
get_country(const void *location)
{
    return cli_cell_string(pileus_location_country(location));
}

static cli_cell
get_driver(const void *location)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_location_connection(location)));
}

static cli_cell
get_connection(const void *location)
{
    return cli_cell_string(
        pileus_connection_name(pileus_location_connection(location)));
}

static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"country", get_country, true, true},
    {"extra", get_extra, true, false},
    {"driver", get_driver, false, false},
    {"connection", get_connection, false, false},
};

static const char *
id_of(const void *location)
{
    return pileus_location_id(location);
}

static const pileus_value *
extra_of(const void *location)
{
    return pileus_location_extra(location);
}

const cli_kind cli_kind_location = {
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .extra = extra_of,
};

static bool
add(void *listing, pileus_location *location)
{
    return cli_listing_add(listing, location);
}

static pileus_code
lister(pileus_connection *conn, const pileus_query *query, cli_listing *listing,
       pileus_call *call, pileus_error **err)
{
    return pileus_location_each(conn, query, add, listing, call, err);
}

int
cli_location_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_location, lister);
}
