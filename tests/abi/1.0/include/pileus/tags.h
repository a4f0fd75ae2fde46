/* Tags of what is there: set and remove them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_TAGS_H
#define PILEUS_TAGS_H

#include <pileus/model.h>

PILEUS_BEGIN_DECLS

/* Tags, labels or metadata, as providers call them: a key, and a value that may
 * be empty. The rules of compute.h hold here as well. No call changes an
 * object: get it again to see its tags. From any thread. */

#define PILEUS_TAGS_MAX 64 /* in one call */

/* Give the object these tags. Values replace those of tags that are there; its
 * other tags stay. Both are UTF-8 of at most PILEUS_OPTION_MAX bytes, a key is
 * not empty; the provider may allow less. PILEUS_NOT_SUPPORTED where the driver
 * cannot do this, or not with this kind: pileus_connection_capability answers
 * for the argument "node", "image" and so on of "set_tags". The same tags may
 * be set again, so what failed may be repeated. */
PILEUS_API pileus_code pileus_node_set_tags(pileus_node *node,
                                            const pileus_pair *tags,
                                            size_t count, pileus_call *call,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_image_set_tags(pileus_image *image,
                                             const pileus_pair *tags,
                                             size_t count, pileus_call *call,
                                             pileus_error **err);
PILEUS_API pileus_code pileus_volume_set_tags(pileus_volume *volume,
                                              const pileus_pair *tags,
                                              size_t count, pileus_call *call,
                                              pileus_error **err);
PILEUS_API pileus_code pileus_snapshot_set_tags(pileus_snapshot *snapshot,
                                                const pileus_pair *tags,
                                                size_t count, pileus_call *call,
                                                pileus_error **err);
PILEUS_API pileus_code pileus_key_pair_set_tags(pileus_key_pair *pair,
                                                const pileus_pair *tags,
                                                size_t count, pileus_call *call,
                                                pileus_error **err);
PILEUS_API pileus_code pileus_address_set_tags(pileus_address *address,
                                               const pileus_pair *tags,
                                               size_t count, pileus_call *call,
                                               pileus_error **err);

/* Take these tags from the object, by their keys. One that it does not have is
 * no failure. */
PILEUS_API pileus_code pileus_node_remove_tags(pileus_node *node,
                                               const char *const *keys,
                                               size_t count, pileus_call *call,
                                               pileus_error **err);
PILEUS_API pileus_code pileus_image_remove_tags(pileus_image *image,
                                                const char *const *keys,
                                                size_t count, pileus_call *call,
                                                pileus_error **err);
PILEUS_API pileus_code pileus_volume_remove_tags(pileus_volume *volume,
                                                 const char *const *keys,
                                                 size_t count,
                                                 pileus_call *call,
                                                 pileus_error **err);
PILEUS_API pileus_code pileus_snapshot_remove_tags(pileus_snapshot *snapshot,
                                                   const char *const *keys,
                                                   size_t count,
                                                   pileus_call *call,
                                                   pileus_error **err);
PILEUS_API pileus_code pileus_key_pair_remove_tags(pileus_key_pair *pair,
                                                   const char *const *keys,
                                                   size_t count,
                                                   pileus_call *call,
                                                   pileus_error **err);
PILEUS_API pileus_code pileus_address_remove_tags(pileus_address *address,
                                                  const char *const *keys,
                                                  size_t count,
                                                  pileus_call *call,
                                                  pileus_error **err);

PILEUS_END_DECLS

#endif
