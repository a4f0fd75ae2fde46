/* Key pairs: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(key_pair)
CLI_KIND_EACH(key_pair)
CLI_KIND_REF(key_pair)
CLI_KIND_CELL(key_pair, fingerprint, cli_cell_string, fingerprint)
CLI_KIND_CELL(key_pair, public_key, cli_cell_string, public_key)
/* Only of a pair that was just created, and only when it is asked for. */
CLI_KIND_CELL(key_pair, private_key, cli_cell_string, private_key)

static pileus_code
get(void **object, pileus_connection *conn, const char *name, pileus_call *call,
    pileus_error **err)
{
    pileus_key_pair *got = NULL;
    pileus_code code = pileus_key_pair_get(&got, conn, name, call, err);

    *object = got;
    return code;
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

const cli_kind cli_kind_keypair = {
    .noun = "keypair",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = name_of,
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
cli_keypair_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_keypair, NULL);
}
