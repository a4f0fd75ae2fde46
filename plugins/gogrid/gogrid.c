/* The GoGrid driver: descriptor, services, capabilities. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

/* Arguments of calls, beyond those of create_node. */
static const pileus_argument_entry arguments[] = {
    {"list_nodes", "location", PILEUS_CAPABILITY_YES},
    {"list_images", "location", PILEUS_CAPABILITY_YES},
    {"list_sizes", "location", PILEUS_CAPABILITY_IGNORED},
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
    return strcmp(call, "create_node") == 0
               ? gg_create_capability(argument)
               : pileus_find_argument(arguments,
                                      sizeof arguments / sizeof arguments[0],
                                      call, argument);
}

static const pileus_connection_service connection_service = {
    .struct_size = sizeof connection_service,
    .open = gg_open,
    .close = gg_close,
    .capability = capability,
};

static const pileus_compute_service compute_service = {
    .struct_size = sizeof compute_service,
    .list_nodes = gg_list_nodes,
    .list_sizes = gg_list_sizes,
    .list_images = gg_list_images,
    .list_locations = gg_list_locations,
    .get_node = gg_get_node,
    .create_node = gg_create_node,
    .reboot_node = gg_reboot_node,
    .start_node = gg_start_node,
    .stop_node = gg_stop_node,
    .destroy_node = gg_destroy_node,
};

static const pileus_images_service images_service = {
    .struct_size = sizeof images_service,
    .create_image = gg_create_image,
    .delete_image = gg_delete_image,
};

static const void *
get_service(void *state, const char *service, uint32_t version)
{
    static const pileus_service_entry services[] = {
        {"connection", &connection_service},
        {"compute", &compute_service},
        {"images", &images_service},
    };

    (void)state;
    return pileus_find_service(services, sizeof services / sizeof services[0],
                               service, version);
}

PILEUS_DRIVER(gogrid, .version = DRIVER_VERSION, .type = "gogrid",
              .thread_model = PILEUS_THREADS_PARALLEL,
              .get_service = get_service)
