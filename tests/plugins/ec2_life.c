/* The EC2 driver against a provider of its own: hibernation, another disk,
 * another size, the console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

/* ---- hibernation ----------------------------------------------------------
 */

static void
test_suspend(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_suspend(node, 0, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    assert_string_equal(pileus_error_provider_code(err),
                        "UnsupportedHibernationConfiguration");
    pileus_error_free(err);
    err = NULL;
    mock->instances[0].hibernates = true;
    expect_ok(pileus_node_suspend(node, 0, NULL, &err), err);
    expect_param(mock->last, "Action=StopInstances");
    expect_param(mock->last, "Hibernate=true");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
    pileus_node_unref(node);
    mock->instances[0].state = "stopped";
    node = get_node(conn, "i-0");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_SUSPENDED);
    assert_string_equal(pileus_node_provider_state(node), "stopped");
    assert_string_equal(extra_string(pileus_node_extra(node), "reason_code"),
                        "Client.UserInitiatedHibernate");
    expect_ok(pileus_node_resume(node, 0, NULL, &err), err);
    expect_param(mock->last, "Action=StartInstances");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Both kinds of stopped instances are one to Amazon. */
static void
test_states(void **state)
{
    static const struct {
        pileus_state asked;
        const char *id;
    } queries[] = {{PILEUS_STATE_STOPPED, "i-0"},
                   {PILEUS_STATE_SUSPENDED, "i-1"}};
    ec2_mock *mock = mock_start(3);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    mock->instances[0].state = "stopped";
    mock->instances[0].reason = "Client.UserInitiatedShutdown";
    mock->instances[1].state = "stopped";
    mock->instances[1].reason = "Client.UserInitiatedHibernate";
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        pileus_query *query = NULL;
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        expect_ok(pileus_query_new(&query, &err), err);
        expect_ok(pileus_query_add_state(query, queries[i].asked, &err), err);
        expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
        expect_param(mock->asked, "Filter.1.Value.1=stopped");
        assert_null(strstr(mock->asked, "Filter.1.Value.2"));
        assert_int_equal(pileus_list_count(list), 1);
        assert_string_equal(pileus_node_id(pileus_list_node(list, 0)),
                            queries[i].id);
        pileus_list_free(list);
        pileus_query_free(query);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- another disk, another size -------------------------------------------
 */

static void
test_rebuild(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "retries", "1");
    pileus_node *node = get_node(conn, "i-0");
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "ami-8", &err), err);
    expect_ok(pileus_node_spec_set_token(spec, "once", &err), err);
    mock->fails = 1; /* it has a token, so it is sent again */
    mock->status = 503;
    mock->code = "Unavailable";
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    expect_param(mock->last, "ImageId=ami-8");
    expect_param(mock->last, "ClientToken=once");
    expect_param(mock->last, "DeleteReplacedRootVolume=true");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
    assert_string_equal(mock->instances[0].image, "ami-8");
    mock->instances[0].state = "stopped";
    assert_int_equal(pileus_node_rebuild(node, spec, 0, NULL, &err),
                     PILEUS_CONFLICT);
    pileus_error_free(err);
    err = NULL;
    expect_ok(pileus_node_spec_set_name(spec, "new", &err), err);
    assert_int_equal(pileus_node_rebuild(node, spec, 0, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "'name'");
    pileus_node_spec_free(spec);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_resize(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_resize(node, "m7g.large", 0, NULL, &err),
                     PILEUS_CONFLICT);
    assert_string_equal(pileus_error_provider_code(err),
                        "IncorrectInstanceState");
    pileus_error_free(err);
    err = NULL;
    mock->instances[0].state = "stopped";
    expect_ok(pileus_node_resize(node, "m7g.large", 0, NULL, &err), err);
    expect_param(mock->last, "InstanceType.Value=m7g.large");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    pileus_node_unref(node);
    node = get_node(conn, "i-0");
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "m7g.large");
    assert_int_equal(pileus_node_confirm_resize(node, 0, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    pileus_error_free(err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- console --------------------------------------------------------------
 */

static void
test_console(void **state)
{
    static const struct {
        const char *output;
        const char *bytes;
        size_t size;
        uint64_t lines;
    } consoles[] = {
        {NULL, "", 0, 0},
        {"", "", 0, 0},
        {"b25lCnR3bwo=", "one\ntwo\n", 8, 0},
        {"b25lCnR3bwo=", "two\n", 4, 1},
        {"b25l\n  CnR3\r\nbwo=\n", "one\ntwo\n", 8, 0},
        {"AP8bWzJK", "\0\xff\033[2J", 6, 0},
    };
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");

    (void)state;
    for (size_t i = 0; i < sizeof consoles / sizeof consoles[0]; i++) {
        pileus_text *log = NULL;
        pileus_error *err = NULL;
        size_t size = 99;

        mock->console = consoles[i].output;
        expect_ok(
            pileus_node_console_log(&log, node, consoles[i].lines, NULL, &err),
            err);
        expect_param(mock->asked, "Latest=true");
        assert_memory_equal(pileus_text_data(log, &size), consoles[i].bytes,
                            consoles[i].size + 1);
        assert_int_equal(size, consoles[i].size);
        pileus_text_free(log);
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* On a host that has no latest output, and output that is none. */
static void
test_odd_consoles(void **state)
{
    static const char *const wrong[] = {"b25l=", "b2 5l!",
                                        "bn==", "\xc3\xa9zz"};
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_text *log = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->no_latest_console = true;
    mock->console = "b25l";
    expect_ok(pileus_node_console_log(&log, node, 0, NULL, &err), err);
    assert_null(strstr(mock->asked, "Latest"));
    assert_string_equal(pileus_text_data(log, NULL), "one");
    pileus_text_free(log);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        log = NULL;
        mock->console = wrong[i];
        assert_int_equal(pileus_node_console_log(&log, node, 0, NULL, &err),
                         PILEUS_PROTOCOL);
        expect_error(&err, PILEUS_PROTOCOL, "no base64");
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
        cmocka_unit_test(test_suspend), cmocka_unit_test(test_states),
        cmocka_unit_test(test_rebuild), cmocka_unit_test(test_resize),
        cmocka_unit_test(test_console), cmocka_unit_test(test_odd_consoles),
    };

    return cmocka_run_group_tests_name("plugins/ec2_life", tests, NULL, NULL);
}
