/* The EC2 driver against a provider of its own: elastic addresses. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

static pileus_address *
create(pileus_connection *conn, const char *pool)
{
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_address_create(&address, conn, pool, NULL, &err), err);
    return address;
}

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

/* ---- reading --------------------------------------------------------------
 */

static void
test_facts(void **state)
{
    ec2_mock *mock = mock_start(2);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_address *address;
    const pileus_value *extra;

    (void)state;
    (void)mock_add_address(mock, false, "amazon");
    (void)mock_add_address(mock, true, "");
    mock->addresses[0].instance = 1;
    address = get(conn, "eipalloc-0");
    extra = pileus_address_extra(address);
    expect_param(mock->asked, "Filter.1.Name=allocation-id");
    expect_param(mock->asked, "Filter.1.Value.1=eipalloc-0");
    assert_string_equal(pileus_address_name(address), "front");
    assert_string_equal(pileus_address_ip(address), "198.51.100.0");
    assert_string_equal(pileus_address_pool(address), "amazon");
    assert_string_equal(pileus_address_node_id(address), "i-1");
    assert_string_equal(extra_string(extra, "association_id"), "eipassoc-0");
    assert_string_equal(extra_string(extra, "interface_id"), "eni-1");
    assert_string_equal(extra_string(extra, "owner_id"), "42");
    assert_string_equal(extra_string(extra, "private_ip"), "10.0.0.1");
    assert_string_equal(extra_string(extra, "domain"), "vpc");
    assert_int_equal(pileus_value_type(pileus_value_get(extra, "carrier_ip")),
                     PILEUS_TYPE_NULL);
    pileus_address_unref(address);

    address = get(conn, "198.51.100.1");
    expect_param(mock->asked, "Filter.1.Name=public-ip");
    assert_string_equal(pileus_address_name(address), "198.51.100.1");
    assert_null(pileus_address_node_id(address));
    assert_null(pileus_address_pool(address));
    pileus_address_unref(address);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Ids of both kinds are for the core to look for: no filter finds them. */
static void
test_queries(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 4; i++) {
        (void)mock_add_address(mock, i > 1, "");
    }
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(
        pileus_query_add_id(query, "eipalloc-1", PILEUS_NUL_TERMINATED, &err),
        err);
    expect_ok(
        pileus_query_add_id(query, "198.51.100.3", PILEUS_NUL_TERMINATED, &err),
        err);
    expect_ok(pileus_address_list(&list, conn, query, NULL, &err), err);
    assert_null(strstr(mock->asked, "Filter"));
    assert_int_equal(pileus_list_count(list), 2);
    pileus_list_free(list);
    pileus_query_free(query);

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_filter(query, "instance-id", "i-?", &err), err);
    expect_ok(pileus_address_list(&list, conn, query, NULL, &err), err);
    expect_param(mock->asked, "Filter.1.Name=instance-id");
    expect_param(mock->asked, "Filter.1.Value.1=i-?");
    pileus_list_free(list);
    pileus_query_free(query);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- making and giving back -----------------------------------------------
 */

