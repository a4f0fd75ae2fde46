/* Bytes as text and back: the vectors of RFC 4648, and what is no base64. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/encode.h"

#include "tests/support/expect.h"

#include <stdlib.h>

static void
test_hex(void **state)
{
    char out[PIL__HEX_SIZE(4)];

    (void)state;
    pil__hex("\0\x1f\x80\xff", 4, out);
    assert_string_equal(out, "001f80ff");
    pil__hex("", 0, out);
    assert_string_equal(out, "");
}

static void
test_vectors(void **state)
{
    static const struct {
        const char *bytes;
        const char *text;
    } vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xfe\xfd", "//79"},
        {"\xfb\xef\xbe", "++++"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        size_t length = strlen(vectors[i].bytes);
        char text[PIL__BASE64_SIZE(6)];
        char bytes[6];
        size_t size = 99;

        pil__base64(vectors[i].bytes, length, text);
        assert_string_equal(text, vectors[i].text);
        assert_true(pil__unbase64(text, strlen(text), bytes, &size));
        assert_int_equal(size, length);
        assert_memory_equal(bytes, vectors[i].bytes, length);
    }
}

/* Every size, in the text's own place, where no terminator follows it. */
static void
test_there_and_back(void **state)
{
    unsigned char bytes[300];

    (void)state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)(i * 167 + 5);
    }
    for (size_t length = 0; length <= sizeof bytes; length++) {
        size_t room = PIL__BASE64_SIZE(length);
        char *text = malloc(room);
        size_t size = 0;

        assert_non_null(text);
        pil__base64(bytes, length, text);
        assert_int_equal(strlen(text) + 1, room);
        text = realloc(text, room == 1 ? 1 : room - 1);
        assert_non_null(text);
        assert_true(pil__unbase64(text, room - 1, text, &size));
        assert_int_equal(size, length);
        assert_memory_equal(text, bytes, length);
        free(text);
    }
}

/* Nothing of it is written beyond 3 of every 4 characters. */
static void
test_wrong(void **state)
{
    static const char *const wrong[] = {
        "Z",      "Zg",        "Zg=",      "Zg===",    "Zm8",      "=",
        "====",   "Z===",      "Zg==Zg==", "Zm9v====", "Zm9v=",    "Zm 9",
        "Zm9v\n", "Zm9vYg\n=", "Zm9-",     "Zm9_",     "Zm9\xc3",  "Zm=v",
        "Zh==",   "Zm9=",      "Zm9vYmF=", "Zm9,",     "Zm9vZ===", "=m9v",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        size_t length = strlen(wrong[i]);
        char *bytes = malloc(length / 4 * 3 + 1);
        size_t size = 0;

        assert_non_null(bytes);
        bytes[length / 4 * 3] = '!';
        if (pil__unbase64(wrong[i], length, bytes, &size)) {
            print_error("%s is taken for base64\n", wrong[i]);
            fail();
        }
        assert_int_equal(bytes[length / 4 * 3], '!');
        free(bytes);
    }
    assert_false(pil__unbase64("Zm9\0", 4, (char[3]){0}, &(size_t){0}));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hex),
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_wrong),
    };

    return cmocka_run_group_tests_name("encode", tests, NULL, NULL);
}
