/* The Hetzner Cloud driver against a strict mock: nodes, verbs, refusals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_support.h"

/* ---- what there is ------------------------------------------------------- */

static void
test_node(void **state)
{
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1001");
    const pileus_size *size = pileus_node_size(node);
    int64_t number = 0;
    double price = 0;

    (void)state;
    assert_string_equal(pileus_node_name(node), "web-1");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_provider_state(node), "running");
    assert_int_equal(pileus_node_public_ip_count(node), 2);
    assert_string_equal(pileus_node_public_ip(node, 0), "203.0.113.7");
    assert_string_equal(pileus_node_public_ip(node, 1), "2001:db8:1:2::1");
    assert_int_equal(pileus_node_private_ip_count(node), 1);
    assert_string_equal(pileus_node_private_ip(node, 0), "10.0.0.2");
    assert_string_equal(pileus_node_location_id(node), "fsn1");
    assert_true(pileus_node_created_at(node, &number));
    assert_int_equal(number, INT64_C(1769817300000000000));
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_node_tags(node), "env")),
        "prod");
    assert_string_equal(pileus_image_id(pileus_node_image(node)), "114690387");
    assert_string_equal(pileus_image_name(pileus_node_image(node)),
                        "debian-12");
    assert_string_equal(pileus_size_id(size), "cx22");
    assert_true(pileus_size_ram(size, &number) && number == 4096);
    assert_true(pileus_size_disk(size, &number) && number == 40);
    assert_true(pileus_size_vcpus(size, &number) && number == 2);
    assert_true(pileus_size_bandwidth(size, &number) && number == 21990);
    assert_true(pileus_size_price(size, &price) && price == 0.0060);
    /* All else that was said is in the extra; what has a field is not. */
    assert_int_equal(
        pileus_value_integer(
            pileus_value_get(pileus_node_extra(node), "primary_disk_size"), 0),
        40);
    assert_null(pileus_value_get(pileus_node_extra(node), "labels"));
    assert_null(pileus_value_get(pileus_node_extra(node), "password"));
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_states(void **state)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"initializing", PILEUS_STATE_PENDING},
        {"starting", PILEUS_STATE_STARTING},
        {"running", PILEUS_STATE_RUNNING},
        {"stopping", PILEUS_STATE_STOPPING},
        {"off", PILEUS_STATE_STOPPED},
        {"deleting", PILEUS_STATE_TERMINATED},
        {"rebuilding", PILEUS_STATE_RECONFIGURING},
        {"migrating", PILEUS_STATE_MIGRATING},
        {"unknown", PILEUS_STATE_UNKNOWN},
        {"levitating", PILEUS_STATE_UNKNOWN},
    };
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        pileus_node *node;

        (void)snprintf(mock->servers[0].status, sizeof mock->servers[0].status,
                       "%s", states[i].word);
        node = get_node(conn, "1001");
        assert_int_equal(pileus_node_state(node), states[i].state);
        assert_string_equal(pileus_node_provider_state(node), states[i].word);
        pileus_node_unref(node);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Number of nodes that the query is about. */
static size_t
count_nodes(pileus_connection *conn, const pileus_query *query)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t count;

    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    count = pileus_list_count(list);
    pileus_list_free(list);
    return count;
}

