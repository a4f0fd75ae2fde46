/* The call: deadline, cancellation, waiting. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/call.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/call/host.h"
#include "core/http/replay.h"

#include <string.h>
#include <time.h>

static int64_t
deadline_in(int64_t ms)
{
    int64_t now = pil__clock_ms();

    return ms < 0 || ms > INT64_MAX - now ? INT64_MAX : now + ms;
}

pileus_code
pil__call_init(pileus_call *call, pileus_error **err)
{
    memset(call, 0, sizeof *call);
    call->host = &pil__host;
    call->deadline = deadline_in(PILEUS_DEFAULT_TIMEOUT_MS);
    atomic_init(&call->in_use, false);
    if (pthread_mutex_init(&call->lock, NULL) != 0) {
        return pil__error_no_memory(err);
    }
    if (pil__clock_cond_init(&call->changed) != 0) {
        (void)pthread_mutex_destroy(&call->lock);
        return pil__error_no_memory(err);
    }
    return PILEUS_OK;
}

void
pil__call_destroy(pileus_call *call)
{
    pileus_error_free(call->failure);
    pil__free(call->made_id);
    (void)pthread_cond_destroy(&call->changed);
    (void)pthread_mutex_destroy(&call->lock);
}

pileus_code
pileus_call_new(pileus_call **call, pileus_error **err)
{
    pileus_call *made = pil__malloc(sizeof *made);
    pileus_code code;

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    code = pil__call_init(made, err);
    if (code != PILEUS_OK) {
        pil__free(made);
        return code;
    }
    *call = made;
    return PILEUS_OK;
}

void
pileus_call_free(pileus_call *call)
{
    if (call != NULL) {
        pil__call_destroy(call);
        pil__free(call);
    }
}

void
pileus_call_set_timeout(pileus_call *call, int64_t ms)
{
    call->deadline = deadline_in(ms);
}

void
pileus_call_cancel(pileus_call *call)
{
    (void)pthread_mutex_lock(&call->lock);
    call->cancelled = true;
    (void)pthread_cond_broadcast(&call->changed);
    if (call->on_cancel != NULL) {
        call->on_cancel(call->on_cancel_user);
    }
    if (call->child != NULL) {
        pileus_call_cancel(call->child);
    }
    (void)pthread_mutex_unlock(&call->lock);
}

int64_t
pileus_call_remaining_ms(const pileus_call *call)
{
    int64_t left;

    if (call->deadline == INT64_MAX) {
        return INT64_MAX;
    }
    left = call->deadline - pil__clock_ms();
    return left < 0 ? 0 : left;
}

void
pileus_call_set_progress(pileus_call *call, pileus_progress_fn fn, void *user)
{
    call->progress = fn;
    call->progress_user = user;
}

void
pileus_call_set_made(pileus_call *call, pileus_made_fn fn, void *user)
{
    call->made = fn;
    call->made_user = user;
}

void
pil__call_adopt(pileus_call *parent, pileus_call *child)
{
    (void)pthread_mutex_lock(&parent->lock);
    parent->child = child;
    if (child != NULL && parent->cancelled) {
        pileus_call_cancel(child);
    }
    (void)pthread_mutex_unlock(&parent->lock);
}

/* ---- in use ----------------------------------------------------------------
 */

static _Atomic uint64_t calls;

pileus_code
pil__call_begin(pileus_call *call, const char *what, pileus_error **err)
{
    pileus_code code;

    if (atomic_exchange(&call->in_use, true)) {
        return pil__error_set(err, PILEUS_BUSY,
                              "%s: this call is in use for something else: "
                              "make a call of its own for each thing that "
                              "goes on at the same time",
                              what);
    }
    call->what = what;
    call->number = atomic_fetch_add(&calls, 1) + 1;
    code = pil__call_check(call, err);
    if (code != PILEUS_OK) {
        pil__call_end(call);
    }
    return code;
}

void
pil__call_end(pileus_call *call)
{
    (void)pthread_mutex_lock(&call->lock);
    pileus_error_free(call->failure);
    call->failure = NULL;
    pil__free(call->made_id);
    call->made_id = NULL;
    call->on_cancel = NULL;
    (void)pthread_mutex_unlock(&call->lock);
    call->what = NULL;
    call->driver = NULL;
    call->context = NULL;
    call->settings = NULL;
    call->secrets = NULL;
    call->opening = false;
    call->lease = NULL;
    atomic_store(&call->in_use, false);
}

static bool
is_cancelled(pileus_call *call)
{
    bool cancelled;

    (void)pthread_mutex_lock(&call->lock);
    cancelled = call->cancelled;
    (void)pthread_mutex_unlock(&call->lock);
    return cancelled;
}

pileus_code
pil__call_check(pileus_call *call, pileus_error **err)
{
    if (is_cancelled(call)) {
        return pil__error_set(err, PILEUS_CANCELLED,
                              "%s was cancelled: use a new call to try again",
                              call->what);
    }
    if (pileus_call_remaining_ms(call) == 0) {
        return pil__error_set(err, PILEUS_TIMEOUT,
                              "%s did not end within its time limit: allow "
                              "more time",
                              call->what);
    }
    return PILEUS_OK;
}

pileus_code
pil__call_wait(pileus_call *call, int64_t ms, pileus_error **err)
{
    bool hasty = call->context != NULL && call->context->recording != NULL;
    int64_t until = deadline_in(ms < 0  ? 0
                                : hasty ? ms / PIL__REPLAY_HASTE
                                        : ms);
    struct timespec ts;

    until = until < call->deadline ? until : call->deadline;
    if (until < INT64_MAX) {
        pil__clock_timespec(until, &ts);
    }
    (void)pthread_mutex_lock(&call->lock);
    while (!call->cancelled && pil__clock_ms() < until) {
        if (until == INT64_MAX) {
            (void)pthread_cond_wait(&call->changed, &call->lock);
        } else {
            (void)pthread_cond_timedwait(&call->changed, &call->lock, &ts);
        }
    }
    (void)pthread_mutex_unlock(&call->lock);
    return pil__call_check(call, err);
}
