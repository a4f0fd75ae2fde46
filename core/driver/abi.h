/* The frozen sizes of what a driver gives, as each release left them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_ABI_H
#define PIL__DRIVER_ABI_H

#include <pileus/driver.h>

/* The size of a struct up to one of its pointers, that one included. */
#define PIL__ABI_UP_TO(type, field) (offsetof(type, field) + sizeof(void *))

/* ABI 1.0: a driver of major 1 gives at least this. */
#define PIL__DESCRIPTOR_1_0                                                    \
    PIL__ABI_UP_TO(pileus_driver_descriptor, get_service)
#define PIL__CONNECTION_1_0                                                    \
    PIL__ABI_UP_TO(pileus_connection_service, capability)
#define PIL__COMPUTE_1_0 PIL__ABI_UP_TO(pileus_compute_service, destroy_node)
#define PIL__VOLUMES_1_0                                                       \
    PIL__ABI_UP_TO(pileus_volumes_service, destroy_snapshot)
#define PIL__KEYPAIRS_1_0                                                      \
    PIL__ABI_UP_TO(pileus_keypairs_service, delete_key_pair)
#define PIL__IMAGES_1_0 PIL__ABI_UP_TO(pileus_images_service, delete_image)
#define PIL__LIFECYCLE_1_0                                                     \
    PIL__ABI_UP_TO(pileus_lifecycle_service, get_console_log)
#define PIL__ADDRESSES_1_0                                                     \
    PIL__ABI_UP_TO(pileus_addresses_service, detach_address)
#define PIL__TAGS_1_0 PIL__ABI_UP_TO(pileus_tags_service, remove_tags)

/* No table will ever be this large: its size is garbage. */
#define PIL__ABI_SIZE_MAX 65536

#endif
