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

static const char *
name_of(const void *location)
{
    return pileus_location_name(location);
}

static const pileus_value *
extra_of(const void *location)
{
    return pileus_location_extra(location);
}

static bool
pass(void *user, pileus_location *location)
{
    const cli_taker *to = user;

    return to->take(to->user, location);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_location_each(conn, query, pass, to, call, err);
}

const cli_kind cli_kind_location = {
    .noun = "location",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .extra = extra_of,
    .each = each,
};

int
cli_location_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_location, NULL);
}
