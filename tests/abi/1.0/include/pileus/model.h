/* The model: nodes, volumes and all other objects, and lists of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_MODEL_H
#define PILEUS_MODEL_H

#include <pileus/error.h>
#include <pileus/value.h>

PILEUS_BEGIN_DECLS

typedef struct pileus_connection pileus_connection;
typedef struct pileus_list pileus_list;

/*
 * Objects are opaque and counted: _ref takes one more reference and returns
 * the object, _unref gives one back; both may be called from any thread, and
 * NULL is allowed. Each object holds a reference to the connection it came
 * from, so objects of different providers are handled alike.
 *
 * Strings, values and objects that a getter returns belong to the object and
 * live as long as it does. NULL means "the provider did not say". All getters
 * may be called from any thread; of an object only its state ever changes, by
 * the calls made through that handle.
 */

/* ---- node: a machine ---------------------------------------------------- */

PILEUS_API pileus_node *pileus_node_ref(pileus_node *node);
PILEUS_API void pileus_node_unref(pileus_node *node);

/* NULL for a node that has no id (yet). */
PILEUS_API const char *pileus_node_id(const pileus_node *node);
PILEUS_API const char *pileus_node_name(const pileus_node *node);
PILEUS_API pileus_state pileus_node_state(const pileus_node *node);
/* The provider's own word for the state. */
PILEUS_API const char *pileus_node_provider_state(const pileus_node *node);

/* Addresses, IPv4 and IPv6 alike, in the provider's order; NULL beyond the
 * end. */
PILEUS_API size_t pileus_node_public_ip_count(const pileus_node *node);
PILEUS_API const char *pileus_node_public_ip(const pileus_node *node, size_t i);
PILEUS_API size_t pileus_node_private_ip_count(const pileus_node *node);
PILEUS_API const char *pileus_node_private_ip(const pileus_node *node,
                                              size_t i);

/* The connection that this node belongs to. Not a new reference. */
PILEUS_API pileus_connection *pileus_node_connection(const pileus_node *node);

/* Size and image as far as the provider told with the node, perhaps only
 * their ids; the id of the location. Not new references. */
PILEUS_API const pileus_size *pileus_node_size(const pileus_node *node);
PILEUS_API const pileus_image *pileus_node_image(const pileus_node *node);
PILEUS_API const char *pileus_node_location_id(const pileus_node *node);

/* Nanoseconds since 1970-01-01T00:00:00Z in *ns, and true; false when the
 * provider did not say. */
PILEUS_API bool pileus_node_created_at(const pileus_node *node, int64_t *ns);

/* Generic facts, a dict, which is made when it is first asked for (NULL: memory
 * ran out at that); tags or labels, a dict of strings (never NULL). The
 * driver's manual page names the keys. */
PILEUS_API const pileus_value *pileus_node_extra(const pileus_node *node);
PILEUS_API const pileus_value *pileus_node_tags(const pileus_node *node);

/* The driver's opaque bytes: only the driver that made them can read them.
 * They hold no pointers, so they may be copied, compared and kept. NULL, and
 * 0 in *size, when there are none. size and format may be NULL. */
PILEUS_API const void *pileus_node_blob(const pileus_node *node, size_t *size,
                                        uint32_t *format);

/* Lowercase hex SHA-1 of "id:type", type being the driver's libcloud type, as
 * libcloud's get_uuid computes it. A node without an id uses its first public
 * address; with neither there is none, and NULL is returned. The same uuid may
 * mean another machine at another time. */
PILEUS_API const char *pileus_node_uuid(const pileus_node *node);

/* A node of another connection of the same driver, taken over by conn: *out is
 * a new reference, with the same facts and blob. Fails with
 * PILEUS_INVALID_ARGUMENT when the node's driver is not conn's, because a blob
 * is only for the driver that made it. */
PILEUS_API pileus_code pileus_node_rebind(pileus_node **out,
                                          const pileus_node *node,
                                          pileus_connection *conn,
                                          pileus_error **err);

/* ---- size: what a machine may be ---------------------------------------- */

PILEUS_API pileus_size *pileus_size_ref(const pileus_size *size);
PILEUS_API void pileus_size_unref(const pileus_size *size);
PILEUS_API const char *pileus_size_id(const pileus_size *size);
PILEUS_API const char *pileus_size_name(const pileus_size *size);
/* Each number: true and the number, or false when the provider did not say.
 * So 0 means 0. */
