/* Growing strings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/text.h"

#include "tests/support/alloc.h"

static void
test_adding(void **state)
{
    pil__text text = {0};
    char *taken;

    (void)state;
    pil__text_puts(&text, "one");
    pil__text_add(&text, ", two three", 5);
    pil__text_printf(&text, ", %d and %s", 3, "four");
    assert_string_equal(text.data, "one, two, 3 and four");
    assert_int_equal(text.length, strlen(text.data));
    taken = pil__text_take(&text);
    assert_string_equal(taken, "one, two, 3 and four");
    assert_null(text.data);
    assert_int_equal(text.length, 0);
    pil__free(taken);
}

static void
test_empty(void **state)
{
    pil__text text = {0};
    char *taken = pil__text_take(&text);

    (void)state;
    assert_string_equal(taken, "");
    pil__free(taken);
    pil__text_add(&text, NULL, 0);
    assert_string_equal(text.data, "");
    pil__text_free(&text);
    pil__text_free(&text);
}

static void
test_long(void **state)
{
    pil__text text = {0};

    (void)state;
    for (int i = 0; i < 10000; i++) {
        pil__text_printf(&text, "%04d", i);
    }
    assert_int_equal(text.length, 40000);
    assert_memory_equal(text.data + 40000 - 8, "99989999", 9);
    pil__text_free(&text);
}

static void
test_too_long(void **state)
{
    pil__text text = {0};

    (void)state;
    pil__text_puts(&text, "kept");
    pil__text_add(&text, "x", SIZE_MAX - 4);
    assert_true(text.failed);
    pil__text_puts(&text, "more"); /* it stays as it was */
    assert_string_equal(text.data, "kept");
    assert_null(pil__text_take(&text));
    assert_false(text.failed); /* and can be used anew */
}

static pileus_code
build(void *user)
{
    pil__text text = {0};
    char *taken;

    (void)user;
    for (int i = 0; i < 50; i++) {
        pil__text_puts(&text, "some words, ");
        pil__text_printf(&text, "number %d", i);
    }
    taken = pil__text_take(&text);
    pil__free(taken);
    return taken == NULL ? PILEUS_NO_MEMORY : PILEUS_OK;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(build, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),    cmocka_unit_test(test_empty),
        cmocka_unit_test(test_long),      cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
