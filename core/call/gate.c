/* Gates: one call at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/gate.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/base/error.h"

#include <time.h>

/* Locks are taken in this order: a gate's, then a call's. */

pil__gate *
pil__gate_new(void)
{
    pil__gate *gate = pil__calloc(1, sizeof *gate);

    if (gate != NULL && pthread_mutex_init(&gate->lock, NULL) != 0) {
        pil__free(gate);
        gate = NULL;
    }
    return gate;
}

void
pil__gate_free(pil__gate *gate)
{
    if (gate != NULL) {
        (void)pthread_mutex_destroy(&gate->lock);
        pil__free(gate);
    }
}

static void
own(pil__gate *gate)
{
    gate->taken = true;
    gate->owned = true;
    gate->owner = pthread_self();
}

static void
queue(pil__gate *gate, pileus_call *call)
{
    call->next = NULL;
    if (gate->last == NULL) {
        gate->first = call;
    } else {
        gate->last->next = call;
    }
    gate->last = call;
}

static void
leave_queue(pil__gate *gate, pileus_call *call)
{
    pileus_call *before = NULL;

    for (pileus_call *at = gate->first; at != NULL; at = at->next) {
        if (at == call) {
            if (before == NULL) {
                gate->first = call->next;
            } else {
                before->next = call->next;
            }
            gate->last = gate->last == call ? before : gate->last;
            return;
        }
        before = at;
    }
}

/* Wait until the gate is handed over, or the call ends. */
static void
wait_for_grant(pileus_call *call)
{
    struct timespec ts;

    if (call->deadline < INT64_MAX) {
        pil__clock_timespec(call->deadline, &ts);
    }
    (void)pthread_mutex_lock(&call->lock);
    while (!call->granted && !call->cancelled &&
           pileus_call_remaining_ms(call) > 0) {
        if (call->deadline == INT64_MAX) {
            (void)pthread_cond_wait(&call->changed, &call->lock);
        } else {
            (void)pthread_cond_timedwait(&call->changed, &call->lock, &ts);
        }
    }
    (void)pthread_mutex_unlock(&call->lock);
}

pileus_code
pil__gate_enter(pil__gate *gate, pileus_call *call, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    (void)pthread_mutex_lock(&gate->lock);
    if (!gate->taken) {
        own(gate);
        (void)pthread_mutex_unlock(&gate->lock);
        return PILEUS_OK;
    }
    if (gate->owned && pthread_equal(gate->owner, pthread_self())) {
        (void)pthread_mutex_unlock(&gate->lock);
        return pil__error_set(err, PILEUS_BUSY,
                              "%s was asked for from within a call of the "
                              "same driver, which does one thing at a time: "
                              "collect the list first, then act on it",
                              call->what);
    }
    call->granted = false;
    queue(gate, call);
    (void)pthread_mutex_unlock(&gate->lock);

    wait_for_grant(call);

    (void)pthread_mutex_lock(&gate->lock);
    if (call->granted) {
        own(gate);
    } else {
        leave_queue(gate, call);
        code = pil__call_check(call, err);
    }
    (void)pthread_mutex_unlock(&gate->lock);
    return code;
}

/* The gate stays taken when it is handed over, so nobody can slip in. */
void
pil__gate_leave(pil__gate *gate)
{
    pileus_call *next;

    (void)pthread_mutex_lock(&gate->lock);
    next = gate->first;
    gate->owned = false;
    if (next == NULL) {
        gate->taken = false;
    } else {
        leave_queue(gate, next);
        (void)pthread_mutex_lock(&next->lock);
        next->granted = true;
        (void)pthread_cond_broadcast(&next->changed);
        (void)pthread_mutex_unlock(&next->lock);
    }
    (void)pthread_mutex_unlock(&gate->lock);
}
