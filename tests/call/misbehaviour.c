/* Drivers that misbehave: each gets a clear refusal, and nothing is lost. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

static void
expect_list_error(const char *act, pileus_code code, const char *words)
{
    pileus_connection *conn = open_probe("probe", act);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err), code);
    expect_error(&err, code, words);
    assert_null(list);
    pileus_connection_unref(conn);
}

static void
test_bad_records(void **state)
{
    (void)state;
    expect_list_error("wrong-kind", PILEUS_DRIVER, "another kind");
    expect_list_error("put-nested", PILEUS_DRIVER, "may not be put");
    expect_list_error("bad-id", PILEUS_PROTOCOL, "id");
    expect_list_error("odd-extra", PILEUS_PROTOCOL, "probe");
}

/* A record that was begun and forgotten is freed (a leak checker sees it). */
static void
test_record_left_open(void **state)
{
    pileus_connection *conn = open_probe("probe", "leave-open");
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
test_bad_reports(void **state)
{
    (void)state;
    expect_list_error("silent", PILEUS_PERMISSION, "did not say why");
    expect_list_error("strange-code", 4711, "something new");
    assert_string_equal(pileus_code_name(4711), "unknown");
}

static bool
have_enough(void *user, pileus_node *node)
{
    int *count = user;

    (void)node;
    return ++*count < 2;
}

static void
test_ignores_that_it_is_enough(void **state)
{
    pileus_connection *conn = open_probe("probe", "ignore-enough");
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    expect_ok(pileus_node_each(conn, NULL, have_enough, &count, NULL, &err),
              err);
    assert_int_equal(count, 2);
    pileus_connection_unref(conn);
}

static void
test_create_that_gives_no_node(void **state)
{
    pileus_connection *conn = open_probe("probe", "no-node");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_create(&node, conn, NULL, NULL, &err),
                     PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, "gave 0 nodes");
    pileus_connection_unref(conn);

    conn = open_probe("probe", "two-nodes");
    assert_int_equal(pileus_node_create(&node, conn, NULL, NULL, &err),
                     PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, "gave 2 nodes");
    assert_null(node);
    pileus_connection_unref(conn);
}

static void
note_made(void *user, pileus_kind kind, const char *id)
{
    char *noted = user;

    assert_int_equal(kind, PILEUS_KIND_NODE);
    (void)strncpy(noted, id, 31);
}

/* What was made before it failed is told at once, and again by the error. */
static void
test_made_and_failed(void **state)
{
    pileus_connection *conn = open_probe("probe", "made-and-failed");
    pileus_node *node = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    char noted[32] = "";

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_made(call, note_made, noted);
    assert_int_equal(pileus_node_create(&node, conn, NULL, call, &err),
                     PILEUS_UNAVAILABLE);
    assert_string_equal(noted, "i-made-it");
    assert_string_equal(pileus_error_made_id(err), "i-made-it");
    assert_true(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_UNAVAILABLE, "the line went dead");
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

/* What the driver has undone is not said to exist. */
static void
test_made_and_undone(void **state)
{
    pileus_connection *conn = open_probe("probe", "made-and-undone");
    pileus_node *node = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    char noted[32] = "";

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_made(call, note_made, noted);
    assert_int_equal(pileus_node_create(&node, conn, NULL, call, &err),
                     PILEUS_UNAVAILABLE);
    assert_string_equal(noted, "i-made-it");
    assert_null(pileus_error_made_id(err));
    assert_false(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_UNAVAILABLE, "the line went dead");
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

typedef struct logged {
    int lines;
    char last[256];
} logged;

static void
take_line(void *user, pileus_log_level level, const char *driver,
          const char *message)
{
    logged *to = user;

    (void)level;
    (void)driver;
    to->lines++;
    (void)strncpy(to->last, message, sizeof to->last - 1);
}

/* A driver that tells its secret everywhere: nobody hears it. */
static void
test_secrets_are_replaced(void **state)
{
    pileus_context *ctx = probe_context();
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    logged log = {0};

    (void)state;
    pileus_context_set_log(ctx, PILEUS_LOG_DEBUG, take_line, &log);
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "act", "report", &err), err);
    expect_ok(pileus_options_set(options, "secret", "hush-hush", &err), err);
    expect_ok(pileus_connection_open(&conn, ctx, "probe", options, NULL, &err),
              err);
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_RATE_LIMITED);
    assert_string_equal(pileus_error_message(err),
                        "probe: key [secret] was refused");
    assert_string_equal(pileus_error_provider_code(err), "[secret]");
    assert_string_equal(pileus_error_provider_message(err),
                        "key [secret] was refused");
    assert_string_equal(pileus_error_request_id(err), "req-1");
    assert_int_equal(pileus_error_status(err), 429);
    assert_int_equal(pileus_error_retry_after_ms(err), 1500);
    assert_true(pileus_error_retryable(err));
    assert_true(pileus_error_may_have_happened(err));
    assert_true(log.lines > 0);
    assert_string_equal(log.last, "about to fail with [secret]");
    pileus_error_free(err);
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
}

static void
test_puts_what_comes_after(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_connection *bad = open_probe("probe", "put-after");
    pileus_node *node = first_node(conn);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_rebind(&moved, node, bad, &err), err);
    assert_ptr_equal(pileus_node_connection(moved), bad);
    assert_int_equal(pileus_node_reboot(moved, 0, NULL, &err), PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, "may not be put");
    assert_int_equal(pileus_node_state(moved), PILEUS_STATE_RUNNING);
    pileus_node_unref(moved);
    pileus_node_unref(node);
    pileus_connection_unref(bad);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_records),
        cmocka_unit_test(test_record_left_open),
        cmocka_unit_test(test_bad_reports),
        cmocka_unit_test(test_ignores_that_it_is_enough),
        cmocka_unit_test(test_create_that_gives_no_node),
        cmocka_unit_test(test_made_and_failed),
        cmocka_unit_test(test_made_and_undone),
        cmocka_unit_test(test_secrets_are_replaced),
        cmocka_unit_test(test_puts_what_comes_after),
    };

    return cmocka_run_group_tests_name("misbehaviour", tests, NULL, NULL);
}
