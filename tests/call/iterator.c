/* Iterators: the same objects, a bounded distance ahead, ended at any time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

static void
test_takes_all(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_iterator *iterator = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_iterate(&iterator, conn, NULL, NULL, &err), err);
    for (int i = 0; i < 3; i++) {
        expect_ok(pileus_iterator_next_node(iterator, &node, &err), err);
        assert_non_null(node);
        assert_int_equal(pileus_node_id(node)[0], '0' + i);
        assert_ptr_equal(pileus_node_connection(node), conn);
        pileus_node_unref(node);
    }
    for (int i = 0; i < 2; i++) { /* the end comes again */
        expect_ok(pileus_iterator_next_node(iterator, &node, &err), err);
        assert_null(node);
    }
    pileus_iterator_free(iterator);
    pileus_iterator_free(NULL);
    pileus_connection_unref(conn);
}

/* A listing without an end stands still until somebody takes from it. */
static void
test_ends_in_the_middle(void **state)
{
    pileus_connection *conn = open_probe("probe", "endless");
    pileus_iterator *iterator = NULL;
    pileus_node *node = NULL;
    pileus_image *image = NULL;
    pileus_call *call = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    expect_ok(pileus_node_iterate(&iterator, conn, NULL, call, &err), err);
    for (int i = 0; i < 1000; i++) {
        expect_ok(pileus_iterator_next_node(iterator, &node, &err), err);
        pileus_node_unref(node);
    }
    assert_int_equal(pileus_iterator_next_image(iterator, &image, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "another kind");
    /* its call is in use meanwhile */
    assert_int_equal(pileus_node_list(&list, conn, NULL, call, NULL),
                     PILEUS_BUSY);
    pileus_iterator_free(iterator);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

static void
test_cancelled(void **state)
{
    pileus_connection *conn = open_probe("probe", "wait");
    pileus_iterator *iterator = NULL;
    pileus_node *node = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    expect_ok(pileus_node_iterate(&iterator, conn, NULL, call, &err), err);
    pileus_call_cancel(call);
    for (int i = 0; i < 2; i++) { /* the failure comes again */
        assert_int_equal(pileus_iterator_next_node(iterator, &node, &err),
                         PILEUS_CANCELLED);
        expect_error(&err, PILEUS_CANCELLED, "cancelled");
        assert_null(node);
    }
    pileus_iterator_free(iterator);
    pileus_call_free(call);

    /* freed while the driver waits, without a call to cancel */
    expect_ok(pileus_node_iterate(&iterator, conn, NULL, NULL, &err), err);
    pileus_iterator_free(iterator);
    pileus_connection_unref(conn);
}

static void
test_not_supported(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_iterator *iterator = NULL;
    pileus_size *size = NULL;
    pileus_location *location = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_size_iterate(&iterator, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_iterator_next_size(iterator, &size, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "list_sizes");
    pileus_iterator_free(iterator);
    expect_ok(pileus_location_iterate(&iterator, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_iterator_next_location(iterator, &location, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "list_locations");
    pileus_iterator_free(iterator);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takes_all),
        cmocka_unit_test(test_ends_in_the_middle),
        cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_not_supported),
    };

    return cmocka_run_group_tests_name("iterator", tests, NULL, NULL);
}
