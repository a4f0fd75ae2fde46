/* Threads: each driver's thread model is kept, and waiting can be ended. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#define THREADS 6

typedef struct work {
    pileus_connection *conn;
    int listings;
} work;

static void *
list_often(void *user)
{
    work *mine = user;

    for (int i = 0; i < 10; i++) {
        pileus_list *list = NULL;

        if (pileus_node_list(&list, mine->conn, NULL, NULL, NULL) ==
                PILEUS_OK &&
            pileus_list_count(list) == 3) {
            mine->listings++;
        }
        pileus_list_free(list);
    }
    return NULL;
}

/* How many calls were inside the driver at once, at most. */
static int64_t
most_inside(pileus_connection *conn)
{
    pileus_node *node = first_node(conn);
    pileus_error *err = NULL;
    int64_t most;

    (void)pileus_node_start(node, 0, NULL, &err);
    most = pileus_error_status(err);
    pileus_error_free(err);
    pileus_node_unref(node);
    return most;
}

/* All threads list at once, on one connection or each on its own. */
static int64_t
hammer(const char *driver, bool one_connection)
{
    pthread_t threads[THREADS];
    work works[THREADS] = {{0}};
    int64_t most;

    for (int i = 0; i < THREADS; i++) {
        works[i].conn = i > 0 && one_connection
                            ? pileus_connection_ref(works[0].conn)
                            : open_probe(driver, "slow");
    }
    (void)most_inside(works[0].conn); /* begins to count anew */
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, list_often, &works[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(works[i].listings, 10);
    }
    most = most_inside(works[0].conn);
    for (int i = 0; i < THREADS; i++) {
        pileus_connection_unref(works[i].conn);
    }
    return most;
}

static void
test_thread_models(void **state)
{
    (void)state;
    assert_int_equal(hammer("probe_serial", true), 1);
    assert_int_equal(hammer("probe_serial", false), 1);
    assert_int_equal(hammer("probe_connection", true), 1);
    assert_in_range(hammer("probe_connection", false), 2, THREADS);
    assert_in_range(hammer("probe", true), 2, THREADS);
}

typedef struct caller {
    pileus_connection *conn;
    pileus_call *call;
    pileus_error *err;
    pileus_code code;
} caller;

static void *
list_until_ended(void *user)
{
    caller *mine = user;
    pileus_list *list = NULL;

    mine->code =
        pileus_node_list(&list, mine->conn, NULL, mine->call, &mine->err);
    pileus_list_free(list);
    return NULL;
}

static void
sleep_ms(long ms)
{
    struct timespec pause = {.tv_nsec = ms * 1000000};

    (void)nanosleep(&pause, NULL);
}

/* One call waits inside the driver, one at its gate; both can be cancelled. */
static void
cancel_two(const char *driver)
{
    pileus_connection *conn = open_probe(driver, "wait");
    caller callers[2] = {{.conn = conn}, {.conn = conn}};
    pthread_t threads[2];
    struct timespec before;
    struct timespec after;

    for (int i = 0; i < 2; i++) {
        assert_int_equal(pileus_call_new(&callers[i].call, NULL), PILEUS_OK);
        assert_int_equal(
            pthread_create(&threads[i], NULL, list_until_ended, &callers[i]),
            0);
        sleep_ms(30);
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &before);
    for (int i = 1; i >= 0; i--) {
        pileus_call_cancel(callers[i].call);
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(callers[i].code, PILEUS_CANCELLED);
        expect_error(&callers[i].err, PILEUS_CANCELLED, "cancelled");
        pileus_call_free(callers[i].call);
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &after);
    /* far from the ten minutes it would wait */
    assert_true(after.tv_sec - before.tv_sec < 10);
    pileus_connection_unref(conn);
}

static void
test_cancel_from_another_thread(void **state)
{
    (void)state;
    cancel_two("probe_serial");
    cancel_two("probe_connection");
    cancel_two("probe");
}

