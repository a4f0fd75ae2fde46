/* The extra of a record: every type, every nesting, every mistake. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/object.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void
test_all_types(void **state)
{
    pil__object *image = new_object(PILEUS_KIND_IMAGE);
    const pileus_value *extra;
    const pileus_value *list;

    (void)state;
    pil__object_extra_null(image, "null!", 4);
    pil__object_extra_boolean(image, "yes", ALL_OF_IT, 2);
    pil__object_extra_boolean(image, "no", ALL_OF_IT, 0);
    pil__object_extra_integer(image, "integer", ALL_OF_IT, INT64_MAX);
    pil__object_extra_real(image, "real", ALL_OF_IT, 0.5);
    pil__object_extra_string(image, "string", ALL_OF_IT, "text!", 4);
    pil__object_extra_string(image, "none", ALL_OF_IT, NULL, 0);
    pil__object_extra_real(image, "nan", ALL_OF_IT, NAN);
    pil__object_extra_open(image, "list", ALL_OF_IT, PILEUS_TYPE_LIST);
    pil__object_extra_integer(image, NULL, 0, 1);
    pil__object_extra_open(image, NULL, 0, PILEUS_TYPE_DICT);
    pil__object_extra_string(image, "k", 1, "v", 1);
    pil__object_extra_close(image);
    pil__object_extra_real(image, NULL, 0, (double)-INFINITY);
    pil__object_extra_close(image);
    pil__object_extra_string(image, "", 0, "no key", ALL_OF_IT);
    extra = pil__object_extra(finish(image));

    assert_int_equal(pileus_value_count(extra), 10);
    assert_string_equal(pileus_value_key(extra, 0), "null");
    assert_non_null(pileus_value_get(extra, "null"));
    assert_true(pileus_value_bool(pileus_value_get(extra, "yes"), false));
    assert_false(pileus_value_bool(pileus_value_get(extra, "no"), true));
    assert_true(pileus_value_integer(pileus_value_get(extra, "integer"), 0) ==
                INT64_MAX);
    assert_true(pileus_value_double(pileus_value_get(extra, "real"), 0) == 0.5);
    assert_string_equal(pileus_value_string(pileus_value_get(extra, "string")),
                        "text");
    assert_int_equal(pileus_value_type(pileus_value_get(extra, "none")),
                     PILEUS_TYPE_NULL);
    assert_int_equal(pileus_value_type(pileus_value_get(extra, "nan")),
                     PILEUS_TYPE_NULL);
    assert_string_equal(pileus_value_string(pileus_value_get(extra, "")),
                        "no key");
    list = pileus_value_get(extra, "list");
    assert_int_equal(pileus_value_count(list), 3);
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_value_at(list, 1), "k")),
        "v");
    assert_int_equal(pileus_value_type(pileus_value_at(list, 2)),
                     PILEUS_TYPE_NULL);
    pil__object_unref(image);
}

static void
test_a_key_keeps_its_place(void **state)
{
    pil__object *image = new_object(PILEUS_KIND_IMAGE);
    const pileus_value *extra;

    (void)state;
    pil__object_extra_integer(image, "a", 1, 1);
    pil__object_extra_integer(image, "b", 1, 2);
    pil__object_extra_open(image, "a", 1, PILEUS_TYPE_LIST);
    pil__object_extra_integer(image, NULL, 0, 3);
    pil__object_extra_close(image);
    extra = pil__object_extra(finish(image));
    assert_int_equal(pileus_value_count(extra), 2);
    assert_string_equal(pileus_value_key(extra, 0), "a");
    assert_int_equal(pileus_value_count(pileus_value_at(extra, 0)), 1);
    pil__object_unref(image);
}

static void
test_text_is_mended(void **state)
{
    pil__object *image = new_object(PILEUS_KIND_IMAGE);
    const pileus_value *extra;

    (void)state;
    pil__object_extra_string(image, "k\xFF", ALL_OF_IT, "v\0w", 3);
    extra = pil__object_extra(finish(image));
    assert_string_equal(
        pileus_value_string(pileus_value_get(extra, "k\xEF\xBF\xBD")),
        "v\xEF\xBF\xBDw");
    pil__object_unref(image);
}

/* Open so many lists or dicts, one in the other. */
static pil__object *
nest(int levels, int32_t type)
{
    pil__object *image = new_object(PILEUS_KIND_IMAGE);

    pil__object_extra_open(image, "top", ALL_OF_IT, type);
    for (int i = 1; i < levels; i++) {
        bool list = type == PILEUS_TYPE_LIST;

        pil__object_extra_open(image, list ? NULL : "k", list ? 0 : 1, type);
    }
    for (int i = 0; i < levels; i++) {
        pil__object_extra_close(image);
    }
    return image;
}

