/* Values: reading them, and lists and dicts of many sizes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/value.h"

#include "core/base/clock.h"

#include "tests/support/alloc.h"

#include <stdio.h>

static void
test_scalars(void **state)
{
    pil__arena arena = {0};
    const pileus_value *value = pil__value_null(&arena);

    (void)state;
    assert_int_equal(pileus_value_type(value), PILEUS_TYPE_NULL);
    value = pil__value_bool(&arena, true);
    assert_int_equal(pileus_value_type(value), PILEUS_TYPE_BOOL);
    assert_true(pileus_value_bool(value, false));
    value = pil__value_integer(&arena, INT64_MIN);
    assert_int_equal(pileus_value_type(value), PILEUS_TYPE_INTEGER);
    assert_true(pileus_value_integer(value, 0) == INT64_MIN);
    assert_true(pileus_value_double(value, 0) == (double)INT64_MIN);
    value = pil__value_double(&arena, 0.25);
    assert_int_equal(pileus_value_type(value), PILEUS_TYPE_DOUBLE);
    assert_true(pileus_value_double(value, 0) == 0.25);
    value = pil__value_string(&arena, "text and more", 4);
    assert_int_equal(pileus_value_type(value), PILEUS_TYPE_STRING);
    assert_string_equal(pileus_value_string(value), "text");
    pil__arena_free(&arena);
}

/* What is not there, or is of another type, gives the fallback. */
static void
test_fallbacks(void **state)
{
    pil__arena arena = {0};
    const pileus_value *text = pil__value_string(&arena, "1", 1);
    const pileus_value *number = pil__value_double(&arena, 1);

    (void)state;
    assert_int_equal(pileus_value_type(NULL), PILEUS_TYPE_NULL);
    assert_true(pileus_value_bool(NULL, true));
    assert_true(pileus_value_bool(text, true));
    assert_int_equal(pileus_value_integer(NULL, 7), 7);
    assert_int_equal(pileus_value_integer(number, 7), 7);
    assert_true(pileus_value_double(NULL, 7) == 7);
    assert_true(pileus_value_double(text, 7) == 7);
    assert_null(pileus_value_string(NULL));
    assert_null(pileus_value_string(number));
    assert_int_equal(pileus_value_count(NULL), 0);
    assert_int_equal(pileus_value_count(text), 0);
    assert_null(pileus_value_at(NULL, 0));
    assert_null(pileus_value_at(number, 0));
    assert_null(pileus_value_key(NULL, 0));
    assert_null(pileus_value_get(NULL, "key"));
    assert_null(pileus_value_get(text, "key"));
    assert_null(pileus_value_get(pil__value_dict(&arena), NULL));
    assert_null(pileus_value_get(pil__value_dict(&arena), "key"));
    assert_int_equal(pileus_value_type(&pil__value_empty_dict),
                     PILEUS_TYPE_DICT);
    assert_int_equal(pileus_value_count(&pil__value_empty_dict), 0);
    pil__arena_free(&arena);
}

static void
test_list(void **state)
{
    enum { ENTRIES = 1000 };
    pil__arena arena = {0};
    pileus_value *list = pil__value_list(&arena);

    (void)state;
    for (int i = 0; i < ENTRIES; i++) {
        assert_true(
            pil__value_append(&arena, list, pil__value_integer(&arena, i)));
    }
    assert_int_equal(pileus_value_count(list), ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
        assert_int_equal(
            pileus_value_integer(pileus_value_at(list, (size_t)i), -1), i);
        assert_null(pileus_value_key(list, (size_t)i));
    }
    assert_null(pileus_value_at(list, ENTRIES));
    assert_null(pileus_value_get(list, "0"));
    assert_false(pil__value_append(&arena, list, NULL));
    pil__arena_free(&arena);
}

/* Keys that are each other's beginnings, and keys of all lengths and bytes:
 * what one set remembers must be what a plain array remembers. */
