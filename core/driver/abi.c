/* The driver ABI, pinned: what is written here fails to compile when a field of
 * a released struct moves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/abi.h"
#include "core/driver/pin.h"

#include <pileus/lease.h>

/* ---- ABI 1.0: what a driver gives ------------------------------------------
 */

AT(pileus_pair, name, 0);
AT(pileus_pair, value, P);

AT(pileus_driver_descriptor, magic, 0);
AT(pileus_driver_descriptor, struct_size, 4);
AT(pileus_driver_descriptor, abi_major, 8);
AT(pileus_driver_descriptor, abi_minor, 12);
AT(pileus_driver_descriptor, name, 16);
AT(pileus_driver_descriptor, version, 16 + P);
AT(pileus_driver_descriptor, type, 16 + 2 * P);
AT(pileus_driver_descriptor, host_minor_min, 16 + 3 * P);
AT(pileus_driver_descriptor, thread_model, 20 + 3 * P);
AT(pileus_driver_descriptor, init, 24 + 3 * P);
AT(pileus_driver_descriptor, fini, 24 + 4 * P);
AT(pileus_driver_descriptor, get_service, 24 + 5 * P);

AT(pileus_connection_service, struct_size, 0);
AT(pileus_connection_service, open, 8);
AT(pileus_connection_service, close, 8 + P);
AT(pileus_connection_service, capability, 8 + 2 * P);

AT(pileus_compute_service, struct_size, 0);
AT(pileus_compute_service, list_nodes, 8);
AT(pileus_compute_service, list_sizes, 8 + P);
AT(pileus_compute_service, list_images, 8 + 2 * P);
AT(pileus_compute_service, list_locations, 8 + 3 * P);
AT(pileus_compute_service, get_node, 8 + 4 * P);
AT(pileus_compute_service, create_node, 8 + 5 * P);
AT(pileus_compute_service, reboot_node, 8 + 6 * P);
AT(pileus_compute_service, start_node, 8 + 7 * P);
AT(pileus_compute_service, stop_node, 8 + 8 * P);
AT(pileus_compute_service, destroy_node, 8 + 9 * P);

AT(pileus_volumes_service, struct_size, 0);
AT(pileus_volumes_service, list_volumes, 8);
AT(pileus_volumes_service, create_volume, 8 + P);
AT(pileus_volumes_service, destroy_volume, 8 + 2 * P);
AT(pileus_volumes_service, attach_volume, 8 + 3 * P);
AT(pileus_volumes_service, detach_volume, 8 + 4 * P);
AT(pileus_volumes_service, list_snapshots, 8 + 5 * P);
AT(pileus_volumes_service, create_snapshot, 8 + 6 * P);
AT(pileus_volumes_service, destroy_snapshot, 8 + 7 * P);

AT(pileus_keypairs_service, struct_size, 0);
AT(pileus_keypairs_service, list_key_pairs, 8);
AT(pileus_keypairs_service, get_key_pair, 8 + P);
AT(pileus_keypairs_service, create_key_pair, 8 + 2 * P);
AT(pileus_keypairs_service, import_key_pair, 8 + 3 * P);
AT(pileus_keypairs_service, delete_key_pair, 8 + 4 * P);

AT(pileus_images_service, struct_size, 0);
AT(pileus_images_service, get_image, 8);
AT(pileus_images_service, create_image, 8 + P);
AT(pileus_images_service, delete_image, 8 + 2 * P);

AT(pileus_lifecycle_service, struct_size, 0);
AT(pileus_lifecycle_service, pause_node, 8);
AT(pileus_lifecycle_service, unpause_node, 8 + P);
AT(pileus_lifecycle_service, suspend_node, 8 + 2 * P);
AT(pileus_lifecycle_service, resume_node, 8 + 3 * P);
AT(pileus_lifecycle_service, shelve_node, 8 + 4 * P);
AT(pileus_lifecycle_service, unshelve_node, 8 + 5 * P);
AT(pileus_lifecycle_service, rebuild_node, 8 + 6 * P);
AT(pileus_lifecycle_service, resize_node, 8 + 7 * P);
AT(pileus_lifecycle_service, confirm_resize_node, 8 + 8 * P);
AT(pileus_lifecycle_service, revert_resize_node, 8 + 9 * P);
AT(pileus_lifecycle_service, get_console_log, 8 + 10 * P);

AT(pileus_addresses_service, struct_size, 0);
AT(pileus_addresses_service, list_addresses, 8);
AT(pileus_addresses_service, create_address, 8 + P);
AT(pileus_addresses_service, delete_address, 8 + 2 * P);
AT(pileus_addresses_service, attach_address, 8 + 3 * P);
AT(pileus_addresses_service, detach_address, 8 + 4 * P);

