/* Listings: objects of any kind, streamed or collected. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_LISTING_H
#define PIL__CALL_LISTING_H

#include "core/call/connection.h"

/* What is to be listed. */
typedef struct pil__listing {
    pileus_connection *conn;
    pileus_kind kind;
    const pileus_volume *volume; /* whose snapshots; NULL: those of all */
    const pileus_query *query;   /* NULL: everything */
} pil__listing;

/* Have fn take each object. */
pileus_code pil__each(const pil__listing *listing, pil__sink_fn fn, void *user,
                      pileus_call *call, pileus_error **err);
/* Collect them in a list. */
pileus_code pil__list(pileus_list **list, const pil__listing *listing,
                      pileus_call *call, pileus_error **err);
/* Start an iterator on them, and take from it. */
pileus_code pil__iterate(pileus_iterator **iterator,
                         const pil__listing *listing, pileus_call *call,
                         pileus_error **err);
pileus_code pil__iterator_next(pileus_iterator *iterator, pileus_kind kind,
                               pil__object **object, pileus_error **err);

/* Check what every such function is given. */
pileus_code pil__listing_check(const pil__listing *listing, const void *out,
                               pileus_error **err);

#endif
