/* The dummy driver: addresses that are kept without a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static pileus_address *
create(pileus_connection *conn, const char *pool)
{
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    assert_done(pileus_address_create(&address, conn, pool, NULL, &err), &err);
    return address;
}

/* The address of an id as it is now, and what is known of it; node NULL: it
 * leads nowhere. */
static void
assert_address(pileus_connection *conn, const char *id, const char *ip,
               const char *pool, const char *node)
{
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    assert_done(pileus_address_get(&address, conn, id, PILEUS_NUL_TERMINATED,
                                   NULL, &err),
                &err);
    assert_string_equal(pileus_address_id(address), id);
    assert_string_equal(pileus_address_ip(address), ip);
    assert_string_equal(pileus_address_name(address), ip);
    assert_string_equal(pileus_address_pool(address), pool);
    if (node == NULL) {
        assert_null(pileus_address_node_id(address));
    } else {
        assert_string_equal(pileus_address_node_id(address), node);
    }
    pileus_address_unref(address);
}

/* How many addresses there are. */
static size_t
count(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t number;

    assert_done(pileus_address_list(&list, conn, NULL, NULL, &err), &err);
    number = pileus_list_count(list);
    pileus_list_free(list);
    return number;
}

/* The node's public addresses as it is now, between blanks. */
static void
assert_node(const pileus_node *node, const char *wanted)
{
    pileus_node *now = NULL;
    pileus_error *err = NULL;
    char ips[128] = "";

    assert_done(pileus_node_get(&now, pileus_node_connection(node),
                                pileus_node_id(node), PILEUS_NUL_TERMINATED,
                                NULL, &err),
                &err);
    for (size_t i = 0; pileus_node_public_ip(now, i) != NULL; i++) {
        size_t used = strlen(ips);

        (void)snprintf(ips + used, sizeof ips - used, "%s%s", i == 0 ? "" : " ",
                       pileus_node_public_ip(now, i));
    }
    assert_string_equal(ips, wanted);
    pileus_node_unref(now);
}

