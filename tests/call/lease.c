/* What is good for a while: once for all threads, in time, and no longer than a
 * call lasts. The leases here go by a clock of this suite. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/clock.h"
#include "core/call/call.h"
#include "core/call/lease.h"

#include "tests/support/alloc.h"

#include <pileus/pileus.h>

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define LIFE 1000000
#define AHEAD 1000
#define THREADS 6

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

static int32_t
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

static void
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

static pileus_call *
new_call(void)
{
    pileus_call *made = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_call_new(&made, &err), err);
    return made;
}

static int
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

static int
end(void **state)
{
    (void)state;
    pil__host_lease.destroy(lease);
    pileus_call_free(call);
    assert_int_equal(atomic_load(&dropped), atomic_load(&fetched));
    return 0;
}

/* The number that is taken and put back, or 0, the failure being as told. */
static int
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

static void
expect(int number)
{
    assert_int_equal(take(call, PILEUS_OK, ""), number);
    assert_int_equal(atomic_load(&fetched), number);
}

static void
pass(int64_t ms)
{
    (void)atomic_fetch_add(&now_ms, ms);
}

/* ---- time ------------------------------------------------------------------
 */

static void
test_renewed_ahead(void **state)
{
    (void)state;
    expect(1);
    pass(LIFE - AHEAD - 1);
    expect(1);
    pass(1);
    expect(2);
    assert_int_equal(atomic_load(&dropped), 1);
    fetch_life = 1000; /* shorter than five times that, */
    pass(LIFE);
    expect(3);
    pass(799); /* so that four fifths of it count */
    expect(3);
    fetch_life = INT64_MAX;
    pass(1);
    expect(4);
    pass(INT64_MAX / 2);
    expect(4);
    pass(-INT64_MAX / 2);
}

/* One that is over when it comes is for who waited for it. */
static void
test_over_at_once(void **state)
{
    (void)state;
    fetch_life = 0;
    expect(1);
    expect(2);
    fetch_life = INT64_MIN;
    expect(3);
    expect(4);
}

/* Who has taken one has it until it is put back. */
static void
test_kept_while_in_use(void **state)
{
    void *values[2] = {NULL, NULL};

    (void)state;
    assert_int_equal(pil__host_lease.take(lease, call, &values[0]), PILEUS_OK);
    assert_int_equal(pil__host_lease.take(lease, call, &values[1]), PILEUS_OK);
    assert_ptr_equal(values[0], values[1]);
    pass(LIFE);
    expect(2);
    assert_int_equal(atomic_load(&dropped), 0);
    pil__host_lease.put_back(lease, values[0]);
    assert_int_equal(atomic_load(&dropped), 0);
    assert_int_equal(*(int *)values[1], 1);
    pil__host_lease.put_back(lease, values[1]);
    assert_int_equal(atomic_load(&dropped), 1);
    expect(2);
}

static void
test_failures(void **state)
{
    (void)state;
    fetch_code = PILEUS_UNAVAILABLE;
    (void)take(call, PILEUS_UNAVAILABLE, "the provider sleeps");
    fetch_code = PILEUS_OK;
    expect(1);
    fetch_code = PILEUS_UNAVAILABLE;
    pass(LIFE - AHEAD); /* the old one is good */
    expect(1);
    fetch_code = PILEUS_OK;
    pass(AHEAD - 1); /* and until the next fetch, which is not yet */
    expect(1);
    pass(1);
    expect(2);
    fetch_code = PILEUS_AUTHENTICATION;
    pass(LIFE);
    (void)take(call, PILEUS_AUTHENTICATION, "the provider sleeps");
    (void)take(call, PILEUS_AUTHENTICATION, "the provider sleeps");
    fetch_code = PILEUS_OK;
    expect(3);
    fetch_life = 100 * LIFE;
    pass(LIFE);
    expect(4);
    pass(100 * LIFE - AHEAD - 1);
    expect(4);
}

