/* Every call that a driver's tables can have. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/slots.h"

#include "core/driver/abi.h"

#define SLOT(SERVICE, CALL)                                                    \
    {                                                                          \
#SERVICE, #CALL, #SERVICE "." #CALL,                                   \
            offsetof(pileus_##SERVICE##_service, CALL)                         \
    }

/* As services.h has them. */
const check_slot check_slots[] = {
    SLOT(connection, open),
    SLOT(connection, close),
    SLOT(connection, capability),
    SLOT(compute, list_nodes),
    SLOT(compute, list_sizes),
    SLOT(compute, list_images),
    SLOT(compute, list_locations),
    SLOT(compute, get_node),
    SLOT(compute, create_node),
    SLOT(compute, reboot_node),
    SLOT(compute, start_node),
    SLOT(compute, stop_node),
    SLOT(compute, destroy_node),
    SLOT(volumes, list_volumes),
    SLOT(volumes, create_volume),
    SLOT(volumes, destroy_volume),
    SLOT(volumes, attach_volume),
    SLOT(volumes, detach_volume),
    SLOT(volumes, list_snapshots),
    SLOT(volumes, create_snapshot),
    SLOT(volumes, destroy_snapshot),
    SLOT(keypairs, list_key_pairs),
    SLOT(keypairs, get_key_pair),
    SLOT(keypairs, create_key_pair),
    SLOT(keypairs, import_key_pair),
    SLOT(keypairs, delete_key_pair),
    SLOT(images, get_image),
    SLOT(images, create_image),
    SLOT(images, delete_image),
    SLOT(lifecycle, pause_node),
    SLOT(lifecycle, unpause_node),
    SLOT(lifecycle, suspend_node),
    SLOT(lifecycle, resume_node),
    SLOT(lifecycle, shelve_node),
    SLOT(lifecycle, unshelve_node),
    SLOT(lifecycle, rebuild_node),
    SLOT(lifecycle, resize_node),
    SLOT(lifecycle, confirm_resize_node),
    SLOT(lifecycle, revert_resize_node),
    SLOT(lifecycle, get_console_log),
    SLOT(addresses, list_addresses),
    SLOT(addresses, create_address),
    SLOT(addresses, delete_address),
    SLOT(addresses, attach_address),
    SLOT(addresses, detach_address),
    SLOT(tags, set_tags),
    SLOT(tags, remove_tags),
};
const size_t check_slot_count = sizeof check_slots / sizeof check_slots[0];

const check_service check_services[] = {
    {"connection", PIL__CONNECTION_1_0}, {"compute", PIL__COMPUTE_1_0},
    {"volumes", PIL__VOLUMES_1_0},       {"keypairs", PIL__KEYPAIRS_1_0},
    {"images", PIL__IMAGES_1_0},         {"lifecycle", PIL__LIFECYCLE_1_0},
    {"addresses", PIL__ADDRESSES_1_0},   {"tags", PIL__TAGS_1_0},
};
const size_t check_service_count =
    sizeof check_services / sizeof check_services[0];
