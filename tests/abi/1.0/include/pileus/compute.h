/* Compute: list, get, create, reboot, start, stop, destroy, wait. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_COMPUTE_H
#define PILEUS_COMPUTE_H

#include <pileus/connection.h>

PILEUS_BEGIN_DECLS

/*
 * All of these may be called from any thread. call NULL stands for a fresh
 * call with the default time limit. Objects they give are new references.
 * Any of them can fail with PILEUS_CLOSED, PILEUS_TIMEOUT, PILEUS_CANCELLED,
 * PILEUS_NO_MEMORY, PILEUS_NOT_SUPPORTED, and whatever the provider says.
 */

/* ---- query: which objects a listing is about ---------------------------- */

/* All that is set must hold of an object; several ids, states or tags are:
 * one of the ids, one of the states, all of the tags. What the driver cannot
 * ask its provider, the core sorts out, so the answer is the same everywhere.
 * One thread at a time while it is being set up; then any. */
typedef struct pileus_query pileus_query;

PILEUS_API pileus_code pileus_query_new(pileus_query **query,
                                        pileus_error **err);
PILEUS_API void pileus_query_free(pileus_query *query);
/* An id with a NUL, a line break, invalid UTF-8, or longer than PILEUS_ID_MAX
 * is PILEUS_INVALID_ARGUMENT. length may be PILEUS_NUL_TERMINATED. */
PILEUS_API pileus_code pileus_query_add_id(pileus_query *query, const char *id,
                                           size_t length, pileus_error **err);
/* The exact name. */
PILEUS_API pileus_code pileus_query_set_name(pileus_query *query,
                                             const char *name,
                                             pileus_error **err);
/* Of a node; or of a volume or snapshot, a pileus_storage_state. */
PILEUS_API pileus_code pileus_query_add_state(pileus_query *query,
                                              pileus_state state,
                                              pileus_error **err);
/* Id of a location. Sizes and images: those that can be had there. */
PILEUS_API pileus_code pileus_query_set_location(pileus_query *query,
                                                 const char *location_id,
                                                 pileus_error **err);
/* value NULL: any value. */
PILEUS_API pileus_code pileus_query_add_tag(pileus_query *query,
                                            const char *key, const char *value,
                                            pileus_error **err);
/* A filter of the driver's own; one that it does not know is
 * PILEUS_NOT_SUPPORTED. */
PILEUS_API pileus_code pileus_query_add_filter(pileus_query *query,
                                               const char *name,
                                               const char *value,
                                               pileus_error **err);

/* ---- listings ----------------------------------------------------------- */

/* Three ways, for each kind, query NULL being everything:
 *
 * _each calls fn for every object as it arrives, from the calling thread, in
 * constant memory. The object is the callback's for its duration; it takes a
 * reference to keep it. fn returns false to have enough, which is a success.
 *
 * _list collects them in *list, freed with pileus_list_free. On failure there
 * is no list.
 *
 * _iterate starts the listing in the background, a bounded distance ahead;
 * pileus_iterator_next_... takes the objects one by one. */

typedef bool (*pileus_node_fn)(void *user, pileus_node *node);
typedef bool (*pileus_size_fn)(void *user, pileus_size *size);
typedef bool (*pileus_image_fn)(void *user, pileus_image *image);
typedef bool (*pileus_location_fn)(void *user, pileus_location *location);