static void
test_dict_is_what_was_set(void **state)
{
    enum { KEYS = 700, STEPS = 6000 };
    static char keys[KEYS][8];
    int values[KEYS];
    size_t order[KEYS];
    size_t known = 0;
    uint32_t random = 1;
    pil__arena arena = {0};
    pileus_value *dict = pil__value_dict(&arena);

    (void)state;
    for (size_t i = 0; i < KEYS; i++) {
        size_t length = i % 7;

        for (size_t k = 0; k < length; k++) {
            random = random * 1664525U + 1013904223U;
            keys[i][k] = (char)(random >> 24 & 3 ? 'a' + (random >> 26 & 1)
                                                 : 0x80 | random >> 25);
        }
        values[i] = -1;
    }
    for (int step = 0; step < STEPS; step++) {
        size_t length;
        size_t i;

        random = random * 1664525U + 1013904223U;
        i = (random >> 8) % KEYS;
        length = strlen(keys[i]);
        for (size_t k = 0; k < KEYS;
             k++) { /* the same key may be there twice */
            if (strcmp(keys[k], keys[i]) == 0) {
                i = k;
                break;
            }
        }
        if (values[i] < 0) {
            assert_null(pileus_value_get(dict, keys[i]));
            order[known++] = i;
        }
        values[i] = step;
        assert_true(pil__value_set(&arena, dict, keys[i], length,
                                   pil__value_integer(&arena, step)));
        assert_int_equal(
            pileus_value_integer(pileus_value_get(dict, keys[i]), -1), step);
    }
    assert_true(known > 100);
    assert_int_equal(pileus_value_count(dict), known);
    for (size_t i = 0; i < known; i++) {
        const char *key = keys[order[i]];

        assert_string_equal(pileus_value_key(dict, i), key);
        assert_int_equal(pileus_value_integer(pileus_value_at(dict, i), -1),
                         values[order[i]]);
        assert_ptr_equal(pileus_value_get(dict, key), pileus_value_at(dict, i));
    }
    assert_null(pileus_value_get(dict, "aaaaaaaaaaaaaaaaaaaaaaaa"));
    assert_null(pileus_value_get(dict, "c"));
    pil__arena_free(&arena);
}

