/* Calls: deadlines, cancellation, one use at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

static void
test_deadline(void **state)
{
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    assert_in_range(pileus_call_remaining_ms(call),
                    PILEUS_DEFAULT_TIMEOUT_MS - 10000,
                    PILEUS_DEFAULT_TIMEOUT_MS);
    pileus_call_set_timeout(call, 0);
    assert_int_equal(pileus_call_remaining_ms(call), 0);
    pileus_call_set_timeout(call, -1);
    assert_true(pileus_call_remaining_ms(call) == INT64_MAX);
    pileus_call_set_timeout(call, INT64_MAX);
    assert_true(pileus_call_remaining_ms(call) == INT64_MAX);
    pileus_call_free(call);
    pileus_call_free(NULL);
}

/* A call that is over before it begins does not reach the driver. */
static void
test_over_before_it_begins(void **state)
{
    pileus_connection *conn = open_probe("probe", "endless");
    pileus_list *list = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 0);
    assert_int_equal(pileus_node_list(&list, conn, NULL, call, &err),
                     PILEUS_TIMEOUT);
    expect_error(&err, PILEUS_TIMEOUT, "allow more time");
    pileus_call_set_timeout(call, -1);
    pileus_call_cancel(call);
    pileus_call_cancel(call);
    assert_int_equal(pileus_node_list(&list, conn, NULL, call, &err),
                     PILEUS_CANCELLED);
    expect_error(&err, PILEUS_CANCELLED, "use a new call");
    assert_null(list);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

/* A driver that lists for ever is stopped by the deadline all the same. */
static void
test_endless_listing_expires(void **state)
{
    pileus_connection *conn = open_probe("probe", "endless");
    pileus_list *list = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 50);
    assert_int_equal(pileus_node_list(&list, conn, NULL, call, &err),
                     PILEUS_TIMEOUT);
    expect_error(&err, PILEUS_TIMEOUT, "list_nodes did not end");
    assert_null(list);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

typedef struct inner {
    pileus_connection *conn;
    pileus_call *call;
    pileus_code code;
} inner;

static bool
list_again(void *user, pileus_node *node)
{
    inner *in = user;
    pileus_list *list = NULL;

    (void)node;
    in->code = pileus_node_list(&list, in->conn, NULL, in->call, NULL);
    pileus_list_free(list);
    return false;
}

static void
test_one_use_at_a_time(void **state)
{
    inner in = {.conn = open_probe("probe", NULL)};
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&in.call, &err), err);
    expect_ok(pileus_node_each(in.conn, NULL, list_again, &in, in.call, &err),
              err);
    assert_int_equal(in.code, PILEUS_BUSY);
    /* and it is free again afterwards */
    expect_ok(pileus_node_each(in.conn, NULL, list_again, &in, in.call, &err),
              err);
    pileus_call_free(in.call);
    pileus_connection_unref(in.conn);
}

static void
count_progress(void *user, const char *what, double done)
{
    int *count = user;

    assert_string_equal(what, "listing");
    assert_true(done > 0.4 && done < 0.6);
    ++*count;
}

static void
test_progress(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_call *call = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_progress(call, count_progress, &count);
    expect_ok(pileus_node_list(&list, conn, NULL, call, &err), err);
    assert_int_equal(count, 1);
    pileus_list_free(list);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_over_before_it_begins),
        cmocka_unit_test(test_endless_listing_expires),
        cmocka_unit_test(test_one_use_at_a_time),
        cmocka_unit_test(test_progress),
    };

    return cmocka_run_group_tests_name("call", tests, NULL, NULL);
}
