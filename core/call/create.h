/* Create: what a node shall be, on its way to a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_CREATE_H
#define PIL__CALL_CREATE_H

#include "core/call/connection.h"

#include <pileus/compute.h>

/* Random bytes in a token that the core makes; twice as many hex digits. */
#define PIL__TOKEN_BYTES 16
#define PIL__TOKEN_SIZE (PIL__TOKEN_BYTES * 2 + 1)

/* It stays where it is until it is freed: its parts point to each other. */
typedef struct pil__order {
    pileus_create_args args; /* the strings are the spec's */
    pil__redactor secrets;   /* of the call */
    char token[PIL__TOKEN_SIZE];
} pil__order;

/* Fill it from a spec (NULL: an empty one), if the driver's call takes what is
 * set. To be freed in any case, once the call has ended. */
pileus_code pil__order_admit(pil__order *order, const pileus_node_spec *spec,
                             const pil__operation *operation,
                             pileus_error **err);
void pil__order_free(pil__order *order);

#endif
