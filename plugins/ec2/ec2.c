/* The EC2 driver: descriptor, services, capabilities. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "ec2.h"

/* Listings whose filters are Amazon's. */
static const struct {
    const char *call;
    const ec2_narrowing *by;
} listings[] = {
    {"list_nodes", &ec2_nodes},         {"list_sizes", &ec2_sizes},
    {"list_images", &ec2_images},       {"list_volumes", &ec2_volumes},
    {"list_snapshots", &ec2_snapshots}, {"list_addresses", &ec2_addresses},
};

/* Other arguments of calls that make nothing. */
static const pileus_argument_entry arguments[] = {
    {"list_sizes", "location", PILEUS_CAPABILITY_IGNORED},
    {"list_images", "location", PILEUS_CAPABILITY_IGNORED},
    /* Amazon's tags are for anything. */
    {"set_tags", "image", PILEUS_CAPABILITY_YES},
    {"set_tags", "volume", PILEUS_CAPABILITY_YES},
    {"set_tags", "snapshot", PILEUS_CAPABILITY_YES},
    {"set_tags", "key_pair", PILEUS_CAPABILITY_YES},
    {"set_tags", "address", PILEUS_CAPABILITY_YES},
    {"remove_tags", "image", PILEUS_CAPABILITY_YES},
    {"remove_tags", "volume", PILEUS_CAPABILITY_YES},
    {"remove_tags", "snapshot", PILEUS_CAPABILITY_YES},
    {"remove_tags", "key_pair", PILEUS_CAPABILITY_YES},
    {"remove_tags", "address", PILEUS_CAPABILITY_YES},
};

static int32_t
capability(void *connection, const char *service, const char *call,
           const char *argument)
{
    (void)connection;
    (void)service; /* no two have a call of one name */
    if (argument == NULL) {
        return PILEUS_CAPABILITY_UNKNOWN;
    }
    if (strcmp(call, "create_node") == 0) {
        return ec2_create_capability(argument);
    }
    if (strcmp(call, "create_volume") == 0) {
        return ec2_volume_capability(argument);
    }
    for (size_t i = 0; i < sizeof listings / sizeof listings[0]; i++) {
        if (strcmp(listings[i].call, call) == 0 &&
            ec2_is_filter(listings[i].by, argument)) {
            return PILEUS_CAPABILITY_YES;
        }
    }
    return pileus_find_argument(
        arguments, sizeof arguments / sizeof arguments[0], call, argument);
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = ec2_open,
    .close = ec2_close,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = ec2_list_nodes,
    .list_sizes = ec2_list_sizes,
    .list_images = ec2_list_images,
    .list_locations = ec2_list_locations,
    .get_node = ec2_get_node,
    .create_node = ec2_create_node,
    .reboot_node = ec2_reboot_node,
    .start_node = ec2_start_node,
    .stop_node = ec2_stop_node,
    .destroy_node = ec2_destroy_node,
};

static const pileus_volumes_service volumes_service = {
    .struct_size = sizeof volumes_service,
    .list_volumes = ec2_list_volumes,
    .create_volume = ec2_create_volume,
    .destroy_volume = ec2_destroy_volume,
    .attach_volume = ec2_attach_volume,
    .detach_volume = ec2_detach_volume,
    .list_snapshots = ec2_list_snapshots,
    .create_snapshot = ec2_create_snapshot,
    .destroy_snapshot = ec2_destroy_snapshot,
};

static const pileus_keypairs_service keypairs_service = {
    .struct_size = sizeof keypairs_service,
    .list_key_pairs = ec2_list_key_pairs,
    .get_key_pair = ec2_get_key_pair,
    .create_key_pair = ec2_create_key_pair,
    .import_key_pair = ec2_import_key_pair,
    .delete_key_pair = ec2_delete_key_pair,
};

static const pileus_images_service images_service = {
    .struct_size = sizeof images_service,
    .get_image = ec2_get_image,
    .create_image = ec2_create_image,
    .delete_image = ec2_delete_image,
};

static const pileus_addresses_service addresses_service = {
    .struct_size = sizeof addresses_service,
    .list_addresses = ec2_list_addresses,
    .create_address = ec2_create_address,
    .delete_address = ec2_delete_address,
    .attach_address = ec2_attach_address,
    .detach_address = ec2_detach_address,
};

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_service_entry services[] = {
        {"connection", &connection_service}, {"compute", &compute_service},
        {"volumes", &volumes_service},       {"keypairs", &keypairs_service},
        {"images", &images_service},         {"addresses", &addresses_service},
        {"lifecycle", &ec2_lifecycle},       {"tags", &ec2_tags},
    };

    (void)state;
    return pileus_find_service(services, sizeof services / sizeof services[0],
                               service, version);
}

PILEUS_DRIVER(ec2, .version = DRIVER_VERSION, .type = "ec2",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
