/* Making the allocations of the core fail, one after the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_ALLOC_H
#define TESTS_SUPPORT_ALLOC_H

#include "core/base/alloc.h"

#include "tests/support/expect.h"

/* What can run out of memory: PILEUS_NO_MEMORY then, PILEUS_OK otherwise. It
 * frees all it has made. */
typedef pileus_code (*fallible_fn)(void *user);

static long alloc_left;   /* allocations until one fails */
static long alloc_failed; /* how many did */
static int alloc_recovers;

static int
alloc_allow(void)
{
    if (alloc_left > 0) {
        alloc_left--;
        return 1;
    }
    if (alloc_failed > 0 && alloc_recovers) {
        return 1;
    }
    alloc_failed++;
    return 0;
}

/* Run it with the first n allocations succeeding, for n = 0, 1, … until none
 * fails; all later ones fail, or only one does. Leaks are seen by whoever
 * looks for them: sanitizers, valgrind. Returns how often it failed. */
static inline long
fail_allocations(fallible_fn fn, void *user, int recovers)
{
    long n;

    for (n = 0;; n++) {
        pileus_code code;

        alloc_left = n;
        alloc_failed = 0;
        alloc_recovers = recovers;
        pil__alloc_hook = alloc_allow;
        code = fn(user);
        pil__alloc_hook = NULL;
        if (alloc_failed == 0) {
            assert_int_equal(code, PILEUS_OK);
            return n;
        }
        if (code != PILEUS_NO_MEMORY) {
            print_error("allocation %ld failed, and it came to: %s\n", n + 1,
                        pileus_code_name(code));
        }
        assert_int_equal(code, PILEUS_NO_MEMORY);
    }
}

/* Both ways; it does allocate. */
static inline void
fail_each_allocation(fallible_fn fn, void *user)
{
    assert_true(fail_allocations(fn, user, 0) > 0);
    assert_true(fail_allocations(fn, user, 1) > 0);
}

#endif