static void
test_pools(void **state)
{
    static const struct {
        const char *pool;
        const char *param;
        const char *id;
    } pools[] = {
        {NULL, NULL, "eipalloc-0"},
        {"ipv4pool-ec2-1", "PublicIpv4Pool=ipv4pool-ec2-1", "eipalloc-1"},
        {"amazon", "PublicIpv4Pool=amazon", "eipalloc-2"},
        {"ipam-pool-1", "IpamPoolId=ipam-pool-1", "eipalloc-3"},
        {"ipv4pool-coip-1", "CustomerOwnedIpv4Pool=ipv4pool-coip-1",
         "eipalloc-4"},
        {"vpc", "Domain=vpc", "eipalloc-5"},
        {"standard", "Domain=standard", "198.51.100.6"},
    };
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof pools / sizeof pools[0]; i++) {
        pileus_address *address = create(conn, pools[i].pool);

        if (pools[i].param == NULL) {
            assert_string_equal(
                mock->last, "\nAction=AllocateAddress\nVersion=2016-11-15\n");
        } else {
            expect_param(mock->last, pools[i].param);
        }
        assert_string_equal(pileus_address_id(address), pools[i].id);
        pileus_address_unref(address);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* An answer without an id is no address; and if it is lost, it is not asked for
 * again: there would be two. */
static void
test_create_wrong(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, "retries", "3");
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->raw = "<R><domain>vpc</domain></R>";
    assert_int_equal(pileus_address_create(&address, conn, NULL, NULL, &err),
                     PILEUS_PROTOCOL);
    expect_error(&err, PILEUS_PROTOCOL, "publicIp");
    mock->raw = "<R><allocationId>eipalloc-7</allocationId></R>";
    expect_ok(pileus_address_create(&address, conn, NULL, NULL, &err), err);
    assert_string_equal(pileus_address_id(address), "eipalloc-7");
    assert_null(pileus_address_ip(address));
    pileus_address_unref(address);
    mock->raw = NULL;
    mock->fails = 1;
    mock->status = 500;
    mock->code = "InternalError";
    assert_int_equal(pileus_address_create(&address, conn, NULL, NULL, &err),
                     PILEUS_UNAVAILABLE);
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    assert_int_equal(mock->address_count, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- where it leads -------------------------------------------------------
 */

/* In a network and without one. */
static void
test_walk(void **state)
{
    static const char *const pools[] = {NULL, "standard"};
    ec2_mock *mock = mock_start(2);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-1");
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        pileus_address *address = create(conn, pools[i]);
        pileus_address *now;
        int answered;

        expect_ok(pileus_address_attach(address, node, NULL, &err), err);
        expect_param(mock->last, "InstanceId=i-1");
        now = get(conn, pileus_address_id(address));
        assert_string_equal(pileus_address_node_id(now), "i-1");
        pileus_address_unref(now);
        assert_int_equal(pileus_address_delete(address, NULL, &err),
                         PILEUS_CONFLICT);
        pileus_error_free(err);
        err = NULL;
        expect_ok(pileus_address_detach(address, NULL, &err), err);
        expect_param(mock->last, i == 0 ? "AssociationId=eipassoc-1"
                                        : "PublicIp=198.51.100.1");
        expect_ok(pileus_address_delete(address, NULL, &err), err);
        assert_true(mock->addresses[i].gone);
        /* Which is believed at once, though it has just been made. */
        answered = mock->answered;
        assert_int_equal(pileus_address_delete(address, NULL, &err),
                         PILEUS_NOT_FOUND);
        assert_int_equal(mock->answered, answered + 1);
        pileus_error_free(err);
        err = NULL;
        pileus_address_unref(address);
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* It is not taken away from another node, and one that leads nowhere is not
 * detached. */
static void
test_conflicts(void **state)
{
    ec2_mock *mock = mock_start(2);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_node *other = get_node(conn, "i-1");
    pileus_address *address = create(conn, NULL);
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_address_detach(address, NULL, &err),
                     PILEUS_CONFLICT);
    expect_error(&err, PILEUS_CONFLICT, "leads nowhere");
    expect_ok(pileus_address_attach(address, node, NULL, &err), err);
    expect_ok(pileus_address_attach(address, node, NULL, &err), err);
    assert_int_equal(pileus_address_attach(address, other, NULL, &err),
                     PILEUS_CONFLICT);
    assert_string_equal(pileus_error_provider_code(err),
                        "Resource.AlreadyAssociated");
    pileus_error_free(err);
    assert_int_equal(mock->addresses[0].instance, 0);
    pileus_address_unref(address);
    pileus_node_unref(other);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* What was saved may come back without its id: nothing is asked then. */
static void
test_without_id(void **state)
{
    static const char saved[] =
        "{\"pileus\": 1, \"driver\": \"ec2\", \"kind\": \"address\", "
        "\"fields\": {\"24\": \"198.51.100.0\"}}\n";
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_list *list = NULL;
    pileus_address *address;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_list_load(&list, conn, saved, PILEUS_NUL_TERMINATED, &err),
              err);
    address = pileus_list_address(list, 0);
    assert_null(pileus_address_id(address));
    (void)pileus_address_attach(address, node, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "no id");
    (void)pileus_address_detach(address, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "no id");
    (void)pileus_address_delete(address, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "no id");
    pileus_list_free(list);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),      cmocka_unit_test(test_queries),
        cmocka_unit_test(test_pools),      cmocka_unit_test(test_create_wrong),
        cmocka_unit_test(test_walk),       cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_without_id),
    };

    return cmocka_run_group_tests_name("plugins/ec2_address", tests, NULL,
                                       NULL);
}
