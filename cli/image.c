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

static const char *
name_of(const void *image)
{
    return pileus_image_name(image);
}

static const pileus_value *
extra_of(const void *image)
{
    return pileus_image_extra(image);
}

static bool
pass(void *user, pileus_image *image)
{
    const cli_taker *to = user;

    return to->take(to->user, image);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_image_each(conn, query, pass, to, call, err);
}

static pileus_code
get(void **object, pileus_connection *conn, const char *id, pileus_call *call,
    pileus_error **err)
{
    pileus_image *got = NULL;
    pileus_code code =
        pileus_image_get(&got, conn, id, PILEUS_NUL_TERMINATED, call, err);

    *object = got;
    return code;
}

static void *
ref(const void *image)
{
    return pileus_image_ref(image);
}

static void
unref(const void *image)
{
    pileus_image_unref(image);
}

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
};

int
cli_image_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_image, NULL);
}