/* The next fetch after one that failed is half a minute later. */
static void
test_again(void **state)
{
    (void)state;
    pil__host_lease.destroy(lease);
    lease = pil__host_lease.create(
        call, &(pileus_lease_terms){.struct_size = sizeof usual,
                                    .user = &fetched,
                                    .what = "number",
                                    .fetch = fetch,
                                    .drop = drop,
                                    .ahead_ms = 100000});
    assert_non_null(lease);
    expect(1);
    fetch_code = PILEUS_UNAVAILABLE;
    pass(LIFE - 100000);
    expect(1);
    fetch_code = PILEUS_OK;
    pass(29999);
    expect(1);
    pass(1);
    expect(2);
}

/* ---- refusals --------------------------------------------------------------
 */

static void
test_refused(void **state)
{
    (void)state;
    expect(1);
    pass(2000);
    assert_true(pil__host_lease.refused(lease, call));
    expect(2);
    /* It came for one that was refused, and is refused as well. */
    assert_false(pil__host_lease.refused(lease, call));
    expect(2);
    /* That was accepted, for it is taken again; then it was revoked. */
    expect(2);
    assert_true(pil__host_lease.refused(lease, call));
    expect(3);
    pass(1000); /* not young any more */
    assert_true(pil__host_lease.refused(lease, call));
    expect(4);
}

/* Another call's refusal has had it renewed already. */
static void
test_refused_late(void **state)
{
    pileus_call *other = new_call();

    (void)state;
    expect(1);
    assert_int_equal(take(other, PILEUS_OK, ""), 1);
    assert_true(pil__host_lease.refused(lease, call));
    expect(2);
    assert_true(pil__host_lease.refused(lease, other));
    assert_int_equal(take(other, PILEUS_OK, ""), 2);
    assert_int_equal(atomic_load(&fetched), 2);
    pileus_call_free(other);
}

/* A refusal that no other value can help. */
static void
test_refused_for_good(void **state)
{
    pileus_lease_terms terms = usual;
    int *number = malloc(sizeof *number);

    (void)state;
    assert_non_null(number);
    *number = atomic_fetch_add(&fetched, 1) + 1;
    terms.fetch = NULL;
    pil__host_lease.destroy(lease);
    lease = pil__host_lease.create(call, &terms);
    assert_non_null(lease);
    (void)take(call, PILEUS_DRIVER,
               "it takes a number that it has yet to give");
    assert_int_equal(pil__host_lease.give(lease, call, number, 10), PILEUS_OK);
    pass(LIFE);
    expect(1);
    assert_false(pil__host_lease.refused(lease, call));
    expect(1);
}

/* What is given goes before what was fetched. */
static void
test_given(void **state)
{
    int *number = malloc(sizeof *number);

    (void)state;
    expect(1);
    assert_non_null(number);
    *number = atomic_fetch_add(&fetched, 1) + 1;
    assert_int_equal(pil__host_lease.give(lease, call, number, LIFE),
                     PILEUS_OK);
    expect(2);
    assert_int_equal(atomic_load(&dropped), 1);
}

static void
test_taken_by_its_fetch(void **state)
{
    (void)state;
    fetch_takes = true;
    (void)take(call, PILEUS_DRIVER,
               "it takes a number that it has yet to give");
    fetch_takes = false;
    expect(1);
}

/* ---- threads ---------------------------------------------------------------
 */

typedef struct taker {
    pthread_t thread;
    pileus_call *call;
    atomic_bool begun;
    pileus_code wanted;
    const char *words;
    int number;
} taker;

static void *
run(void *user)
{
    taker *self = user;

    atomic_store(&self->begun, true);
    self->number = take(self->call, self->wanted, self->words);
    return NULL;
}

static void
let_others_run(void)
{
    expect_ok(pileus_wait(call, 1), NULL);
}

static void
start(taker *self, pileus_code wanted, const char *words)
{
    memset(self, 0, sizeof *self);
    self->call = new_call();
    self->wanted = wanted;
    self->words = words;
    assert_int_equal(pthread_create(&self->thread, NULL, run, self), 0);
    while (!atomic_load(&self->begun)) {
        let_others_run();
    }
}