/* A key needs no NUL behind it. */
static void
test_find_by_size(void **state)
{
    pil__arena arena = {0};
    pileus_value *dict = pil__value_dict(&arena);

    (void)state;
    for (int i = 0; i < 40; i++) {
        assert_true(pil__value_set(&arena, dict,
                                   "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                                   (size_t)i, pil__value_integer(&arena, i)));
    }
    for (int i = 0; i < 40; i++) {
        assert_int_equal(
            pileus_value_integer(
                pil__value_find(dict,
                                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxyyy",
                                (size_t)i),
                -1),
            i);
    }
    assert_null(pil__value_find(dict, "xy", 2));
    assert_false(pil__value_set(&arena, dict, "z", 1, NULL));
    pil__arena_free(&arena);
}

/* As many keys as a hostile provider can send must take no more than their
 * share of time: squared, this would be hours. */
static void
test_many_keys(void **state)
{
    enum { KEYS = 300000 };
    pil__arena arena = {0};
    pileus_value *dict = pil__value_dict(&arena);
    int64_t start = pil__clock_ms();
    char key[32];

    (void)state;
    for (int i = 0; i < KEYS; i++) {
        int size = snprintf(key, sizeof key, "the-same-beginning-%d", i);

        assert_true(pil__value_set(&arena, dict, key, (size_t)size,
                                   pil__value_null(&arena)));
    }
    for (int i = 0; i < KEYS; i++) {
        (void)snprintf(key, sizeof key, "the-same-beginning-%d", i);
        assert_non_null(pileus_value_get(dict, key));
    }
    assert_int_equal(pileus_value_count(dict), KEYS);
    assert_true(pil__clock_ms() - start < 60000);
    pil__arena_free(&arena);
}

/* A dict of everything, deep in a list of a dict. */
static pileus_value *
make_tree(pil__arena *arena)
{
    pileus_value *top = pil__value_dict(arena);
    pileus_value *list = pil__value_list(arena);
    pileus_value *inner = pil__value_dict(arena);
    bool made = top != NULL && list != NULL && inner != NULL;

    made = made && pil__value_set(arena, inner, "n", 1, pil__value_null(arena));
    made = made &&
           pil__value_set(arena, inner, "b", 1, pil__value_bool(arena, true));
    made = made &&
           pil__value_set(arena, inner, "i", 1, pil__value_integer(arena, 5));
    made = made &&
           pil__value_set(arena, inner, "d", 1, pil__value_double(arena, 0.5));
    made = made && pil__value_append(arena, list, inner);
    made = made &&
           pil__value_append(arena, list, pil__value_string(arena, "s", 1));
    made = made && pil__value_set(arena, top, "list", 4, list);
    for (char key = 'A'; made && key <= 'Z'; key++) {
        made = pil__value_set(arena, top, &key, 1, pil__value_dict(arena));
    }
    return made ? top : NULL;
}

static void
test_copy(void **state)
{
    pil__arena arena = {0};
    pil__arena other = {0};
    const pileus_value *copy = pil__value_copy(&other, make_tree(&arena));
    const pileus_value *inner;

    (void)state;
    pil__arena_free(&arena);
    assert_int_equal(pileus_value_count(copy), 27);
    assert_int_equal(pileus_value_type(pileus_value_get(copy, "Q")),
                     PILEUS_TYPE_DICT);
    copy = pileus_value_get(copy, "list");
    assert_int_equal(pileus_value_count(copy), 2);
    assert_string_equal(pileus_value_string(pileus_value_at(copy, 1)), "s");
    inner = pileus_value_at(copy, 0);
    assert_int_equal(pileus_value_count(inner), 4);
    assert_int_equal(pileus_value_type(pileus_value_get(inner, "n")),
                     PILEUS_TYPE_NULL);
    assert_true(pileus_value_bool(pileus_value_get(inner, "b"), false));
    assert_int_equal(pileus_value_integer(pileus_value_get(inner, "i"), 0), 5);
    assert_true(pileus_value_double(pileus_value_get(inner, "d"), 0) == 0.5);
    pil__arena_free(&other);
}

static pileus_code
make_and_copy(void *user)
{
    pil__arena arena = {0};
    pil__arena other = {0};
    const pileus_value *tree = make_tree(&arena);
    const pileus_value *copy =
        tree == NULL ? NULL : pil__value_copy(&other, tree);

    (void)user;
    pil__arena_free(&arena);
    pil__arena_free(&other);
    return copy == NULL ? PILEUS_NO_MEMORY : PILEUS_OK;
}

/* Growing by single steps, so that each kind of growth meets the end of
 * memory: what was there stays. */
static pileus_code
grow(void *user)
{
    pil__arena arena = {0};
    pileus_value *dict = pil__value_dict(&arena);
    size_t count = 0;
    char key[32];

    (void)user;
    while (dict != NULL && count < 600) {
        int size = snprintf(key, sizeof key, "%zu", count);

        if (!pil__value_set(&arena, dict, key, (size_t)size,
                            pil__value_null(&arena))) {
            break;
        }
        count++;
    }
    assert_int_equal(pileus_value_count(dict), count);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(key, sizeof key, "%zu", i);
        assert_non_null(pileus_value_get(dict, key));
    }
    pil__arena_free(&arena);
    return count == 600 ? PILEUS_OK : PILEUS_NO_MEMORY;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(make_and_copy, NULL);
    fail_each_allocation(grow, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scalars),
        cmocka_unit_test(test_fallbacks),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_dict_is_what_was_set),
        cmocka_unit_test(test_find_by_size),
        cmocka_unit_test(test_many_keys),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("value", tests, NULL, NULL);
}
