/* The CloudStack driver: descriptor and services. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "cloudstack.h"

static int32_t
capability(void *connection, const char *service, const char *name,
           const char *argument)
{
    (void)connection;
    if (argument != NULL && strcmp(service, "compute") == 0 &&
        strcmp(name, "create_node") == 0) {
        return cs_create_capability(argument);
    }
    if (argument != NULL && strcmp(service, "volumes") == 0 &&
        strcmp(name, "create_volume") == 0) {
        return cs_volume_capability(argument);
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = cs_open,
    .close = cs_close,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = cs_list_nodes,
    .list_sizes = cs_list_sizes,
    .list_images = cs_list_images,
    .list_locations = cs_list_locations,
    .get_node = cs_get_node,
    .create_node = cs_create_node,
    .reboot_node = cs_reboot_node,
    .start_node = cs_start_node,
    .stop_node = cs_stop_node,
    .destroy_node = cs_destroy_node,
};

static const pileus_volumes_service volumes_service = {
    .struct_size = sizeof volumes_service,
    .list_volumes = cs_list_volumes,
    .create_volume = cs_create_volume,
    .destroy_volume = cs_destroy_volume,
    .attach_volume = cs_attach_volume,
    .detach_volume = cs_detach_volume,
    .list_snapshots = cs_list_snapshots,
    .create_snapshot = cs_create_snapshot,
    .destroy_snapshot = cs_destroy_snapshot,
};

static const pileus_keypairs_service keypairs_service = {
    .struct_size = sizeof keypairs_service,
    .list_key_pairs = cs_list_key_pairs,
    .get_key_pair = cs_get_key_pair,
    .create_key_pair = cs_create_key_pair,
    .import_key_pair = cs_import_key_pair,
    .delete_key_pair = cs_delete_key_pair,
};

static const pileus_images_service images_service = {
    .struct_size = sizeof images_service,
    .get_image = cs_get_image,
    .create_image = cs_create_image,
    .delete_image = cs_delete_image,
};

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_service_entry services[] = {
        {"connection", &connection_service}, {"compute", &compute_service},
        {"volumes", &volumes_service},       {"keypairs", &keypairs_service},
        {"images", &images_service},
    };

    (void)state;
    return pileus_find_service(services, sizeof services / sizeof services[0],
                               service, version);
}

PILEUS_DRIVER(cloudstack, .version = DRIVER_VERSION, .type = "cloudstack",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
