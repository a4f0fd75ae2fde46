/* Services, a table each: what a driver gives for the core to call. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_SERVICES_H
#define PILEUS_SERVICES_H

/* Part of driver.h. */

#include <pileus/args.h>
#include <pileus/host.h>

PILEUS_BEGIN_DECLS

/* Every function of a driver that returns int32_t returns a pileus_code, and
 * has called pileus_fail before it returns anything but PILEUS_OK. */

/* Service "connection", version 1. Mandatory. */
typedef struct pileus_connection_service {
    uint64_t struct_size; /* sizeof(pileus_connection_service) */

    /* Mandatory. Settings (pileus_setting) can be read here only; copy what is
     * needed later, and wipe copies of secrets. */
    int32_t (*open)(void *state, pileus_call *call, void **connection);
    /* Mandatory. No call is under way, and none follows. */
    void (*close)(void *connection);

    /* Optional: a pileus_capability for a call of a service, or with argument
     * not NULL for that argument of it; PILEUS_CAPABILITY_UNKNOWN leaves the
     * answer to the core: a call is supported when it is in the table; of the
     * standard arguments of create_node and create_volume none is, of those of
     * rebuild_node the image alone, and of the driver's own none, and of
     * filters none; of the arguments of other calls (services.h) all are. Must
     * not talk to the provider. */
    int32_t (*capability)(void *connection, const char *service,
                          const char *call, const char *argument);
} pileus_connection_service;

/*
 * Service "compute", version 1. A call left out (NULL) is "not supported", and
 * the core says so without calling in, unless it is said otherwise.
 *
 * A node argument is one that this driver made; read it with pileus_object_id,
 * pileus_object_blob and the like. after is a record of that node: the state
 * that is set in it becomes the handle's, and so does its extra, if one is set,
 * in place of the old one. Without a state there the core sets rebooting,
 * starting, stopping, terminated. It is not put anywhere.
 */
