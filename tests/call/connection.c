/* Connections: opening, closing, options, capabilities, nodes leading back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

#include <stdlib.h>

/* Open with one option, and give the error. */
static pileus_error *
open_with(const char *driver, const char *name, const char *value)
{
    pileus_context *ctx = probe_context();
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    if (name != NULL) {
        expect_ok(pileus_options_set(options, name, value, &err), err);
    }
    assert_int_not_equal(
        pileus_connection_open(&conn, ctx, driver, options, NULL, &err),
        PILEUS_OK);
    assert_null(conn);
    pileus_options_free(options);
    pileus_context_unref(ctx);
    return err;
}

static void
test_bad_openings(void **state)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(
        pileus_connection_open(&conn, NULL, NULL, NULL, NULL, &err),
        PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "no driver is named");
    assert_int_equal(pileus_connection_open(&conn, NULL, "", NULL, NULL, NULL),
                     PILEUS_INVALID_ARGUMENT);

    err = open_with("prob", NULL, NULL);
    expect_error(&err, PILEUS_NOT_FOUND, "probe");
    err = open_with("probe", "akt", "x");
    expect_error(&err, PILEUS_CONFIGURATION, "did you mean 'act'");
    err = open_with("probe", "count", "many");
    expect_error(&err, PILEUS_CONFIGURATION, "whole number");
    err = open_with("probe", "count", "10");
    expect_error(&err, PILEUS_CONFIGURATION, "at most 9");
    err = open_with("probe", "secret", "not \xff utf-8");
    assert_null(strstr(pileus_error_message(err), "not \xff"));
    expect_error(&err, PILEUS_CONFIGURATION, "a secret, not shown");
}

/* What the driver says of a failing open reaches the user, but no secret. */
static void
test_failing_open(void **state)
{
    pileus_context *ctx = probe_context();
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "act", "fail-open", &err), err);
    expect_ok(pileus_options_set(options, "secret", "s3cr3t!", &err), err);
    assert_int_equal(pileus_options_set(options, "secret", "twice", &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "given twice");
    assert_int_equal(
        pileus_connection_open(&conn, ctx, "probe", options, NULL, &err),
        PILEUS_AUTHENTICATION);
    assert_null(strstr(pileus_error_message(err), "s3cr3t!"));
    expect_error(&err, PILEUS_AUTHENTICATION,
                 "probe: the password '[secret]' is refused");
    pileus_options_free(options);
    pileus_context_unref(ctx);
}

static void
test_failing_init_is_tried_again(void **state)
{
    pileus_context *ctx = probe_context();
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(
        pileus_connection_open(&conn, ctx, "probe_init", NULL, NULL, &err),
        PILEUS_UNAVAILABLE);
    expect_error(&err, PILEUS_UNAVAILABLE, "the licence server is asleep");
    expect_ok(
        pileus_connection_open(&conn, ctx, "probe_init", NULL, NULL, &err),
        err);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
}

static void
test_options_and_their_sources(void **state)
{
    pileus_connection *conn = open_probe("probe", "x");
    const char *source = NULL;

    (void)state;
    assert_string_equal(pileus_connection_driver(conn), "probe");
    assert_string_equal(pileus_connection_name(conn), "probe");
    assert_string_equal(pileus_connection_option(conn, "act", &source), "x");
    assert_string_equal(source, "caller");
    assert_string_equal(pileus_connection_option(conn, "count", &source), "3");
    assert_string_equal(source, "default");
    assert_null(pileus_connection_option(conn, "secret", NULL));
    assert_null(pileus_connection_option(conn, "nonsense", NULL));
    pileus_connection_unref(conn);
}

/* A driver, too, learns where they come from. */
static void
test_sources_for_drivers(void **state)
{
    pileus_error *err;

    (void)state;
    err = open_with("probe", "act", "sources");
    expect_error(&err, PILEUS_CONFLICT, "caller, nowhere, default, nowhere");
    assert_int_equal(setenv("PROBE_SECRET", "s3cr3t!", 1), 0);
    err = open_with("probe", "act", "sources");
    expect_error(&err, PILEUS_CONFLICT,
                 "caller, environment, default, nowhere");
    assert_int_equal(unsetenv("PROBE_SECRET"), 0);
}

static void
test_closed(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    pileus_connection_close(conn);
    pileus_connection_close(conn);
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_CLOSED);
    expect_error(&err, PILEUS_CLOSED, "open a new one");
    assert_int_equal(pileus_node_reboot(node, 0, NULL, &err), PILEUS_CLOSED);
    expect_error(&err, PILEUS_CLOSED, "connection 'probe' is closed");
    assert_int_equal(
        pileus_connection_capability(conn, "compute", "list_nodes", NULL),
        PILEUS_CAPABILITY_NO);
    /* the node keeps the connection, and its facts, alive */
    pileus_connection_unref(conn);
    assert_string_equal(pileus_node_id(node), "0");
    assert_ptr_equal(pileus_node_connection(node), conn);
    pileus_node_unref(node);
    pileus_connection_close(NULL);
    pileus_connection_unref(NULL);
}

