/* The OpenStack driver: descriptor, services, capabilities. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "openstack.h"

/* Arguments of calls, beyond those of the creates. */
static const pileus_argument_entry arguments[] = {
    {"list_nodes", "name", PILEUS_CAPABILITY_YES},
    {"list_nodes", "all-projects", PILEUS_CAPABILITY_YES},
    {"list_nodes", "server-tags", PILEUS_CAPABILITY_YES},
    {"list_images", "name", PILEUS_CAPABILITY_YES},
    {"list_images", "owner", PILEUS_CAPABILITY_YES},
    {"list_images", "status", PILEUS_CAPABILITY_YES},
    {"list_images", "visibility", PILEUS_CAPABILITY_YES},
    {"list_volumes", "name", PILEUS_CAPABILITY_YES},
    {"list_snapshots", "name", PILEUS_CAPABILITY_YES},
    {"list_addresses", "name", PILEUS_CAPABILITY_YES},
    {"list_addresses", "pool-id", PILEUS_CAPABILITY_YES},
    {"list_addresses", "status", PILEUS_CAPABILITY_YES},
    {"create_address", "pool", PILEUS_CAPABILITY_YES},
    {"attach_volume", "device", PILEUS_CAPABILITY_YES},
    {"create_image", "description", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "name", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "password", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "key_name", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "ssh_key", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "user_data", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "description", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "disk-config", PILEUS_CAPABILITY_YES},
    {"rebuild_node", "hostname", PILEUS_CAPABILITY_YES},
    {"get_console_log", "lines", PILEUS_CAPABILITY_YES},
    {"set_tags", "volume", PILEUS_CAPABILITY_YES},
    {"set_tags", "snapshot", PILEUS_CAPABILITY_YES},
    {"remove_tags", "volume", PILEUS_CAPABILITY_YES},
    {"remove_tags", "snapshot", PILEUS_CAPABILITY_YES},
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
        return os_create_capability(argument);
    }
    return strcmp(call, "create_volume") == 0
               ? os_volume_capability(argument)
               : pileus_find_argument(arguments,
                                      sizeof arguments / sizeof arguments[0],
                                      call, argument);
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = os_open,
    .close = os_close,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = os_list_nodes,
    .list_sizes = os_list_sizes,
    .list_images = os_list_images,
    .list_locations = os_list_locations,
    .get_node = os_get_node,
    .create_node = os_create_node,
    .reboot_node = os_reboot_node,
    .start_node = os_start_node,
    .stop_node = os_stop_node,
    .destroy_node = os_destroy_node,
};

static const pileus_volumes_service volumes_service = {
    .struct_size = sizeof volumes_service,
    .list_volumes = os_list_volumes,
    .create_volume = os_create_volume,
    .destroy_volume = os_destroy_volume,
    .attach_volume = os_attach_volume,
    .detach_volume = os_detach_volume,
    .list_snapshots = os_list_snapshots,
    .create_snapshot = os_create_snapshot,
    .destroy_snapshot = os_destroy_snapshot,
};

static const pileus_keypairs_service keypairs_service = {
    .struct_size = sizeof keypairs_service,
    .list_key_pairs = os_list_key_pairs,
    .get_key_pair = os_get_key_pair,
    .create_key_pair = os_create_key_pair,
    .import_key_pair = os_import_key_pair,
    .delete_key_pair = os_delete_key_pair,
};

static const pileus_images_service images_service = {
    .struct_size = sizeof images_service,
    .get_image = os_get_image,
    .create_image = os_create_image,
    .delete_image = os_delete_image,
};

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_service_entry services[] = {
        {"connection", &connection_service}, {"compute", &compute_service},
        {"volumes", &volumes_service},       {"keypairs", &keypairs_service},
        {"images", &images_service},         {"lifecycle", &os_lifecycle},
        {"addresses", &os_addresses},        {"tags", &os_tags},
    };

    (void)state;
    return pileus_find_service(services, sizeof services / sizeof services[0],
                               service, version);
}

PILEUS_DRIVER(openstack, .version = DRIVER_VERSION, .type = "openstack",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
