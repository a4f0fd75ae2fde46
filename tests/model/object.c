/* Objects: what drivers may set in them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/alloc.h"
#include "tests/support/object.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- what may be set ----------------------------------------------------- */

static void
test_last_one_counts(void **state)
{
    pil__object *node = new_node("first");
    int64_t created = 0;

    (void)state;
    pil__object_set_string(node, PILEUS_FIELD_ID, "second", ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_ID, "third and more", 5);
    pil__object_set_string(node, PILEUS_FIELD_NAME, "a", ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_NAME, "", ALL_OF_IT);
    pil__object_set_integer(node, PILEUS_FIELD_CREATED_AT, 1);
    pil__object_set_integer(node, PILEUS_FIELD_CREATED_AT, INT64_MIN);
    pil__object_set_string(node, PILEUS_FIELD_LOCATION, "x", ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_LOCATION, "", ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_NAME, NULL, ALL_OF_IT);
    (void)finish(node);
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_ID, 0), "third");
    assert_null(pil__object_string(node, PILEUS_FIELD_ID, 1));
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_NAME, 0), "");
    assert_null(pil__object_string(node, PILEUS_FIELD_LOCATION, 0));
    assert_true(pil__object_integer(node, PILEUS_FIELD_CREATED_AT, &created));
    assert_true(created == INT64_MIN);
    pil__object_unref(node);
}

static void
test_addresses(void **state)
{
    pil__object *node = new_node("n");
    char address[32];

    (void)state;
    for (int i = 0; i < 100; i++) {
        (void)snprintf(address, sizeof address, "10.0.0.%d", i);
        pil__object_set_string(
            node, i % 3 == 0 ? PILEUS_FIELD_PUBLIC_IP : PILEUS_FIELD_PRIVATE_IP,
            address, ALL_OF_IT);
    }
    (void)finish(node);
    assert_int_equal(pil__object_count(node, PILEUS_FIELD_PUBLIC_IP), 34);
    assert_int_equal(pil__object_count(node, PILEUS_FIELD_PRIVATE_IP), 66);
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_PUBLIC_IP, 0),
                        "10.0.0.0");
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_PUBLIC_IP, 33),
                        "10.0.0.99");
    assert_null(pil__object_string(node, PILEUS_FIELD_PUBLIC_IP, 34));
    assert_null(pil__object_string(node, PILEUS_FIELD_PUBLIC_IP, UINT64_MAX));
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_PRIVATE_IP, 1),
                        "10.0.0.2");
    pil__object_unref(node);
}

static void
test_tags(void **state)
{
    pil__object *node = new_node("n");
    const pileus_value *tags;

    (void)state;
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "role", ALL_OF_IT, "db",
                         ALL_OF_IT);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "bare", ALL_OF_IT, NULL,
                         ALL_OF_IT);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "role!", 4, "web!", 3);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, NULL, 0, "lost", ALL_OF_IT);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "b\xFF", ALL_OF_IT, "\xFF",
                         ALL_OF_IT);
    (void)finish(node);
    tags = pil__object_tags(node);
    assert_int_equal(pileus_value_count(tags), 3);
    assert_string_equal(pileus_value_key(tags, 0), "role");
    assert_string_equal(pil__object_tag(node, "role"), "web");
    assert_string_equal(pil__object_tag(node, "bare"), "");
    assert_string_equal(pil__object_tag(node, "b\xEF\xBF\xBD"), "\xEF\xBF\xBD");
    assert_null(pil__object_tag(node, "none"));
    pil__object_unref(node);
}

static void
test_blob(void **state)
{
    pil__object *node = new_node("n");
    size_t size = 1;
    uint32_t format = 1;

    (void)state;
    assert_null(pil__object_blob(node, &size, &format));
    assert_int_equal(size, 0);
    assert_int_equal(format, 0);
    pil__object_set_blob(node, 1, "abc", 3);
    pil__object_set_blob(node, 7, "x\0y", 3);
    assert_memory_equal(pil__object_blob(node, &size, &format), "x\0y", 3);
    assert_int_equal(size, 3);
    assert_int_equal(format, 7);
    assert_non_null(pil__object_blob(node, NULL, NULL));
    pil__object_set_blob(node, 7, "x", 0);
    assert_null(pil__object_blob(node, NULL, NULL));
    pil__object_unref(finish(node));
}

