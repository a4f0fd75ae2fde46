/* The OpenStack driver: pause, suspend, shelve, rebuild, resize, console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"

static void
test_actions(void **state)
{
    static const struct {
        pileus_code (*act)(pileus_node *node, uint64_t flags, pileus_call *call,
                           pileus_error **err);
        const char *action;
        pileus_state after;
    } rows[] = {
        {pileus_node_pause, "{\"pause\":null}", PILEUS_STATE_UPDATING},
        {pileus_node_unpause, "{\"unpause\":null}", PILEUS_STATE_STARTING},
        {pileus_node_suspend, "{\"suspend\":null}", PILEUS_STATE_UPDATING},
        {pileus_node_resume, "{\"resume\":null}", PILEUS_STATE_STARTING},
        {pileus_node_shelve, "{\"shelve\":null}", PILEUS_STATE_UPDATING},
        {pileus_node_unshelve, "{\"unshelve\":null}", PILEUS_STATE_STARTING},
        {pileus_node_confirm_resize, "{\"confirmResize\":null}",
         PILEUS_STATE_RECONFIGURING},
        {pileus_node_revert_resize, "{\"revertResize\":null}",
         PILEUS_STATE_RECONFIGURING},
    };
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect_ok(rows[i].act(node, 0, NULL, &err), err);
        assert_string_equal(mock->action, rows[i].action);
        assert_int_equal(pileus_node_state(node), rows[i].after);
        mock->fault = 409;
        mock->fault_body = "{\"conflictingRequest\": {\"message\": \"Cannot do "
                           "it\", \"code\": 409}}";
        (void)rows[i].act(node, 0, NULL, &err);
        expect_error(&err, PILEUS_CONFLICT, "Cannot do it");
        assert_int_equal(pileus_node_state(node), rows[i].after);
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_rebuild_and_resize(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "i-9", &err), err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(mock->action, "{\"rebuild\":{\"imageRef\":\"i-9\"}}");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_string_equal(pileus_node_provider_state(node), "REBUILD");
    expect_ok(pileus_node_spec_set_name(spec, "new", &err), err);
    expect_ok(pileus_node_spec_set_password(spec, "s3cr3t", &err), err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(mock->action,
                        "{\"rebuild\":{\"imageRef\":\"i-9\",\"name\":\"new\","
                        "\"adminPass\":\"s3cr3t\"}}");
    assert_int_equal(mock->action_version, 93);
    expect_ok(pileus_node_spec_set_key_name(spec, "mine", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#!", 2, &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "hostname", "web", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "description", "its", &err),
              err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(mock->action,
                        "{\"rebuild\":{\"imageRef\":\"i-9\",\"name\":\"new\","
                        "\"adminPass\":\"s3cr3t\",\"description\":\"its\","
                        "\"hostname\":\"web\",\"key_name\":\"mine\","
                        "\"user_data\":\"IyE=\"}}");
    assert_int_equal(mock->documents, 1);
    expect_ok(pileus_node_spec_set_option(spec, "disk-config", "AUTO", &err),
              err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_non_null(strstr(mock->action, "\"OS-DCF:diskConfig\":\"AUTO\""));
    expect_ok(pileus_node_spec_add_tag(spec, "a", "b", &err), err);
    (void)pileus_node_rebuild(node, spec, 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "'tags'");
    pileus_node_spec_free(spec);
    expect_ok(pileus_node_resize(node, "m1.large", 0, NULL, &err), err);
    assert_string_equal(mock->action,
                        "{\"resize\":{\"flavorRef\":\"m1.large\"}}");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* A wait for a resize ends where it is to be confirmed or reverted. */
