/* What is good for a while: got once for all threads, renewed before it ends,
 * and when the provider says that it has. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/lease.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/call/gate.h"
#include "core/call/host.h"

#include <string.h>

/* After a fetch that failed while the old value is still good, the next one. */
#define AGAIN_MS 30000
/* A value that is refused when it is younger than this, after it came for one
 * that was refused, is not refused for its age. */
#define YOUNG_MS 1000

/* A value, and how many have it: the lease, and who took it. */
typedef struct box {
    struct box *next;
    void *value;
    uint64_t users;
} box;

/* The first member is what PILEUS_HOST wants. */
struct pileus_lease {
    const pileus_host *host;
    pileus_lease_terms terms;
    pil__gate *fetching; /* who fetches has passed it */

    pthread_mutex_t lock; /* of what follows; not held while a driver runs */
    box *boxes;           /* the first has the newest value */
    int64_t begin_ms;     /* when that came, */
    int64_t renew_ms;     /* from when on it is renewed, */
    int64_t end_ms;       /* and from when on it is not used */
    uint64_t number;      /* of that value, counted from 1; 0: there is none */
    bool busy;            /* a thread fetches */
};

/* ---- boxes ----------------------------------------------------------------
 */

/* One user less; what nobody has is to be dropped without the lock. */
static void
let_go(pileus_lease *lease, void *value)
{
    box **at = &lease->boxes;
    box *empty = NULL;

    (void)pthread_mutex_lock(&lease->lock);
    while ((*at)->value != value) {
        at = &(*at)->next;
    }
    if (--(*at)->users == 0) {
        empty = *at;
        *at = empty->next;
    }
    (void)pthread_mutex_unlock(&lease->lock);
    if (empty != NULL) {
        lease->terms.drop(lease->terms.user, empty->value);
        pil__free(empty);
    }
}

/* ---- beginning and end ----------------------------------------------------
 */

static void
lease_destroy(pileus_lease *lease)
{
    while (lease->boxes != NULL) {
        box *first = lease->boxes;

        lease->boxes = first->next;
        lease->terms.drop(lease->terms.user, first->value);
        pil__free(first);
    }
    pil__gate_free(lease->fetching);
    (void)pthread_mutex_destroy(&lease->lock);
    pil__free(lease);
}

static pileus_lease *
lease_create(pileus_call *call, const pileus_lease_terms *terms)
{
    pileus_lease *lease = pil__calloc(1, sizeof *lease);
    pil__gate *gate = pil__gate_new();

    if (lease == NULL || gate == NULL ||
        pthread_mutex_init(&lease->lock, NULL) != 0) {
        pil__gate_free(gate);
        pil__free(lease);
        (void)pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
        return NULL;
    }
    lease->host = &pil__host;
    lease->fetching = gate;
    memcpy(&lease->terms, terms,
           terms->struct_size < sizeof lease->terms ? (size_t)terms->struct_size
                                                    : sizeof lease->terms);
    return lease;
}

/* ---- getting --------------------------------------------------------------
 */

static int64_t
later(int64_t now, int64_t ms)
{
    return ms > INT64_MAX - now ? INT64_MAX : now + ms;
}

static void
set_times(pileus_lease *lease, int64_t life_ms)
{
    int64_t now = pil__clock_ms();
    int64_t life = life_ms > 0 ? life_ms : 0;
    int64_t ahead = lease->terms.ahead_ms;

    lease->begin_ms = now;
    lease->end_ms = later(now, life);
    lease->renew_ms = life == INT64_MAX  ? INT64_MAX
                      : life / 5 > ahead ? later(now, life - ahead)
                                         : later(now, life / 5 * 4);
}