typedef struct pileus_compute_service {
    uint64_t struct_size; /* sizeof(pileus_compute_service) */

    /* Listings put records into the sink, in any order. list_nodes is
     * mandatory. */
    int32_t (*list_nodes)(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
    int32_t (*list_sizes)(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);
    int32_t (*list_images)(void *connection, pileus_call *call,
                           const pileus_query_args *query, pileus_sink *sink);
    int32_t (*list_locations)(void *connection, pileus_call *call,
                              const pileus_query_args *query,
                              pileus_sink *sink);

    /* Put the node of this id; PILEUS_NOT_FOUND if there is none. Left out:
     * the core lists and picks. */
    int32_t (*get_node)(void *connection, pileus_call *call, const char *id,
                        pileus_sink *sink);

    /* Make a node and put it. As soon as its id is known, say pileus_made. */
    int32_t (*create_node)(void *connection, pileus_call *call,
                           const pileus_create_args *args, pileus_sink *sink);

    /* flags: 0, PILEUS_SOFT or PILEUS_HARD. A flag that the driver cannot
     * keep is PILEUS_NOT_SUPPORTED. */
    int32_t (*reboot_node)(void *connection, pileus_call *call,
                           const pileus_node *node, uint64_t flags,
                           pileus_record *after);
    int32_t (*start_node)(void *connection, pileus_call *call,
                          const pileus_node *node, uint64_t flags,
                          pileus_record *after);
    int32_t (*stop_node)(void *connection, pileus_call *call,
                         const pileus_node *node, uint64_t flags,
                         pileus_record *after);
    int32_t (*destroy_node)(void *connection, pileus_call *call,
                            const pileus_node *node, uint64_t flags,
                            pileus_record *after);
} pileus_compute_service;

/* Those that follow are optional: get_service returns the table, or NULL. In a
 * table each call is optional, too. Objects that come back are read with
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

/* ---- service "lifecycle", version 1 -------------------------------------- */

/* Flags are 0 so far. Without a state in after the core sets: updating after
 * pause, suspend and shelve; starting after unpause, resume and unshelve;
 * reconfiguring after the others. */
typedef struct pileus_lifecycle_service {
    uint64_t struct_size; /* sizeof(pileus_lifecycle_service) */

    int32_t (*pause_node)(void *connection, pileus_call *call,
                          const pileus_node *node, uint64_t flags,
                          pileus_record *after);
    int32_t (*unpause_node)(void *connection, pileus_call *call,
                            const pileus_node *node, uint64_t flags,
                            pileus_record *after);
    int32_t (*suspend_node)(void *connection, pileus_call *call,
                            const pileus_node *node, uint64_t flags,
                            pileus_record *after);
    int32_t (*resume_node)(void *connection, pileus_call *call,
                           const pileus_node *node, uint64_t flags,
                           pileus_record *after);
    int32_t (*shelve_node)(void *connection, pileus_call *call,
                           const pileus_node *node, uint64_t flags,
                           pileus_record *after);
    int32_t (*unshelve_node)(void *connection, pileus_call *call,
                             const pileus_node *node, uint64_t flags,
                             pileus_record *after);

    /* What the node shall be: the image is always set, the token too; the core
     * has asked the driver's capability for all else. */
    int32_t (*rebuild_node)(void *connection, pileus_call *call,
                            const pileus_node *node,
                            const pileus_create_args *args,
                            pileus_record *after);
    /* size: the id of one. */
    int32_t (*resize_node)(void *connection, pileus_call *call,
                           const pileus_node *node, const char *size,
                           uint64_t flags, pileus_record *after);
    /* Of a provider that keeps the old size until one of these. Meanwhile a
     * node is running, or stopped, and the provider's word says that it waits:
     * reconfiguring is for what ends by itself. */
    int32_t (*confirm_resize_node)(void *connection, pileus_call *call,
                                   const pileus_node *node, uint64_t flags,
                                   pileus_record *after);
    int32_t (*revert_resize_node)(void *connection, pileus_call *call,
                                  const pileus_node *node, uint64_t flags,
                                  pileus_record *after);

    /* The console's text into the sink of it, with pileus_text_add. lines: how
     * many of the last are wanted, 0 for all; more may be given, for the core
     * leaves the first ones out. Never log any of it. */
    int32_t (*get_console_log)(void *connection, pileus_call *call,
                               const pileus_node *node, uint64_t lines,
                               pileus_text *text);
} pileus_lifecycle_service;

/* ---- service "addresses", version 1 -------------------------------------- */

/* An address that is put without a name gets its IP as name. */
typedef struct pileus_addresses_service {
    uint64_t struct_size; /* sizeof(pileus_addresses_service) */

    int32_t (*list_addresses)(void *connection, pileus_call *call,
                              const pileus_query_args *query,
                              pileus_sink *sink);
    /* pool NULL: the provider's choice. */
    int32_t (*create_address)(void *connection, pileus_call *call,
                              const char *pool, pileus_sink *sink);
    int32_t (*delete_address)(void *connection, pileus_call *call,
                              const pileus_address *address);
    /* Both of this connection. */
    int32_t (*attach_address)(void *connection, pileus_call *call,
                              const pileus_address *address,
                              const pileus_node *node);
    int32_t (*detach_address)(void *connection, pileus_call *call,
                              const pileus_address *address);
} pileus_addresses_service;

/* ---- service "tags", version 1 --------------------------------------------
 */

/* The tags, or labels, of what is there: of an object of this kind and of this
 * connection. That a driver can do it with nodes the table says; with other
 * kinds its capability does, for the arguments "image", "volume", "snapshot",
 * "key_pair" and "address". At least one is given, none twice. All of them are
 * done, or none, where the provider lets that be. */
typedef struct pileus_tags_service {
    uint64_t struct_size; /* sizeof(pileus_tags_service) */

    /* Values replace those of tags that are there; the other tags stay. No
     * value is NULL. */
    int32_t (*set_tags)(void *connection, pileus_call *call, pileus_kind kind,
                        const void *object, const pileus_pair *tags,
                        uint64_t count);
    /* By their keys; one that is not there is no failure. */
    int32_t (*remove_tags)(void *connection, pileus_call *call,
                           pileus_kind kind, const void *object,
                           const char *const *keys, uint64_t count);
} pileus_tags_service;

/* ---- tables of a driver's own ---------------------------------------------
 */

/* A service, and its table of version 1. */
typedef struct pileus_service_entry {
    const char *name;
    const void *table;
} pileus_service_entry;

/* What get_service returns, of a driver whose services are these. */
static inline const void *
pileus_find_service(const pileus_service_entry *entries, uint64_t count,
                    const char *service, uint32_t version)
{
    for (uint64_t i = 0; version == 1 && i < count; i++) {
        if (strcmp(entries[i].name, service) == 0) {
            return entries[i].table;
        }
    }
    return NULL;
}

/* An argument of a call, and the pileus_capability. */
typedef struct pileus_argument_entry {
    const char *call;
    const char *argument;
    int32_t answer;
} pileus_argument_entry;

/* The answer to the capability question, by these; PILEUS_CAPABILITY_UNKNOWN:
 * it is not among them. */
static inline int32_t
pileus_find_argument(const pileus_argument_entry *entries, uint64_t count,
                     const char *call, const char *argument)
{
    for (uint64_t i = 0; argument != NULL && i < count; i++) {
        if (strcmp(entries[i].call, call) == 0 &&
            strcmp(entries[i].argument, argument) == 0) {
            return entries[i].answer;
        }
    }
    return PILEUS_CAPABILITY_UNKNOWN;
}

PILEUS_END_DECLS

#endif
