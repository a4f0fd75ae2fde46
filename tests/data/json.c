/* JSON documents: what is read, what is refused, and where it went wrong. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json.h"

#include "tests/support/alloc.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>

static pil__arena arena;

/* The value of a document that is read. */
static const pileus_value *
read_json(const char *text)
{
    const pileus_value *value = NULL;
    pileus_error *err = NULL;

    expect_ok(pil__json_parse(&value, &arena, text, strlen(text), &err), err);
    assert_non_null(value);
    return value;
}

/* A document of this size is refused, with these words. */
static void
expect_refusal(const char *text, size_t size, const char *words)
{
    const pileus_value *value = NULL;
    pileus_error *err = NULL;

    assert_int_equal(pil__json_parse(&value, &arena, text, size, &err),
                     PILEUS_CONFIGURATION);
    assert_null(value);
    expect_error(&err, PILEUS_CONFIGURATION, words);
    assert_int_equal(pil__json_parse(&value, &arena, text, size, NULL),
                     PILEUS_CONFIGURATION);
}

static int
free_arena(void **state)
{
    (void)state;
    pil__arena_free(&arena);
    return 0;
}

static void
test_all_types(void **state)
{
    const pileus_value *value =
        read_json(" {\"null\": null, \"true\": true, \"false\": false,\n"
                  "\"integer\": -7, \"double\": 2.5, \"string\": \"t\","
                  "\"list\": [1, [2], {}], \"dict\": {\"\": []}} \n");
    const pileus_value *list = pileus_value_get(value, "list");
    const pileus_value *dict = pileus_value_get(value, "dict");

    (void)state;
    assert_int_equal(pileus_value_count(value), 8);
    assert_string_equal(pileus_value_key(value, 0), "null");
    assert_string_equal(pileus_value_key(value, 7), "dict");
    assert_int_equal(pileus_value_type(pileus_value_get(value, "null")),
                     PILEUS_TYPE_NULL);
    assert_true(pileus_value_bool(pileus_value_get(value, "true"), false));
    assert_false(pileus_value_bool(pileus_value_get(value, "false"), true));
    assert_int_equal(
        pileus_value_integer(pileus_value_get(value, "integer"), 0), -7);
    assert_true(pileus_value_double(pileus_value_get(value, "double"), 0) ==
                2.5);
    assert_string_equal(pileus_value_string(pileus_value_get(value, "string")),
                        "t");
    assert_int_equal(pileus_value_count(list), 3);
    assert_int_equal(pileus_value_integer(pileus_value_at(list, 0), 0), 1);
    assert_int_equal(pileus_value_count(pileus_value_at(list, 1)), 1);
    assert_int_equal(pileus_value_type(pileus_value_at(list, 2)),
                     PILEUS_TYPE_DICT);
    assert_int_equal(pileus_value_type(pileus_value_get(dict, "")),
                     PILEUS_TYPE_LIST);
}

static void
test_scalar_documents(void **state)
{
    (void)state;
    assert_true(pileus_value_bool(read_json("true"), false));
    assert_int_equal(pileus_value_integer(read_json("42"), 0), 42);
    assert_string_equal(pileus_value_string(read_json("\"\"")), "");
    assert_int_equal(pileus_value_type(read_json("null")), PILEUS_TYPE_NULL);
}

static void
test_numbers(void **state)
{
    (void)state;
    assert_true(pileus_value_integer(read_json("9223372036854775807"), 0) ==
                INT64_MAX);
    assert_true(pileus_value_integer(read_json("-9223372036854775808"), 0) ==
                INT64_MIN);
    assert_int_equal(pileus_value_type(read_json("9223372036854775808")),
                     PILEUS_TYPE_DOUBLE);
    assert_true(pileus_value_double(read_json("9223372036854775808"), 0) ==
                9223372036854775808.0);
    assert_int_equal(pileus_value_type(read_json("1.0")), PILEUS_TYPE_DOUBLE);
    assert_true(pileus_value_double(read_json("1e2"), 0) == 100);
    assert_true(pileus_value_double(read_json("25E-1"), 0) == 2.5);
    assert_true(pileus_value_double(read_json("1e-999"), 1) == 0);
    assert_int_equal(pileus_value_integer(read_json("-0"), 1), 0);
    expect_refusal("[1e999]", 7, "line 1, byte 6: the number 1e999 is too");
    expect_refusal("-1e999", 6, "too large");
}

