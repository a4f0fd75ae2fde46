/* The GoGrid driver against a provider of its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/gogrid_mock.h"

#include <pileus/pileus.h>

#include <stdio.h>

static pileus_connection *
connect_with(const gogrid_mock *mock, const char *secret)
{
    const char *const pairs[][2] = {
        {"endpoint", mock->endpoint},
        {"key", MOCK_KEY},
        {"secret", secret},
        {"retries", "0"},
    };
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        expect_ok(pileus_options_set(options, pairs[i][0], pairs[i][1], &err),
                  err);
    }
    expect_ok(
        pileus_connection_open(&conn, NULL, "gogrid", options, NULL, &err),
        err);
    pileus_options_free(options);
    return conn;
}

static pileus_connection *
connect_to(const gogrid_mock *mock)
{
    return connect_with(mock, MOCK_SECRET);
}

static pileus_node *
get_node(pileus_connection *conn, const char *id)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, id, PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    return node;
}

/* Create one, with one of the driver's own arguments or NULL. */
static pileus_code
create(pileus_node **node, pileus_connection *conn, const char *option,
       const char *value, pileus_call *call, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, "new", err), *err);
    expect_ok(pileus_node_spec_set_size(spec, "1GB", err), *err);
    expect_ok(pileus_node_spec_set_image(spec, "7", err), *err);
    if (option != NULL) {
        expect_ok(pileus_node_spec_set_option(spec, option, value, err), *err);
    }
    code = pileus_node_create(node, conn, spec, call, err);
    pileus_node_spec_free(spec);
    return code;
}

/* ---- listing --------------------------------------------------------------
 */

static bool
count(void *user, pileus_node *node)
{
    int *seen = user;

    (*seen)++;
    assert_non_null(pileus_node_id(node));
    return true;
}

static void
test_pages(void **state)
{
    gogrid_mock *mock = mock_start(250);
    pileus_connection *conn = connect_to(mock);
    pileus_error *err = NULL;
    int seen = 0;

    (void)state;
    expect_ok(pileus_node_each(conn, NULL, count, &seen, NULL, &err), err);
    assert_int_equal(seen, 250);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_signature(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "another-secret");
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_AUTHENTICATION);
    assert_non_null(strstr(pileus_error_message(err), "check the options"));
    pileus_error_free(err);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_passwords(void **state)
{
    static const int refusals[] = {0, 401, 403};

    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        gogrid_mock *mock = mock_start(2);
        pileus_connection *conn = connect_to(mock);
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        const pileus_value *extra;

        mock->refuse_passwords = refusals[i];
        expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), 2);
        extra = pileus_node_extra(pileus_list_node(list, 0));
        if (refusals[i] == 0) {
            assert_string_equal(
                pileus_value_string(pileus_value_get(extra, "password")),
                "sesame");
            assert_string_equal(
                pileus_value_string(pileus_value_get(extra, "username")),
                "root");
        } else {
            assert_null(pileus_value_get(extra, "password"));
        }
        extra = pileus_node_extra(pileus_list_node(list, 1));
        assert_null(pileus_value_get(extra, "password"));
        pileus_list_free(list);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

static void
test_states(void **state)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"Starting", PILEUS_STATE_STARTING},
        {"On", PILEUS_STATE_RUNNING},
        {"On/Saving", PILEUS_STATE_RUNNING},
        {"Off", PILEUS_STATE_STOPPED},
        {"Stopping", PILEUS_STATE_STOPPING},
        {"Restarting", PILEUS_STATE_REBOOTING},
        {"Saving", PILEUS_STATE_UPDATING},
        {"Restoring", PILEUS_STATE_RECONFIGURING},
        {"Dancing", PILEUS_STATE_UNKNOWN},
    };
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        pileus_node *node;

        mock->servers[0].state = states[i].word;
        node = get_node(conn, "1");
        assert_int_equal(pileus_node_state(node), states[i].state);
        assert_string_equal(pileus_node_provider_state(node), states[i].word);
        pileus_node_unref(node);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Answers that make no sense are said to make none. */
static void
test_hostile(void **state)
{
    static const struct {
        const char *body;
        pileus_code code;
    } answers[] = {
        {"", PILEUS_PROTOCOL},
        {"{\"list\": [", PILEUS_PROTOCOL},
        {"{\"list\": [17]}", PILEUS_PROTOCOL},
        {"{\"list\": {\"id\": 1}}", PILEUS_PROTOCOL},
        {"<html><title>Gone</title>", PILEUS_PROTOCOL},
        {"{\"list\": [{\"id\": {}, \"ip\": 7, \"state\": []}]}", PILEUS_OK},
        {"{\"list\": [{}]}", PILEUS_OK},
        {"{\"list\": null}", PILEUS_OK},
        {"{}", PILEUS_PROTOCOL},
        {"{\"status\": \"failure\", \"list\": []}", PILEUS_FAILED},
        {"{\"status\": \"failure\"}", PILEUS_FAILED},
    };
    gogrid_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->raw = answers[i].body;
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         answers[i].code);
        pileus_list_free(list);
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- creating -------------------------------------------------------------
 */

