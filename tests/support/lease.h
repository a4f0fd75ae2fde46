/* A lease by a clock of the suite's own, and what its driver does. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_LEASE_H
#define TESTS_SUPPORT_LEASE_H

#include "core/base/clock.h"
#include "core/call/call.h"
#include "core/call/lease.h"

#include "tests/support/expect.h"

#include <pileus/pileus.h>

#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>

#define LIFE 1000000
#define AHEAD 1000

/* ---- a clock, and a driver -------------------------------------------------
 */

static atomic_llong now_ms;

/* What core/call/lease.c was compiled with instead of the core's. */
int64_t
pil__clock_ms(void)
{
    return atomic_load(&now_ms);
}

static pileus_lease *lease;
static pileus_call *call; /* of this thread */
static atomic_int fetched;
static atomic_int dropped;
static atomic_int waiting; /* fetches that are held up */
static atomic_bool hold;   /* fetches, until it is false or their call ends */
static int32_t fetch_code;
static int64_t fetch_life;
static bool fetch_takes;

static inline int32_t
fetch(void *user, pileus_call *by, void **value, int64_t *life)
{
    int32_t code = fetch_code;

    assert_ptr_equal(user, &fetched);
    (void)atomic_fetch_add(&waiting, 1);
    while (code == PILEUS_OK && atomic_load(&hold)) {
        code = pileus_wait(by, 1);
    }
    (void)atomic_fetch_sub(&waiting, 1);
    if (fetch_takes) {
        return pil__host_lease.take(lease, by, value);
    }
    if (code == PILEUS_OK) {
        int *number = malloc(sizeof *number);

        assert_non_null(number);
        *number = atomic_fetch_add(&fetched, 1) + 1;
        *value = number;
        *life = fetch_life;
        return PILEUS_OK;
    }
    return code == fetch_code ? pileus_fail(by, code, "the provider sleeps")
                              : code;
}

static inline void
drop(void *user, void *value)
{
    assert_ptr_equal(user, &fetched);
    (void)atomic_fetch_add(&dropped, 1);
    free(value);
}

static const pileus_lease_terms usual = {
    .struct_size = sizeof usual,
    .user = &fetched,
    .what = "number",
    .fetch = fetch,
    .drop = drop,
    .ahead_ms = AHEAD,
};

static inline pileus_call *
new_call(void)
{
    pileus_call *made = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_call_new(&made, &err), err);
    return made;
}

static inline int
begin(void **state)
{
    (void)state;
    atomic_store(&fetched, 0);
    atomic_store(&dropped, 0);
    atomic_store(&hold, false);
    fetch_code = PILEUS_OK;
    fetch_life = LIFE;
    fetch_takes = false;
    call = new_call();
    lease = pil__host_lease.create(call, &usual);
    assert_non_null(lease);
    return 0;
}

static inline int
end(void **state)
{
    (void)state;
    pil__host_lease.destroy(lease);
    pileus_call_free(call);
    assert_int_equal(atomic_load(&dropped), atomic_load(&fetched));
    return 0;
}

/* The number that is taken and put back, or 0, the failure being as told. */
static inline int
take(pileus_call *by, pileus_code wanted, const char *words)
{
    void *value = NULL;
    pileus_error *err = NULL;
    int32_t code = pil__host_lease.take(lease, by, &value);
    int number = 0;

    assert_int_equal(code, wanted);
    if (code == PILEUS_OK) {
        number = *(int *)value;
        pil__host_lease.put_back(lease, value);
    } else {
        assert_int_equal(pil__call_result(by, code, &err), code);
        expect_error(&err, wanted, words);
    }
    return number;
}

static inline void
expect(int number)
{
    assert_int_equal(take(call, PILEUS_OK, ""), number);
    assert_int_equal(atomic_load(&fetched), number);
}

static inline void
pass(int64_t ms)
{
    (void)atomic_fetch_add(&now_ms, ms);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

#endif
