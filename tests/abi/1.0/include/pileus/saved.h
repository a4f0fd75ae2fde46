/* Objects as bytes: written down, and taken up again by another process. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_SAVED_H
#define PILEUS_SAVED_H

#include <pileus/volumes.h>

PILEUS_BEGIN_DECLS

/*
 * What is saved is a line of JSON for each object (JSON Lines, UTF-8): its
 * driver, its kind, all its facts, the extra and the driver's blob. So lines of
 * several lists may stand in one file, and a file may be cut between lines.
 * What a later library adds, an older one leaves out; a line whose own form
 * changed is refused with the number of both. Credentials and options of the
 * connection are never in it, nor is a private key; what a provider tells of
 * its objects is, so keep it as private as that is.
 */

/* Save a list, in its order, or one object. *saved is a new text, to be freed
 * with pileus_text_free; of an empty list it is empty. The object's state is
 * that of now. Fails with PILEUS_INVALID_ARGUMENT for NULL and for an object
 * without a connection, and with PILEUS_NO_MEMORY. From any thread. */
PILEUS_API pileus_code pileus_list_save(pileus_text **saved,
                                        const pileus_list *list,
                                        pileus_error **err);
PILEUS_API pileus_code pileus_node_save(pileus_text **saved,
                                        const pileus_node *node,
                                        pileus_error **err);
PILEUS_API pileus_code pileus_size_save(pileus_text **saved,
                                        const pileus_size *size,
                                        pileus_error **err);
PILEUS_API pileus_code pileus_image_save(pileus_text **saved,
                                         const pileus_image *image,
                                         pileus_error **err);
PILEUS_API pileus_code pileus_location_save(pileus_text **saved,
                                            const pileus_location *location,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_volume_save(pileus_text **saved,
                                          const pileus_volume *volume,
                                          pileus_error **err);
PILEUS_API pileus_code pileus_snapshot_save(pileus_text **saved,
                                            const pileus_snapshot *snapshot,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_key_pair_save(pileus_text **saved,
                                            const pileus_key_pair *pair,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_address_save(pileus_text **saved,
                                           const pileus_address *address,
                                           pileus_error **err);

/* The objects of what was saved, in that order and perhaps of several kinds, as
 * conn's own: *list is a new list, to be freed with pileus_list_free. They are
 * what they were when they were saved; nothing is asked of the provider. size
 * may be PILEUS_NUL_TERMINATED. PILEUS_INVALID_ARGUMENT names the line that is
 * no saved object, or one of another driver, because a blob is only for the
 * driver that made it; then there is no list at all. From any thread. */
PILEUS_API pileus_code pileus_list_load(pileus_list **list,
                                        pileus_connection *conn,
                                        const char *saved, size_t size,
                                        pileus_error **err);

/* ---- what is asked for ----------------------------------------------------
 */

/*
 * The same for what is asked of a provider, so that another process can ask it:
 * a document of JSON each, in one line. All that was set is in it, the password
 * and the user data, too; pileus_text_free wipes it, and whoever writes it down
 * answers for it. It is of no driver: what a driver does not know, the call
 * refuses. PILEUS_INVALID_ARGUMENT for NULL and for what is none of these, and
 * PILEUS_NO_MEMORY. What is loaded is new, and freed as what was made
 * otherwise. From any thread, while nobody changes it.
 */
PILEUS_API pileus_code pileus_node_spec_save(pileus_text **saved,
                                             const pileus_node_spec *spec,
                                             pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_load(pileus_node_spec **spec,
                                             const char *saved, size_t size,
                                             pileus_error **err);
PILEUS_API pileus_code pileus_volume_spec_save(pileus_text **saved,
                                               const pileus_volume_spec *spec,
                                               pileus_error **err);
PILEUS_API pileus_code pileus_volume_spec_load(pileus_volume_spec **spec,
                                               const char *saved, size_t size,
                                               pileus_error **err);
PILEUS_API pileus_code pileus_query_save(pileus_text **saved,
                                         const pileus_query *query,
                                         pileus_error **err);
PILEUS_API pileus_code pileus_query_load(pileus_query **query,
                                         const char *saved, size_t size,
                                         pileus_error **err);

PILEUS_END_DECLS

#endif
