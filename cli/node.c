/* Nodes: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/listing.h"

static cli_cell
get_id(const void *node)
{
    return cli_cell_string(pileus_node_id(node));
}

static cli_cell
get_name(const void *node)
{
    return cli_cell_string(pileus_node_name(node));
}

static cli_cell
get_state(const void *node)
{
    return cli_cell_string(pileus_state_name(pileus_node_state(node)));
}

static cli_cell
get_provider_state(const void *node)
{
    return cli_cell_string(pileus_node_provider_state(node));
}

static const char *
public_ip_at(const void *node, size_t i)
{
    return pileus_node_public_ip(node, i);
}

static cli_cell
get_public_ips(const void *node)
{
    return cli_cell_strings(public_ip_at, node);
}

static const char *
private_ip_at(const void *node, size_t i)
{
    return pileus_node_private_ip(node, i);
}

static cli_cell
get_private_ips(const void *node)
{
    return cli_cell_strings(private_ip_at, node);
}

static cli_cell
get_driver(const void *node)
{
    return cli_cell_string(
        pileus_connection_driver(pileus_node_connection(node)));
}

static cli_cell
get_connection(const void *node)
{
    return cli_cell_string(
        pileus_connection_name(pileus_node_connection(node)));
}

static cli_cell
get_size(const void *node)
{
    const pileus_size *size = pileus_node_size(node);

    return cli_cell_string(size == NULL ? NULL : pileus_size_id(size));
}

static cli_cell
get_image(const void *node)
{
    const pileus_image *image = pileus_node_image(node);

    return cli_cell_string(image == NULL ? NULL : pileus_image_id(image));
}

static cli_cell
get_location(const void *node)
{
    return cli_cell_string(pileus_node_location_id(node));
}

static cli_cell
get_created_at(const void *node)
{
    int64_t ns = 0;
    bool known = pileus_node_created_at(node, &ns);

    return cli_cell_moment(known, ns);
}

static cli_cell
get_uuid(const void *node)
{
    return cli_cell_string(pileus_node_uuid(node));
}

static cli_cell
get_tags(const void *node)
{
    return cli_cell_value(pileus_node_tags(node));
}

static cli_cell
get_extra(const void *node)
{
    return cli_cell_value(pileus_node_extra(node));
}

/* Programs rely on which of them are in JSON, and in which order. */
static const cli_column columns[] = {
    {"id", get_id, true, true},
    {"name", get_name, true, true},
    {"state", get_state, true, true},
    {"public_ips", get_public_ips, true, true},
    {"private_ips", get_private_ips, true, true},
    {"driver", get_driver, true, false},
    {"connection", get_connection, true, false},
    {"size", get_size, true, true},
    {"image", get_image, true, true},
    {"created_at", get_created_at, true, false},
    {"uuid", get_uuid, true, false},
    {"extra", get_extra, true, false},
    {"location", get_location, false, false},
    {"provider_state", get_provider_state, false, false},
    {"tags", get_tags, false, false},
};

static const char *
id_of(const void *node)
{
    return pileus_node_id(node);
}

static const char *
name_of(const void *node)
{
    return pileus_node_name(node);
}

static const char *
state_of(const void *node)
{
    return pileus_state_name(pileus_node_state(node));
}

static const pileus_value *
extra_of(const void *node)
{
    return pileus_node_extra(node);
}

static bool
pass(void *user, pileus_node *node)
{
    const cli_taker *to = user;

    return to->take(to->user, node);
}

static pileus_code
each(pileus_connection *conn, const pileus_query *query, cli_taker *to,
     pileus_call *call, pileus_error **err)
{
    return pileus_node_each(conn, query, pass, to, call, err);
}

static pileus_code
get(void **object, pileus_connection *conn, const char *id, pileus_call *call,
    pileus_error **err)
{
    pileus_node *got = NULL;
    pileus_code code =
        pileus_node_get(&got, conn, id, PILEUS_NUL_TERMINATED, call, err);

    *object = got;
    return code;
}

static void *
ref(const void *node)
{
    return pileus_node_ref((pileus_node *)node);
}

static void
unref(const void *node)
{
    pileus_node_unref((pileus_node *)node);
}

const cli_kind cli_kind_node = {
    .noun = "node",
    .columns = columns,
    .column_count = sizeof columns / sizeof columns[0],
    .id = id_of,
    .name = name_of,
    .state = state_of,
    .extra = extra_of,
    .each = each,
    .get = get,
    .ref = ref,
    .unref = unref,
};

int
cli_node_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_node, NULL);
}
