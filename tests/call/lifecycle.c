/* More of a node's life, from the application through the core to a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/store.h"

typedef pileus_code (*verb)(pileus_node *node, uint64_t flags,
                            pileus_call *call, pileus_error **err);

static const struct {
    const char *name;
    verb act;
    pileus_state after;
} verbs[] = {
    {"pause_node", pileus_node_pause, PILEUS_STATE_UPDATING},
    {"unpause_node", pileus_node_unpause, PILEUS_STATE_STARTING},
    {"suspend_node", pileus_node_suspend, PILEUS_STATE_UPDATING},
    {"resume_node", pileus_node_resume, PILEUS_STATE_STARTING},
    {"shelve_node", pileus_node_shelve, PILEUS_STATE_UPDATING},
    {"unshelve_node", pileus_node_unshelve, PILEUS_STATE_STARTING},
    {"confirm_resize_node", pileus_node_confirm_resize,
     PILEUS_STATE_RECONFIGURING},
    {"revert_resize_node", pileus_node_revert_resize,
     PILEUS_STATE_RECONFIGURING},
};
#define VERBS (sizeof verbs / sizeof verbs[0])

static void
test_verbs(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_node *node = store_node(conn, "n-1");
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < VERBS; i++) {
        expect_ok(verbs[i].act(node, 0, NULL, &err), err);
        assert_int_equal(pileus_node_state(node), verbs[i].after);
        (void)verbs[i].act(node, PILEUS_HARD, NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "takes no flags yet");
        (void)verbs[i].act(NULL, 0, NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a node");
    }
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* A driver without the service is not called. */
static void
test_not_supported(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = NULL;
    pileus_text *log = NULL;
    pileus_node *node;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    node = pileus_list_node(list, 0);
    assert_non_null(node);
    for (size_t i = 0; i < VERBS; i++) {
        (void)verbs[i].act(node, 0, NULL, &err);
        expect_error(&err, PILEUS_NOT_SUPPORTED, verbs[i].name);
        assert_int_equal(pileus_connection_capability(conn, "lifecycle",
                                                      verbs[i].name, NULL),
                         PILEUS_CAPABILITY_NO);
    }
    (void)pileus_node_resize(node, "s", 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "resize_node");
    (void)pileus_node_console_log(&log, node, 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "get_console_log");
    assert_null(log);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
test_rebuild(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_node *node = store_node(conn, "n-1");
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    (void)pileus_node_rebuild(node, spec, 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs an image");
    (void)pileus_node_rebuild(node, NULL, 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs an image");
    expect_ok(pileus_node_spec_set_image(spec, "i-1", &err), err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_string_equal(pileus_node_provider_state(node), "i-1 -");
    (void)pileus_node_rebuild(node, spec, 1, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "takes no flags yet");
    /* what this driver says that it takes, and what it does not */
    expect_ok(pileus_node_spec_set_password(spec, "s3cr3t", &err), err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(pileus_node_provider_state(node), "i-1 s3cr3t");
    expect_ok(pileus_node_spec_set_size(spec, "s", &err), err);
    (void)pileus_node_rebuild(node, spec, 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support 'size'");
    pileus_node_spec_free(spec);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_resize(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_node *node = store_node(conn, "n-1");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_resize(node, "large", 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_provider_state(node), "large");
    (void)pileus_node_resize(node, NULL, 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the size's id");
    (void)pileus_node_resize(node, "a\nb", 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the size's id");
    (void)pileus_node_resize(node, "large", 4, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "takes no flags yet");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* ---- console --------------------------------------------------------------
 */

#define ALL "one\ntwo\nth\0ree\xff\n"

static void
expect_console(const char *act, uint64_t lines, const char *wanted,
               size_t wanted_size)
{
    pileus_connection *conn = open_store("store", act);
    pileus_node *node = store_node(conn, "n-1");
    pileus_text *log = NULL;
    pileus_error *err = NULL;
    size_t size = 1;

    expect_ok(pileus_node_console_log(&log, node, lines, NULL, &err), err);
    assert_memory_equal(pileus_text_data(log, &size), wanted, wanted_size + 1);
    assert_int_equal(size, wanted_size);
    assert_ptr_equal(pileus_text_data(log, NULL), pileus_text_data(log, &size));
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    /* It outlives them. */
    assert_memory_equal(pileus_text_data(log, NULL), wanted, wanted_size);
    pileus_text_free(log);
}

static void
test_console(void **state)
{
    (void)state;
    expect_console(NULL, 0, ALL, sizeof ALL - 1);
    expect_console(NULL, 1, "th\0ree\xff\n", 8);
    expect_console(NULL, 2, "two\nth\0ree\xff\n", 12);
    expect_console(NULL, 3, ALL, sizeof ALL - 1);
    expect_console(NULL, UINT64_MAX, ALL, sizeof ALL - 1);
    expect_console("open", 1, "login: ", 7);
    expect_console("open", 2, "th\0ree\xff\nlogin: ", 15);
    expect_console("silent", 0, "", 0);
    expect_console("silent", 3, "", 0);
}

static void
expect_no_console(const char *act, pileus_code code, const char *message)
{
    pileus_connection *conn = open_store("store", act);
    pileus_node *node = store_node(conn, "n-1");
    pileus_text *log = NULL;
    pileus_error *err = NULL;

    (void)pileus_node_console_log(&log, node, 0, NULL, &err);
    expect_error(&err, code, message);
    assert_null(log);
    (void)pileus_node_console_log(NULL, node, 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a place");
    (void)pileus_node_console_log(&log, NULL, 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a node");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_console_failures(void **state)
{
    (void)state;
    expect_no_console("fail", PILEUS_UNAVAILABLE, "the line went dead");
    /* though the driver says that all is well */
    expect_no_console("huge", PILEUS_PROTOCOL, "more than 16777216 bytes");
    pileus_text_free(NULL);
    assert_string_equal(pileus_text_data(NULL, NULL), "");
}

static void
test_capabilities(void **state)
{
    pileus_connection *conn = open_store("store", NULL);

    (void)state;
    for (size_t i = 0; i < VERBS; i++) {
        assert_int_equal(pileus_connection_capability(conn, "lifecycle",
                                                      verbs[i].name, NULL),
                         PILEUS_CAPABILITY_YES);
    }
    assert_int_equal(pileus_connection_capability(conn, "lifecycle",
                                                  "rebuild_node", "image"),
                     PILEUS_CAPABILITY_YES);
    assert_int_equal(
        pileus_connection_capability(conn, "lifecycle", "rebuild_node", "size"),
        PILEUS_CAPABILITY_NO);
    assert_int_equal(pileus_connection_capability(conn, "lifecycle",
                                                  "get_console_log", "lines"),
                     PILEUS_CAPABILITY_EMULATED);
    assert_int_equal(
        pileus_connection_capability(conn, "compute", "pause_node", NULL),
        PILEUS_CAPABILITY_NO);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs),
        cmocka_unit_test(test_not_supported),
        cmocka_unit_test(test_rebuild),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_console),
        cmocka_unit_test(test_console_failures),
        cmocka_unit_test(test_capabilities),
    };

    return cmocka_run_group_tests_name("more of a node's life", tests, NULL,
                                       NULL);
}
