/* Names: each is kept once, and found again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/name.h"

#include "tests/support/expect.h"

static void
test_kept_once(void **state)
{
    const pil__name *name = pil__name_keep("kept-once-and-more", 9);

    (void)state;
    assert_non_null(name);
    assert_string_equal(name->text, "kept-once");
    assert_int_equal(name->size, 9);
    assert_ptr_equal(pil__name_keep("kept-once", 9), name);
    assert_ptr_equal(pil__name_find("kept-once", 9), name);
    assert_ptr_equal(pil__name_at(name->number), name);
    assert_ptr_equal(pil__name_of(name->text), name);
    assert_null(pil__name_of("kept-once"));
    assert_null(pil__name_find("kept-onc", 8));
}

/* The same pointer, and another text behind it. */
static void
test_recalled(void **state)
{
    char text[16] = "recalled-1";
    const pil__name *first = pil__name_keep("recalled-1", 10);
    const pil__name *second;

    (void)state;
    assert_ptr_equal(pil__name_recall(text), first);
    assert_ptr_equal(pil__name_recall(text), first);
    text[9] = '2';
    assert_null(pil__name_recall(text));
    second = pil__name_keep("recalled-2", 10);
    assert_ptr_equal(pil__name_recall(text), second);
    text[9] = '1';
    assert_ptr_equal(pil__name_recall(text), first);
    text[0] = '\0';
    assert_null(pil__name_recall(text));
}

static void
test_too_long(void **state)
{
    char text[PIL__NAME_LENGTH_MAX + 2];

    (void)state;
    memset(text, 'x', sizeof text);
    assert_null(pil__name_keep(text, PIL__NAME_LENGTH_MAX + 1));
    assert_non_null(pil__name_keep(text, PIL__NAME_LENGTH_MAX));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept_once),
        cmocka_unit_test(test_recalled),
        cmocka_unit_test(test_too_long),
    };

    return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