AT(pileus_tags_service, struct_size, 0);
AT(pileus_tags_service, set_tags, 8);
AT(pileus_tags_service, remove_tags, 8 + P);

_Static_assert(PIL__DESCRIPTOR_1_0 == 24 + 6 * P, "descriptor of 1.0");
_Static_assert(PIL__CONNECTION_1_0 == 8 + 3 * P, "connection of 1.0");
_Static_assert(PIL__COMPUTE_1_0 == 8 + 10 * P, "compute of 1.0");
_Static_assert(PIL__VOLUMES_1_0 == 8 + 8 * P, "volumes of 1.0");
_Static_assert(PIL__KEYPAIRS_1_0 == 8 + 5 * P, "keypairs of 1.0");
_Static_assert(PIL__IMAGES_1_0 == 8 + 3 * P, "images of 1.0");
_Static_assert(PIL__LIFECYCLE_1_0 == 8 + 11 * P, "lifecycle of 1.0");
_Static_assert(PIL__ADDRESSES_1_0 == 8 + 5 * P, "addresses of 1.0");
_Static_assert(PIL__TAGS_1_0 == 8 + 2 * P, "tags of 1.0");

/* ---- ABI 1.0: what a driver gets -------------------------------------------
 */

AT(pileus_failure, struct_size, 0);
AT(pileus_failure, code, 8);
AT(pileus_failure, retryable, 12);
AT(pileus_failure, may_have_happened, 16);
AT(pileus_failure, reserved, 20);
AT(pileus_failure, retry_after_ms, 24);
AT(pileus_failure, status, 32);
AT(pileus_failure, message, 40);
AT(pileus_failure, provider_code, 40 + P);
AT(pileus_failure, provider_message, 40 + 2 * P);
AT(pileus_failure, request_id, 40 + 3 * P);

AT(pileus_query_args, struct_size, 0);
AT(pileus_query_args, id_count, 8);
AT(pileus_query_args, ids, 16);
AT(pileus_query_args, name, 16 + P);
AT(pileus_query_args, state_count, 16 + 2 * P);
AT(pileus_query_args, states, 24 + 2 * P);
AT(pileus_query_args, location, 24 + 3 * P);
AT(pileus_query_args, tag_count, 24 + 4 * P);
AT(pileus_query_args, tags, 32 + 4 * P);
AT(pileus_query_args, filter_count, WIDE(32 + 5 * P));
AT(pileus_query_args, filters, WIDE(32 + 5 * P) + 8);

AT(pileus_create_args, struct_size, 0);
AT(pileus_create_args, flags, 8);
AT(pileus_create_args, token, 16);
AT(pileus_create_args, name, 16 + P);
AT(pileus_create_args, size, 16 + 2 * P);
AT(pileus_create_args, image, 16 + 3 * P);
AT(pileus_create_args, location, 16 + 4 * P);
AT(pileus_create_args, ssh_key, 16 + 5 * P);
AT(pileus_create_args, key_name, 16 + 6 * P);
AT(pileus_create_args, password, 16 + 7 * P);
AT(pileus_create_args, user_data, 16 + 8 * P);
AT(pileus_create_args, user_data_size, WIDE(16 + 9 * P));
AT(pileus_create_args, tag_count, WIDE(16 + 9 * P) + 8);
AT(pileus_create_args, tags, WIDE(16 + 9 * P) + 16);
AT(pileus_create_args, option_count, WIDE(WIDE(16 + 9 * P) + 16 + P));
AT(pileus_create_args, options, WIDE(WIDE(16 + 9 * P) + 16 + P) + 8);

AT(pileus_volume_args, struct_size, 0);
AT(pileus_volume_args, flags, 8);
AT(pileus_volume_args, token, 16);
AT(pileus_volume_args, name, 16 + P);
AT(pileus_volume_args, size, 16 + 2 * P);
AT(pileus_volume_args, location, 24 + 2 * P);
AT(pileus_volume_args, snapshot, 24 + 3 * P);
AT(pileus_volume_args, option_count, 24 + 4 * P);
AT(pileus_volume_args, options, 32 + 4 * P);

AT(pileus_host_call, struct_size, 0);
AT(pileus_host_call, log, 8);
AT(pileus_host_call, fail, 8 + P);
AT(pileus_host_call, check, 8 + 2 * P);
AT(pileus_host_call, wait, 8 + 3 * P);
AT(pileus_host_call, remaining_ms, 8 + 4 * P);
AT(pileus_host_call, now_ms, 8 + 5 * P);
AT(pileus_host_call, progress, 8 + 6 * P);
AT(pileus_host_call, made, 8 + 7 * P);
AT(pileus_host_call, on_cancel, 8 + 8 * P);
AT(pileus_host_call, address_is_private, 8 + 9 * P);

