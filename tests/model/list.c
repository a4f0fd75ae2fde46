/* Lists of objects. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/list.h"

#include "tests/support/alloc.h"
#include "tests/support/object.h"

#include <stdio.h>

static void
test_entries(void **state)
{
    pileus_list *list = pil__list_new();
    char id[32];

    (void)state;
    assert_int_equal(pileus_list_count(list), 0);
    assert_null(pileus_list_node(list, 0));
    for (int i = 0; i < 100; i++) {
        pil__object *node;

        (void)snprintf(id, sizeof id, "%d", i);
        node = finish(new_node(id));
        assert_true(pil__list_add(list, node));
        pil__object_unref(node); /* the list keeps it */
    }
    assert_int_equal(pileus_list_count(list), 100);
    assert_string_equal(pileus_node_id(pileus_list_node(list, 0)), "0");
    assert_string_equal(pileus_node_id(pileus_list_node(list, 99)), "99");
    assert_null(pileus_list_node(list, 100));
    assert_null(pileus_list_node(list, SIZE_MAX));
    assert_null(pileus_list_size(list, 0));
    pileus_list_free(list);
}

static void
test_kinds(void **state)
{
    pileus_list *list = pil__list_new();

    (void)state;
    for (pileus_kind kind = PILEUS_KIND_NODE; kind <= PILEUS_KIND_LOCATION;
         kind++) {
        pil__object *object = finish(new_object(kind));

        assert_true(pil__list_add(list, object));
        pil__object_unref(object);
    }
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pileus_list_node(list, i) != NULL, i == 0);
        assert_int_equal(pileus_list_size(list, i) != NULL, i == 1);
        assert_int_equal(pileus_list_image(list, i) != NULL, i == 2);
        assert_int_equal(pileus_list_location(list, i) != NULL, i == 3);
    }
    pileus_list_free(list);
}

static void
test_no_list(void **state)
{
    (void)state;
    assert_int_equal(pileus_list_count(NULL), 0);
    assert_null(pileus_list_node(NULL, 0));
    pileus_list_free(NULL);
}

static pileus_code
fill(void *user)
{
    pileus_list *list = pil__list_new();
    pileus_code code = list == NULL ? PILEUS_NO_MEMORY : PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < 100; i++) {
        if (!pil__list_add(list, user)) {
            assert_int_equal(pileus_list_count(list), i);
            code = PILEUS_NO_MEMORY;
        }
    }
    pileus_list_free(list);
    return code;
}

static void
test_no_memory(void **state)
{
    pil__object *node = finish(new_node("n"));

    (void)state;
    fail_each_allocation(fill, node);
    pil__object_unref(node);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entries),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_no_list),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("list", tests, NULL, NULL);
}
