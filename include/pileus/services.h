/* Driver services beside compute: volumes, key pairs, images. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_SERVICES_H
#define PILEUS_SERVICES_H

#include <pileus/driver.h>

PILEUS_BEGIN_DECLS

/* Each is optional: get_service returns its table, or NULL. In a table each
 * call is optional, too. Objects that come back are read with
 * pileus_object_id and the like. The rules of compute hold here as well. A
 * sink of any other call than a listing takes one object. */

/* ---- service "volumes", version 1 ---------------------------------------- */

/* What a volume shall be. Unset: NULL and 0. */
typedef struct pileus_volume_args {
    uint64_t struct_size;
    uint64_t flags;    /* none yet: 0 */
    const char *token; /* idempotency token, always set */
    const char *name;
    int64_t size; /* GB; 0: the snapshot's, or the provider's least */
    const char *location;
    const char *snapshot;  /* id of the one to be made from */
    uint64_t option_count; /* the driver's own */
    const pileus_pair *options;
} pileus_volume_args;

typedef struct pileus_volumes_service {
    uint64_t struct_size; /* sizeof(pileus_volumes_service) */

    int32_t (*list_volumes)(void *connection, pileus_call *call,
                            const pileus_query_args *query, pileus_sink *sink);
    int32_t (*create_volume)(void *connection, pileus_call *call,
                             const pileus_volume_args *args, pileus_sink *sink);
    int32_t (*destroy_volume)(void *connection, pileus_call *call,
                              const pileus_volume *volume, uint64_t flags);
    /* Both of this connection. device: where in the node, such as "/dev/vdb";
     * NULL: anywhere. */
    int32_t (*attach_volume)(void *connection, pileus_call *call,
                             const pileus_volume *volume,
                             const pileus_node *node, const char *device);
    /* From the node it is attached to. */
    int32_t (*detach_volume)(void *connection, pileus_call *call,
                             const pileus_volume *volume);

    /* volume NULL: the snapshots of all volumes. */
    int32_t (*list_snapshots)(void *connection, pileus_call *call,
                              const pileus_volume *volume,
                              const pileus_query_args *query,
                              pileus_sink *sink);
    /* name NULL: the provider's choice. */
    int32_t (*create_snapshot)(void *connection, pileus_call *call,
                               const pileus_volume *volume, const char *name,
                               pileus_sink *sink);
    int32_t (*destroy_snapshot)(void *connection, pileus_call *call,
                                const pileus_snapshot *snapshot);
} pileus_volumes_service;

/* ---- service "keypairs", version 1 --------------------------------------- */

/* A key pair that is put without an id gets its name as id. */
typedef struct pileus_keypairs_service {
    uint64_t struct_size; /* sizeof(pileus_keypairs_service) */

    int32_t (*list_key_pairs)(void *connection, pileus_call *call,
                              const pileus_query_args *query,
                              pileus_sink *sink);
    /* By its name. Left out: the core lists and picks. */
    int32_t (*get_key_pair)(void *connection, pileus_call *call,
                            const char *name, pileus_sink *sink);
    /* The provider makes it, and its answer is the only one that ever holds
     * the private key. */
    int32_t (*create_key_pair)(void *connection, pileus_call *call,
                               const char *name, pileus_sink *sink);
    int32_t (*import_key_pair)(void *connection, pileus_call *call,
                               const char *name, const char *public_key,
                               pileus_sink *sink);
    int32_t (*delete_key_pair)(void *connection, pileus_call *call,
                               const pileus_key_pair *pair);
} pileus_keypairs_service;

/* ---- service "images", version 1 ------------------------------------------
 */

typedef struct pileus_images_service {
    uint64_t struct_size; /* sizeof(pileus_images_service) */

    /* Left out: the core lists and picks. */
    int32_t (*get_image)(void *connection, pileus_call *call, const char *id,
                         pileus_sink *sink);
    /* From a node as it is now. description may be NULL. */
    int32_t (*create_image)(void *connection, pileus_call *call,
                            const pileus_node *node, const char *name,
                            const char *description, pileus_sink *sink);
    int32_t (*delete_image)(void *connection, pileus_call *call,
                            const pileus_image *image);
} pileus_images_service;

PILEUS_END_DECLS

#endif
