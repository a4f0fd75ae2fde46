/* Connections: a driver opened with options. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_CONNECTION_H
#define PILEUS_CONNECTION_H

#include <pileus/call.h>
#include <pileus/driver_list.h>
#include <pileus/model.h>

PILEUS_BEGIN_DECLS

/* ---- options ------------------------------------------------------------ */

/* Names and values for opening a connection. Values are kept in memory that is
 * wiped when freed. One thread at a time. */
typedef struct pileus_options pileus_options;

PILEUS_API pileus_code pileus_options_new(pileus_options **options,
                                          pileus_error **err);
PILEUS_API void pileus_options_free(pileus_options *options);

/* Set an option to a value, which is copied. Setting one twice is
 * PILEUS_INVALID_ARGUMENT. Whether the driver knows the option, and whether
 * the value is of its type, is found out when the connection is opened. */
PILEUS_API pileus_code pileus_options_set(pileus_options *options,
                                          const char *name, const char *value,
                                          pileus_error **err);

/* Take the options that are not set from a profile of the user's profile file
 * (pileus(1) says where it is and what it looks like). The driver that the
 * profile names is put in *driver, which belongs to the options. driver may be
 * NULL. */
PILEUS_API pileus_code pileus_options_set_profile(pileus_options *options,
                                                  const char *profile,
                                                  const char **driver,
                                                  pileus_error **err);

/* ---- opening and closing ------------------------------------------------ */

/*
 * Open a connection: find the driver by name, load it, negotiate its ABI, and
 * let it open with the options given; then those of the profile; then
 * environment variables that the manifest names; then the manifest's defaults.
 *
 * ctx NULL stands for a new context of the connection's own; options NULL for
 * none; call NULL for a fresh one. The options are copied. *conn is a new
 * reference, to be closed and given back.
 *
 * A connection may be used from any number of threads: the core keeps what the
 * driver's thread model asks for.
 */
PILEUS_API pileus_code pileus_connection_open(
    pileus_connection **conn, pileus_context *ctx, const char *driver,
    const pileus_options *options, pileus_call *call, pileus_error **err);

/* Close it: wait for calls under way to end, let the driver go. Calls made
 * later get PILEUS_CLOSED, also through nodes that came from it. Closing twice
 * does no harm. Not from within one of its own callbacks. */
PILEUS_API void pileus_connection_close(pileus_connection *conn);

PILEUS_API pileus_connection *pileus_connection_ref(pileus_connection *conn);
/* Give a reference back; the last one closes. NULL is allowed. Objects hold
 * one each. */
PILEUS_API void pileus_connection_unref(pileus_connection *conn);

/* ---- asking ------------------------------------------------------------- */

/* Name of its driver; the connection's own name: the profile's, or else the
 * driver's. Both belong to the connection. */
PILEUS_API const char *pileus_connection_driver(const pileus_connection *conn);
PILEUS_API const char *pileus_connection_name(const pileus_connection *conn);

/* Value an option came to, and in *source (may be NULL; static) where from:
 * "caller", "profile", "file", "environment" or "default". NULL for an option
 * that is unset, unknown or secret. Belongs to the connection. */
PILEUS_API const char *pileus_connection_option(const pileus_connection *conn,
                                                const char *name,
                                                const char **source);

/* Can the driver do this call ("create_node"), or with argument not NULL,
 * does that argument ("location") have an effect in it? Services: "compute",
 * "volumes", "keypairs", "images", "lifecycle", "addresses", "tags". Arguments
 * of create_node: name, size, image, location, ssh_key, key_name, password,
 * user_data, tags, token, and the driver's own; of create_volume: name, size,
 * location, snapshot, token, and the driver's own; of attach_volume: device; of
 * create_snapshot: name; of create_image: description; of rebuild_node: those
 * of create_node; of get_console_log: lines; of create_address: pool; of
 * set_tags and remove_tags the kind: node, image, volume, snapshot, key_pair,
 * address. */
PILEUS_API pileus_capability
pileus_connection_capability(pileus_connection *conn, const char *service,
                             const char *name, const char *argument);

PILEUS_END_DECLS

#endif
