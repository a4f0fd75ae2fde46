/* What is good for a while: got once for all threads, and no longer than
 * a call lasts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/lease.h"

#include <pthread.h>
#include <string.h>

#define THREADS 6

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_once_for_all),
        TEST(test_old_one_meanwhile),
        TEST(test_waiting_ends),
        TEST(test_fetching_ends),
    };

    return cmocka_run_group_tests_name("lease_threads", tests, NULL, NULL);
}
