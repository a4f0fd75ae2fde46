/* Queries: as the driver gets them, and as the core checks them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_QUERY_H
#define PIL__MODEL_QUERY_H

#include "core/model/check.h"
#include "core/model/object.h"

#include <pileus/compute.h>

/* The query as it crosses to a driver; valid while the query is and is not
 * changed. NULL gives an empty one. */
pileus_query_args pil__query_args(const pileus_query *query);

/* Does the object meet all of the query but the driver's own filters? */
bool pil__query_matches(const pileus_query *query, const pil__object *object);

/* A deep copy in *copy; NULL gives NULL. */
pileus_code pil__query_copy(pileus_query **copy, const pileus_query *query,
                            pileus_error **err);

#endif
