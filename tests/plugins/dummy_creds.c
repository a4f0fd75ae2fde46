/* The nodes that a connection of the dummy driver begins with. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <stdio.h>
#include <string.h>

/* ---- which nodes there are ---------------------------------------------- */

static void
test_first_pair(void **state)
{
    static const char *const uuids[] = {
        "29463471087809001ed883ed1fbe7b74e312341a",
        "797fce3602ce800f05b868cf39b050df44f53192"};
    pileus_connection *conn = OPEN("creds", "0");
    pileus_list *list = list_nodes(conn);
    int64_t ns = 0;

    (void)state;
    assert_int_equal(pileus_list_count(list), 2);
    for (size_t i = 0; i < 2; i++) {
        const pileus_node *node = pileus_list_node(list, i);
        char name[16];

        (void)snprintf(name, sizeof name, "dummy-%zu", i + 1);
        assert_string_equal(pileus_node_name(node), name);
        assert_string_equal(pileus_node_id(node), name + strlen("dummy-"));
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
        assert_string_equal(pileus_node_provider_state(node), "running");
        assert_int_equal(pileus_node_public_ip_count(node), 1);
        assert_string_equal(pileus_node_public_ip(node, 0), "127.0.0.1");
        assert_int_equal(pileus_node_private_ip_count(node), 0);
        assert_string_equal(pileus_node_uuid(node), uuids[i]);
        assert_null(pileus_node_size(node));
        assert_null(pileus_node_image(node));
        assert_null(pileus_node_location_id(node));
        assert_false(pileus_node_created_at(node, &ns));
        assert_ptr_equal(pileus_node_connection(node), conn);
    }
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* Nodes that a value of creds gives, by name; what they are is Python's int().
 */
static void
test_creds(void **state)
{
    static const struct {
        const char *creds;
        size_t count;
        const char *first; /* name of the first node */
    } cases[] = {
        {"3", 3, "dummy-0"},    {"1", 1, "dummy-0"},
        {" 3\n", 3, "dummy-0"}, {"+2", 2, "dummy-0"},
        {"1_0", 10, "dummy-0"}, {"007", 7, "dummy-0"},
        {"0", 2, "dummy-1"},    {"-0", 2, "dummy-1"},
        {"00", 2, "dummy-1"},   {"abc", 2, "dummy-1"},
        {"", 2, "dummy-1"},     {"3x", 2, "dummy-1"},
        {"1__0", 2, "dummy-1"}, {"_1", 2, "dummy-1"},
        {"1_", 2, "dummy-1"},   {"0x10", 2, "dummy-1"},
        {"2.0", 2, "dummy-1"},  {"- 3", 2, "dummy-1"},
        {"+", 2, "dummy-1"},    {"3 3", 2, "dummy-1"},
        {"-1", 0, NULL},        {"-99999999999999999999", 0, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pileus_connection *conn = OPEN("creds", cases[i].creds);
        pileus_list *list = list_nodes(conn);

        if (pileus_list_count(list) != cases[i].count) {
            fail_msg("creds \"%s\" gives %zu nodes", cases[i].creds,
                     pileus_list_count(list));
        }
        if (cases[i].first != NULL) {
            assert_string_equal(pileus_node_name(pileus_list_node(list, 0)),
                                cases[i].first);
        }
        pileus_list_free(list);
        pileus_connection_unref(conn);
    }
}

static void
test_creds_default(void **state)
{
    pileus_connection *conn = open_with(PAIRS(NULL));

    (void)state;
    assert_ids(conn, "1 2");
    pileus_connection_unref(conn);
}

static void
test_creds_too_many(void **state)
{
    static const char *const creds[] = {"1000001", "99999999999999999999999"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;
        pileus_code code = try_open(&conn, PAIRS("creds", creds[i]), &err);

        assert_failed(PILEUS_CONFIGURATION, code, &err,
                      "creds asks for more than 1000000 nodes");
        assert_null(conn);
    }
}

static void
test_quota(void **state)
{
    pileus_connection *conn = OPEN("creds", "1000000");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_failed(PILEUS_QUOTA,
                  pileus_node_create(&node, conn, NULL, NULL, &err), &err,
                  "there are 1000000 nodes already");
    assert_null(node);
    pileus_connection_unref(conn);
}

/* The node of number 0 has no id, and its own key for the uuid. */
static void
test_number_zero(void **state)
{
    pileus_connection *conn = OPEN("creds", "3");
    pileus_list *list = list_nodes(conn);
    pileus_node *zero = pileus_list_node(list, 0);
    pileus_error *err = NULL;
    pileus_code code;

    (void)state;
    assert_null(pileus_node_id(zero));
    assert_string_equal(pileus_node_name(zero), "dummy-0");
    assert_string_equal(pileus_node_public_ip(zero, 0), "127.0.0.1");
    assert_string_equal(pileus_node_uuid(zero),
                        "ffae7da296f9bfadc5cd4e637136bfb50a7f3dbb");
    code = pileus_node_reboot(zero, 0, NULL, &err);
    assert_done(code, &err);
    assert_int_equal(pileus_node_state(zero), PILEUS_STATE_REBOOTING);
    code = pileus_node_destroy(zero, 0, NULL, &err);
    assert_done(code, &err);
    assert_ids(conn, "1 2");
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
test_addresses_carry(void **state)
{
    static const struct {
        size_t i;
        const char *address;
    } cases[] = {{0, "127.0.0.1"},     {254, "127.0.0.255"},
                 {255, "127.0.1.0"},   {65534, "127.0.255.255"},
                 {65535, "127.1.0.0"}, {69999, "127.1.17.112"}};
    pileus_connection *conn = OPEN("creds", "70000");
    pileus_list *list = list_nodes(conn);
    pileus_node *node = create_node(conn);

    (void)state;
    assert_int_equal(pileus_list_count(list), 70000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(
            pileus_node_public_ip(pileus_list_node(list, cases[i].i), 0),
            cases[i].address);
    }
    assert_string_equal(pileus_node_id(node), "70001");
    assert_string_equal(pileus_node_public_ip(node, 0), "127.1.17.113");
    pileus_node_unref(node);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* Many nodes come in one stable order. */
static void
test_many(void **state)
{
    pileus_connection *conn = OPEN("creds", "100000");
    pileus_list *list = list_nodes(conn);

    (void)state;
    assert_int_equal(pileus_list_count(list), 100000);
    for (size_t i = 0; i < 100000; i++) {
        char name[32];

        (void)snprintf(name, sizeof name, "dummy-%zu", i);
        assert_string_equal(pileus_node_name(pileus_list_node(list, i)), name);
    }
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_pair),
        cmocka_unit_test(test_creds),
        cmocka_unit_test(test_creds_default),
        cmocka_unit_test(test_creds_too_many),
        cmocka_unit_test(test_quota),
        cmocka_unit_test(test_number_zero),
        cmocka_unit_test(test_addresses_carry),
        cmocka_unit_test(test_many),
    };

    return cmocka_run_group_tests_name("plugins/dummy_creds", tests, NULL,
                                       NULL);
}
