/* Nodes: their columns, and listing them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/kind.h"
#include "cli/listing.h"

CLI_KIND_COMMON(node)
CLI_KIND_ID(node)
CLI_KIND_EACH(node)
CLI_KIND_GET(node)
CLI_KIND_REF(node)
CLI_KIND_CELL(node, provider_state, cli_cell_string, provider_state)
CLI_KIND_CELL(node, location, cli_cell_string, location_id)
CLI_KIND_CELL(node, uuid, cli_cell_string, uuid)
CLI_KIND_CELL(node, tags, cli_cell_value, tags)
CLI_KIND_NUMBER(node, created_at, cli_cell_moment, int64_t)

static cli_cell
get_state(const void *node)
{
    return cli_cell_string(pileus_state_name(pileus_node_state(node)));
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
state_of(const void *node)
{
    return pileus_state_name(pileus_node_state(node));
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
    .save = save,
    .entry = entry,
};

int
cli_node_list(const cli_args *args)
{
    return cli_listing_run(args, &cli_kind_node, NULL);
}
