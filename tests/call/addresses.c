/* Addresses, from the application through the core to a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/store.h"

static pileus_address *
get(pileus_connection *conn, const char *id)
{
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_address_get(&address, conn, id, PILEUS_NUL_TERMINATED,
                                 NULL, &err),
              err);
    return address;
}

static bool
count(void *user, pileus_address *address)
{
    assert_non_null(pileus_address_id(address));
    return ++*(int *)user < 1;
}

static void
test_listings(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_list *list = NULL;
    pileus_iterator *iterator = NULL;
    pileus_address *address = NULL;
    pileus_query *query = NULL;
    pileus_error *err = NULL;
    int seen = 0;

    (void)state;
    expect_ok(pileus_address_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 2);
    address = pileus_list_address(list, 0);
    assert_string_equal(pileus_address_id(address), "a-1");
    assert_string_equal(pileus_address_ip(address), "192.0.2.1");
    assert_string_equal(pileus_address_name(address), "192.0.2.1");
    assert_string_equal(pileus_address_pool(address), "public");
    assert_null(pileus_address_node_id(address));
    assert_ptr_equal(pileus_address_connection(address), conn);
    assert_int_equal(pileus_value_count(pileus_address_extra(address)), 0);
    address = pileus_list_address(list, 1);
    assert_string_equal(pileus_address_name(address), "front");
    assert_string_equal(pileus_address_node_id(address), "n-1");
    assert_null(pileus_address_pool(address));
    assert_null(pileus_list_volume(list, 0));
    pileus_list_free(list);
    expect_ok(pileus_address_each(conn, NULL, count, &seen, NULL, &err), err);
    assert_int_equal(seen, 1); /* it had enough */
    expect_ok(pileus_address_iterate(&iterator, conn, NULL, NULL, &err), err);
    expect_ok(pileus_iterator_next_address(iterator, &address, &err), err);
    assert_string_equal(pileus_address_id(address), "a-1");
    pileus_address_unref(address);
    pileus_iterator_free(iterator);
    /* by an address that has no name of its own */
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, "192.0.2.1", &err), err);
    expect_ok(pileus_address_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    pileus_query_free(query);
    pileus_connection_unref(conn);
}

static void
test_create_and_delete(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_address_create(&address, conn, NULL, NULL, &err), err);
    assert_string_equal(pileus_address_ip(address), "192.0.2.101");
    assert_null(pileus_address_pool(address));
    expect_ok(pileus_address_delete(address, NULL, &err), err);
    (void)pileus_address_delete(address, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "is not there");
    pileus_address_unref(address);
    expect_ok(pileus_address_create(&address, conn, "public", NULL, &err), err);
    assert_string_equal(pileus_address_pool(address), "public");
    pileus_address_unref(address);
    (void)pileus_address_create(&address, conn, "moon", NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "no pool 'moon'");
    (void)pileus_address_create(&address, conn, "", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the address's pool");
    (void)pileus_address_create(NULL, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "an address needs");
    (void)pileus_address_create(&address, NULL, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    (void)pileus_address_delete(NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs an address");
    (void)pileus_address_get(&address, conn, "a-9", 3, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND,
                 "no address with the id 'a-9': 'pileus address list'");
    pileus_connection_unref(conn);
}

static void
test_half_way(void **state)
{
    static const char *const acts[] = {"none", "two"};
    pileus_connection *conn = open_store("store", "fail");
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_address_create(&address, conn, NULL, NULL, &err);
    assert_string_equal(pileus_error_made_id(err), "a-new-1");
    expect_error(&err, PILEUS_UNAVAILABLE, "half-way");
    assert_null(address);
    pileus_connection_unref(conn);
    for (size_t i = 0; i < 2; i++) {
        conn = open_store("store", acts[i]);
        (void)pileus_address_create(&address, conn, NULL, NULL, &err);
        expect_error(&err, PILEUS_DRIVER, "instead of one");
        assert_null(address);
        pileus_connection_unref(conn);
    }
}

static void
test_attach_and_detach(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_connection *other = open_store("store", NULL);
    pileus_address *address = get(conn, "a-1");
    pileus_node *node = store_node(conn, "n-2");
    pileus_node *stranger = store_node(other, "n-2");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_address_attach(address, node, NULL, &err), err);
    assert_null(pileus_address_node_id(address)); /* the handle stays */
    (void)pileus_address_attach(address, node, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "detach it first");
    (void)pileus_address_detach(address, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "leads nowhere");
    pileus_address_unref(address);
    address = get(conn, "a-1");
    assert_string_equal(pileus_address_node_id(address), "n-2");
    expect_ok(pileus_address_detach(address, NULL, &err), err);
    (void)pileus_address_attach(address, stranger, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "of one connection");
    (void)pileus_address_attach(address, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "an address and a node");
    (void)pileus_address_attach(NULL, node, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "an address and a node");
    (void)pileus_address_detach(NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs an address");
    pileus_node_unref(stranger);
    pileus_node_unref(node);
    pileus_address_unref(address);
    pileus_connection_unref(other);
    pileus_connection_unref(conn);
}

/* A driver without the service is not called. */
static void
test_capabilities(void **state)
{
    static const char *const calls[] = {"list_addresses", "create_address",
                                        "delete_address", "attach_address",
                                        "detach_address"};
    pileus_connection *store = open_store("store", NULL);
    pileus_connection *probe = open_probe("probe", NULL);
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        assert_int_equal(
            pileus_connection_capability(store, "addresses", calls[i], NULL),
            PILEUS_CAPABILITY_YES);
        assert_int_equal(
            pileus_connection_capability(probe, "addresses", calls[i], NULL),
            PILEUS_CAPABILITY_NO);
    }
    assert_int_equal(pileus_connection_capability(store, "addresses",
                                                  "create_address", "pool"),
                     PILEUS_CAPABILITY_YES);
    (void)pileus_address_create(&address, probe, NULL, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "create_address");
    (void)pileus_address_get(&address, probe, "a", 1, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "list_addresses");
    pileus_connection_unref(probe);
    pileus_connection_unref(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listings),
        cmocka_unit_test(test_create_and_delete),
        cmocka_unit_test(test_half_way),
        cmocka_unit_test(test_attach_and_detach),
        cmocka_unit_test(test_capabilities),
    };

    return cmocka_run_group_tests_name("addresses", tests, NULL, NULL);
}
