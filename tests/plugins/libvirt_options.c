/* The libvirt driver: options, sizes, location, capabilities. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- options ----------------------------------------------------------- */

static void
bad_sizes(void **state)
{
    static const char *const bad[] = {
        "small",
        "small=",
        "small=1",
        "small=1:2",
        "small=1:2:3:4",
        "small=0:512:10",
        "small=1:0:10",
        "small=1:2:-3",
        "small=1:2:3x",
        "small=+1:2:3",
        "=1:2:3",
        "a/b=1:2:3",
        "small=1:2:3,,=",
        "s=1:2:99999999",
        "s=99999:2:3",
        "s=1:0x10:3",
        "s=1:99999999999999999999:3",
        "small = 1:2:3",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        expect_no_open(PAIRS("uri", "test:///default", "sizes", bad[i]),
                       PILEUS_CONFIGURATION, "NAME=VCPUS:RAM:DISK");
    }
    expect_no_open(PAIRS("uri", "test:///default", "sizes", " , "),
                   PILEUS_CONFIGURATION, "empty");
    expect_no_open(
        PAIRS("uri", "test:///default", "sizes", "a=1:2:3,b=1:2:3,a=2:2:3"),
        PILEUS_CONFIGURATION, "a is there twice");
}

static void
many_sizes(void **state)
{
    char text[8192];
    size_t length = 0;
    pileus_connection *conn;

    (void)state;
    for (int i = 0; i < 256; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length,
                                   "s%d=1:1:1,", i);
    }
    conn = OPEN("uri", "test:///default", "sizes", text);
    pileus_connection_unref(conn);
    (void)snprintf(text + length, sizeof text - length, "onemore=1:1:1");
    expect_no_open(PAIRS("uri", "test:///default", "sizes", text),
                   PILEUS_CONFIGURATION, "more than 256");
}

