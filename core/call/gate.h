/* Gates: one call at a time, for drivers that ask for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_GATE_H
#define PIL__CALL_GATE_H

#include "core/call/call.h"

/* Who waits at it waits in order, and no longer than its call lasts. */
typedef struct pil__gate {
    pthread_mutex_t lock;
    bool taken;
    bool owned; /* by the thread below; not while it is being handed over */
    pthread_t owner;
    pileus_call *first; /* who waits */
    pileus_call *last;
} pil__gate;

/* A new gate; NULL: no memory. */
pil__gate *pil__gate_new(void);
void pil__gate_free(pil__gate *gate);

/* Pass the gate, or fail: PILEUS_CANCELLED and PILEUS_TIMEOUT while waiting,
 * PILEUS_BUSY for the thread that has passed it already. */
pileus_code pil__gate_enter(pil__gate *gate, pileus_call *call,
                            pileus_error **err);
void pil__gate_leave(pil__gate *gate);

#endif