static void
test_list(void **state)
{
    hetzner_mock *mock = mock_start(120);
    pileus_connection *conn = connect_to(mock);
    pileus_query *query = NULL;
    pileus_error *err = NULL;
    int before;

    (void)state;
    assert_int_equal(count_nodes(conn, NULL), 120);
    assert_int_equal(server_requests(mock->web), 3);
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_tag(query, "env", "prod", &err), err);
    before = server_requests(mock->web);
    assert_int_equal(count_nodes(conn, query), 60);
    assert_int_equal(server_requests(mock->web) - before, 2);
    expect_ok(pileus_query_set_name(query, "web-7", &err), err);
    before = server_requests(mock->web);
    assert_int_equal(count_nodes(conn, query), 1);
    assert_int_equal(server_requests(mock->web) - before, 1);
    expect_ok(pileus_query_add_tag(query, "env", "test", &err), err);
    assert_int_equal(count_nodes(conn, query), 0);
    pileus_query_free(query);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_catalogue(void **state)
{
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    double price = 0;

    (void)state;
    expect_ok(pileus_size_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 2);
    assert_string_equal(pileus_size_id(pileus_list_size(list, 1)), "cax11");
    pileus_list_free(list);
    /* Where there is just one, at that place's price. */
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_location(query, "hel1", &err), err);
    expect_ok(pileus_size_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    assert_true(pileus_size_price(pileus_list_size(list, 0), &price) &&
                price == 0.0050);
    pileus_list_free(list);
    pileus_query_free(query);
    expect_ok(pileus_location_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 2);
    assert_string_equal(pileus_location_id(pileus_list_location(list, 1)),
                        "hel1");
    assert_string_equal(pileus_location_name(pileus_list_location(list, 1)),
                        "Helsinki");
    assert_string_equal(pileus_location_country(pileus_list_location(list, 1)),
                        "FI");
    pileus_list_free(list);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- verbs --------------------------------------------------------------- */

static void
test_verbs(void **state)
{
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1001");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    expect_ok(pileus_node_reboot(node, PILEUS_HARD, NULL, &err), err);
    expect_ok(pileus_node_stop(node, PILEUS_HARD, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
    assert_string_equal(mock->servers[0].status, "off");
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STARTING);
    assert_string_equal(mock->servers[0].status, "running");
    (void)pileus_node_start(node, PILEUS_HARD, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "leave the flag out");
    (void)pileus_node_destroy(node, PILEUS_SOFT, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "stop it first");
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    assert_int_equal(mock->server_count, 0);
    (void)pileus_node_destroy(node, 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_stop(void **state)
{
    hetzner_mock *mock = mock_start(2);
    pileus_connection *conn = connect_to(mock);
    pileus_connection *hasty = connect_with(mock, MOCK_TOKEN, "10ms");
    pileus_node *node = get_node(conn, "1001");
    pileus_node *deaf = get_node(hasty, "1002");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_stop(node, PILEUS_SOFT, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
    assert_string_equal(mock->servers[0].status, "running");
    mock->servers[0].obeys_after = 2;
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    /* A guest that does not listen. */
    expect_ok(pileus_node_stop(deaf, 0, NULL, &err), err);
    assert_string_equal(mock->servers[1].status, "off");
    assert_true(mock->servers[1].shutting);
    pileus_node_unref(node);
    pileus_node_unref(deaf);
    pileus_connection_unref(conn);
    pileus_connection_unref(hasty);
    mock_stop(mock);
}

/* ---- refusals ------------------------------------------------------------ */

static void
test_locked(void **state)
{
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1001");
    pileus_error *err = NULL;

    (void)state;
    mock->locked = 1; /* asked again by itself */
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    assert_int_equal(mock->locked, 0);
    mock->fail_action = true;
    (void)pileus_node_reboot(node, 0, NULL, &err);
    assert_string_equal(pileus_error_provider_code(err), "action_failed");
    assert_true(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_FAILED, "reboot");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_refusals(void **state)
{
    static const struct {
        int status;
        const char *code;
        pileus_code means;
    } refusals[] = {
        {401, "unauthorized", PILEUS_AUTHENTICATION},
        {403, "forbidden", PILEUS_PERMISSION},
        {403, "token_readonly", PILEUS_PERMISSION},
        {403, "resource_limit_exceeded", PILEUS_QUOTA},
        {404, "not_found", PILEUS_NOT_FOUND},
        {422, "invalid_input", PILEUS_INVALID_ARGUMENT},
        {422, "protected", PILEUS_CONFLICT},
        {422, "unsupported_error", PILEUS_NOT_SUPPORTED},
        {422, "no_space_left_in_location", PILEUS_UNAVAILABLE},
    };
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1001");

    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        pileus_error *err = NULL;

        mock->refuse_status = refusals[i].status;
        mock->refuse = refusals[i].code;
        (void)pileus_node_reboot(node, 0, NULL, &err);
        assert_int_equal(pileus_error_status(err), refusals[i].status);
        assert_string_equal(pileus_error_provider_code(err), refusals[i].code);
        assert_non_null(
            strstr(pileus_error_provider_message(err), refusals[i].code));
        expect_error(&err, refusals[i].means, "");
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* A wrong token, and ids that would lead elsewhere. */
static void
test_strangers(void **state)
{
    static const char *const ids[] = {"1001/actions/poweroff", "../volumes/1",
                                      "1001?x=y", "none"};
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_connection *stranger = connect_with(mock, "wrong", "1s");
    pileus_list *list = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_node_list(&list, stranger, NULL, NULL, &err);
    expect_error(&err, PILEUS_AUTHENTICATION, "");
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        (void)pileus_node_get(&node, conn, ids[i], PILEUS_NUL_TERMINATED, NULL,
                              &err);
        expect_error(&err, PILEUS_NOT_FOUND, "");
    }
    pileus_connection_unref(stranger);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* One that no header can carry, as it comes with a line break from a file. */
static void
test_broken_token(void **state)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "token", "a\r\nX-Evil: b", &err),
              err);
    (void)pileus_connection_open(&conn, NULL, "hetzner", options, NULL, &err);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "the token has a character that no header may have");
    pileus_options_free(options);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_node),      cmocka_unit_test(test_states),
        cmocka_unit_test(test_list),      cmocka_unit_test(test_catalogue),
        cmocka_unit_test(test_verbs),     cmocka_unit_test(test_stop),
        cmocka_unit_test(test_locked),    cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_strangers), cmocka_unit_test(test_broken_token),
    };

    return cmocka_run_group_tests_name("plugins/hetzner", tests, NULL, NULL);
}