AT(pileus_host_setting, struct_size, 0);
AT(pileus_host_setting, string, 8);
AT(pileus_host_setting, integer, 8 + P);
AT(pileus_host_setting, boolean, 8 + 2 * P);
AT(pileus_host_setting, source, 8 + 3 * P);
AT(pileus_host_setting, provide, 8 + 4 * P);

AT(pileus_host_record, struct_size, 0);
AT(pileus_host_record, begin, 8);
AT(pileus_host_record, nested, 8 + P);
AT(pileus_host_record, set_string, 8 + 2 * P);
AT(pileus_host_record, set_integer, 8 + 3 * P);
AT(pileus_host_record, set_double, 8 + 4 * P);
AT(pileus_host_record, add_pair, 8 + 5 * P);
AT(pileus_host_record, set_blob, 8 + 6 * P);
AT(pileus_host_record, put, 8 + 7 * P);
AT(pileus_host_record, drop, 8 + 8 * P);

AT(pileus_host_extra, struct_size, 0);
AT(pileus_host_extra, null, 8);
AT(pileus_host_extra, boolean, 8 + P);
AT(pileus_host_extra, integer, 8 + 2 * P);
AT(pileus_host_extra, real, 8 + 3 * P);
AT(pileus_host_extra, string, 8 + 4 * P);
AT(pileus_host_extra, open, 8 + 5 * P);
AT(pileus_host_extra, close, 8 + 6 * P);

AT(pileus_host_object, struct_size, 0);
AT(pileus_host_object, string, 8);
AT(pileus_host_object, integer, 8 + P);
AT(pileus_host_object, blob, 8 + 2 * P);

AT(pileus_host_digest, struct_size, 0);
AT(pileus_host_digest, hash, 8);
AT(pileus_host_digest, hmac, 8 + P);
AT(pileus_host_digest, rsa_sign, 8 + 2 * P);
AT(pileus_host_digest, hex, 8 + 3 * P);
AT(pileus_host_digest, base64, 8 + 4 * P);
AT(pileus_host_digest, equal, 8 + 5 * P);
AT(pileus_host_digest, wipe, 8 + 6 * P);
AT(pileus_host_digest, release, 8 + 7 * P);
AT(pileus_host_digest, ssh_fingerprint, 8 + 8 * P);
AT(pileus_host_digest, unbase64, 8 + 9 * P);

AT(pileus_host_text, struct_size, 0);
AT(pileus_host_text, add, 8);
AT(pileus_host_text, begin, 8 + P);
AT(pileus_host_text, encode, 8 + 2 * P);
AT(pileus_host_text, end, 8 + 3 * P);
AT(pileus_host_text, drop, 8 + 4 * P);

AT(pileus_host_file, struct_size, 0);
AT(pileus_host_file, read, 8);
AT(pileus_host_file, path, 8 + P);
AT(pileus_host_file, data, 8 + 2 * P);
AT(pileus_host_file, is_exposed, 8 + 3 * P);
AT(pileus_host_file, free, 8 + 4 * P);

AT(pileus_host_lease, struct_size, 0);
AT(pileus_host_lease, create, 8);
AT(pileus_host_lease, destroy, 8 + P);
AT(pileus_host_lease, give, 8 + 2 * P);
AT(pileus_host_lease, take, 8 + 3 * P);
AT(pileus_host_lease, put_back, 8 + 4 * P);
AT(pileus_host_lease, refused, 8 + 5 * P);

AT(pileus_lease_terms, struct_size, 0);
AT(pileus_lease_terms, user, 8);
AT(pileus_lease_terms, what, 8 + P);
AT(pileus_lease_terms, fetch, 8 + 2 * P);
AT(pileus_lease_terms, drop, 8 + 3 * P);
AT(pileus_lease_terms, ahead_ms, 8 + 4 * P);

AT(pileus_host, struct_size, 0);
AT(pileus_host, abi_major, 8);
AT(pileus_host, abi_minor, 12);
AT(pileus_host, version, 16);
AT(pileus_host, call, 16 + P);
AT(pileus_host, setting, 16 + 2 * P);
AT(pileus_host, record, 16 + 3 * P);
AT(pileus_host, extra, 16 + 4 * P);
AT(pileus_host, object, 16 + 5 * P);
AT(pileus_host, json, 16 + 6 * P);
AT(pileus_host, writer, 16 + 7 * P);
AT(pileus_host, digest, 16 + 8 * P);
AT(pileus_host, http, 16 + 9 * P);
AT(pileus_host, format, 16 + 10 * P);
AT(pileus_host, text, 16 + 11 * P);
AT(pileus_host, file, 16 + 12 * P);
AT(pileus_host, lease, 16 + 13 * P);
