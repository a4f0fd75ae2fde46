/* What is good for a while, such as a token: got once for all threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_LEASE_H
#define PILEUS_LEASE_H

#include <pileus/driver.h>

PILEUS_BEGIN_DECLS

/*
 * A driver makes a pileus_lease in its open and frees it in its close. What is
 * leased is a value of the driver's own: a token, or a set of keys.
 *
 * The core has it fetched when there is none, a while before it ends, and when
 * the provider says that it has. One thread fetches at a time; the others go on
 * with the old value while it is good, and else wait, no longer than their own
 * calls last. A fetch that fails while the old value is good is tried again
 * later, and until then only the log tells.
 */
typedef struct pileus_lease_terms {
    uint64_t struct_size;
    void *user;
    const char *what; /* for the log, such as "token" */
    /* Get a new value, and in *life_ms how long it is good, INT64_MAX for ever.
     * It runs in a thread that takes the value, and must not take it itself.
     * NULL: what was given is what there is, however old. */
    int32_t (*fetch)(void *user, pileus_call *call, void **value,
                     int64_t *life_ms);
    /* Wipe and free one that nobody has any more. */
    void (*drop)(void *user, void *value);
    /* It is renewed so long before its end; or at four fifths of its life, when
     * that is later. */
    int64_t ahead_ms;
} pileus_lease_terms;

/* A new one, of terms that are copied. NULL: the failure is reported. */
static inline pileus_lease *
pileus_lease_new(pileus_call *call, const pileus_lease_terms *terms)
{
    return PILEUS_HOST(call)->lease->create(call, terms);
}

/* Free it, and what it has; NULL is allowed. */
static inline void
pileus_lease_free(pileus_lease *lease)
{
    if (lease != NULL) {
        PILEUS_HOST(lease)->lease->destroy(lease);
    }
}

/* Have it begin with this value, or go on with it: one that came by another way
 * than fetch. It belongs to the lease from now on, also after a failure. */
static inline int32_t
pileus_lease_give(pileus_lease *lease, pileus_call *call, void *value,
                  int64_t life_ms)
{
    return PILEUS_HOST(lease)->lease->give(lease, call, value, life_ms);
}

/* The value that is good now, fetched if need be, to be put back; it stays as
 * it is until then. */
static inline int32_t
pileus_lease_take(pileus_lease *lease, pileus_call *call, void **value)
{
    return PILEUS_HOST(lease)->lease->take(lease, call, value);
}

static inline void
pileus_lease_put_back(pileus_lease *lease, void *value)
{
    PILEUS_HOST(lease)->lease->put_back(lease, value);
}

/* The provider refuses what this call took last, and it may have ended: it is
 * not used again. True: the request may go well with the next one. False: there
 * is no next one, or that one was refused as well, just after it came, and so
 * not for its age. */
static inline bool
pileus_lease_refused(pileus_lease *lease, pileus_call *call)
{
    return PILEUS_HOST(lease)->lease->refused(lease, call) != 0;
}

PILEUS_END_DECLS

#endif