static int32_t
lease_give(pileus_lease *lease, pileus_call *call, void *value, int64_t life_ms)
{
    box *made = pil__calloc(1, sizeof *made);
    box *old;

    if (made == NULL) {
        lease->terms.drop(lease->terms.user, value);
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    made->value = value;
    made->users = 1;
    (void)pthread_mutex_lock(&lease->lock);
    old = lease->number > 0 ? lease->boxes : NULL;
    made->next = lease->boxes;
    lease->boxes = made;
    lease->number++;
    set_times(lease, life_ms);
    (void)pthread_mutex_unlock(&lease->lock);
    if (old != NULL) {
        let_go(lease, old->value);
    }
    return PILEUS_OK;
}

/* The old value will do for a while, if it is still good and the call has not
 * ended: the next fetch is not before that. */
static bool
can_wait(pileus_lease *lease, pileus_call *call)
{
    bool good = pileus_check(call) == PILEUS_OK;
    int64_t now = pil__clock_ms();
    int64_t again = later(now, AGAIN_MS);

    (void)pthread_mutex_lock(&lease->lock);
    good = good && lease->number > 0 && now < lease->end_ms;
    if (good) {
        lease->renew_ms = again < lease->end_ms ? again : lease->end_ms;
    }
    (void)pthread_mutex_unlock(&lease->lock);
    return good;
}

static void
set_busy(pileus_lease *lease, bool busy)
{
    (void)pthread_mutex_lock(&lease->lock);
    lease->busy = busy;
    (void)pthread_mutex_unlock(&lease->lock);
}

static int32_t
renew(pileus_lease *lease, pileus_call *call)
{
    void *value = NULL;
    int64_t life = INT64_MAX;
    int32_t code;

    set_busy(lease, true);
    code = lease->terms.fetch(lease->terms.user, call, &value, &life);
    if (code == PILEUS_OK) {
        code = lease_give(lease, call, value, life);
    }
    set_busy(lease, false);
    if (code == PILEUS_OK || !can_wait(lease, call)) {
        return code;
    }
    pileus_log(call, PILEUS_LOG_WARNING,
               "the %.64s is about to expire and cannot be renewed at present: "
               "trying again in %d s",
               lease->terms.what, AGAIN_MS / 1000);
    return PILEUS_OK;
}

/* ---- using ----------------------------------------------------------------
 */

/* Which value the call has, for when it is refused. */
static void
note_use(const pileus_lease *lease, pileus_call *call)
{
    if (call->lease != lease) {
        call->lease = lease;
        call->lease_renewed = false;
    } else if (call->lease_number == lease->number) {
        call->lease_renewed = false; /* it was accepted, or would be gone */
    }
    call->lease_number = lease->number;
}

/* The newest value, if it is good, or whatever it is. */
static bool
take_one(pileus_lease *lease, pileus_call *call, bool any, void **value)
{
    bool good;

    (void)pthread_mutex_lock(&lease->lock);
    good = lease->number > 0 &&
           (any || lease->terms.fetch == NULL ||
            pil__clock_ms() < (lease->busy ? lease->end_ms : lease->renew_ms));
    if (good) {
        lease->boxes->users++;
        *value = lease->boxes->value;
        note_use(lease, call);
    }
    (void)pthread_mutex_unlock(&lease->lock);
    return good;
}

/* Wait until no other thread fetches; that it is this one is a driver's slip.
 */
static int32_t
enter(pileus_lease *lease, pileus_call *call)
{
    pileus_error *err = NULL;
    int32_t code = lease->terms.fetch == NULL
                       ? PILEUS_BUSY
                       : pil__gate_enter(lease->fetching, call, &err);

    pileus_error_free(err);
    switch (code) {
    case PILEUS_BUSY:
        return pileus_fail(call, PILEUS_DRIVER,
                           "it takes a %.64s that it has yet to give: tell its "
                           "authors",
                           lease->terms.what);
    case PILEUS_CANCELLED:
    case PILEUS_TIMEOUT:
        return pileus_check(call);
    default:
        return code;
    }
}

static int32_t
lease_take(pileus_lease *lease, pileus_call *call, void **value)
{
    int32_t code;

    if (take_one(lease, call, false, value)) {
        return PILEUS_OK;
    }
    code = enter(lease, call);
    if (code != PILEUS_OK) {
        return code;
    }
    if (!take_one(lease, call, false, value)) {
        code = renew(lease, call);
        if (code == PILEUS_OK) {
            (void)take_one(lease, call, true, value);
        }
    }
    pil__gate_leave(lease->fetching);
    return code;
}

static int32_t
lease_refused(pileus_lease *lease, pileus_call *call)
{
    bool mine = call->lease == lease;
    bool current;
    bool hopeless;
    bool young;

    if (lease->terms.fetch == NULL) {
        return false;
    }
    (void)pthread_mutex_lock(&lease->lock);
    young = pil__clock_ms() - lease->begin_ms < YOUNG_MS;
    current = mine ? call->lease_number == lease->number : !young;
    hopeless = current && young && mine && call->lease_renewed;
    if (current && !hopeless) {
        call->lease_renewed = mine;
        lease->renew_ms = INT64_MIN;
        lease->end_ms = INT64_MIN;
    }
    (void)pthread_mutex_unlock(&lease->lock);
    return !hopeless;
}

const pileus_host_lease pil__host_lease = {
    .struct_size = sizeof(pileus_host_lease),
    .create = lease_create,
    .destroy = lease_destroy,
    .give = lease_give,
    .take = lease_take,
    .put_back = let_go,
    .refused = lease_refused,
};