PILEUS_API pileus_code pileus_node_each(pileus_connection *conn,
                                        const pileus_query *query,
                                        pileus_node_fn fn, void *user,
                                        pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_size_each(pileus_connection *conn,
                                        const pileus_query *query,
                                        pileus_size_fn fn, void *user,
                                        pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_image_each(pileus_connection *conn,
                                         const pileus_query *query,
                                         pileus_image_fn fn, void *user,
                                         pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_location_each(pileus_connection *conn,
                                            const pileus_query *query,
                                            pileus_location_fn fn, void *user,
                                            pileus_call *call,
                                            pileus_error **err);

PILEUS_API pileus_code pileus_node_list(pileus_list **list,
                                        pileus_connection *conn,
                                        const pileus_query *query,
                                        pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_size_list(pileus_list **list,
                                        pileus_connection *conn,
                                        const pileus_query *query,
                                        pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_image_list(pileus_list **list,
                                         pileus_connection *conn,
                                         const pileus_query *query,
                                         pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_location_list(pileus_list **list,
                                            pileus_connection *conn,
                                            const pileus_query *query,
                                            pileus_call *call,
                                            pileus_error **err);

/* A listing under way. One thread at a time. The query is copied; the call is
 * in use until the iterator is freed. */
typedef struct pileus_iterator pileus_iterator;

PILEUS_API pileus_code pileus_node_iterate(pileus_iterator **iterator,
                                           pileus_connection *conn,
                                           const pileus_query *query,
                                           pileus_call *call,
                                           pileus_error **err);
PILEUS_API pileus_code pileus_size_iterate(pileus_iterator **iterator,
                                           pileus_connection *conn,
                                           const pileus_query *query,
                                           pileus_call *call,
                                           pileus_error **err);
PILEUS_API pileus_code pileus_image_iterate(pileus_iterator **iterator,
                                            pileus_connection *conn,
                                            const pileus_query *query,
                                            pileus_call *call,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_location_iterate(pileus_iterator **iterator,
                                               pileus_connection *conn,
                                               const pileus_query *query,
                                               pileus_call *call,
                                               pileus_error **err);

/* The next object, a new reference, in *object; NULL there at the end. The
 * end, and a failure, come again at each further call. */
PILEUS_API pileus_code pileus_iterator_next_node(pileus_iterator *iterator,
                                                 pileus_node **object,
                                                 pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_size(pileus_iterator *iterator,
                                                 pileus_size **object,
                                                 pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_image(pileus_iterator *iterator,
                                                  pileus_image **object,
                                                  pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_location(pileus_iterator *iterator,
                                                     pileus_location **object,
                                                     pileus_error **err);
/* End the listing, wherever it is, and free the iterator; NULL is allowed. */
PILEUS_API void pileus_iterator_free(pileus_iterator *iterator);

/* ---- one node ----------------------------------------------------------- */

/* The node of this id in *node; PILEUS_NOT_FOUND if there is none. The id is
 * checked as in pileus_query_add_id. */
PILEUS_API pileus_code pileus_node_get(pileus_node **node,
                                       pileus_connection *conn, const char *id,
                                       size_t length, pileus_call *call,
                                       pileus_error **err);

/* ---- create ------------------------------------------------------------- */

/* What a node shall be. Everything is optional as far as the driver lets it
 * be. One thread at a time. Strings are copied; a password and user data are
 * wiped when freed. */
typedef struct pileus_node_spec pileus_node_spec;

PILEUS_API pileus_code pileus_node_spec_new(pileus_node_spec **spec,
                                            pileus_error **err);
PILEUS_API void pileus_node_spec_free(pileus_node_spec *spec);
PILEUS_API pileus_code pileus_node_spec_set_name(pileus_node_spec *spec,
                                                 const char *name,
                                                 pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_set_size(pileus_node_spec *spec,
                                                 const char *size_id,
                                                 pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_set_image(pileus_node_spec *spec,
                                                  const char *image_id,
                                                  pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_set_location(pileus_node_spec *spec,
                                                     const char *location_id,
                                                     pileus_error **err);
/* A public key in OpenSSH's one-line form; a key pair known to the provider by
 * name; a password for the first user. */
PILEUS_API pileus_code pileus_node_spec_set_ssh_key(pileus_node_spec *spec,
                                                    const char *public_key,
                                                    pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_set_key_name(pileus_node_spec *spec,
                                                     const char *name,
                                                     pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_set_password(pileus_node_spec *spec,
                                                     const char *password,
                                                     pileus_error **err);
/* Any bytes, as the guest shall see them: encoding is the driver's work. */
PILEUS_API pileus_code pileus_node_spec_set_user_data(pileus_node_spec *spec,
                                                      const void *data,
                                                      size_t size,
                                                      pileus_error **err);
PILEUS_API pileus_code pileus_node_spec_add_tag(pileus_node_spec *spec,
                                                const char *key,
                                                const char *value,
                                                pileus_error **err);
/* An idempotency token: two creates with one token make one node, as far as
 * the driver can (see the capability "token"). Without it each create gets a
 * fresh random one. 1 to 64 printable ASCII characters. */
PILEUS_API pileus_code pileus_node_spec_set_token(pileus_node_spec *spec,
                                                  const char *token,
                                                  pileus_error **err);
/* An argument of the driver's own; its manual page names them. One that it
 * does not know is PILEUS_NOT_SUPPORTED. */
PILEUS_API pileus_code pileus_node_spec_set_option(pileus_node_spec *spec,
                                                   const char *name,
                                                   const char *value,
                                                   pileus_error **err);

/* Make a node. Returns when the provider has accepted it: it may still be
 * pending and without addresses; pileus_node_wait waits. spec NULL stands for
 * an empty one. An argument that the driver does not support is
 * PILEUS_NOT_SUPPORTED, before anything is made; one that it ignores is
 * logged as a warning. If it fails half-way, pileus_error_made_id names what
 * was made. */
PILEUS_API pileus_code pileus_node_create(pileus_node **node,
                                          pileus_connection *conn,
                                          const pileus_node_spec *spec,
                                          pileus_call *call,
                                          pileus_error **err);

/* ---- verbs -------------------------------------------------------------- */

/* Each returns when the provider has accepted the request, and leaves the
 * state that then holds in this handle: rebooting after reboot, terminated
 * after destroy, and so on. flags: 0, PILEUS_SOFT or PILEUS_HARD. A node whose
 * state forbids it is PILEUS_CONFLICT; one that is gone, PILEUS_NOT_FOUND. */
PILEUS_API pileus_code pileus_node_reboot(pileus_node *node, uint64_t flags,
                                          pileus_call *call,
                                          pileus_error **err);
PILEUS_API pileus_code pileus_node_start(pileus_node *node, uint64_t flags,
                                         pileus_call *call, pileus_error **err);
PILEUS_API pileus_code pileus_node_stop(pileus_node *node, uint64_t flags,
                                        pileus_call *call, pileus_error **err);
/* What goes with the node (disks, addresses) the driver's page says. */
PILEUS_API pileus_code pileus_node_destroy(pileus_node *node, uint64_t flags,
                                           pileus_call *call,
                                           pileus_error **err);

/* Wait until the node is in the wanted state, and give its newest facts in
 * *out (a new reference; may be NULL); the handle's own state follows. For
 * PILEUS_STATE_TERMINATED, being gone counts. A node that ends in a state from
 * which it cannot get there (error, terminated) is PILEUS_FAILED at once. The
 * call's deadline bounds it all. */
PILEUS_API pileus_code pileus_node_wait(pileus_node **out, pileus_node *node,
                                        pileus_state wanted, pileus_call *call,
                                        pileus_error **err);

PILEUS_END_DECLS

#endif
