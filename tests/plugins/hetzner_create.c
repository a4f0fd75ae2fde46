/* The Hetzner Cloud driver against a strict mock: creating nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_support.h"

static void
test_create(void **state)
{
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_node_spec *spec = spec_named("web-1");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_set_location(spec, "hel1", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#cloud-config\n", 14, &err),
              err);
    expect_ok(pileus_node_spec_add_tag(spec, "env", "prod", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "ipv4", "false", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "networks", "4711,12", &err),
              err);
    expect_ok(pileus_node_spec_set_option(spec, "firewalls", "38", &err), err);
    expect_ok(pileus_node_spec_set_token(spec, "one", &err), err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    assert_string_equal(
        mock->last_body,
        "{\"name\":\"web-1\",\"server_type\":\"cx22\",\"image\":\"debian-12\","
        "\"location\":\"hel1\",\"user_data\":\"#cloud-config\\n\","
        "\"labels\":{\"env\":\"prod\","
        "\"pileus-token\":\"7692c3ad3540bb803c020b3aee66cd88\"},"
        "\"public_net\":{\"enable_ipv4\":false},\"networks\":[4711,12],"
        "\"firewalls\":[{\"firewall\":38}]}");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_string_equal(pileus_node_location_id(node), "hel1");
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_node_extra(node), "password")),
                        MOCK_PASSWORD);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_create_with_keys(void **state)
{
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 2; i++) { /* imported once */
        pileus_node_spec *spec = spec_named(i == 0 ? "a" : "b");
        pileus_node *node = NULL;

        expect_ok(pileus_node_spec_set_ssh_key(spec, PUBLIC_KEY, &err), err);
        expect_ok(pileus_node_spec_set_key_name(spec, "mine", &err), err);
        expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
        assert_non_null(
            strstr(mock->last_body, "\"ssh_keys\":[\"mine\",1001]"));
        assert_null(pileus_value_get(pileus_node_extra(node), "password"));
        assert_int_equal(mock->key_count, 1);
        pileus_node_unref(node);
        pileus_node_spec_free(spec);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Create with a token, from a spec of that name. */
static pileus_code
try_token(pileus_connection *conn, const char *name, const char *token,
          pileus_node **node, pileus_error **err)
{
    pileus_node_spec *spec = spec_named(name);
    pileus_code code;

    expect_ok(pileus_node_spec_set_token(spec, token, err), *err);
    code = pileus_node_create(node, conn, spec, NULL, err);
    pileus_node_spec_free(spec);
    return code;
}

static void
test_token(void **state)
{
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_node *first = NULL;
    pileus_node *again = NULL;
    pileus_node *other = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(
        pileus_connection_capability(conn, "compute", "create_node", "token"),
        PILEUS_TOKEN_NATURAL_KEY);
    expect_ok(try_token(conn, "web", "one", &first, &err), err);
    expect_ok(try_token(conn, "web", "one", &again, &err), err);
    assert_string_equal(pileus_node_id(first), pileus_node_id(again));
    /* The name is taken by another create. */
    assert_int_equal(try_token(conn, "web", "two", &other, &err),
                     PILEUS_CONFLICT);
    assert_string_equal(pileus_error_provider_code(err), "uniqueness_error");
    assert_string_equal(pileus_error_request_id(err), "c0ffee");
    expect_error(&err, PILEUS_CONFLICT, "");
    assert_null(other);
    assert_int_equal(mock->server_count, 1);
    pileus_node_unref(first);
    pileus_node_unref(again);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* The answer is lost when the server is made: it is found, and made once. */
static void
test_lost_answer(void **state)
{
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->lose_create = true;
    expect_ok(try_token(conn, "web", "one", &node, &err), err);
    assert_string_equal(pileus_node_id(node), "1001");
    assert_int_equal(mock->server_count, 1);
    assert_false(mock->lose_create);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* What is wrong is said before anything is asked. */
static void
test_create_refused(void **state)
{
    static const struct {
        const char *option;
        const char *value;
        const char *words;
    } options[] = {
        {"ipv4", "maybe", "true or false"},
        {"networks", "4711,", "numbers"},
        {"networks", "my-net", "numbers"},
        {"placement-group", "1,2", "an id"},
    };
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_create(&node, conn, NULL, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "a name, a size and an image");
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        spec = spec_named("web");
        expect_ok(pileus_node_spec_set_option(spec, options[i].option,
                                              options[i].value, &err),
                  err);
        (void)pileus_node_create(&node, conn, spec, NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, options[i].words);
        pileus_node_spec_free(spec);
    }
    spec = spec_named("web");
    expect_ok(pileus_node_spec_add_tag(spec, "not a key", "x", &err), err);
    (void)pileus_node_create(&node, conn, spec, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "label");
    pileus_node_spec_free(spec);
    spec = spec_named("web");
    expect_ok(pileus_node_spec_set_ssh_key(spec, "not a key", &err), err);
    (void)pileus_node_create(&node, conn, spec, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "no public key");
    pileus_node_spec_free(spec);
    assert_int_equal(server_requests(mock->web), 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_create_with_keys),
        cmocka_unit_test(test_token),
        cmocka_unit_test(test_lost_answer),
        cmocka_unit_test(test_create_refused),
    };

    return cmocka_run_group_tests_name("plugins/hetzner_create", tests, NULL,
                                       NULL);
}
