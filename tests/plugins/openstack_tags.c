/* The OpenStack driver: tags of what is there. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"

static void
test_set(void **state)
{
    static const pileus_pair two[] = {{"role", "web \"1\""}, {"empty", ""}};
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_set_tags(node, two, 2, NULL, &err), err);
    assert_string_equal(
        mock->action,
        "{\"metadata\":{\"role\":\"web \\\"1\\\"\",\"empty\":\"\"}}");
    (void)pileus_node_set_tags(node, &(pileus_pair){"pileus-token", "mine"}, 1,
                               NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "is the driver's own");
    mock->fault = 403;
    mock->fault_body = "{\"forbidden\": {\"message\": \"Maximum number of "
                       "metadata items exceeds 128\", \"code\": 403}}";
    (void)pileus_node_set_tags(node, two, 2, NULL, &err);
    expect_error(&err, PILEUS_QUOTA, "Maximum number");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* What is not there is not asked for; what a path cannot have is encoded. */
static void
test_remove(void **state)
{
    static const char *const keys[] = {"a b.c", "never", "role"};
    static const char *const own[] = {"role", "pileus-token"};
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_remove_tags(node, keys, 3, NULL, &err), err);
    assert_string_equal(mock->untagged, "a%20b.c;role;");
    (void)pileus_node_remove_tags(node, own, 2, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "is the driver's own");
    assert_string_equal(mock->untagged, "a%20b.c;role;");
    mock->fault = 404;
    mock->fault_body = "{\"itemNotFound\": {\"message\": \"Instance could not "
                       "be found\", \"code\": 404}}";
    (void)pileus_node_remove_tags(node, keys, 1, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "could not be found");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_remove),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
