/* States: names, and a change while others read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/object.h"

#include "core/base/alloc.h"

#include <pthread.h>
#include <stdio.h>

static void
test_names(void **state)
{
    /* libcloud's numbers and names: they never change */
    static const char *const names[] = {
        "running",  "rebooting",     "terminated", "pending",   "unknown",
        "starting", "stopping",      "stopped",    "suspended", "error",
        "paused",   "reconfiguring", "migrating",  "normal",    "updating",
    };

    (void)state;
    for (pileus_state i = 0; i < 15; i++) {
        pileus_state parsed = -1;

        assert_string_equal(pileus_state_name(i), names[i]);
        assert_true(pileus_state_parse(names[i], &parsed));
        assert_int_equal(parsed, i);
    }
    assert_string_equal(pileus_state_name(15), "unknown");
    assert_string_equal(pileus_state_name(-1), "unknown");
    assert_string_equal(pileus_state_name(INT32_MAX), "unknown");
}

static void
test_unknown_names(void **state)
{
    pileus_state parsed = 77;

    (void)state;
    assert_false(pileus_state_parse("Running", &parsed));
    assert_false(pileus_state_parse("run", &parsed));
    assert_false(pileus_state_parse("", &parsed));
    assert_false(pileus_state_parse(NULL, &parsed));
    assert_int_equal(parsed, 77);
}

static void
test_storage_names(void **state)
{
    static const char *const names[] = {
        "unknown",   "available", "inuse",    "error",
        "creating",  "deleting",  "deleted",  "backup",
        "attaching", "migrating", "updating", "restoring",
    };

    (void)state;
    for (pileus_storage_state i = 0; i < 12; i++) {
        pileus_storage_state parsed = -1;

        assert_string_equal(pileus_storage_state_name(i), names[i]);
        assert_true(pileus_storage_state_parse(names[i], &parsed));
        assert_int_equal(parsed, i);
    }
    assert_string_equal(pileus_storage_state_name(12), "unknown");
    assert_string_equal(pileus_storage_state_name(-1), "unknown");
    assert_false(pileus_storage_state_parse("running", NULL));
    assert_false(pileus_storage_state_parse(NULL, NULL));
}

static void
test_change(void **state)
{
    pil__object *object = new_node("n");
    pileus_node *node = as_node(object);
    const char *old_word;

    (void)state;
    pil__object_set_integer(object, PILEUS_FIELD_STATE, 1234);
    pil__object_set_string(object, PILEUS_FIELD_PROVIDER_STATE, "odd",
                           ALL_OF_IT);
    (void)finish(object);
    assert_int_equal(pileus_node_state(node), 1234); /* carried, not dropped */
    old_word = pileus_node_provider_state(node);
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_STOPPED, "OFF"),
        PILEUS_OK);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    assert_string_equal(pileus_node_provider_state(node), "OFF");
    assert_null(pil__object_string(object, PILEUS_FIELD_PROVIDER_STATE, 1));
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_TERMINATED, NULL),
        PILEUS_OK);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    assert_null(pileus_node_provider_state(node));
    assert_string_equal(old_word, "odd"); /* as long as the node */
    pil__object_unref(object);
}

static int
never(void)
{
    return 0;
}

/* What is so already takes no memory, however often it is said. */
static void
test_no_change(void **state)
{
    pil__object *object = new_node("n");

    (void)state;
    pil__object_set_integer(object, PILEUS_FIELD_STATE, PILEUS_STATE_RUNNING);
    (void)finish(object);
    pil__alloc_hook = never;
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_RUNNING, NULL),
        PILEUS_OK);
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_RUNNING, "ON"),
        PILEUS_NO_MEMORY);
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_STOPPED, NULL),
        PILEUS_NO_MEMORY);
    pil__alloc_hook = NULL;
    assert_int_equal(pileus_node_state(as_node(object)), PILEUS_STATE_RUNNING);
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_RUNNING, "ON"),
        PILEUS_OK);
    pil__alloc_hook = never;
    assert_int_equal(
        pil__object_change_state(object, PILEUS_STATE_RUNNING, "ON"),
        PILEUS_OK);
    pil__alloc_hook = NULL;
    pil__object_unref(object);
}

/* ---- threads ------------------------------------------------------------- */

enum { THREADS = 4, ROUNDS = 2000 };

static void *
change(void *object)
{
    char word[32];

    for (int i = 0; i < ROUNDS; i++) {
        pil__object *node = pil__object_ref(object);

        (void)snprintf(word, sizeof word, "word-%d", i);
        if (pil__object_change_state(node, i, word) != PILEUS_OK) {
            return object;
        }
        pil__object_unref(node);
    }
    return NULL;
}

static void *
look(void *object)
{
    const pileus_node *node = object;

    for (int i = 0; i < ROUNDS; i++) {
        pileus_state now = pileus_node_state(node);
        const char *word = pileus_node_provider_state(node);

        if (now < 0 || now >= ROUNDS || strncmp(word, "word-", 5) != 0) {
            return object;
        }
    }
    return NULL;
}

static void
test_threads(void **state)
{
    pil__object *node = new_node("n");
    pthread_t threads[THREADS];

    (void)state;
    pil__object_set_integer(node, PILEUS_FIELD_STATE, 0);
    pil__object_set_string(node, PILEUS_FIELD_PROVIDER_STATE, "word-0",
                           ALL_OF_IT);
    (void)finish(node);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, i % 2 == 0 ? change : look, node),
            0);
    }
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;

        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    assert_int_equal(pileus_node_state(as_node(node)), ROUNDS - 1);
    pil__object_unref(node);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_unknown_names),
        cmocka_unit_test(test_storage_names),

        cmocka_unit_test(test_change),
        cmocka_unit_test(test_no_change),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}