/* A deadline ends the waiting at a gate, too. */
static void
test_deadline_at_the_gate(void **state)
{
    pileus_connection *conn = open_probe("probe_serial", "wait");
    caller first = {.conn = conn};
    caller second = {.conn = conn};
    pthread_t thread;

    (void)state;
    assert_int_equal(pileus_call_new(&first.call, NULL), PILEUS_OK);
    assert_int_equal(pileus_call_new(&second.call, NULL), PILEUS_OK);
    assert_int_equal(pthread_create(&thread, NULL, list_until_ended, &first),
                     0);
    sleep_ms(30);
    pileus_call_set_timeout(second.call, 40);
    (void)list_until_ended(&second);
    assert_int_equal(second.code, PILEUS_TIMEOUT);
    expect_error(&second.err, PILEUS_TIMEOUT, "time limit");
    pileus_call_cancel(first.call);
    assert_int_equal(pthread_join(thread, NULL), 0);
    expect_error(&first.err, PILEUS_CANCELLED, "cancelled");
    pileus_call_free(first.call);
    pileus_call_free(second.call);
    pileus_connection_unref(conn);
}

typedef struct reentry {
    pileus_connection *conn;
    pileus_code code;
    pileus_error *err;
} reentry;

static bool
reboot_at_once(void *user, pileus_node *node)
{
    reentry *in = user;

    in->code = pileus_node_reboot(node, 0, NULL, &in->err);
    return false;
}

/* A callback that acts on the nodes it gets: fine on a parallel driver, told
 * apart from a deadlock on the others. */
static void
test_acting_from_within(void **state)
{
    static const char *const strict[] = {"probe_serial", "probe_connection"};
    reentry in = {.conn = open_probe("probe", NULL)};
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_each(in.conn, NULL, reboot_at_once, &in, NULL, &err),
              err);
    expect_ok(in.code, in.err);
    pileus_connection_unref(in.conn);
    for (int i = 0; i < 2; i++) {
        in.conn = open_probe(strict[i], NULL);
        expect_ok(
            pileus_node_each(in.conn, NULL, reboot_at_once, &in, NULL, &err),
            err);
        assert_int_equal(in.code, PILEUS_BUSY);
        expect_error(&in.err, PILEUS_BUSY, "collect the list first");
        pileus_connection_unref(in.conn);
    }
}

static bool
close_at_once(void *user, pileus_node *node)
{
    (void)node;
    pileus_connection_close(user);
    return true;
}

/* Forbidden, but it must not hang or crash: nothing new begins on it. */
static void
test_closing_from_within(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_each(conn, NULL, close_at_once, conn, NULL, &err),
              err);
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, NULL),
                     PILEUS_CLOSED);
    pileus_connection_unref(conn);
}

static void *
open_and_list(void *user)
{
    pileus_context *ctx = user;
    pileus_connection *conn = NULL;
    pileus_list *list = NULL;

    if (pileus_connection_open(&conn, ctx, "probe", NULL, NULL, NULL) ==
        PILEUS_OK) {
        (void)pileus_node_list(&list, conn, NULL, NULL, NULL);
    }
    pileus_connection_unref(conn);
    return list;
}

static void
test_opening_at_the_same_time(void **state)
{
    pileus_context *ctx = probe_context();
    pthread_t threads[THREADS];

    (void)state;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, open_and_list, ctx),
                         0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *list = NULL;

        assert_int_equal(pthread_join(threads[i], &list), 0);
        assert_int_equal(pileus_list_count(list), 3);
        pileus_list_free(list);
    }
    pileus_context_unref(ctx);
}

/* Closing waits for what is under way. */
static void
test_close_waits(void **state)
{
    pileus_connection *conn = open_probe("probe", "slow");
    work mine = {.conn = conn};
    pthread_t thread;

    (void)state;
    assert_int_equal(pthread_create(&thread, NULL, list_often, &mine), 0);
    sleep_ms(5);
    pileus_connection_close(conn);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_in_range(mine.listings, 0, 10);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_thread_models),
        cmocka_unit_test(test_cancel_from_another_thread),
        cmocka_unit_test(test_deadline_at_the_gate),
        cmocka_unit_test(test_acting_from_within),
        cmocka_unit_test(test_closing_from_within),
        cmocka_unit_test(test_opening_at_the_same_time),
        cmocka_unit_test(test_close_waits),
    };

    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