PILEUS_API bool pileus_size_ram(const pileus_size *size, int64_t *mib);
PILEUS_API bool pileus_size_disk(const pileus_size *size, int64_t *gb);
PILEUS_API bool pileus_size_bandwidth(const pileus_size *size, int64_t *gb);
PILEUS_API bool pileus_size_vcpus(const pileus_size *size, int64_t *count);
/* In the unit the driver's manual page names; libcloud's is USD an hour. */
PILEUS_API bool pileus_size_price(const pileus_size *size, double *price);
PILEUS_API const pileus_value *pileus_size_extra(const pileus_size *size);
PILEUS_API const char *pileus_size_uuid(const pileus_size *size);
PILEUS_API pileus_connection *pileus_size_connection(const pileus_size *size);

/* ---- image: what a machine starts from ---------------------------------- */

PILEUS_API pileus_image *pileus_image_ref(const pileus_image *image);
PILEUS_API void pileus_image_unref(const pileus_image *image);
PILEUS_API const char *pileus_image_id(const pileus_image *image);
PILEUS_API const char *pileus_image_name(const pileus_image *image);
PILEUS_API const pileus_value *pileus_image_extra(const pileus_image *image);
PILEUS_API const char *pileus_image_uuid(const pileus_image *image);
PILEUS_API pileus_connection *
pileus_image_connection(const pileus_image *image);

/* ---- location: where a machine may stand -------------------------------- */

PILEUS_API pileus_location *pileus_location_ref(const pileus_location *loc);
PILEUS_API void pileus_location_unref(const pileus_location *loc);
PILEUS_API const char *pileus_location_id(const pileus_location *loc);
PILEUS_API const char *pileus_location_name(const pileus_location *loc);
/* ISO 3166-1 alpha-2. */
PILEUS_API const char *pileus_location_country(const pileus_location *loc);
PILEUS_API const pileus_value *
pileus_location_extra(const pileus_location *loc);
PILEUS_API pileus_connection *
pileus_location_connection(const pileus_location *loc);

/* ---- volume: a disk that lives without a machine ------------------------- */

PILEUS_API pileus_volume *pileus_volume_ref(const pileus_volume *volume);
PILEUS_API void pileus_volume_unref(const pileus_volume *volume);
PILEUS_API const char *pileus_volume_id(const pileus_volume *volume);
PILEUS_API const char *pileus_volume_name(const pileus_volume *volume);
PILEUS_API pileus_storage_state
pileus_volume_state(const pileus_volume *volume);
/* The provider's own word for the state. */
PILEUS_API const char *
pileus_volume_provider_state(const pileus_volume *volume);
PILEUS_API bool pileus_volume_size(const pileus_volume *volume, int64_t *gb);
/* Id of the node that it is attached to; of its location. */
PILEUS_API const char *pileus_volume_node_id(const pileus_volume *volume);
PILEUS_API const char *pileus_volume_location_id(const pileus_volume *volume);
/* As of a node. */
PILEUS_API bool pileus_volume_created_at(const pileus_volume *volume,
                                         int64_t *ns);
PILEUS_API const pileus_value *pileus_volume_extra(const pileus_volume *volume);
PILEUS_API const char *pileus_volume_uuid(const pileus_volume *volume);
PILEUS_API pileus_connection *
pileus_volume_connection(const pileus_volume *volume);
/* As pileus_node_rebind. */
PILEUS_API pileus_code pileus_volume_rebind(pileus_volume **out,
                                            const pileus_volume *volume,
                                            pileus_connection *conn,
                                            pileus_error **err);

/* ---- snapshot: a volume as it was ---------------------------------------- */

PILEUS_API pileus_snapshot *
pileus_snapshot_ref(const pileus_snapshot *snapshot);
PILEUS_API void pileus_snapshot_unref(const pileus_snapshot *snapshot);
PILEUS_API const char *pileus_snapshot_id(const pileus_snapshot *snapshot);
PILEUS_API const char *pileus_snapshot_name(const pileus_snapshot *snapshot);
PILEUS_API pileus_storage_state
pileus_snapshot_state(const pileus_snapshot *snapshot);
PILEUS_API const char *
pileus_snapshot_provider_state(const pileus_snapshot *snapshot);
/* Of the volume that can be made from it. */
PILEUS_API bool pileus_snapshot_size(const pileus_snapshot *snapshot,
                                     int64_t *gb);
/* Id of the volume that it was taken of, which may be gone. */
PILEUS_API const char *
pileus_snapshot_volume_id(const pileus_snapshot *snapshot);
PILEUS_API bool pileus_snapshot_created_at(const pileus_snapshot *snapshot,
                                           int64_t *ns);
