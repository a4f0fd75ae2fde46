/* The dummy driver: pause, suspend, shelve, rebuild, resize, console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <stdio.h>

typedef pileus_code (*verb)(pileus_node *node, uint64_t flags,
                            pileus_call *call, pileus_error **err);

/* There and back, and not twice. */
static void
go_and_return(pileus_node *node, verb go, pileus_state there, verb back)
{
    pileus_error *err = NULL;

    assert_done(go(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), there);
    assert_failed(PILEUS_CONFLICT, go(node, 0, NULL, &err), &err,
                  pileus_state_name(there));
    assert_done(back(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_failed(PILEUS_CONFLICT, back(node, 0, NULL, &err), &err, "running");
}

static void
test_there_and_back(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = create_node(conn);
    pileus_error *err = NULL;

    (void)state;
    go_and_return(node, pileus_node_pause, PILEUS_STATE_PAUSED,
                  pileus_node_unpause);
    go_and_return(node, pileus_node_suspend, PILEUS_STATE_SUSPENDED,
                  pileus_node_resume);
    go_and_return(node, pileus_node_shelve, PILEUS_STATE_STOPPED,
                  pileus_node_unshelve);
    assert_done(pileus_node_pause(node, 0, NULL, &err), &err);
    assert_failed(PILEUS_CONFLICT, pileus_node_reboot(node, 0, NULL, &err),
                  &err, "unpause it");
    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    assert_failed(PILEUS_NOT_FOUND, pileus_node_unpause(node, 0, NULL, &err),
                  &err, "is not there");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* The node stays in its state, but nothing else is done to it meanwhile. */
static void
resize_and_settle(pileus_node *node, pileus_state in, const char *word,
                  verb settle)
{
    pileus_error *err = NULL;

    assert_failed(PILEUS_CONFLICT, settle(node, 0, NULL, &err), &err,
                  "was not resized");
    assert_done(pileus_node_resize(node, "2", 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), in);
    assert_string_equal(pileus_node_provider_state(node), word);
    assert_failed(PILEUS_CONFLICT, pileus_node_resize(node, "3", 0, NULL, &err),
                  &err, "confirm or revert");
    assert_failed(
        PILEUS_CONFLICT, pileus_node_shelve(node, 0, NULL, &err), &err,
        in == PILEUS_STATE_STOPPED ? "needs no shelving" : "confirm or revert");
    assert_done(settle(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), in);
    assert_string_equal(pileus_node_provider_state(node),
                        pileus_state_name(in));
}

static void
test_resize(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = create_node(conn);
    pileus_error *err = NULL;

    (void)state;
    resize_and_settle(node, PILEUS_STATE_RUNNING, "resized",
                      pileus_node_confirm_resize);
    resize_and_settle(node, PILEUS_STATE_RUNNING, "resized",
                      pileus_node_revert_resize);
    assert_done(pileus_node_stop(node, 0, NULL, &err), &err);
    resize_and_settle(node, PILEUS_STATE_STOPPED, "resized-stopped",
                      pileus_node_confirm_resize);
    assert_done(pileus_node_start(node, 0, NULL, &err), &err);
    assert_done(pileus_node_pause(node, 0, NULL, &err), &err);
    assert_failed(PILEUS_CONFLICT, pileus_node_resize(node, "2", 0, NULL, &err),
                  &err, "unpause it");
    assert_done(pileus_node_unpause(node, 0, NULL, &err), &err);
    assert_failed(PILEUS_NOT_FOUND,
                  pileus_node_resize(node, "s1", 0, NULL, &err), &err,
                  "no size with the id s1");
    assert_done(pileus_node_resize(node, "2", 0, NULL, &err), &err);
    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_rebuild(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = create_node(conn);
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_done(pileus_node_spec_new(&spec, &err), &err);
    assert_done(pileus_node_spec_set_image(spec, "3", &err), &err);
    assert_done(pileus_node_stop(node, 0, NULL, &err), &err);
    assert_done(pileus_node_rebuild(node, spec, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_done(pileus_node_spec_set_image(spec, "4", &err), &err);
    assert_failed(PILEUS_NOT_FOUND,
                  pileus_node_rebuild(node, spec, 0, NULL, &err), &err,
                  "no image with the id 4");
    pileus_node_spec_free(spec);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
test_console(void **state)
{
    pileus_connection *conn = OPEN("fail", "get_console_log:unavailable:@2");
    pileus_node *node = create_node(conn);
    pileus_text *log = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_done(pileus_node_console_log(&log, node, 1, NULL, &err), &err);
    assert_string_equal(pileus_text_data(log, NULL), "dummy-3 login:\n");
    pileus_text_free(log);
    assert_failed(PILEUS_UNAVAILABLE,
                  pileus_node_console_log(&log, node, 0, NULL, &err), &err,
                  "get_console_log, call 2");
    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    assert_failed(PILEUS_NOT_FOUND,
                  pileus_node_console_log(&log, node, 0, NULL, &err), &err,
                  "is not there");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static pileus_code
resize(pileus_node *node, uint64_t flags, pileus_call *call, pileus_error **err)
{
    return pileus_node_resize(node, "1", flags, call, err);
}

/* The new states are kept like the old ones. */
static void
test_in_a_file(void **state)
{
    const place *at = *state;
    static const struct {
        verb go;
        pileus_state there;
        const char *word;
    } rows[] = {
        {pileus_node_pause, PILEUS_STATE_PAUSED, "paused"},
        {pileus_node_suspend, PILEUS_STATE_SUSPENDED, "suspended"},
        {resize, PILEUS_STATE_RUNNING, "resized"},
    };

    for (size_t i = 0; i < 3; i++) {
        pileus_connection *conn = OPEN("state", at->file);
        pileus_node *node = create_node(conn);
        pileus_node *again = NULL;
        char id[32];
        pileus_error *err = NULL;

        (void)snprintf(id, sizeof id, "%s", pileus_node_id(node));
        assert_done(rows[i].go(node, 0, NULL, &err), &err);
        pileus_node_unref(node);
        pileus_connection_unref(conn);
        conn = OPEN("state", at->file);
        assert_done(pileus_node_get(&again, conn, id, PILEUS_NUL_TERMINATED,
                                    NULL, &err),
                    &err);
        assert_int_equal(pileus_node_state(again), rows[i].there);
        assert_string_equal(pileus_node_provider_state(again), rows[i].word);
        pileus_node_unref(again);
        pileus_connection_unref(conn);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_rebuild),
        cmocka_unit_test(test_console),
        cmocka_unit_test_setup_teardown(test_in_a_file, place_setup,
                                        place_teardown),
    };

    return cmocka_run_group_tests_name("the dummy driver's nodes' lives", tests,
                                       NULL, NULL);
}
