/* Key pairs that a provider knows: list, get, create, import, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_KEYPAIRS_H
#define PILEUS_KEYPAIRS_H

#include <pileus/compute.h>

PILEUS_BEGIN_DECLS

/* The rules of compute.h hold here as well. */

typedef bool (*pileus_key_pair_fn)(void *user, pileus_key_pair *pair);

PILEUS_API pileus_code pileus_key_pair_each(pileus_connection *conn,
                                            const pileus_query *query,
                                            pileus_key_pair_fn fn, void *user,
                                            pileus_call *call,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_key_pair_list(pileus_list **list,
                                            pileus_connection *conn,
                                            const pileus_query *query,
                                            pileus_call *call,
                                            pileus_error **err);
PILEUS_API pileus_code pileus_key_pair_iterate(pileus_iterator **iterator,
                                               pileus_connection *conn,
                                               const pileus_query *query,
                                               pileus_call *call,
                                               pileus_error **err);
PILEUS_API pileus_code pileus_iterator_next_key_pair(pileus_iterator *iterator,
                                                     pileus_key_pair **object,
                                                     pileus_error **err);

/* The key pair of this name; PILEUS_NOT_FOUND if there is none. */
PILEUS_API pileus_code pileus_key_pair_get(pileus_key_pair **pair,
                                           pileus_connection *conn,
                                           const char *name, pileus_call *call,
                                           pileus_error **err);

/* Have the provider make a pair. pileus_key_pair_private_key gives the private
 * key, of this object alone: the provider tells it once. */
PILEUS_API pileus_code pileus_key_pair_create(pileus_key_pair **pair,
                                              pileus_connection *conn,
                                              const char *name,
                                              pileus_call *call,
                                              pileus_error **err);
/* Make a public key, in OpenSSH's one-line form, known to the provider. */
PILEUS_API pileus_code pileus_key_pair_import(
    pileus_key_pair **pair, pileus_connection *conn, const char *name,
    const char *public_key, pileus_call *call, pileus_error **err);
/* Nodes that were made with it keep it. */
PILEUS_API pileus_code pileus_key_pair_delete(pileus_key_pair *pair,
                                              pileus_call *call,
                                              pileus_error **err);

PILEUS_END_DECLS

#endif