/* Text that is not UTF-8 is mended, and text up to the limit is taken. */
static void
test_text(void **state)
{
    pil__object *node = new_node("n");
    char *longest = malloc(PILEUS_STRING_MAX + 1);

    (void)state;
    memset(longest, 'x', PILEUS_STRING_MAX);
    longest[PILEUS_STRING_MAX] = '\0';
    pil__object_set_string(node, PILEUS_FIELD_NAME, "a\0b\xFF", 4);
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_NAME, 0),
                        "a\xEF\xBF\xBD"
                        "b\xEF\xBF\xBD");
    pil__object_set_string(node, PILEUS_FIELD_NAME, longest, ALL_OF_IT);
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_NAME, 0),
                        longest);
    longest[PILEUS_ID_MAX] = '\0';
    pil__object_set_string(node, PILEUS_FIELD_ID, longest, ALL_OF_IT);
    (void)finish(node);
    assert_string_equal(pil__object_string(node, PILEUS_FIELD_ID, 0), longest);
    pil__object_unref(node);
    free(longest);
}

/* Fields of a newer minor, and of other kinds, are left out. */
static void
test_unknown_fields(void **state)
{
    pil__object *image = new_object(PILEUS_KIND_IMAGE);
    int64_t number = 5;

    (void)state;
    pil__object_set_string(image, 0, "x", ALL_OF_IT);
    pil__object_set_string(image, -1, "x", ALL_OF_IT);
    pil__object_set_string(image, 1000, "x", ALL_OF_IT);
    pil__object_set_string(image, PILEUS_FIELD_PUBLIC_IP, "x", ALL_OF_IT);
    pil__object_set_integer(image, PILEUS_FIELD_RAM, 1);
    pil__object_set_double(image, PILEUS_FIELD_PRICE, 1);
    pil__object_add_pair(image, PILEUS_FIELD_TAG, "k", 1, "v", 1);
    assert_null(pil__object_nested(image, PILEUS_FIELD_IMAGE));
    assert_null(pil__object_nested(image, 1000));
    (void)finish(image);
    assert_null(pil__object_string(image, 1000, 0));
    assert_null(pil__object_string(image, PILEUS_FIELD_PUBLIC_IP, 0));
    assert_false(pil__object_integer(image, PILEUS_FIELD_RAM, &number));
    assert_int_equal(number, 5);
    assert_null(pil__object_tag(image, "k"));
    pil__object_unref(image);
}

/* A number that is not finite says nothing. */
static void
test_price(void **state)
{
    pil__object *size = new_object(PILEUS_KIND_SIZE);
    double price = 5;

    (void)state;
    pil__object_set_double(size, PILEUS_FIELD_PRICE, NAN);
    assert_false(pil__object_double(size, PILEUS_FIELD_PRICE, &price));
    assert_true(price == 5);
    pil__object_set_double(size, PILEUS_FIELD_PRICE, 0);
    pil__object_set_double(size, PILEUS_FIELD_PRICE, (double)INFINITY);
    assert_true(pil__object_double(size, PILEUS_FIELD_PRICE, &price));
    assert_true(price == 0);
    pil__object_unref(finish(size));
}

/* ---- nested ones --------------------------------------------------------- */

static void
test_nested(void **state)
{
    pil__object *node = new_node("n");
    pil__object *size = pil__object_nested(node, PILEUS_FIELD_SIZE);
    pil__object *image = pil__object_nested(node, PILEUS_FIELD_IMAGE);
    const pil__object *kept;

    (void)state;
    assert_ptr_equal(pil__object_nested(node, PILEUS_FIELD_SIZE), size);
    assert_int_equal(pil__object_kind(size), PILEUS_KIND_SIZE);
    assert_int_equal(pil__object_kind(image), PILEUS_KIND_IMAGE);
    pil__object_set_string(size, PILEUS_FIELD_ID, "s1", ALL_OF_IT);
    pil__object_set_string(image, PILEUS_FIELD_ID, "i2", ALL_OF_IT);
    pil__object_extra_boolean(size, "spot", ALL_OF_IT, 1);
    (void)finish(node);
    kept = pil__object_ref(pil__object_record(node, PILEUS_FIELD_SIZE));
    assert_ptr_equal(kept, size);
    assert_null(pil__object_record(node, PILEUS_FIELD_NAME));
    assert_string_equal(pil__object_uuid(image),
                        "223ec64f4ebd9d8438e83216b77689b563693d94");
    pil__object_unref(node); /* the size outlives it, with all it has */
    assert_string_equal(pil__object_string(kept, PILEUS_FIELD_ID, 0), "s1");
    assert_true(pileus_value_bool(
        pileus_value_get(pil__object_extra(kept), "spot"), false));
    assert_string_equal(pil__object_uuid(kept),
                        "27439c9b71a3cc8596381c2b265835bf0f131cad");
    pil__object_unref(kept);
}

