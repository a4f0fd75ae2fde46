/* Addresses: their columns, listing them, and what is done to them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/create.h"
#include "cli/kind.h"
#include "cli/listing.h"

#include <pileus/addresses.h>

CLI_KIND_COMMON(address)
CLI_KIND_ID(address)
CLI_KIND_EACH(address)
CLI_KIND_GET(address)
CLI_KIND_REF(address)
CLI_KIND_CELL(address, ip, cli_cell_string, ip)
CLI_KIND_CELL(address, pool, cli_cell_string, pool)
CLI_KIND_CELL(address, node, cli_cell_string, node_id)

/* Programs rely on which of them are in JSON, and in which order. */
static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"ip", get_ip, true, true},
    {"pool", get_pool, true, true},
    {"node", get_node, true, true},
    {"driver", get_driver, true, false},
    {"connection", get_connection, true, false},
    {"extra", get_extra, true, false},
    {"name", get_name, false, false},
};

const cli_kind cli_kind_address = {
    .noun = "address",
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
cli_address_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_address, NULL);
}

int
cli_address_show(const cli_args *args)
{
    return cli_show(args, &cli_kind_address);
}

/* ---- create ---------------------------------------------------------------
 */

static pileus_code
make(const cli_creation *c, void **object, pileus_connection *conn, void *other,
     pileus_call *call, pileus_error **err)
{
    pileus_address *address = NULL;
    pileus_code code = pileus_address_create(
        &address, conn, cli_args_get(c->args, CLI_POOL), call, err);

    (void)other;
    *object = address;
    return code;
}

int
cli_address_create(const cli_args *args)
{
    const cli_creation c = {
        .args = args,
        .kind = &cli_kind_address,
        .made = PILEUS_KIND_ADDRESS,
        .make = make,
    };

    return cli_create_run(&c);
}

/* ---- delete, attach, detach -----------------------------------------------
 */

static pileus_code
delete_it(const cli_change *c, void *address, void *other, pileus_call *call,
          pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_address_delete(address, call, err);
}

int
cli_address_delete(const cli_args *args)
{
    const cli_change c = {
        .args = args,
        .kind = &cli_kind_address,
        .shape = cli_change_shape(args),
        .confirm = true,
        .act = delete_it,
    };

    return cli_change_run(&c);
}

static pileus_code
attach(const cli_change *c, void *address, void *node, pileus_call *call,
       pileus_error **err)
{
    (void)c;
    return pileus_address_attach(address, node, call, err);
}

int
cli_address_attach(const cli_args *args)
{
    const cli_change c = {
        .args = args,
        .kind = &cli_kind_address,
        .shape = CLI_SHAPE_ONE,
        .act = attach,
        .after = cli_change_look_again,
        .other = &cli_kind_node,
        .other_option = CLI_NODE,
    };

    return cli_change_run(&c);
}

static pileus_code
detach(const cli_change *c, void *address, void *other, pileus_call *call,
       pileus_error **err)
{
    (void)c;
    (void)other;
    return pileus_address_detach(address, call, err);
}

int
cli_address_detach(const cli_args *args)
{
    const cli_change c = {
        .args = args,
        .kind = &cli_kind_address,
        .shape = cli_change_shape(args),
        .act = detach,
        .after = cli_change_look_again,
    };

    return cli_change_run(&c);
}