static void
note(void *user, pileus_kind kind, const char *id)
{
    char *made = user;

    assert_int_equal(kind, PILEUS_KIND_NODE);
    (void)snprintf(made, 16, "%s", id);
}

/* Its id comes with the second look at the listing. */
static void
test_create(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_call *call = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    char made[16] = "";

    (void)state;
    mock->looks = 2;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_made(call, note, made);
    expect_ok(create(&node, conn, NULL, NULL, call, &err), err);
    assert_string_equal(pileus_node_id(node), "5001");
    assert_string_equal(made, "5001");
    assert_string_equal(pileus_node_name(node), "new");
    assert_string_equal(pileus_node_public_ip(node, 0), "10.0.0.100");
    pileus_node_unref(node);
    pileus_call_free(call);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* The time limit is told, with what there is to find the server by. */
static void
test_no_id_in_time(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_call *call = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->looks = -1;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 1500);
    assert_int_equal(create(&node, conn, NULL, NULL, call, &err),
                     PILEUS_TIMEOUT);
    assert_true(pileus_error_may_have_happened(err));
    assert_non_null(strstr(pileus_error_message(err), "10.0.0.100"));
    pileus_error_free(err);
    pileus_call_free(call);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* A node without an id has its uuid all the same, and finds itself again. */
static void
test_without_id(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = NULL;
    pileus_node *later;
    pileus_error *err = NULL;

    (void)state;
    mock->looks = -1;
    expect_ok(create(&node, conn, "nowait", "true", NULL, &err), err);
    assert_null(pileus_node_id(node));
    assert_int_equal(pileus_node_reboot(node, 0, NULL, &err), PILEUS_NOT_FOUND);
    assert_non_null(strstr(pileus_error_message(err), "10.0.0.100"));
    pileus_error_free(err);
    err = NULL;
    mock->looks = 1;
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    assert_string_equal(mock->servers[1].state, "Restarting");
    later = get_node(conn, "5001");
    assert_string_equal(pileus_node_uuid(node), pileus_node_uuid(later));
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    assert_int_equal(mock->count, 1);
    pileus_node_unref(later);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Somebody else takes the address between the listing and the request. */
static void
test_race(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->race = true;
    expect_ok(create(&node, conn, "nowait", "true", NULL, &err), err);
    assert_string_equal(pileus_node_public_ip(node, 0), "10.0.0.101");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_refused(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->fail = true;
    assert_int_equal(create(&node, conn, NULL, NULL, NULL, &err),
                     PILEUS_FAILED);
    assert_string_equal(pileus_error_provider_code(err),
                        "IllegalArgumentException");
    assert_string_equal(pileus_error_provider_message(err), "not today");
    pileus_error_free(err);
    err = NULL;
    mock->taken[7] = true;
    assert_int_equal(create(&node, conn, "ip", "10.0.0.7", NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    pileus_error_free(err);
    err = NULL;
    memset(mock->taken, true, sizeof mock->taken);
    assert_int_equal(create(&node, conn, NULL, NULL, NULL, &err), PILEUS_QUOTA);
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(create(&node, conn, "nowait", "maybe", NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    pileus_error_free(err);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- changing -------------------------------------------------------------
 */

static void
test_verbs(void **state)
{
    gogrid_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1");
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    assert_string_equal(mock->servers[0].state, "Off");
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    assert_string_equal(mock->servers[0].state, "On");
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    assert_int_equal(pileus_node_stop(node, PILEUS_HARD, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    pileus_error_free(err);
    err = NULL;
    expect_ok(pileus_image_create(&image, node, "saved", NULL, NULL, &err),
              err);
    assert_string_equal(pileus_image_id(image), "900");
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_destroy(node, 0, NULL, &err),
                     PILEUS_NOT_FOUND);
    pileus_error_free(err);
    pileus_image_unref(image);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),         cmocka_unit_test(test_signature),
        cmocka_unit_test(test_passwords),     cmocka_unit_test(test_states),
        cmocka_unit_test(test_hostile),       cmocka_unit_test(test_create),
        cmocka_unit_test(test_no_id_in_time), cmocka_unit_test(test_without_id),
        cmocka_unit_test(test_race),          cmocka_unit_test(test_refused),
        cmocka_unit_test(test_verbs),
    };

    return cmocka_run_group_tests_name("gogrid", tests, NULL, NULL);
}