static void
test_each_node_leads_back(void **state)
{
    pileus_connection *one = open_probe("probe", NULL);
    pileus_connection *two = open_probe("probe_serial", NULL);
    pileus_node *a = first_node(one);
    pileus_node *b = first_node(two);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_ptr_equal(pileus_node_connection(a), one);
    assert_ptr_equal(pileus_node_connection(b), two);
    /* alike in use */
    expect_ok(pileus_node_reboot(a, 0, NULL, &err), err);
    expect_ok(pileus_node_reboot(b, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(a), PILEUS_STATE_REBOOTING);
    assert_null(pileus_node_provider_state(a));
    expect_ok(pileus_node_stop(a, PILEUS_HARD, NULL, &err), err);
    assert_int_equal(pileus_node_state(a), PILEUS_STATE_STOPPED);
    assert_string_equal(pileus_node_provider_state(a), "down");
    /* but a blob is for its own driver */
    assert_int_equal(pileus_node_rebind(&moved, a, two, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "probe");
    assert_null(moved);
    pileus_node_unref(a);
    pileus_node_unref(b);
    pileus_connection_unref(one);
    pileus_connection_unref(two);
}

static void
test_bad_verbs(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_reboot(NULL, 0, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a node");
    assert_int_equal(pileus_node_stop(node, 3, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "PILEUS_SOFT");
    assert_int_equal(pileus_node_destroy(node, 0, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "destroy_node");
    assert_int_equal(pileus_size_list(&list, conn, NULL, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "list_sizes");
    assert_int_equal(pileus_node_list(NULL, conn, NULL, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    assert_int_equal(pileus_node_list(&list, NULL, NULL, NULL, NULL),
                     PILEUS_INVALID_ARGUMENT);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_get_by_listing(void **state)
{
    char *huge = calloc(1, 1 << 20);
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_get(&node, conn, "2", 1, NULL, &err), err);
    assert_string_equal(pileus_node_id(node), "2");
    pileus_node_unref(node);
    node = NULL;
    assert_int_equal(
        pileus_node_get(&node, conn, "9", PILEUS_NUL_TERMINATED, NULL, &err),
        PILEUS_NOT_FOUND);
    expect_error(&err, PILEUS_NOT_FOUND, "no node with the id '9'");

    assert_int_equal(pileus_node_get(&node, conn, "a\0b", 3, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(pileus_node_get(&node, conn, "a\nb", 3, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(pileus_node_get(&node, conn, "\xc3(", 2, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    pileus_error_free(err);
    err = NULL;
    assert_non_null(huge);
    memset(huge, 'x', 1 << 20);
    assert_int_equal(pileus_node_get(&node, conn, huge, 1 << 20, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(pileus_node_get(&node, conn, NULL, 0, NULL, NULL),
                     PILEUS_INVALID_ARGUMENT);
    assert_null(node);
    free(huge);
    pileus_connection_unref(conn);
}

static void
test_capabilities(void **state)
{
    static const struct {
        const char *call;
        const char *argument;
        pileus_capability answer;
    } questions[] = {
        {"list_nodes", NULL, PILEUS_CAPABILITY_YES},
        {"list_nodes", "tag", PILEUS_CAPABILITY_EMULATED},
        {"list_nodes", "colour", PILEUS_CAPABILITY_NO},
        {"get_node", NULL, PILEUS_CAPABILITY_EMULATED},
        {"list_sizes", NULL, PILEUS_CAPABILITY_NO},
        {"list_sizes", "name", PILEUS_CAPABILITY_NO},
        {"create_node", "name", PILEUS_CAPABILITY_YES},
        {"create_node", "size", PILEUS_CAPABILITY_IGNORED},
        {"create_node", "image", PILEUS_CAPABILITY_NO},
        {"create_node", "flavour", PILEUS_CAPABILITY_YES},
        {"sing", NULL, PILEUS_CAPABILITY_NO},
    };
    pileus_connection *conn = open_probe("probe", NULL);

    (void)state;
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        assert_int_equal(pileus_connection_capability(conn, "compute",
                                                      questions[i].call,
                                                      questions[i].argument),
                         questions[i].answer);
    }
    assert_int_equal(
        pileus_connection_capability(conn, "opera", "list_nodes", NULL),
        PILEUS_CAPABILITY_NO);
    pileus_connection_unref(conn);
}

static void
test_query_and_arguments(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_query *query = NULL;
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, "1", &err), err);
    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    list = NULL;
    expect_ok(pileus_query_add_filter(query, "colour", "red", &err), err);
    assert_int_equal(pileus_node_list(&list, conn, query, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "colour");
    pileus_query_free(query);

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, "web", &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "ignored", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "flavour", "sweet", &err), err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    assert_string_equal(pileus_node_id(node), "web");
    pileus_node_unref(node);
    node = NULL;
    expect_ok(pileus_node_spec_set_image(spec, "i", &err), err);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "'image'");
    pileus_node_spec_free(spec);

    /* without a spec the core makes a token, 32 digits of it */
    expect_ok(pileus_node_create(&node, conn, NULL, NULL, &err), err);
    assert_int_equal(strlen(pileus_node_id(node)), 32);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_openings),
        cmocka_unit_test(test_failing_open),
        cmocka_unit_test(test_failing_init_is_tried_again),
        cmocka_unit_test(test_options_and_their_sources),
        cmocka_unit_test(test_sources_for_drivers),
        cmocka_unit_test(test_closed),
        cmocka_unit_test(test_each_node_leads_back),
        cmocka_unit_test(test_bad_verbs),
        cmocka_unit_test(test_get_by_listing),
        cmocka_unit_test(test_capabilities),
        cmocka_unit_test(test_query_and_arguments),
    };

    return cmocka_run_group_tests_name("connection", tests, NULL, NULL);
}