/* ---- memory -------------------------------------------------------------- */

static void
test_nobody(void **state)
{
    int64_t number = 1;
    double real = 1;

    (void)state;
    assert_null(pil__object_ref(NULL));
    pil__object_unref(NULL);
    assert_null(pil__object_string(NULL, PILEUS_FIELD_ID, 0));
    assert_int_equal(pil__object_count(NULL, PILEUS_FIELD_ID), 0);
    assert_false(pil__object_integer(NULL, PILEUS_FIELD_STATE, &number));
    assert_false(pil__object_double(NULL, PILEUS_FIELD_PRICE, &real));
    assert_null(pil__object_record(NULL, PILEUS_FIELD_SIZE));
    assert_int_equal(pileus_value_count(pil__object_extra(NULL)), 0);
    assert_int_equal(pileus_value_count(pil__object_tags(NULL)), 0);
    assert_null(pil__object_tag(NULL, "k"));
    assert_null(pil__object_blob(NULL, NULL, NULL));
    assert_null(pil__object_connection(NULL));
    assert_null(pil__object_uuid(NULL));
}

static void
set_everything(pil__object *node)
{
    pil__object *size = pil__object_nested(node, PILEUS_FIELD_SIZE);
    char text[32];

    for (int32_t field = 0; field < 30; field++) {
        pil__object_set_string(node,
                               field == PILEUS_FIELD_ID ||
                                       field == PILEUS_FIELD_NAME
                                   ? field
                                   : PILEUS_FIELD_PUBLIC_IP,
                               "x\xC3\xA9", 3);
    }
    pil__object_set_integer(node, PILEUS_FIELD_STATE, 1);
    pil__object_set_string(node, PILEUS_FIELD_NAME,
                           "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10);
    pil__object_set_blob(node, 1, "blob", 4);
    if (size != NULL) {
        pil__object_set_string(size, PILEUS_FIELD_ID, "s", 1);
        pil__object_set_double(size, PILEUS_FIELD_PRICE, 1);
        pil__object_extra_string(size, "k", 1, "v", 1);
    }
    for (int i = 0; i < 40; i++) {
        (void)snprintf(text, sizeof text, "key-%d", i);
        pil__object_add_pair(node, PILEUS_FIELD_TAG, text, ALL_OF_IT, "v", 1);
        pil__object_extra_open(node, text, ALL_OF_IT, PILEUS_TYPE_LIST);
        pil__object_extra_integer(node, NULL, 0, i);
        pil__object_extra_real(node, NULL, 0, i);
        pil__object_extra_string(node, NULL, 0, "\xFF", 1);
        pil__object_extra_open(node, NULL, 0, PILEUS_TYPE_DICT);
        pil__object_extra_close(node);
        pil__object_extra_close(node);
    }
}

static pileus_code
build(void *padding)
{
    static const char name[1024];
    pil__object *node =
        pil__object_new(PILEUS_KIND_NODE, NULL, NULL, (pil__arena){0}, NULL);
    pileus_error *err = NULL;
    pileus_code code = PILEUS_NO_MEMORY;

    if (node == NULL) {
        return code;
    }
    pil__object_set_blob(node, 1, name, *(size_t *)padding);
    set_everything(node);
    code = pil__object_finish(
        node, NULL, "a type with a name that is longer than others", &err);
    assert_int_equal(code, pileus_error_code(err));
    pileus_error_free(err);
    if (code == PILEUS_OK) {
        pil__object *copy = pil__object_copy(node, NULL);

        code = copy == NULL ? PILEUS_NO_MEMORY : PILEUS_OK;
        pil__object_unref(copy);
    }
    if (code == PILEUS_OK && pil__object_uuid(node) == NULL) {
        code = PILEUS_NO_MEMORY;
    }
    if (code == PILEUS_OK) {
        code = pil__object_change_state(node, PILEUS_STATE_ERROR, "BROKEN");
    }
    pil__object_unref(node);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    /* so that the end of a block, where memory is needed, comes everywhere */
    for (size_t padding = 1; padding < 1024; padding += 16) {
        fail_each_allocation(build, &padding);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_last_one_counts),
        cmocka_unit_test(test_addresses),
        cmocka_unit_test(test_tags),
        cmocka_unit_test(test_blob),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_unknown_fields),
        cmocka_unit_test(test_price),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("object", tests, NULL, NULL);
}
