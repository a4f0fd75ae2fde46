/* The Hetzner Cloud driver: descriptor, services, capabilities. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hetzner.h"

/* Arguments of calls, beyond those of the creates. */
static const pileus_argument_entry arguments[] = {
    {"list_nodes", "name", PILEUS_CAPABILITY_YES},
    {"list_nodes", "tag", PILEUS_CAPABILITY_YES},
    {"list_sizes", "name", PILEUS_CAPABILITY_YES},
    {"list_sizes", "location", PILEUS_CAPABILITY_EMULATED},
    {"list_images", "architecture", PILEUS_CAPABILITY_YES},
    {"list_images", "type", PILEUS_CAPABILITY_YES},
    {"list_volumes", "name", PILEUS_CAPABILITY_YES},
    {"list_key_pairs", "name", PILEUS_CAPABILITY_YES},
    {"attach_volume", "device", PILEUS_CAPABILITY_NO},
    {"create_image", "description", PILEUS_CAPABILITY_NO},
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
        return hz_create_capability(argument);
    }
    return strcmp(call, "create_volume") == 0
               ? hz_volume_capability(argument)
               : pileus_find_argument(arguments,
                                      sizeof arguments / sizeof arguments[0],
                                      call, argument);
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = hz_open,
    .close = hz_close,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = hz_list_nodes,
    .list_sizes = hz_list_sizes,
    .list_images = hz_list_images,
    .list_locations = hz_list_locations,
    .get_node = hz_get_node,
    .create_node = hz_create_node,
    .reboot_node = hz_reboot_node,
    .start_node = hz_start_node,
    .stop_node = hz_stop_node,
    .destroy_node = hz_destroy_node,
};

/* Hetzner Cloud has no snapshots of volumes. */
static const pileus_volumes_service volumes_service = {
    .struct_size = sizeof volumes_service,
    .list_volumes = hz_list_volumes,
    .create_volume = hz_create_volume,
    .destroy_volume = hz_destroy_volume,
    .attach_volume = hz_attach_volume,
    .detach_volume = hz_detach_volume,
};

static const pileus_keypairs_service keypairs_service = {
    .struct_size = sizeof keypairs_service,
    .list_key_pairs = hz_list_key_pairs,
    .get_key_pair = hz_get_key_pair,
    .import_key_pair = hz_import_key_pair,
    .delete_key_pair = hz_delete_key_pair,
};

static const pileus_images_service images_service = {
    .struct_size = sizeof images_service,
    .get_image = hz_get_image,
    .create_image = hz_create_image,
    .delete_image = hz_delete_image,
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

PILEUS_DRIVER(hetzner, .version = DRIVER_VERSION, .type = "hetzner",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
