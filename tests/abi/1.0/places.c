/* Where each field of ABI 1.0 stands. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <pileus/addresses.h>
#include <pileus/args.h>
#include <pileus/call.h>
#include <pileus/common.h>
#include <pileus/compute.h>
#include <pileus/connection.h>
#include <pileus/digest.h>
#include <pileus/driver.h>
#include <pileus/driver_call.h>
#include <pileus/driver_list.h>
#include <pileus/error.h>
#include <pileus/exchange.h>
#include <pileus/file.h>
#include <pileus/format.h>
#include <pileus/host.h>
#include <pileus/http.h>
#include <pileus/images.h>
#include <pileus/json.h>
#include <pileus/keypairs.h>
#include <pileus/lease.h>
#include <pileus/lifecycle.h>
#include <pileus/linked.h>
#include <pileus/model.h>
#include <pileus/pileus.h>
#include <pileus/raw.h>
#include <pileus/record.h>
#include <pileus/saved.h>
#include <pileus/services.h>
#include <pileus/tags.h>
#include <pileus/text.h>
#include <pileus/value.h>
#include <pileus/volumes.h>
#define P sizeof(void *)
struct alignment {
    char byte;
    uint64_t number;
};
#define WIDE(offset)                                                           \
    (((offset) + offsetof(struct alignment, number) - 1) /                     \
     offsetof(struct alignment, number) * offsetof(struct alignment, number))
#define AT(type, field, offset)                                                \
    _Static_assert(offsetof(type, field) == (offset),                          \
                   #type "." #field " has moved")

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
AT(pileus_host_json, struct_size, 0);
AT(pileus_host_json, get, 8);
AT(pileus_host_json, type, 8 + P);
AT(pileus_host_json, count, 8 + 2 * P);
AT(pileus_host_json, at, 8 + 3 * P);
AT(pileus_host_json, string, 8 + 4 * P);
AT(pileus_host_json, text, 8 + 5 * P);
AT(pileus_host_json, integer, 8 + 6 * P);
AT(pileus_host_json, real, 8 + 7 * P);
AT(pileus_host_json, boolean, 8 + 8 * P);
AT(pileus_host_json, time, 8 + 9 * P);
AT(pileus_host_json, need_text, 8 + 10 * P);
AT(pileus_host_json, need_integer, 8 + 11 * P);
AT(pileus_host_json, parse, 8 + 12 * P);
AT(pileus_host_json, free, 8 + 13 * P);
AT(pileus_host_json, to_extra, 8 + 14 * P);
AT(pileus_host_json, stream_new, 8 + 15 * P);
AT(pileus_host_json, stream_feed, 8 + 16 * P);
AT(pileus_host_json, stream_end, 8 + 17 * P);
AT(pileus_host_json, stream_free, 8 + 18 * P);
AT(pileus_host_format, struct_size, 0);
AT(pileus_host_format, open, 8);
AT(pileus_host_format, close, 8 + P);
AT(pileus_host_format, key, 8 + 2 * P);
AT(pileus_host_format, string, 8 + 3 * P);
AT(pileus_host_format, integer, 8 + 4 * P);
AT(pileus_host_format, real, 8 + 5 * P);
AT(pileus_host_format, boolean, 8 + 6 * P);
AT(pileus_host_format, null, 8 + 7 * P);
AT(pileus_host_writer, struct_size, 0);
AT(pileus_host_writer, begin, 8);
AT(pileus_host_writer, string, 8 + P);
AT(pileus_host_writer, integer, 8 + 2 * P);
AT(pileus_host_writer, real, 8 + 3 * P);
AT(pileus_host_writer, boolean, 8 + 4 * P);
AT(pileus_host_writer, null, 8 + 5 * P);
AT(pileus_host_writer, open, 8 + 6 * P);
AT(pileus_host_writer, close, 8 + 7 * P);
AT(pileus_host_writer, end, 8 + 8 * P);
AT(pileus_host_writer, free, 8 + 9 * P);
AT(pileus_format, struct_size, 0);
AT(pileus_format, name, 8);
AT(pileus_format, accept, 8 + P);
AT(pileus_format, begin, 8 + 2 * P);
AT(pileus_format, feed, 8 + 3 * P);
AT(pileus_format, end, 8 + 4 * P);
AT(pileus_format, free, 8 + 5 * P);
AT(pileus_host_http, struct_size, 0);
AT(pileus_host_http, create, 8);
AT(pileus_host_http, destroy, 8 + P);
AT(pileus_host_http, endpoint, 8 + 2 * P);
AT(pileus_host_http, secret, 8 + 3 * P);
AT(pileus_host_http, send, 8 + 4 * P);
AT(pileus_host_http, list, 8 + 5 * P);
AT(pileus_host_http, response_free, 8 + 6 * P);
AT(pileus_host_http, response_status, 8 + 7 * P);
AT(pileus_host_http, response_header, 8 + 8 * P);
AT(pileus_host_http, response_body, 8 + 9 * P);
AT(pileus_host_http, response_json, 8 + 10 * P);
AT(pileus_host_http, attempt_method, 8 + 11 * P);
AT(pileus_host_http, attempt_path, 8 + 12 * P);
AT(pileus_host_http, attempt_query_at, 8 + 13 * P);
AT(pileus_host_http, attempt_body, 8 + 14 * P);
AT(pileus_host_http, attempt_set_header, 8 + 15 * P);
AT(pileus_host_http, attempt_add_query, 8 + 16 * P);
AT(pileus_host_http, set_bearer, 8 + 17 * P);
AT(pileus_host_http, create_at, 8 + 18 * P);
AT(pileus_request, struct_size, 0);
AT(pileus_request, flags, 8);
AT(pileus_request, method, 16);
AT(pileus_request, path, 16 + P);
AT(pileus_request, query_count, 16 + 2 * P);
AT(pileus_request, query, 24 + 2 * P);
AT(pileus_request, header_count, WIDE(24 + 3 * P));
AT(pileus_request, headers, WIDE(24 + 3 * P) + 8);
AT(pileus_request, body, WIDE(24 + 3 * P) + 8 + P);
AT(pileus_request, body_size, WIDE(24 + 3 * P) + 8 + 2 * P);
AT(pileus_request, content_type, WIDE(24 + 3 * P) + 16 + 2 * P);
AT(pileus_http_hooks, struct_size, 0);
AT(pileus_http_hooks, user, 8);
AT(pileus_http_hooks, sign, 8 + P);
AT(pileus_http_hooks, explain, 8 + 2 * P);
AT(pileus_http_hooks, look_at_all, 8 + 3 * P);
AT(pileus_http_hooks, direct, 12 + 3 * P);
AT(pileus_http_hooks, format, 16 + 3 * P);
AT(pileus_http_hooks, timeout_ms, 16 + 4 * P);
AT(pileus_http_hooks, tries, 24 + 4 * P);
AT(pileus_pages, struct_size, 0);
AT(pileus_pages, kind, 8);
AT(pileus_pages, reserved, 12);
AT(pileus_pages, items, 16);
AT(pileus_pages, page, 16 + P);
AT(pileus_pages, first, 16 + 2 * P);
AT(pileus_pages, limit, 24 + 2 * P);
AT(pileus_pages, size, WIDE(24 + 3 * P));
AT(pileus_pages, next, WIDE(24 + 3 * P) + 8);
AT(pileus_pages, total, WIDE(24 + 3 * P) + 8 + P);
AT(pileus_pages, marker, WIDE(24 + 3 * P) + 8 + 2 * P);
