/* Listings: objects of any kind, streamed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_LISTING_H
#define PIL__CALL_LISTING_H

#include "core/call/connection.h"

/* Have fn take each object of a kind that the query is about. */
pileus_code pil__each(pileus_connection *conn, pileus_kind kind,
                      const pileus_query *query, pil__sink_fn fn, void *user,
                      pileus_call *call, pileus_error **err);

/* Check what every such function is given. */
pileus_code pil__listing_arguments(const pileus_connection *conn,
                                   const void *out, pileus_error **err);

#endif
