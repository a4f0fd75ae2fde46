/* The DigitalOcean driver: descriptor, services, capabilities. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "digitalocean.h"

/* Arguments of calls, beyond those of the creates. */
static const pileus_argument_entry arguments[] = {
    {"list_nodes", "name", PILEUS_CAPABILITY_YES},
    {"list_nodes", "tag", PILEUS_CAPABILITY_YES},
    {"list_nodes", "type", PILEUS_CAPABILITY_YES},
    {"list_sizes", "location", PILEUS_CAPABILITY_EMULATED},
    {"list_images", "location", PILEUS_CAPABILITY_EMULATED},
    {"list_images", "private", PILEUS_CAPABILITY_YES},
    {"list_images", "type", PILEUS_CAPABILITY_YES},
    {"list_locations", "available", PILEUS_CAPABILITY_EMULATED},
    {"list_volumes", "name", PILEUS_CAPABILITY_YES},
    {"list_volumes", "location", PILEUS_CAPABILITY_YES},
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
        return do_create_capability(argument);
    }
    return strcmp(call, "create_volume") == 0
               ? do_volume_capability(argument)
               : pileus_find_argument(arguments,
                                      sizeof arguments / sizeof arguments[0],
                                      call, argument);
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = do_open,
    .close = do_close,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = do_list_nodes,
    .list_sizes = do_list_sizes,
    .list_images = do_list_images,
    .list_locations = do_list_locations,
    .get_node = do_get_node,
    .create_node = do_create_node,
    .reboot_node = do_reboot_node,
    .start_node = do_start_node,
    .stop_node = do_stop_node,
    .destroy_node = do_destroy_node,
};

static const pileus_volumes_service volumes_service = {
    .struct_size = sizeof volumes_service,
    .list_volumes = do_list_volumes,
    .create_volume = do_create_volume,
    .destroy_volume = do_destroy_volume,
    .attach_volume = do_attach_volume,
    .detach_volume = do_detach_volume,
    .list_snapshots = do_list_snapshots,
    .create_snapshot = do_create_snapshot,
    .destroy_snapshot = do_destroy_snapshot,
};

static const pileus_keypairs_service keypairs_service = {
    .struct_size = sizeof keypairs_service,
    .list_key_pairs = do_list_key_pairs,
    .import_key_pair = do_import_key_pair,
    .delete_key_pair = do_delete_key_pair,
};

static const pileus_images_service images_service = {
    .struct_size = sizeof images_service,
    .get_image = do_get_image,
    .create_image = do_create_image,
    .delete_image = do_delete_image,
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

PILEUS_DRIVER(digitalocean, .version = DRIVER_VERSION, .type = "digitalocean",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
