/* Memory: growing arrays, copying strings, wiping secrets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/wipe.h"

#include "tests/support/alloc.h"

static void
test_grow(void **state)
{
    int *numbers = NULL;
    size_t capacity = 0;

    (void)state;
    for (size_t count = 0; count < 1000; count++) {
        void *array = numbers;

        assert_true(pil__grow(&array, &capacity, count, sizeof *numbers));
        numbers = array;
        assert_true(capacity > count);
        numbers[count] = (int)count;
    }
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(numbers[i], i);
    }
    pil__free(numbers);
}

static void
test_grow_beyond_what_there_is(void **state)
{
    void *array = NULL;
    size_t capacity = SIZE_MAX / 8;

    (void)state;
    assert_false(pil__grow(&array, &capacity, capacity, 16));
    assert_null(array);
    assert_true(capacity == SIZE_MAX / 8);
}

static void
test_strings(void **state)
{
    char *copy = pil__strndup("abc", 2);

    (void)state;
    assert_string_equal(copy, "ab");
    pil__free(copy);
    copy = pil__strndup(NULL, 0);
    assert_string_equal(copy, "");
    pil__free(copy);
    assert_null(pil__strndup("x", SIZE_MAX));
    pil__free(NULL);
}

/* Nothing at all is still something that can be freed. */
static void
test_nothing(void **state)
{
    void *memory = pil__malloc(0);

    (void)state;
    assert_non_null(memory);
    memory = pil__realloc(memory, 0);
    assert_non_null(memory);
    pil__free(memory);
    memory = pil__calloc(0, 0);
    assert_non_null(memory);
    pil__free(memory);
}

static void
test_wipe(void **state)
{
    char secret[] = "secret";

    (void)state;
    pil__wipe(secret, 3);
    assert_memory_equal(secret, "\0\0\0ret", 6);
    pil__wipe(NULL, 3);
    pil__wipe_free(NULL);
    pil__wipe_free(pil__strdup("secret"));
}

static pileus_code
use_memory(void *user)
{
    char *text = pil__strdup("text");
    void *zeroed = pil__calloc(2, 8);
    void *array = NULL;
    size_t capacity = 0;
    bool grown = pil__grow(&array, &capacity, 0, 8);

    (void)user;
    pil__free(text);
    pil__free(zeroed);
    pil__free(array);
    return text != NULL && zeroed != NULL && grown ? PILEUS_OK
                                                   : PILEUS_NO_MEMORY;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(use_memory, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_grow_beyond_what_there_is),
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_wipe),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
