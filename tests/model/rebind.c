/* Nodes that another connection of the same driver takes over. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/alloc.h"
#include "tests/support/probe.h"

/* All facts move, and the node needs its old connection no more. */
static void
test_taken_over(void **state)
{
    pileus_connection *one = open_probe("probe", NULL);
    pileus_connection *two = open_probe("probe", NULL);
    pileus_node *node = first_node(one);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;
    size_t size = 0;
    size_t moved_size = 0;

    (void)state;
    expect_ok(pileus_node_rebind(&moved, node, two, &err), err);
    assert_ptr_not_equal(moved, node);
    assert_ptr_equal(pileus_node_connection(node), one);
    assert_ptr_equal(pileus_node_connection(moved), two);
    assert_string_equal(pileus_node_id(moved), pileus_node_id(node));
    assert_string_equal(pileus_node_uuid(moved), pileus_node_uuid(node));
    assert_int_equal(pileus_node_state(moved), pileus_node_state(node));
    assert_int_equal(pileus_node_blob(moved, &moved_size, NULL) != NULL,
                     pileus_node_blob(node, &size, NULL) != NULL);
    assert_int_equal(moved_size, size);
    pileus_node_unref(node);
    pileus_connection_close(one);
    pileus_connection_unref(one);
    pileus_connection_unref(two); /* the node holds it, and can be used */
    expect_ok(pileus_node_reboot(moved, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(moved), PILEUS_STATE_REBOOTING);
    pileus_node_unref(moved);
}

static void
test_another_driver(void **state)
{
    pileus_connection *one = open_probe("probe", NULL);
    pileus_connection *two = open_probe("probe_serial", NULL);
    pileus_node *node = first_node(one);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_node_rebind(&moved, node, two, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "a node of driver probe cannot be taken over by a connection "
                 "of driver probe_serial");
    assert_null(moved);
    pileus_node_unref(node);
    pileus_connection_unref(one);
    pileus_connection_unref(two);
}

static void
test_something_is_missing(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_node_rebind(NULL, node, conn, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give the node");
    (void)pileus_node_rebind(&moved, NULL, conn, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give the node");
    (void)pileus_node_rebind(&moved, node, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give the node");
    assert_null(moved);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static pileus_code
rebind(void *user)
{
    pileus_node *node = user;
    pileus_node *moved = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_node_rebind(&moved, node, pileus_node_connection(node), &err);

    assert_int_equal(code, pileus_error_code(err));
    assert_int_equal(code == PILEUS_OK, moved != NULL);
    pileus_error_free(err);
    pileus_node_unref(moved);
    return code;
}

static void
test_no_memory(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);

    (void)state;
    fail_each_allocation(rebind, node);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken_over),
        cmocka_unit_test(test_another_driver),
        cmocka_unit_test(test_something_is_missing),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("rebind", tests, NULL, NULL);
}