static void
test_depth(void **state)
{
    (void)state;
    pil__object_unref(finish(nest(PILEUS_DEPTH_MAX, PILEUS_TYPE_LIST)));
    pil__object_unref(finish(nest(PILEUS_DEPTH_MAX, PILEUS_TYPE_DICT)));
    expect_broken(nest(PILEUS_DEPTH_MAX + 1, PILEUS_TYPE_LIST),
                  "its extra is more than 32 levels deep");
    expect_broken(nest(PILEUS_DEPTH_MAX + 1, PILEUS_TYPE_DICT),
                  "its extra is more than 32 levels deep");
    expect_broken(nest(100000, PILEUS_TYPE_LIST), "levels deep");
}

static void
test_wrong_nesting(void **state)
{
    pil__object *broken = new_object(PILEUS_KIND_IMAGE);

    (void)state;
    pil__object_extra_close(broken);
    expect_broken(broken, "its extra closes what it has not opened");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_open(broken, "k", 1, PILEUS_TYPE_DICT);
    expect_broken(broken, "its extra has a list or dict left open");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_open(broken, "k", 1, PILEUS_TYPE_DICT);
    pil__object_extra_close(broken);
    pil__object_extra_close(broken);
    expect_broken(broken, "its extra closes what it has not opened");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_integer(broken, NULL, 0, 1);
    expect_broken(broken, "its extra has an entry of a dict without a key");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_open(broken, NULL, 0, PILEUS_TYPE_LIST);
    expect_broken(broken, "its extra has an entry of a dict without a key");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_open(broken, "k", 1, PILEUS_TYPE_LIST);
    pil__object_extra_integer(broken, "k", 1, 1);
    expect_broken(broken, "its extra has an entry of a list with a key");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_open(broken, "k", 1, PILEUS_TYPE_STRING);
    expect_broken(broken, "its extra opens what is neither list nor dict");
}

/* A nested record has an extra of its own, which may be filled between. */
static void
test_nested_records(void **state)
{
    pil__object *node = new_object(PILEUS_KIND_NODE);
    pil__object *size = pil__object_nested(node, PILEUS_FIELD_SIZE);

    (void)state;
    pil__object_extra_open(node, "list", ALL_OF_IT, PILEUS_TYPE_LIST);
    pil__object_extra_open(size, "dict", ALL_OF_IT, PILEUS_TYPE_DICT);
    pil__object_extra_integer(node, NULL, 0, 1);
    pil__object_extra_integer(size, "k", 1, 2);
    pil__object_extra_close(node);
    pil__object_extra_close(size);
    (void)finish(node);
    assert_int_equal(
        pileus_value_integer(
            pileus_value_get(pileus_value_get(pil__object_extra(size), "dict"),
                             "k"),
            0),
        2);
    pil__object_unref(node);

    node = new_object(PILEUS_KIND_NODE);
    size = pil__object_nested(node, PILEUS_FIELD_SIZE);
    pil__object_extra_open(size, "dict", ALL_OF_IT, PILEUS_TYPE_DICT);
    expect_broken(node, "its extra has a list or dict left open");
}

static void
test_limits(void **state)
{
    char *large = malloc(PILEUS_STRING_MAX + 2);
    pil__object *broken = new_object(PILEUS_KIND_IMAGE);
    char key[32];
    int count;

    (void)state;
    memset(large, 'x', PILEUS_STRING_MAX + 1);
    large[PILEUS_STRING_MAX + 1] = '\0';
    pil__object_extra_string(broken, "k", 1, large, ALL_OF_IT);
    expect_broken(broken, "its extra is longer than");
    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_null(broken, large, ALL_OF_IT);
    expect_broken(broken, "its extra is longer than");
    free(large);

    broken = new_object(PILEUS_KIND_IMAGE);
    for (count = 0; !pil__object_has_failed(broken); count++) {
        (void)snprintf(key, sizeof key, "key-%d", count);
        pil__object_extra_boolean(broken, key, ALL_OF_IT, 1);
    }
    assert_true(count > 50000);
    expect_broken(broken, "its content takes more than");

    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_extra_open(broken, "k", 1, PILEUS_TYPE_LIST);
    while (!pil__object_has_failed(broken)) {
        pil__object_extra_null(broken, NULL, 0);
    }
    expect_broken(broken, "its content takes more than");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_types),
        cmocka_unit_test(test_a_key_keeps_its_place),
        cmocka_unit_test(test_text_is_mended),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_wrong_nesting),
        cmocka_unit_test(test_nested_records),
        cmocka_unit_test(test_limits),
    };

    return cmocka_run_group_tests_name("extra", tests, NULL, NULL);
}
