/* uuids: libcloud's own values, what they are made of, many askers. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/object.h"

#include "core/base/alloc.h"

#include <pthread.h>

static void
test_of_the_id(void **state)
{
    pil__object *node = finish(new_node("3"));
    const char *uuid = pileus_node_uuid(as_node(node));

    (void)state;
    /* the third node of libcloud's dummy driver */
    assert_string_equal(uuid, "d3748461511d8b9b0e0bfa0d4d3383a619a2bb9f");
    assert_ptr_equal(pileus_node_uuid(as_node(node)), uuid);
    pil__object_unref(node);
}

static void
test_of_the_address(void **state)
{
    pil__object *node = new_node("");

    (void)state;
    pil__object_set_string(node, PILEUS_FIELD_PUBLIC_IP, "203.0.113.7",
                           ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_PUBLIC_IP, "203.0.113.8",
                           ALL_OF_IT);
    assert_string_equal(pil__object_uuid(finish(node)),
                        "024d2addfc13b30b78c2c0b5d83ebfc93a26be62");
    pil__object_unref(node);
}

static void
test_of_the_key(void **state)
{
    pil__object *node = new_node("3");

    (void)state;
    pil__object_set_string(node, PILEUS_FIELD_UUID_KEY, "key", ALL_OF_IT);
    assert_string_equal(pil__object_uuid(finish(node)),
                        "2d8a8fda780a1071d7a322f652dc8c16a89448c0");
    pil__object_unref(node);
}

static void
test_none(void **state)
{
    pil__object *node = new_object(PILEUS_KIND_NODE);

    (void)state;
    pil__object_set_string(node, PILEUS_FIELD_NAME, "n", ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_PRIVATE_IP, "10.0.0.1",
                           ALL_OF_IT);
    assert_null(pil__object_uuid(finish(node)));
    pil__object_unref(node);
    node = new_node("3");
    assert_null(pil__object_uuid(node)); /* not of any driver yet */
    pil__object_unref(node);
}

static int
never(void)
{
    return 0;
}

/* It can be asked for again. */
static void
test_no_memory(void **state)
{
    pil__object *node = finish(new_node("3"));

    (void)state;
    pil__alloc_hook = never;
    assert_null(pil__object_uuid(node));
    pil__alloc_hook = NULL;
    assert_non_null(pil__object_uuid(node));
    pil__object_unref(node);
}

enum { THREADS = 4, NODES = 500 };

static pil__object *nodes[NODES];

static void *
ask(void *told)
{
    const char **uuids = told;

    for (int i = 0; i < NODES; i++) {
        uuids[i] = pil__object_uuid(nodes[i]);
    }
    return NULL;
}

/* Whoever asks first, all are told the same. */
static void
test_threads(void **state)
{
    static const char *told[THREADS][NODES];
    pthread_t threads[THREADS];

    (void)state;
    for (int i = 0; i < NODES; i++) {
        nodes[i] = finish(new_node("3"));
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask, told[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    for (int i = 0; i < NODES; i++) {
        for (int k = 1; k < THREADS; k++) {
            assert_ptr_equal(told[k][i], told[0][i]);
        }
        assert_string_equal(told[0][i],
                            "d3748461511d8b9b0e0bfa0d4d3383a619a2bb9f");
        pil__object_unref(nodes[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_of_the_id),
        cmocka_unit_test(test_of_the_address),
        cmocka_unit_test(test_of_the_key),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests_name("uuid", tests, NULL, NULL);
}
