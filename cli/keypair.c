/* Key pairs: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *pair)
{
    return cli_cell_string(pileus_key_pair_id(pair));
}

static cli_cell
get_name(const void *pair)
{
    return cli_cell_string(pileus_key_pair_name(pair));
}

static cli_cell
get_fingerprint(const void *pair)
{
    return cli_cell_string(pileus_key_pair_fingerprint(pair));
}

static cli_cell
get_public_key(const void *pair)
{
    return cli_cell_string(pileus_key_pair_public_key(pair));
}

/* Only of a pair that was just created, and only when it is asked for. */
static cli_cell
get_private_key(const void *pair)
{
    return cli_cell_string(pileus_key_pair_private_key(pair));
}

static cli_cell
get_driver(const void *pair)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_key_pair_connection(pair)));
}

static cli_cell
get_connection(const void *pair)
{
    return cli_cell_string(
        pileus_connection_name(pileus_key_pair_connection(pair)));
}

static cli_cell
get_extra(const void *pair)
{
    return cli_cell_value(pileus_key_pair_extra(pair));
}

/* Programs rely on which of them are in JSON, and in which order. */
static const cli_column columns[] = {
    {"name", get_name, true, true},
    {"fingerprint", get_fingerprint, true, true},
    {"public_key", get_public_key, true, false},
    {"driver", get_driver, true, false},
    {"connection", get_connection, true, false},
    {"extra", get_extra, true, false},
    {"id", get_id, false, false},
    {"private_key", get_private_key, false, false},
};

static const char *
id_of(const void *pair)
{
    return pileus_key_pair_name(pair);
}

static const char *
name_of(const void *pair)
{
    return pileus_key_pair_name(pair);
}

static const pileus_value *
extra_of(const void *pair)
{
    return pileus_key_pair_extra(pair);
}

static bool
pass(void *user, pileus_key_pair *pair)
{
    const cli_taker *to = user;

    return to->take(to->user, pair);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_key_pair_each(conn, query, pass, to, call, err);
}

static pileus_code
get(void **object, pileus_connection *conn, const char *id, pileus_call *call,
    pileus_error **err)
{
    pileus_key_pair *got = NULL;
    pileus_code code = pileus_key_pair_get(&got, conn, id, call, err);

    *object = got;
    return code;
}

static void *
ref(const void *pair)
{
    return pileus_key_pair_ref(pair);
}

static void
unref(const void *pair)
{
    pileus_key_pair_unref(pair);
}

const cli_kind cli_kind_keypair = {
    .noun = "keypair",
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
cli_keypair_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_keypair, NULL);
}
