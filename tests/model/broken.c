/* Broken objects: what drivers may not set, and what is then said. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/object.h"

#include <stdlib.h>

static void
test_wrong_types(void **state)
{
    pil__object *broken = new_node("i-7");

    (void)state;
    pil__object_set_string(broken, PILEUS_FIELD_STATE, "running", ALL_OF_IT);
    expect_broken(broken, "a broken node \"i-7\": its state was given as "
                          "another type");
    broken = new_object(PILEUS_KIND_SIZE);
    pil__object_set_integer(broken, PILEUS_FIELD_NAME, 1);
    expect_broken(broken, "a broken size: its name was given as another type");
    broken = new_object(PILEUS_KIND_SIZE);
    pil__object_set_integer(broken, PILEUS_FIELD_PRICE, 1);
    expect_broken(broken, "price was given");
    broken = new_object(PILEUS_KIND_SIZE);
    pil__object_set_double(broken, PILEUS_FIELD_RAM, 1);
    expect_broken(broken, "RAM was given");
    broken = new_object(PILEUS_KIND_IMAGE);
    pil__object_add_pair(broken, PILEUS_FIELD_NAME, "k", 1, "v", 1);
    expect_broken(broken, "a broken image: its name was given");
    broken = new_node("i");
    pil__object_set_string(broken, PILEUS_FIELD_SIZE, "s1", ALL_OF_IT);
    expect_broken(broken, "its size was given");
    broken = new_node("i");
    assert_null(pil__object_nested(broken, PILEUS_FIELD_NAME));
    expect_broken(broken, "its name was given");
    broken = new_object(PILEUS_KIND_LOCATION);
    pil__object_set_integer(broken, PILEUS_FIELD_COUNTRY, 49);
    expect_broken(broken, "a broken location: its country was given");
}

static void
test_bad_ids(void **state)
{
    static const char *const bad[] = {"a\nb", "a\x7F", "\xFF", "\xED\xA0\x80",
                                      "\t"};
    static const int32_t fields[] = {PILEUS_FIELD_ID, PILEUS_FIELD_LOCATION,
                                     PILEUS_FIELD_UUID_KEY};
    char *large = malloc(PILEUS_ID_MAX + 2);
    pil__object *broken;

    (void)state;
    memset(large, 'x', PILEUS_ID_MAX + 1);
    large[PILEUS_ID_MAX + 1] = '\0';
    for (size_t f = 0; f < 3; f++) {
        for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
            broken = new_object(PILEUS_KIND_NODE);
            pil__object_set_string(broken, fields[f], bad[i], ALL_OF_IT);
            expect_broken(broken, "is not valid UTF-8 without control");
        }
        broken = new_object(PILEUS_KIND_NODE);
        pil__object_set_string(broken, fields[f], "a\0b", 3);
        expect_broken(broken, "is not valid UTF-8 without control");
        broken = new_object(PILEUS_KIND_NODE);
        pil__object_set_string(broken, fields[f], large, ALL_OF_IT);
        expect_broken(broken, "is longer than 1024 bytes");
        broken = new_object(PILEUS_KIND_NODE);
        pil__object_set_string(broken, fields[f], large, PILEUS_ID_MAX + 1);
        expect_broken(broken, "is longer than 1024 bytes");
    }
    free(large);
}

static void
test_limits(void **state)
{
    char *large = malloc(PILEUS_STRING_MAX + 2);
    pil__object *broken = new_node("n");

    (void)state;
    memset(large, 'x', PILEUS_STRING_MAX + 1);
    large[PILEUS_STRING_MAX + 1] = '\0';
    pil__object_set_string(broken, PILEUS_FIELD_NAME, large, ALL_OF_IT);
    pil__object_set_string(broken, PILEUS_FIELD_ID, "later", ALL_OF_IT);
    expect_broken(broken, "node \"n\": its name is longer than 1048576 bytes");
    broken = new_node("n");
    pil__object_add_pair(broken, PILEUS_FIELD_TAG, large, ALL_OF_IT, "v", 1);
    expect_broken(broken, "tags is longer than");
    broken = new_node("n");
    pil__object_add_pair(broken, PILEUS_FIELD_TAG, "k", 1, large, ALL_OF_IT);
    expect_broken(broken, "tags is longer than");
    broken = new_node("n");
    pil__object_set_blob(broken, 1, large, PILEUS_BLOB_MAX + 1);
    expect_broken(broken, "its blob is larger than 1048576 bytes");

    /* longer only once it is mended */
    memset(large, '\xFF', PILEUS_STRING_MAX / 3 + 1);
    broken = new_node("n");
    pil__object_set_string(broken, PILEUS_FIELD_NAME, large,
                           PILEUS_STRING_MAX / 3 + 1);
    expect_broken(broken, "its name is longer than");

    broken = new_node("n");
    pil__object_set_integer(broken, PILEUS_FIELD_STATE, INT64_C(1) << 32);
    expect_broken(broken, "its state is not a number of 32 bits");
    free(large);
}