static void
test_life(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = create_node(conn);
    pileus_address *first;
    pileus_address *second;
    pileus_address *none = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(count(conn), 0);
    first = create(conn, NULL);
    second = create(conn, "spare");
    assert_address(conn, "1", "192.0.2.1", "public", NULL);
    assert_address(conn, "2", "198.51.100.1", "spare", NULL);
    assert_failed(PILEUS_NOT_FOUND,
                  pileus_address_create(&none, conn, "moon", NULL, &err), &err,
                  "no pool moon");
    assert_done(pileus_address_attach(first, node, NULL, &err), &err);
    assert_done(pileus_address_attach(second, node, NULL, &err), &err);
    assert_address(conn, "1", "192.0.2.1", "public", "3");
    assert_node(node, "127.0.0.3 192.0.2.1 198.51.100.1");
    assert_failed(PILEUS_CONFLICT,
                  pileus_address_attach(first, node, NULL, &err), &err,
                  "192.0.2.1 leads to a node already");
    assert_done(pileus_address_detach(first, NULL, &err), &err);
    assert_node(node, "127.0.0.3 198.51.100.1");
    assert_failed(PILEUS_CONFLICT, pileus_address_detach(first, NULL, &err),
                  &err, "192.0.2.1 leads nowhere");
    /* Attached or not. */
    assert_done(pileus_address_delete(second, NULL, &err), &err);
    assert_node(node, "127.0.0.3");
    assert_failed(PILEUS_NOT_FOUND, pileus_address_delete(second, NULL, &err),
                  &err, "address 2 is not there");
    assert_failed(PILEUS_NOT_FOUND,
                  pileus_address_attach(second, node, NULL, &err), &err,
                  "address 2 is not there");
    assert_int_equal(count(conn), 1);
    pileus_address_unref(first);
    pileus_address_unref(second);
    /* The address comes back, the id does not. */
    second = create(conn, "spare");
    assert_address(conn, "3", "198.51.100.1", "spare", NULL);
    pileus_address_unref(second);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_node_goes(void **state)
{
    pileus_connection *conn = OPEN("creds", "2");
    pileus_address *address = create(conn, "public");
    pileus_list *list = list_nodes(conn);
    pileus_node *node;
    pileus_error *err = NULL;

    (void)state;
    assert_failed(
        PILEUS_NOT_SUPPORTED,
        pileus_address_attach(address, pileus_list_node(list, 0), NULL, &err),
        &err, "dummy-0 has no id");
    node = pileus_node_ref(pileus_list_node(list, 1));
    pileus_list_free(list);
    assert_done(pileus_address_attach(address, node, NULL, &err), &err);
    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    assert_address(conn, "1", "192.0.2.1", "public", NULL);
    assert_failed(PILEUS_NOT_FOUND,
                  pileus_address_attach(address, node, NULL, &err), &err,
                  "node dummy-1 is not there");
    pileus_node_unref(node);
    pileus_address_unref(address);
    pileus_connection_unref(conn);
}

static void
test_pool_is_empty(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (int i = 1; i <= 254; i++) {
        pileus_address_unref(create(conn, NULL));
    }
    assert_address(conn, "254", "192.0.2.254", "public", NULL);
    assert_failed(PILEUS_QUOTA,
                  pileus_address_create(&address, conn, NULL, NULL, &err), &err,
                  "all 254 addresses of pool public are in use");
    pileus_address_unref(create(conn, "spare"));
    assert_int_equal(count(conn), 255);
    pileus_connection_unref(conn);
}

/* ---- failures ------------------------------------------------------------ */

static void
test_failures(void **state)
{
    pileus_connection *conn = OPEN(
        "fail", "list_addresses:unavailable:1,create_address:quota:@1,"
                "create_address:failed:@2:after,attach_address:conflict:1,"
                "detach_address:permission:1,delete_address:rate-limited:1");
    pileus_node *node = create_node(conn);
    pileus_address *address = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_failed(PILEUS_UNAVAILABLE,
                  pileus_address_list(&list, conn, NULL, NULL, &err), &err,
                  "list_addresses, call 1");
    assert_failed(PILEUS_QUOTA,
                  pileus_address_create(&address, conn, NULL, NULL, &err), &err,
                  "create_address, call 1");
    assert_int_equal(count(conn), 0);
    assert_int_equal(pileus_address_create(&address, conn, NULL, NULL, &err),
                     PILEUS_FAILED);
    assert_string_equal(pileus_error_made_id(err), "1");
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(count(conn), 1);
    address = create(conn, NULL);
    assert_failed(PILEUS_CONFLICT,
                  pileus_address_attach(address, node, NULL, &err), &err,
                  "attach_address, call 1");
    assert_done(pileus_address_attach(address, node, NULL, &err), &err);
    assert_failed(PILEUS_PERMISSION, pileus_address_detach(address, NULL, &err),
                  &err, "detach_address, call 1");
    assert_failed(PILEUS_RATE_LIMITED,
                  pileus_address_delete(address, NULL, &err), &err,
                  "delete_address, call 1");
    assert_address(conn, "2", "192.0.2.2", "public", "3");
    pileus_address_unref(address);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* ---- in a file ----------------------------------------------------------- */

static void
test_in_a_file(void **state)
{
    const place *at = *state;
    pileus_connection *conn = OPEN("state", at->file);
    pileus_connection *other = OPEN("state", at->file);
    pileus_node *node = create_node(conn);
    pileus_address *address = create(conn, NULL);
    pileus_error *err = NULL;
    size_t size = 0;
    char *text;

    assert_done(pileus_address_attach(address, node, NULL, &err), &err);
    assert_address(other, "1", "192.0.2.1", "public", "3");
    pileus_address_unref(create(other, "spare"));
    text = read_file(at->file, &size);
    assert_non_null(strstr(text, "pileus-dummy 2\nlast 3 3 2\n"));
    assert_non_null(strstr(text, "\naddress 1 public 1 3\n"
                                 "address 2 spare 1 0\nend 5 "));
    free(text);
    assert_done(pileus_address_delete(address, NULL, &err), &err);
    pileus_address_unref(address);
    pileus_connection_unref(conn);
    /* Its number does not come back. */
    conn = OPEN("state", at->file);
    address = create(conn, NULL);
    assert_string_equal(pileus_address_id(address), "3");
    assert_int_equal(count(conn), 2);
    pileus_address_unref(address);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    pileus_connection_unref(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_node_goes),
        cmocka_unit_test(test_pool_is_empty),
        cmocka_unit_test(test_failures),
        cmocka_unit_test_setup_teardown(test_in_a_file, place_setup,
                                        place_teardown),
    };

    return cmocka_run_group_tests_name("the dummy driver's addresses", tests,
                                       NULL, NULL);
}