static void
test_wait_for_resize(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (int off = 0; off < 2; off++) {
        pileus_state wanted = off ? PILEUS_STATE_STOPPED : PILEUS_STATE_RUNNING;

        mock->is_off = off != 0;
        expect_ok(pileus_node_resize(node, "m1.large", 0, NULL, &err), err);
        expect_ok(pileus_call_new(&call, &err), err);
        pileus_call_set_timeout(call, 300);
        mock->status = "RESIZE";
        (void)pileus_node_wait(NULL, node, wanted, call, &err);
        expect_error(&err, PILEUS_TIMEOUT, "");
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
        pileus_call_free(call);
        mock->status = "VERIFY_RESIZE";
        expect_ok(pileus_node_wait(NULL, node, wanted, NULL, &err), err);
        assert_string_equal(pileus_node_provider_state(node), "VERIFY_RESIZE");
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static const char *
extra_string(const pileus_node *node, const char *key)
{
    return pileus_value_string(pileus_value_get(pileus_node_extra(node), key));
}

/* The password is told once, and what was read before stays. */
static void
test_rebuild_password(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    const pileus_value *old = pileus_node_extra(node);
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;
    const char *first;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "i-9", &err), err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_null(extra_string(node, "password"));
    assert_ptr_equal(pileus_node_extra(node), old);
    mock->rebuilt = "{\"server\": {\"id\": \"id-1\", \"adminPass\": "
                    "\"made-up\", \"description\": \"later\", "
                    "\"flavor\": {\"original_name\": \"tiny\"}}}";
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    first = extra_string(node, "password");
    assert_string_equal(first, "made-up");
    assert_string_equal(extra_string(node, "description"), "later");
    assert_null(extra_string(node, "adminPass"));
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_value_get(pileus_node_extra(node), "flavor"),
                            "original_name")),
                        "tiny");
    mock->rebuilt = "{\"server\": {\"adminPass\": \"again\"}}";
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(extra_string(node, "password"), "again");
    assert_string_equal(first, "made-up");
    assert_string_equal(
        pileus_value_string(pileus_value_get(old, "description")), "of 2.19");
    mock->rebuilt = "{\"server\": [{\"adminPass\": 5}]}";
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(extra_string(node, "password"), "again");
    pileus_node_spec_free(spec);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Of a Nova that is older than its arguments, nothing is asked. */
static void
test_rebuild_too_old(void **state)
{
    static const struct {
        int most;
        const char *words;
    } rows[] = {
        {18, "a rebuild with a description needs version 2.19"},
        {53, "a rebuild with a key needs version 2.54"},
        {56, "a rebuild with user data needs version 2.57"},
        {89, "a rebuild with a hostname needs version 2.90"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        openstack_mock *mock = mock_start(1);
        pileus_connection *conn = connect_to(mock);
        pileus_node *node;
        pileus_node_spec *spec = NULL;
        pileus_error *err = NULL;

        mock->most = rows[i].most;
        node = first_node(conn);
        expect_ok(pileus_node_spec_new(&spec, &err), err);
        expect_ok(pileus_node_spec_set_image(spec, "i-9", &err), err);
        expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
        assert_int_equal(mock->action_version, rows[i].most);
        *mock->action = '\0';
        expect_ok(pileus_node_spec_set_key_name(spec, "mine", &err), err);
        expect_ok(pileus_node_spec_set_user_data(spec, "#!", 2, &err), err);
        expect_ok(pileus_node_spec_set_option(spec, "hostname", "web", &err),
                  err);
        expect_ok(pileus_node_spec_set_option(spec, "description", "its", &err),
                  err);
        (void)pileus_node_rebuild(node, spec, 0, NULL, &err);
        expect_error(&err, PILEUS_NOT_SUPPORTED, rows[i].words);
        assert_string_equal(mock->action, "");
        pileus_node_spec_free(spec);
        pileus_node_unref(node);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

static void
test_console(void **state)
{
    static const char *const bad[] = {"{}", "{\"output\": null}",
                                      "{\"output\": {}}", "[]", "nothing"};
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = first_node(conn);
    pileus_text *log = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_console_log(&log, node, 0, NULL, &err), err);
    assert_string_equal(mock->action, "{\"os-getConsoleOutput\":{}}");
    assert_string_equal(pileus_text_data(log, NULL), "one\ntwo\033[2J\n");
    pileus_text_free(log);
    /* A cloud that gives more than was asked for. */
    expect_ok(pileus_node_console_log(&log, node, 1, NULL, &err), err);
    assert_string_equal(mock->action,
                        "{\"os-getConsoleOutput\":{\"length\":1}}");
    assert_string_equal(pileus_text_data(log, NULL), "two\033[2J\n");
    pileus_text_free(log);
    expect_ok(pileus_node_console_log(&log, node, UINT64_MAX, NULL, &err), err);
    assert_string_equal(mock->action, "{\"os-getConsoleOutput\":{}}");
    pileus_text_free(log);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        log = NULL;
        mock->console = bad[i];
        (void)pileus_node_console_log(&log, node, 0, NULL, &err);
        expect_error(&err, PILEUS_PROTOCOL, "");
        assert_null(log);
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_actions),
        cmocka_unit_test(test_rebuild_and_resize),
        cmocka_unit_test(test_wait_for_resize),
        cmocka_unit_test(test_rebuild_password),
        cmocka_unit_test(test_rebuild_too_old),
        cmocka_unit_test(test_console),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