static void
test_too_many_addresses(void **state)
{
    pil__object *broken = new_node("n");

    (void)state;
    for (int i = 0; i < PIL__ADDRESSES_MAX; i++) {
        pil__object_set_string(broken,
                               i % 2 == 0 ? PILEUS_FIELD_PUBLIC_IP
                                          : PILEUS_FIELD_PRIVATE_IP,
                               "::1", ALL_OF_IT);
    }
    assert_false(pil__object_has_failed(broken));
    pil__object_set_string(broken, PILEUS_FIELD_PRIVATE_IP, "::1", ALL_OF_IT);
    expect_broken(broken, "private address comes beyond the limit of 4096");
}

/* However little each thing takes, all of them together have a limit. */
static void
test_too_much(void **state)
{
    pil__object *broken = new_node("n");
    int rounds = 0;

    (void)state;
    while (!pil__object_has_failed(broken)) {
        pil__object_set_string(broken, PILEUS_FIELD_NAME, "", ALL_OF_IT);
        rounds++;
    }
    assert_true(rounds > 10000 && rounds <= PIL__OBJECT_MAX);
    expect_broken(broken, "its content takes more than 16777216 bytes");

    broken = new_node("n");
    for (int i = 0; i < 20; i++) {
        char *blob = calloc(1, PILEUS_BLOB_MAX);

        pil__object_set_blob(broken, 1, blob, PILEUS_BLOB_MAX);
        free(blob);
    }
    expect_broken(broken, "its content takes more than");

    broken = new_node("n");
    for (int i = 0; i < 300000; i++) {
        pil__object_set_string(broken, PILEUS_FIELD_ID, "id", ALL_OF_IT);
    }
    expect_broken(broken, "its content takes more than");
}

/* A broken one takes no more, and what it was broken by first is told. */
static void
test_broken_stays_broken(void **state)
{
    pil__object *broken = new_node("n");
    pil__object *size = pil__object_nested(broken, PILEUS_FIELD_SIZE);

    (void)state;
    pil__object_set_string(size, PILEUS_FIELD_ID, "\n", 1);
    assert_true(pil__object_has_failed(broken));
    pil__object_set_integer(broken, PILEUS_FIELD_NAME, 1);
    pil__object_set_string(broken, PILEUS_FIELD_NAME, "n", 1);
    pil__object_set_double(size, PILEUS_FIELD_PRICE, 1);
    pil__object_add_pair(broken, PILEUS_FIELD_TAG, "k", 1, "v", 1);
    pil__object_set_blob(broken, 1, "b", 1);
    pil__object_extra_null(broken, "k", 1);
    pil__object_extra_open(broken, "k", 1, PILEUS_TYPE_LIST);
    pil__object_extra_close(broken);
    assert_null(pil__object_nested(broken, PILEUS_FIELD_IMAGE));
    assert_null(pil__object_string(broken, PILEUS_FIELD_NAME, 0));
    assert_null(pil__object_blob(broken, NULL, NULL));
    assert_int_equal(pileus_value_count(pil__object_extra(broken)), 0);
    expect_broken(broken, "its id is not valid");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_types),
        cmocka_unit_test(test_bad_ids),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_too_many_addresses),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_broken_stays_broken),
    };

    return cmocka_run_group_tests_name("broken", tests, NULL, NULL);
}