static void
sizes(void **state)
{
    pileus_connection *conn = OPEN("uri", "test:///default", "sizes",
                                   " one=1:64:0,\n two.x=2:128:7\t");
    pileus_list *list = NULL;
    pileus_query *query = NULL;
    pileus_error *err = NULL;
    const pileus_size *size;
    int64_t number = -1;
    double price;

    (void)state;
    expect_ok(pileus_size_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 2);
    size = pileus_list_size(list, 0);
    assert_string_equal(pileus_size_id(size), "one");
    assert_true(pileus_size_disk(size, &number));
    assert_int_equal(number, 0);
    size = pileus_list_size(list, 1);
    assert_string_equal(pileus_size_id(size), "two.x");
    assert_string_equal(pileus_size_name(size), "two.x");
    assert_true(pileus_size_vcpus(size, &number));
    assert_int_equal(number, 2);
    assert_true(pileus_size_ram(size, &number));
    assert_int_equal(number, 128);
    assert_true(pileus_size_disk(size, &number));
    assert_int_equal(number, 7);
    assert_false(pileus_size_price(size, &price));
    assert_false(pileus_size_bandwidth(size, &number));
    pileus_list_free(list);

    /* Nothing can be had elsewhere. */
    list = NULL;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_location(query, "elsewhere", &err), err);
    expect_ok(pileus_size_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    list = NULL;
    expect_ok(pileus_image_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    pileus_query_free(query);
    pileus_connection_unref(conn);
}

static void
bad_options(void **state)
{
    (void)state;
    expect_no_open(PAIRS("uri", "test:///default", "url", "x"),
                   PILEUS_CONFIGURATION, "uri");
    expect_no_open(PAIRS("uri", "test:///default", "stop-timeout", "soon"),
                   PILEUS_CONFIGURATION, "stop-timeout");
    expect_no_open(PAIRS("uri", "test:///default", "stop-timeout", "2d"),
                   PILEUS_CONFIGURATION, "stop-timeout");
    expect_no_open(PAIRS("uri", "test:///default", "readonly", "perhaps"),
                   PILEUS_CONFIGURATION, "readonly");
}

/* ---- location ---------------------------------------------------------- */

static void
location(void **state)
{
    pileus_connection *conn = OPEN_DEFAULT();
    char *hostname = virConnectGetHostname(*state);
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    const pileus_location *here;
    const pileus_value *extra;
    pileus_node *node;

    expect_ok(pileus_location_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    here = pileus_list_location(list, 0);
    extra = pileus_location_extra(here);
    assert_string_equal(pileus_location_id(here), hostname);
    assert_string_equal(pileus_location_name(here), hostname);
    assert_null(pileus_location_country(here));
    assert_string_equal(extra_string(extra, "uri"), "test:///default");
    assert_string_equal(extra_string(extra, "hypervisor"), "TEST");
    assert_string_equal(extra_string(extra, "hypervisor_version"), "0.0.2");
    assert_true(strlen(extra_string(extra, "libvirt_version")) >= 5);
    assert_string_equal(extra_string(extra, "cpu_model"), "i686");
    assert_int_equal(pileus_value_integer(pileus_value_get(extra, "cpus"), 0),
                     16);
    assert_int_equal(pileus_value_integer(pileus_value_get(extra, "memory"), 0),
                     3072);
    node = get_node(conn, TEST_UUID);
    assert_string_equal(pileus_node_location_id(node), hostname);
    pileus_node_unref(node);
    pileus_list_free(list);
    free(hostname);
    pileus_connection_unref(conn);
}

/* ---- what can be done -------------------------------------------------- */

static void
capabilities(void **state)
{
    static const char *const arguments[] = {
        "name", "size", "image", "location", "tags", "pool", "network"};
    static const char *const none[] = {"ssh_key", "key_name", "password",
                                       "user_data", "colour"};
    static const char *const calls[] = {
        "list_nodes", "list_sizes",  "list_images",
        "get_node",   "create_node", "reboot_node",
        "start_node", "stop_node",   "destroy_node"};
    pileus_connection *conn = OPEN_DEFAULT();
    pileus_connection *reader =
        OPEN("uri", "test:///default", "readonly", "yes");

    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        bool reads = i < 4;

        assert_int_equal(
            pileus_connection_capability(conn, "compute", calls[i], NULL),
            PILEUS_CAPABILITY_YES);
        assert_int_equal(
            pileus_connection_capability(reader, "compute", calls[i], NULL),
            reads ? PILEUS_CAPABILITY_YES : PILEUS_CAPABILITY_NO);
    }
    for (size_t i = 0; i < sizeof arguments / sizeof arguments[0]; i++) {
        assert_int_equal(pileus_connection_capability(
                             conn, "compute", "create_node", arguments[i]),
                         PILEUS_CAPABILITY_YES);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        assert_int_equal(pileus_connection_capability(conn, "compute",
                                                      "create_node", none[i]),
                         PILEUS_CAPABILITY_NO);
    }
    assert_int_equal(
        pileus_connection_capability(conn, "compute", "create_node", "token"),
        PILEUS_TOKEN_NATURAL_KEY);
    assert_int_equal(
        pileus_connection_capability(conn, "volumes", "list_volumes", NULL),
        PILEUS_CAPABILITY_NO);
    pileus_connection_unref(reader);
    pileus_connection_unref(conn);
}

static void
readonly(void **state)
{
    pileus_connection *conn = OPEN("uri", "test:///default", "readonly", "yes");
    pileus_node *node = get_node(conn, TEST_UUID);
    pileus_node *made = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_node_reboot(node, 0, NULL, &err);
    assert_false(pileus_error_may_have_happened(err));
    expect_libvirt(&err, PILEUS_PERMISSION, "readonly",
                   "VIR_ERR_OPERATION_DENIED");
    (void)pileus_node_stop(node, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_PERMISSION, "readonly",
                   "VIR_ERR_OPERATION_DENIED");
    (void)pileus_node_destroy(node, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_PERMISSION, "readonly",
                   "VIR_ERR_OPERATION_DENIED");
    (void)try_create(&made, conn, new_spec("x"), &err);
    expect_libvirt(&err, PILEUS_PERMISSION, "readonly",
                   "VIR_ERR_OPERATION_DENIED");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_null(made);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_sizes), cmocka_unit_test(many_sizes),
        cmocka_unit_test(sizes),     cmocka_unit_test(bad_options),
        DEFAULT_TEST(location),      cmocka_unit_test(capabilities),
        cmocka_unit_test(readonly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