static int
finish(taker *self)
{
    assert_int_equal(pthread_join(self->thread, NULL), 0);
    pileus_call_free(self->call);
    return self->number;
}

/* One that fetches, and is held up there. */
static void
start_fetching(taker *self, pileus_code wanted)
{
    atomic_store(&hold, true);
    start(self, wanted, "");
    while (atomic_load(&waiting) == 0) {
        let_others_run();
    }
}

static void
test_once_for_all(void **state)
{
    taker takers[THREADS];

    (void)state;
    for (int round = 1; round <= 3; round++) {
        start_fetching(&takers[0], PILEUS_OK);
        for (int i = 1; i < THREADS; i++) {
            start(&takers[i], PILEUS_OK, "");
        }
        assert_int_equal(atomic_load(&waiting), 1);
        atomic_store(&hold, false);
        for (int i = 0; i < THREADS; i++) {
            assert_int_equal(finish(&takers[i]), round);
        }
        expect(round);
        pass(LIFE);
    }
}

/* While one fetches ahead of time, the others have the old value. */
static void
test_old_one_meanwhile(void **state)
{
    taker first;

    (void)state;
    expect(1);
    pass(LIFE - AHEAD);
    start_fetching(&first, PILEUS_OK);
    expect(1);
    atomic_store(&hold, false);
    assert_int_equal(finish(&first), 2);
    expect(2);
}

/* Who waits for another thread's fetch waits no longer than its call lasts. */
static void
test_waiting_ends(void **state)
{
    taker first;
    taker cancelled;
    pileus_call *brief = new_call();

    (void)state;
    start_fetching(&first, PILEUS_OK);
    pileus_call_set_timeout(brief, 20);
    (void)take(brief, PILEUS_TIMEOUT, "");
    start(&cancelled, PILEUS_CANCELLED, "");
    pileus_call_cancel(cancelled.call);
    (void)finish(&cancelled);
    assert_int_equal(atomic_load(&waiting), 1);
    atomic_store(&hold, false);
    assert_int_equal(finish(&first), 1);
    expect(1);
    pileus_call_free(brief);
}

/* If the one that fetches is cancelled, one that waits fetches instead. */
static void
test_fetching_ends(void **state)
{
    taker first;
    taker second;

    (void)state;
    start_fetching(&first, PILEUS_CANCELLED);
    start(&second, PILEUS_OK, "");
    pileus_call_cancel(first.call);
    (void)finish(&first);
    atomic_store(&hold, false);
    assert_int_equal(finish(&second), 1);
    expect(1);
}

/* ---- memory ----------------------------------------------------------------
 */

static pileus_code
lease_and_take(void *user)
{
    pileus_call *by = user;
    pileus_lease *made = pil__host_lease.create(by, &usual);
    void *value = NULL;
    pileus_error *err = NULL;
    pileus_code code = PILEUS_NO_MEMORY;

    for (int i = 0; made != NULL && i < 2; i++) {
        code = pil__host_lease.take(made, by, &value);
        if (code != PILEUS_OK) {
            break;
        }
        pil__host_lease.put_back(made, value);
        (void)pil__host_lease.refused(made, by);
    }
    if (made != NULL) {
        pil__host_lease.destroy(made);
    }
    code = pil__call_result(by, code, &err);
    pileus_error_free(err);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(lease_and_take, call);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_renewed_ahead),
        TEST(test_over_at_once),
        TEST(test_kept_while_in_use),
        TEST(test_failures),
        TEST(test_again),
        TEST(test_refused),
        TEST(test_refused_late),
        TEST(test_refused_for_good),
        TEST(test_given),
        TEST(test_taken_by_its_fetch),
        TEST(test_once_for_all),
        TEST(test_old_one_meanwhile),
        TEST(test_waiting_ends),
        TEST(test_fetching_ends),
        TEST(test_no_memory),
    };

    return cmocka_run_group_tests_name("lease", tests, NULL, NULL);
}
