/* The OpenStack driver: floating addresses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"

#include <stdio.h>

/* The address of that number, or NULL. */
static pileus_address *
get(pileus_connection *conn, int i)
{
    pileus_address *address = NULL;
    char id[16];

    (void)snprintf(id, sizeof id, "f%d", i);
    (void)pileus_address_get(&address, conn, id, PILEUS_NUL_TERMINATED, NULL,
                             NULL);
    return address;
}

static void
lead_to(openstack_mock *mock, int i, const char *port)
{
    (void)snprintf(mock->leads_to[i], sizeof mock->leads_to[i], "%s", port);
}

/* ---- listing --------------------------------------------------------------
 */

static void
test_facts(void **state)
{
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    const pileus_address *address;

    (void)state;
    mock->addresses = 5; /* in three pages */
    lead_to(mock, 1, "p-good");
    lead_to(mock, 4, "p-router");
    expect_ok(pileus_address_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 5);
    address = pileus_list_address(list, 0);
    assert_string_equal(pileus_address_id(address), "f0");
    assert_string_equal(pileus_address_name(address), "203.0.113.0");
    assert_string_equal(pileus_address_ip(address), "203.0.113.0");
    assert_string_equal(pileus_address_pool(address), "pub-id");
    assert_null(pileus_address_node_id(address));
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_address_extra(address), "status")),
                        "DOWN");
    assert_string_equal(pileus_address_node_id(pileus_list_address(list, 1)),
                        "id-1");
    /* What a router has is no node. */
    assert_null(pileus_address_node_id(pileus_list_address(list, 4)));
    pileus_list_free(list);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_one(void **state)
{
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_address *address;
    pileus_error *err = NULL;

    (void)state;
    mock->addresses = 5;
    address = get(conn, 3);
    assert_string_equal(pileus_address_ip(address), "203.0.113.3");
    pileus_address_unref(address);
    assert_null(get(conn, 7));
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, "203.0.113.2", &err), err);
    expect_ok(pileus_address_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    assert_string_equal(pileus_address_id(pileus_list_address(list, 0)), "f2");
    pileus_list_free(list);
    pileus_query_free(query);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* What is no address ends the listing, in words. */
static void
test_hostile(void **state)
{
    static const char *const bodies[] = {
        "{\"floatingips\": [{\"floating_ip_address\": \"203.0.113.1\"}]}",
        "{\"floatingips\": [{\"id\": \"f1\"}]}",
        "{\"floatingips\": [{\"id\": \"f1\", \"floating_ip_address\": null}]}",
        "{\"floatingips\": [{\"id\": [], \"floating_ip_address\": \"a\"}]}",
        "{\"floatingips\": [5]}",
        "{\"floatingips\": {\"a\": 1}}",
        "{\"floatingips\": [",
        "<html>",
    };
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->address_body = bodies[i];
        (void)pileus_address_list(&list, conn, NULL, NULL, &err);
        assert_null(list);
        expect_error(&err, PILEUS_PROTOCOL, "");
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Facts of another shape are not there. */
static void
test_odd(void **state)
{
    static const char *const bodies[] = {
        "{\"floatingips\": [{\"id\": 1, \"floating_ip_address\": \"a\"}]}",
        "{\"floatingips\": [{\"id\": \"1\", \"floating_ip_address\": \"a\", "
        "\"floating_network_id\": {}, \"port_details\": 7}]}",
        "{\"floatingips\": [{\"id\": \"1\", \"floating_ip_address\": \"a\", "
        "\"port_details\": {\"device_owner\": [], \"device_id\": \"x\"}}]}",
        "{\"floatingips\": [{\"id\": \"1\", \"floating_ip_address\": \"a\", "
        "\"port_details\": {\"device_owner\": \"compute:x\", \"device_id\": "
        "[]}}]}",
    };
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->address_body = bodies[i];
        expect_ok(pileus_address_list(&list, conn, NULL, NULL, &err), err);
        assert_string_equal(pileus_address_id(pileus_list_address(list, 0)),
                            "1");
        assert_null(pileus_address_node_id(pileus_list_address(list, 0)));
        assert_null(pileus_address_pool(pileus_list_address(list, 0)));
        pileus_list_free(list);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- create, delete -------------------------------------------------------
 */

static void
test_create(void **state)
{
    static const char *const pools[] = {NULL, "public"};
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 2; i++) {
        expect_ok(pileus_address_create(&address, conn, pools[i], NULL, &err),
                  err);
        assert_int_equal(mock->addresses, i + 1);
        assert_string_equal(pileus_address_pool(address), "pub-id");
        expect_ok(pileus_address_delete(address, NULL, &err), err);
        assert_string_equal(mock->leads_to[i], "gone");
        (void)pileus_address_delete(address, NULL, &err);
        expect_error(&err, PILEUS_NOT_FOUND, "could not be found");
        pileus_address_unref(address);
        address = NULL;
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_pools(void **state)
{
    static const struct {
        const char *externals;
        const char *pool;
        pileus_code code; /* PILEUS_OK: one is made */
        const char *words;
    } rows[] = {
        {"{\"networks\": []}", NULL, PILEUS_NOT_FOUND,
         "there is no external network that this project can see"},
        {NULL, "wan", PILEUS_NOT_FOUND, "there is no external network 'wan'"},
        {"{\"networks\": [{\"id\": \"a\", \"name\": \"one\"}, {\"id\": "
         "\"pub-id\", \"name\": \"two\"}]}",
         NULL, PILEUS_INVALID_ARGUMENT, "give as pool one of one, two"},
        {"{\"networks\": [{\"id\": \"a\", \"name\": \"one\"}, {\"id\": "
         "\"pub-id\", \"name\": \"two\"}]}",
         "two", PILEUS_OK, NULL},
        {"{\"networks\": [{\"id\": \"a\", \"name\": \"two\"}, {\"id\": "
         "\"pub-id\", \"name\": \"two\"}]}",
         "two", PILEUS_INVALID_ARGUMENT, "several external networks 'two'"},
        {"{\"networks\": [{\"id\": \"a\", \"name\": \"one\"}, {\"id\": "
         "\"pub-id\", \"name\": \"two\", \"is_default\": true}]}",
         NULL, PILEUS_OK, NULL},
        {"{\"networks\": [{\"id\": \"pub-id\"}]}", NULL, PILEUS_OK, NULL},
        {"{\"networks\": [{\"name\": \"public\"}]}", NULL, PILEUS_PROTOCOL,
         "id"},
        {"{\"networks\": [7]}", NULL, PILEUS_PROTOCOL, "id"},
        {NULL, "11111111-1111-4111-8111-111111111111", PILEUS_INVALID_ARGUMENT,
         "not a valid external network"},
    };
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pileus_address *address = NULL;
        pileus_error *err = NULL;

        mock->externals = rows[i].externals;
        mock->addresses = 0;
        (void)pileus_address_create(&address, conn, rows[i].pool, NULL, &err);
        if (rows[i].code == PILEUS_OK) {
            assert_null(err);
            assert_int_equal(mock->addresses, 1);
        } else {
            assert_null(address);
            assert_int_equal(mock->addresses, 0);
            expect_error(&err, rows[i].code, rows[i].words);
        }
        pileus_address_unref(address);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_create_refused(void **state)
{
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->addresses = MOCK_ADDRESSES;
    (void)pileus_address_create(&address, conn, NULL, NULL, &err);
    assert_false(pileus_error_retryable(err));
    expect_error(&err, PILEUS_QUOTA, "Quota exceeded for resources");
    /* Made, but not as it should be: its id is not lost. */
    mock->addresses = 0;
    mock->address_body = "{\"floatingip\": {\"id\": \"f0\"}}";
    (void)pileus_address_create(&address, conn, NULL, NULL, &err);
    assert_string_equal(pileus_error_made_id(err), "f0");
    expect_error(&err, PILEUS_PROTOCOL, "floating_ip_address");
    mock->address_body = "{\"floatingip\": {}}";
    (void)pileus_address_create(&address, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_PROTOCOL, "floatingip.id");
    assert_null(address);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- attach, detach -------------------------------------------------------
 */

static void
test_attach(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_address *address;
    pileus_error *err = NULL;

    (void)state;
    mock->addresses = 1;
    address = get(conn, 0);
    (void)pileus_address_detach(address, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "leads nowhere");
    expect_ok(pileus_address_attach(address, node, NULL, &err), err);
    assert_string_equal(mock->leads_to[0], "p-good");
    (void)pileus_address_attach(address, node, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "detach it first");
    /* The handle is of before, and that does not matter. */
    expect_ok(pileus_address_detach(address, NULL, &err), err);
    assert_string_equal(mock->leads_to[0], "");
    lead_to(mock, 0, "gone");
    (void)pileus_address_attach(address, node, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "could not be found");
    (void)pileus_address_detach(address, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "could not be found");
    pileus_address_unref(address);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_attach_refused(void **state)
{
    static const struct {
        const char *ports;
        pileus_code code;
        const char *words;
    } rows[] = {
        {"{\"ports\": []}", PILEUS_CONFLICT, "no port with an IPv4 address"},
        {"{\"ports\": [{\"id\": \"p-six\"}]}", PILEUS_CONFLICT, "no port"},
        {"{\"ports\": [{\"id\": \"p-six\", \"fixed_ips\": 5}]}",
         PILEUS_CONFLICT, "no port"},
        {"{\"ports\": [{\"id\": \"p-six\", \"fixed_ips\": [[], {}, "
         "{\"ip_address\": 4.5}]}]}",
         PILEUS_CONFLICT, "no port"},
        {"{\"ports\": [{\"id\": \"p-dark\", \"fixed_ips\": [{\"ip_address\": "
         "\"10.9.0.1\"}]}]}",
         PILEUS_NOT_FOUND, "is not reachable from subnet"},
        {"{\"ports\": [{\"fixed_ips\": [{\"ip_address\": \"10.9.0.1\"}]}]}",
         PILEUS_PROTOCOL, "id"},
        {"{\"ports\": [true]}", PILEUS_PROTOCOL, "id"},
        {"{\"harbours\": []}", PILEUS_PROTOCOL, "has no 'ports'"},
    };
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_address *address;

    (void)state;
    mock->addresses = 1;
    address = get(conn, 0);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pileus_error *err = NULL;

        mock->ports_body = rows[i].ports;
        (void)pileus_address_attach(address, node, NULL, &err);
        expect_error(&err, rows[i].code, rows[i].words);
        assert_string_equal(mock->leads_to[0], "");
    }
    pileus_address_unref(address);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Without Neutron there are none. */
static void
test_no_network(void **state)
{
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    char catalogue[256];

    (void)state;
    (void)snprintf(catalogue, sizeof catalogue,
                   "[{\"type\": \"compute\", \"endpoints\": [{\"interface\": "
                   "\"public\", \"region_id\": \"one\", \"url\": "
                   "\"%s/compute/v2.1\"}]}]",
                   server_url(mock->web));
    mock->catalogue = catalogue;
    conn = connect_to(mock);
    (void)pileus_address_list(&list, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "no network service");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_one),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_odd),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_pools),
        cmocka_unit_test(test_create_refused),
        cmocka_unit_test(test_attach),
        cmocka_unit_test(test_attach_refused),
        cmocka_unit_test(test_no_network),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
