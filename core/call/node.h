/* One node: what its verbs share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_NODE_H
#define PIL__CALL_NODE_H

#include "core/call/connection.h"

/* Keeps the one object that a driver puts, and counts what comes. */
typedef struct pil__keeper {
    pil__object *object;
    size_t count;
} pil__keeper;

bool pil__keep(void *user, pil__object *object);

/* What a driver put that shall put one object: *out, or an error. code is
 * what the driver returned. Ends the operation and the sink. */
pileus_code pil__leave_with_node(pil__operation *operation, pileus_sink *sink,
                                 pil__keeper *keeper, int32_t code,
                                 pileus_node **out, pileus_error **err);

#endif
