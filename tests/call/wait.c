/* Waiting for a state: arriving, expiring, and seeing that it is in vain. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

/* A dummy connection whose nodes take so long to run. */
static pileus_connection *
open_dummy(const char *name, const char *value)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    if (name != NULL) {
        expect_ok(pileus_options_set(options, name, value, &err), err);
    }
    expect_ok(pileus_connection_open(&conn, NULL, "dummy", options, NULL, &err),
              err);
    pileus_options_free(options);
    return conn;
}

static void
see_progress(void *user, const char *what, double done)
{
    int *count = user;

    (void)done;
    assert_non_null(strstr(what, "waiting for running"));
    ++*count;
}

static void
test_waits_until_running(void **state)
{
    pileus_connection *conn = open_dummy("create-delay", "250ms");
    pileus_node *node = NULL;
    pileus_node *now = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    int looks = 0;

    (void)state;
    expect_ok(pileus_node_create(&node, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_progress(call, see_progress, &looks);
    expect_ok(pileus_node_wait(&now, node, PILEUS_STATE_RUNNING, call, &err),
              err);
    assert_true(looks > 0);
    assert_int_equal(pileus_node_state(now), PILEUS_STATE_RUNNING);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    pileus_node_unref(now);
    pileus_node_unref(node);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

static void
test_expires(void **state)
{
    pileus_connection *conn = open_dummy("create-delay", "1h");
    pileus_node *node = NULL;
    pileus_node *now = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_create(&node, conn, NULL, NULL, &err), err);
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 60);
    assert_int_equal(
        pileus_node_wait(&now, node, PILEUS_STATE_RUNNING, call, &err),
        PILEUS_TIMEOUT);
    expect_error(&err, PILEUS_TIMEOUT, "allow more time");
    assert_null(now);
    pileus_node_unref(node);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

static void
test_gone(void **state)
{
    pileus_connection *conn = open_dummy(NULL, NULL);
    pileus_node *node = first_node(conn);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    assert_int_equal(
        pileus_node_wait(NULL, node, PILEUS_STATE_RUNNING, NULL, &err),
        PILEUS_NOT_FOUND);
    pileus_error_free(err);
    err = NULL;
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_TERMINATED, NULL, &err),
              err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    assert_int_equal(
        pileus_node_wait(NULL, NULL, PILEUS_STATE_RUNNING, NULL, &err),
        PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a node");
}

/* The dummy's node 0 has no id: it is found again all the same. */
static void
test_without_an_id(void **state)
{
    pileus_connection *conn = open_dummy("creds", "2");
    pileus_node *node = first_node(conn);
    pileus_error *err = NULL;

    (void)state;
    assert_null(pileus_node_id(node));
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_TERMINATED, NULL, &err),
              err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_waits_until_running),
        cmocka_unit_test(test_expires),
        cmocka_unit_test(test_gone),
        cmocka_unit_test(test_without_an_id),
    };

    return cmocka_run_group_tests_name("wait", tests, NULL, NULL);
}