PILEUS_API const pileus_value *
pileus_snapshot_extra(const pileus_snapshot *snapshot);
PILEUS_API pileus_connection *
pileus_snapshot_connection(const pileus_snapshot *snapshot);
PILEUS_API pileus_code pileus_snapshot_rebind(pileus_snapshot **out,
                                              const pileus_snapshot *snapshot,
                                              pileus_connection *conn,
                                              pileus_error **err);

/* ---- key pair: what opens a machine -------------------------------------- */

PILEUS_API pileus_key_pair *pileus_key_pair_ref(const pileus_key_pair *pair);
PILEUS_API void pileus_key_pair_unref(const pileus_key_pair *pair);
/* The name again, where the provider has no ids for key pairs. */
PILEUS_API const char *pileus_key_pair_id(const pileus_key_pair *pair);
PILEUS_API const char *pileus_key_pair_name(const pileus_key_pair *pair);
PILEUS_API const char *pileus_key_pair_fingerprint(const pileus_key_pair *pair);
/* In OpenSSH's one-line form. */
PILEUS_API const char *pileus_key_pair_public_key(const pileus_key_pair *pair);
/* A secret, in PEM, which only the object that pileus_key_pair_create gave
 * has: NULL in any other. Nothing else shows it, and it is wiped with the
 * object. */
PILEUS_API const char *pileus_key_pair_private_key(const pileus_key_pair *pair);
PILEUS_API const pileus_value *
pileus_key_pair_extra(const pileus_key_pair *pair);
PILEUS_API pileus_connection *
pileus_key_pair_connection(const pileus_key_pair *pair);

/* ---- address: one that is kept without a machine ------------------------- */

PILEUS_API pileus_address *pileus_address_ref(const pileus_address *address);
PILEUS_API void pileus_address_unref(const pileus_address *address);
PILEUS_API const char *pileus_address_id(const pileus_address *address);
/* The provider's name for it, or else the address itself. */
PILEUS_API const char *pileus_address_name(const pileus_address *address);
/* The address itself, IPv4 or IPv6. */
PILEUS_API const char *pileus_address_ip(const pileus_address *address);
/* What it was taken of: a name or id of the provider's. */
PILEUS_API const char *pileus_address_pool(const pileus_address *address);
/* Id of the node that it leads to. */
PILEUS_API const char *pileus_address_node_id(const pileus_address *address);
PILEUS_API const pileus_value *
pileus_address_extra(const pileus_address *address);
PILEUS_API pileus_connection *
pileus_address_connection(const pileus_address *address);

/* ---- list --------------------------------------------------------------- */

/* A list holds a reference to each of its objects; getters do not give a new
 * one. Read-only, so any thread may read it. Free it once; NULL is allowed. */
PILEUS_API void pileus_list_free(pileus_list *list);
PILEUS_API size_t pileus_list_count(const pileus_list *list);
/* Entry i; NULL beyond the end, or when the list holds another kind. */
PILEUS_API pileus_node *pileus_list_node(const pileus_list *list, size_t i);
PILEUS_API pileus_size *pileus_list_size(const pileus_list *list, size_t i);
PILEUS_API pileus_image *pileus_list_image(const pileus_list *list, size_t i);
PILEUS_API pileus_location *pileus_list_location(const pileus_list *list,
                                                 size_t i);
PILEUS_API pileus_volume *pileus_list_volume(const pileus_list *list, size_t i);
PILEUS_API pileus_snapshot *pileus_list_snapshot(const pileus_list *list,
                                                 size_t i);
PILEUS_API pileus_key_pair *pileus_list_key_pair(const pileus_list *list,
                                                 size_t i);

PILEUS_API pileus_address *pileus_list_address(const pileus_list *list,
                                               size_t i);

/* ---- states ------------------------------------------------------------- */

/* libcloud's name, such as "running"; "unknown" for an unknown number. */
PILEUS_API const char *pileus_state_name(pileus_state state);
/* The state of that name in *state, and true; false for an unknown name. */
PILEUS_API bool pileus_state_parse(const char *name, pileus_state *state);
/* The same for volumes and snapshots: "available", "inuse" and so on. */
PILEUS_API const char *pileus_storage_state_name(pileus_storage_state state);
PILEUS_API bool pileus_storage_state_parse(const char *name,
                                           pileus_storage_state *state);

PILEUS_END_DECLS

#endif
