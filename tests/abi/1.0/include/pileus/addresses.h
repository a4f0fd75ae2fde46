/* Addresses that are kept without a machine: list, create, attach, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_ADDRESSES_H
#define PILEUS_ADDRESSES_H

#include <pileus/compute.h>

PILEUS_BEGIN_DECLS

/* Floating, elastic or reserved addresses, as providers call them. The rules of
 * compute.h hold here as well. No call changes an object: get it again to see
 * what became of it. From any thread. */

/* ---- listings ------------------------------------------------------------ */

typedef bool (*pileus_address_fn)(void *user, pileus_address *address);

PILEUS_API pileus_code pileus_address_each(pileus_connection *conn,
                                           const pileus_query *query,
                                           pileus_address_fn fn, void *user,
                                           pileus_call *call,
                                           pileus_error **err);
PILEUS_API pileus_code pileus_address_list(pileus_list **list,
                                           pileus_connection *conn,
                                           const pileus_query *query,
                                           pileus_call *call,
                                           pileus_error **err);
PILEUS_API pileus_code pileus_address_iterate(pileus_iterator **iterator,
                                              pileus_connection *conn,
                                              const pileus_query *query,
                                              pileus_call *call,
                                              pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_address(pileus_iterator *iterator,
                                                    pileus_address **object,
                                                    pileus_error **err);

/* ---- one address --------------------------------------------------------- */

/* The address of this id, a new reference, in *address; PILEUS_NOT_FOUND if
 * there is none. The id is checked as in pileus_query_add_id. */
PILEUS_API pileus_code pileus_address_get(pileus_address **address,
                                          pileus_connection *conn,
                                          const char *id, size_t length,
                                          pileus_call *call,
                                          pileus_error **err);

/* Have the provider set one aside, a new reference in *address. pool: where it
 * shall be of, by a name or id that the driver's page tells of; NULL: the
 * provider's choice. It costs until it is deleted with most providers. If it
 * fails half-way, pileus_error_made_id names what was made. */
PILEUS_API pileus_code pileus_address_create(pileus_address **address,
                                             pileus_connection *conn,
                                             const char *pool,
                                             pileus_call *call,
                                             pileus_error **err);

/* Give it back to the provider. One that is attached is detached with it, or is
 * PILEUS_CONFLICT. */
PILEUS_API pileus_code pileus_address_delete(pileus_address *address,
                                             pileus_call *call,
                                             pileus_error **err);

/* Have it lead to a node of the same connection. */
PILEUS_API pileus_code pileus_address_attach(pileus_address *address,
                                             const pileus_node *node,
                                             pileus_call *call,
                                             pileus_error **err);
/* Have it lead nowhere. */
PILEUS_API pileus_code pileus_address_detach(pileus_address *address,
                                             pileus_call *call,
                                             pileus_error **err);

PILEUS_END_DECLS

#endif