/* Numbers mean the same wherever the application's users live. */
static void
test_numbers_in_a_locale_of_commas(void **state)
{
    char *before = strdup(setlocale(LC_NUMERIC, NULL));

    (void)state;
    if (setlocale(LC_NUMERIC, "de_DE.UTF-8") == NULL &&
        setlocale(LC_NUMERIC, "fr_FR.UTF-8") == NULL) {
        free(before);
        print_message("no locale with a decimal comma is installed\n");
        skip();
    }
    assert_true(pileus_value_double(read_json("2.5"), 0) == 2.5);
    (void)setlocale(LC_NUMERIC, before);
    free(before);
}

static void
test_strings(void **state)
{
    (void)state;
    assert_string_equal(
        pileus_value_string(read_json("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"")),
        "\"\\/\b\f\n\r\t");
    assert_string_equal(pileus_value_string(read_json("\"gr\\u00fc\xC3\x9F\"")),
                        "gr\xC3\xBC\xC3\x9F");
    assert_string_equal(pileus_value_string(read_json("\"\\ud834\\udd1e\"")),
                        "\xF0\x9D\x84\x9E");
    expect_refusal("\"a\\u0000b\"", 10, "a string contains U+0000");
    expect_refusal("{\"a\\u0000b\": 1}", 15, "a key contains U+0000");
    expect_refusal("\"a\0b\"", 5, "this is not JSON");
    expect_refusal("\"\xFF\"", 3, "UTF8");
    expect_refusal("\"\xED\xA0\x80\"", 5, "a string is not valid UTF-8");
    expect_refusal("\"\xC0\xAF\"", 4, "a string is not valid UTF-8");
    expect_refusal("{\"\\udc00\": 1}", 13, "a key is not valid UTF-8");
    expect_refusal("\"\n\"", 3, "this is not JSON");
}

static void
test_duplicate_keys(void **state)
{
    (void)state;
    expect_refusal("{\"a\": 1,\n \"a\": 2}", 17,
                   "line 2, byte 17: the key \"a\" is there twice");
    expect_refusal("{\"a\": {\"b\": 1}, \"a\": {}}", 24, "twice");
    (void)read_json("{\"a\": {\"a\": 1}, \"b\": {\"a\": 2}}");
}

static void
test_depth(void **state)
{
    char deep[2 * PILEUS_DEPTH_MAX + 3];

    (void)state;
    memset(deep, '[', PILEUS_DEPTH_MAX);
    memset(deep + PILEUS_DEPTH_MAX, ']', PILEUS_DEPTH_MAX);
    deep[2 * PILEUS_DEPTH_MAX] = '\0';
    (void)read_json(deep);
    memset(deep, '[', PILEUS_DEPTH_MAX + 1);
    memset(deep + PILEUS_DEPTH_MAX + 1, ']', PILEUS_DEPTH_MAX + 1);
    expect_refusal(deep, 2 * PILEUS_DEPTH_MAX + 2, "more than 32 levels");
    memset(deep, '[', sizeof deep); /* and none of them closed */
    expect_refusal(deep, sizeof deep, "more than 32 levels");
}

static void
test_what_is_not_json(void **state)
{
    static const char *const documents[] = {
        "",        " ",         "[",   "{\"a\"", "{\"a\" 1}",    "[1,]",
        "{,}",     "[1 2]",     "01",  "+1",     ".5",           "1.",
        "nul",     "True",      "'a'", "[1] x",  "1 2",          "{} {}",
        "// x\n1", "/* x */ 1", "NaN", "\"a",    "\"\\x\"",      "\"\\u12\"",
        "{1: 2}",  "]",         "{]",  "[}",     "\"\\ud834\\u",
    };

    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        expect_refusal(documents[i], strlen(documents[i]), "this is not JSON");
    }
    expect_refusal("\xEF\xBB\xBF[]", 5, "this is not JSON"); /* a BOM */
    expect_refusal(NULL, 0, "premature EOF");
    expect_refusal("{\n\n\"a\": tru }", 14, "line 3, byte");
}

static void
test_size_limit(void **state)
{
    char *large = malloc(PIL__JSON_DOCUMENT_MAX + 1);
    const pileus_value *value = NULL;
    pileus_error *err = NULL;

    (void)state;
    memset(large, 'x', PIL__JSON_DOCUMENT_MAX + 1);
    large[0] = '"';
    large[PIL__JSON_DOCUMENT_MAX - 1] = '"';
    expect_ok(
        pil__json_parse(&value, &arena, large, PIL__JSON_DOCUMENT_MAX, &err),
        err);
    assert_int_equal(strlen(pileus_value_string(value)),
                     PIL__JSON_DOCUMENT_MAX - 2);
    expect_refusal(large, PIL__JSON_DOCUMENT_MAX + 1, "more than 1048576");
    free(large);
}

/* Whatever the bytes, they are read or refused: no crash, no endless work. */
static void
test_garbage(void **state)
{
    static const char alphabet[] = "[]{}\",:\\u0dnte1.-+ \xC3\xA9\n";
    uint32_t random = 7;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        const pileus_value *value = NULL;
        pileus_error *err = NULL;
        char text[24];
        pileus_code code;

        for (size_t i = 0; i < sizeof text; i++) {
            random = random * 1664525U + 1013904223U;
            text[i] = alphabet[(random >> 16) % sizeof alphabet];
        }
        code = pil__json_parse(&value, &arena, text,
                               (random >> 8) % sizeof text, &err);
        assert_true(code == PILEUS_OK
                        ? value != NULL && err == NULL
                        : code == PILEUS_CONFIGURATION && err != NULL);
        pileus_error_free(err);
        pil__arena_free(&arena);
    }
}

