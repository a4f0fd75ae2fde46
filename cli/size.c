/* Sizes: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *size)
{
    return cli_cell_string(pileus_size_id(size));
}

static cli_cell
get_name(const void *size)
{
    return cli_cell_string(pileus_size_name(size));
}

static cli_cell
get_ram(const void *size)
{
    int64_t number = 0;
    bool known = pileus_size_ram(size, &number);

    return cli_cell_integer(known, number);
}

static cli_cell
get_disk(const void *size)
{
    int64_t number = 0;
    bool known = pileus_size_disk(size, &number);

    return cli_cell_integer(known, number);
}

static cli_cell
get_bandwidth(const void *size)
{
    int64_t number = 0;
    bool known = pileus_size_bandwidth(size, &number);

    return cli_cell_integer(known, number);
}

static cli_cell
get_price(const void *size)
{
    double number = 0;
    bool known = pileus_size_price(size, &number);

    return cli_cell_double(known, number);
}

static cli_cell
get_vcpus(const void *size)
{
    int64_t number = 0;
    bool known = pileus_size_vcpus(size, &number);

    return cli_cell_integer(known, number);
}

static cli_cell
get_extra(const void *size)
{
    return cli_cell_value(pileus_size_extra(size));
}

static cli_cell
get_uuid(const void *size)
{
    return cli_cell_string(pileus_size_uuid(size));
}

static cli_cell
get_driver(const void *size)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_size_connection(size)));
}

static cli_cell
get_connection(const void *size)
{
    return cli_cell_string(
        pileus_connection_name(pileus_size_connection(size)));
}

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

static const char *
id_of(const void *size)
{
    return pileus_size_id(size);
}

static const char *
name_of(const void *size)
{
    return pileus_size_name(size);
}

static const pileus_value *
extra_of(const void *size)
{
    return pileus_size_extra(size);
}

static bool
pass(void *user, pileus_size *size)
{
    const cli_taker *to = user;

    return to->take(to->user, size);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_size_each(conn, query, pass, to, call, err);
}

const cli_kind cli_kind_size = {
    .noun = "size",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .extra = extra_of,
    .each = each,
};

int
cli_size_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_size, NULL);
}
