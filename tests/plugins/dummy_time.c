/* The dummy driver takes its time: latency, pages, pending nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <stdio.h>

/* Longer than any test may take: what waits for it has not been cut short. */
#define FOR_EVER "1h"
#define SOON_MS 20000

/* ---- latency ------------------------------------------------------------ */

static void
test_latency(void **state)
{
    pileus_connection *conn = OPEN("creds", "0", "latency", "120ms");
    pileus_list *sizes = NULL;
    pileus_error *err = NULL;
    int64_t start = clock_ms();

    (void)state;
    pileus_list_free(list_nodes(conn));
    assert_true(clock_ms() - start >= 120);
    assert_done(pileus_size_list(&sizes, conn, NULL, NULL, &err), &err);
    assert_true(clock_ms() - start >= 240);
    pileus_node_unref(create_node(conn));
    assert_true(clock_ms() - start >= 360);
    pileus_list_free(sizes);
    pileus_connection_unref(conn);
}

static void
test_cancel_during_latency(void **state)
{
    pileus_connection *conn = OPEN("creds", "0", "latency", FOR_EVER);
    pileus_call *call = NULL;
    pileus_node *node = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int64_t start = clock_ms();
    canceller *later;

    (void)state;
    assert_int_equal(pileus_call_new(&call, &err), PILEUS_OK);
    pileus_call_set_timeout(call, -1);
    later = cancel_later(call, 50);
    assert_failed(PILEUS_CANCELLED,
                  pileus_node_create(&node, conn, NULL, call, &err), &err, "");
    cancel_done(later);
    assert_true(clock_ms() - start < SOON_MS);
    assert_null(node);
    /* It stays cancelled. */
    assert_failed(PILEUS_CANCELLED,
                  pileus_node_list(&list, conn, NULL, call, &err), &err, "");
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

static void
test_deadline_during_latency(void **state)
{
    pileus_connection *conn = OPEN("creds", "0", "latency", FOR_EVER);
    pileus_call *call = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int64_t start = clock_ms();

    (void)state;
    assert_int_equal(pileus_call_new(&call, &err), PILEUS_OK);
    pileus_call_set_timeout(call, 50);
    assert_failed(PILEUS_TIMEOUT,
                  pileus_node_list(&list, conn, NULL, call, &err), &err, "");
    assert_true(clock_ms() - start >= 50);
    assert_true(clock_ms() - start < SOON_MS);
    assert_null(list);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

/* ---- pages -------------------------------------------------------------- */

struct progress {
    size_t reports;
    double last;
    char what[32];
};

static void
on_progress(void *user, const char *what, double done)
{
    struct progress *progress = user;

    assert_true(done > progress->last && done <= 1);
    progress->reports++;
    progress->last = done;
    (void)snprintf(progress->what, sizeof progress->what, "%s", what);
}

static void
test_pages(void **state)
{
    pileus_connection *conn =
        OPEN("creds", "5", "page-size", "2", "latency", "60ms");
    struct progress progress = {0, 0, ""};
    pileus_call *call = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int64_t start = clock_ms();

    (void)state;
    assert_int_equal(pileus_call_new(&call, &err), PILEUS_OK);
    pileus_call_set_progress(call, on_progress, &progress);
    assert_done(pileus_node_list(&list, conn, NULL, call, &err), &err);
    /* Two, two and one: three times the latency. */
    assert_true(clock_ms() - start >= 180);
    assert_int_equal(progress.reports, 3);
    assert_true(progress.last >= 1);
    assert_string_equal(progress.what, "listing nodes");
    assert_int_equal(pileus_list_count(list), 5);
    for (size_t i = 0; i < 5; i++) {
        char name[16];

        (void)snprintf(name, sizeof name, "dummy-%zu", i);
        assert_string_equal(pileus_node_name(pileus_list_node(list, i)), name);
    }
    pileus_list_free(list);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

/* Whoever has enough after the first page does not wait for the second. */
static bool
take_one(void *user, pileus_node *node)
{
    assert_non_null(node);
    ++*(size_t *)user;
    return false;
}

static void
test_enough_after_one(void **state)
{
    pileus_connection *conn =
        OPEN("creds", "5", "page-size", "1", "latency", "50ms");
    pileus_error *err = NULL;
    size_t seen = 0;

    (void)state;
    assert_done(pileus_node_each(conn, NULL, take_one, &seen, NULL, &err),
                &err);
    assert_int_equal(seen, 1);
    pileus_connection_unref(conn);
}

static void
test_cancel_between_pages(void **state)
{
    pileus_connection *conn =
        OPEN("creds", "100000", "page-size", "1", "latency", "20ms");
    pileus_call *call = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int64_t start = clock_ms();
    canceller *later;

    (void)state;
    assert_int_equal(pileus_call_new(&call, &err), PILEUS_OK);
    later = cancel_later(call, 100);
    assert_failed(PILEUS_CANCELLED,
                  pileus_node_list(&list, conn, NULL, call, &err), &err, "");
    cancel_done(later);
    assert_true(clock_ms() - start < SOON_MS);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

/* ---- create-delay ------------------------------------------------------- */

static void
test_create_delay(void **state)
{
    pileus_connection *conn = OPEN("creds", "0", "create-delay", "200ms");
    int64_t start = clock_ms();
    pileus_node *node = create_node(conn);
    pileus_node *newest = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_string_equal(pileus_node_provider_state(node), "pending");
    assert_done(
        pileus_node_wait(&newest, node, PILEUS_STATE_RUNNING, NULL, &err),
        &err);
    assert_true(clock_ms() - start >= 200);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_int_equal(pileus_node_state(newest), PILEUS_STATE_RUNNING);
    pileus_node_unref(newest);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_pending(void **state)
{
    pileus_connection *conn = OPEN("creds", "0", "create-delay", FOR_EVER);
    pileus_node *node = create_node(conn);
    pileus_list *list = list_nodes(conn);
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_state(pileus_list_node(list, 1)),
                     PILEUS_STATE_RUNNING);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 2)),
                     PILEUS_STATE_PENDING);
    assert_failed(PILEUS_CONFLICT, pileus_node_start(node, 0, NULL, &err), &err,
                  "dummy-3 is pending");
    assert_done(pileus_node_reboot(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    assert_done(pileus_node_stop(node, 0, NULL, &err), &err);
    assert_done(pileus_node_start(node, 0, NULL, &err), &err);
    pileus_list_free(list);
    list = list_nodes(conn);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 2)),
                     PILEUS_STATE_RUNNING);
    pileus_list_free(list);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_latency),
        cmocka_unit_test(test_cancel_during_latency),
        cmocka_unit_test(test_deadline_during_latency),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_enough_after_one),
        cmocka_unit_test(test_cancel_between_pages),
        cmocka_unit_test(test_create_delay),
        cmocka_unit_test(test_pending),
    };

    return cmocka_run_group_tests_name("plugins/dummy_time", tests, NULL, NULL);
}