static pileus_code
parse(void *user)
{
    const char *text = user;
    const pileus_value *value = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pil__json_parse(&value, &arena, text, strlen(text), &err);

    assert_int_equal(code, pileus_error_code(err));
    pileus_error_free(err);
    pil__arena_free(&arena);
    return code == PILEUS_CONFIGURATION ? PILEUS_OK : code;
}

static void
test_no_memory(void **state)
{
    char *text = malloc(4000);

    (void)state;
    memset(text, ' ', 3999);
    text[3999] = '\0';
    memcpy(text, "{\"a\": [", 7);
    for (size_t i = 7; i < 3000; i += 10) {
        memcpy(text + i, "\"\\u00fc\",", 9);
    }
    memcpy(text + 3900, "true, null, 1.5, 12, 99999999999999999999, {}], ", 48);
    memcpy(text + 3960, "\"\\u00fckey\": \"\\u00fc\"}", 22);
    fail_each_allocation(parse, text);
    memset(text + 7, 'x', 3900); /* a long string with an escape */
    memcpy(text + 7, "\"\\n", 3);
    text[3898] = '"';
    fail_each_allocation(parse, text);
    fail_each_allocation(parse, (char[]){"{\"a\": 1, \"a\": 2}"});
    fail_each_allocation(parse, (char[]){"[1, 2"});
    fail_each_allocation(parse, (char[]){"[1e999]"});
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_all_types, free_arena),
        cmocka_unit_test_teardown(test_scalar_documents, free_arena),
        cmocka_unit_test_teardown(test_numbers, free_arena),
        cmocka_unit_test_teardown(test_numbers_in_a_locale_of_commas,
                                  free_arena),
        cmocka_unit_test_teardown(test_strings, free_arena),
        cmocka_unit_test_teardown(test_duplicate_keys, free_arena),
        cmocka_unit_test_teardown(test_depth, free_arena),
        cmocka_unit_test_teardown(test_what_is_not_json, free_arena),
        cmocka_unit_test_teardown(test_size_limit, free_arena),
        cmocka_unit_test_teardown(test_garbage, free_arena),
        cmocka_unit_test_teardown(test_no_memory, free_arena),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
