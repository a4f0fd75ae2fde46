/* Volumes and their snapshots: list, get, create, attach, detach, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_VOLUMES_H
#define PILEUS_VOLUMES_H

#include <pileus/compute.h>

PILEUS_BEGIN_DECLS

/* The rules of compute.h hold here as well. States in a query are
 * pileus_storage_states here. What is destroyed shows PILEUS_VOLUME_DELETED in
 * this handle; for all else get it again to see what became of it. */

/* ---- listings of volumes ------------------------------------------------- */

typedef bool (*pileus_volume_fn)(void *user, pileus_volume *volume);

PILEUS_API pileus_code pileus_volume_each(pileus_connection *conn,
                                          const pileus_query *query,
                                          pileus_volume_fn fn, void *user,
                                          pileus_call *call,
                                          pileus_error **err);
PILEUS_API pileus_code pileus_volume_list(pileus_list **list,
                                          pileus_connection *conn,
                                          const pileus_query *query,
                                          pileus_call *call,
                                          pileus_error **err);
PILEUS_API pileus_code pileus_volume_iterate(pileus_iterator **iterator,
                                             pileus_connection *conn,
                                             const pileus_query *query,
                                             pileus_call *call,
                                             pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_volume(pileus_iterator *iterator,
                                                   pileus_volume **object,
                                                   pileus_error **err);

/* ---- one volume ---------------------------------------------------------- */

/* The volume of this id in *volume; PILEUS_NOT_FOUND if there is none. */
PILEUS_API pileus_code pileus_volume_get(pileus_volume **volume,
                                         pileus_connection *conn,
                                         const char *id, size_t length,
                                         pileus_call *call, pileus_error **err);

/* What a volume shall be. Everything is optional as far as the driver lets it
 * be. One thread at a time. Strings are copied. */
typedef struct pileus_volume_spec pileus_volume_spec;

PILEUS_API pileus_code pileus_volume_spec_new(pileus_volume_spec **spec,
                                              pileus_error **err);
PILEUS_API void pileus_volume_spec_free(pileus_volume_spec *spec);
PILEUS_API pileus_code pileus_volume_spec_set_name(pileus_volume_spec *spec,
                                                   const char *name,
                                                   pileus_error **err);
/* 1 or more. Unset: the snapshot's size, or the provider's least. */
PILEUS_API pileus_code pileus_volume_spec_set_size(pileus_volume_spec *spec,
                                                   int64_t gb,
                                                   pileus_error **err);
PILEUS_API pileus_code pileus_volume_spec_set_location(pileus_volume_spec *spec,
                                                       const char *location_id,
                                                       pileus_error **err);
/* The snapshot that the volume begins as a copy of. */
PILEUS_API pileus_code pileus_volume_spec_set_snapshot(pileus_volume_spec *spec,
                                                       const char *snapshot_id,
                                                       pileus_error **err);
/* As of a node: see pileus_node_spec_set_token and _set_option. */
PILEUS_API pileus_code pileus_volume_spec_set_token(pileus_volume_spec *spec,
                                                    const char *token,
                                                    pileus_error **err);
PILEUS_API pileus_code pileus_volume_spec_set_option(pileus_volume_spec *spec,
                                                     const char *name,
                                                     const char *value,
                                                     pileus_error **err);

/* Make a volume. Returns when the provider has accepted it: it may still be
 * creating. What pileus_node_create says of its arguments and of a failure
 * half-way holds here, too. */
PILEUS_API pileus_code pileus_volume_create(pileus_volume **volume,
                                            pileus_connection *conn,
                                            const pileus_volume_spec *spec,
                                            pileus_call *call,
                                            pileus_error **err);

/* Destroy it with all that is on it. flags: none yet, 0. One that is attached
 * is PILEUS_CONFLICT with most providers. */
PILEUS_API pileus_code pileus_volume_destroy(pileus_volume *volume,
                                             uint64_t flags, pileus_call *call,
                                             pileus_error **err);

/* Attach it to a node of the same connection. device: where it shall appear
 * in the node, such as "/dev/vdb"; NULL: anywhere. */
PILEUS_API pileus_code pileus_volume_attach(pileus_volume *volume,
                                            const pileus_node *node,
                                            const char *device,
                                            pileus_call *call,
                                            pileus_error **err);
/* Detach it from the node that it is attached to. */
PILEUS_API pileus_code pileus_volume_detach(pileus_volume *volume,
                                            pileus_call *call,
                                            pileus_error **err);

/* ---- snapshots ----------------------------------------------------------- */

/* Listings take one argument more: the volume, of the same connection, whose
 * snapshots they are about; NULL: those of all volumes. */

typedef bool (*pileus_snapshot_fn)(void *user, pileus_snapshot *snapshot);

PILEUS_API pileus_code pileus_snapshot_each(pileus_connection *conn,
                                            const pileus_volume *volume,
                                            const pileus_query *query,
                                            pileus_snapshot_fn fn, void *user,
                                            pileus_call *call,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_snapshot_list(
    pileus_list **list, pileus_connection *conn, const pileus_volume *volume,
    const pileus_query *query, pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_snapshot_iterate(pileus_iterator **iterator,
                                               pileus_connection *conn,
                                               const pileus_volume *volume,
                                               const pileus_query *query,
                                               pileus_call *call,
                                               pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_snapshot(pileus_iterator *iterator,
                                                     pileus_snapshot **object,
                                                     pileus_error **err);

/* The snapshot of this id; PILEUS_NOT_FOUND if there is none. */
PILEUS_API pileus_code pileus_snapshot_get(pileus_snapshot **snapshot,
                                           pileus_connection *conn,
                                           const char *id, size_t length,
                                           pileus_call *call,
                                           pileus_error **err);

/* Take a snapshot of a volume as it is now. name NULL: the provider's choice.
 */
PILEUS_API pileus_code pileus_snapshot_create(pileus_snapshot **snapshot,
                                              pileus_volume *volume,
                                              const char *name,
                                              pileus_call *call,
                                              pileus_error **err);
PILEUS_API pileus_code pileus_snapshot_destroy(pileus_snapshot *snapshot,
                                               pileus_call *call,
                                               pileus_error **err);

PILEUS_END_DECLS

#endif
