/* UTF-8: what is well-formed, clean, and how the rest is mended. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/utf8.h"

#include "tests/support/expect.h"

#include <stdlib.h>

#define U "\xEF\xBF\xBD" /* what stands for a bad byte */

static const struct {
    const char *text;
    size_t size;
    bool valid;
    bool plain;
    const char *mended;
} cases[] = {
    {"", 0, true, true, ""},
    {"web-1", 5, true, true, "web-1"},
    {"gr\xC3\xBC\xC3\x9F", 6, true, true, "gr\xC3\xBC\xC3\x9F"},
    {"\xC2\x80", 2, true, true, "\xC2\x80"},
    {"\xDF\xBF", 2, true, true, "\xDF\xBF"},
    {"\xE0\xA0\x80", 3, true, true, "\xE0\xA0\x80"},
    {"\xED\x9F\xBF", 3, true, true, "\xED\x9F\xBF"},
    {"\xEE\x80\x80", 3, true, true, "\xEE\x80\x80"},
    {"\xF0\x90\x80\x80", 4, true, true, "\xF0\x90\x80\x80"},
    {"\xF4\x8F\xBF\xBF", 4, true, true, "\xF4\x8F\xBF\xBF"},
    /* control characters are valid, but not plain */
    {"a\nb", 3, true, false, "a\nb"},
    {"a\tb", 3, true, false, "a\tb"},
    {"a\x7F", 2, true, false, "a\x7F"},
    {"a\0b", 3, true, false, "a" U "b"},
    {"\0", 1, true, false, U},
    /* overlong */
    {"\xC0\x80", 2, false, false, U U},
    {"\xC1\xBF", 2, false, false, U U},
    {"\xE0\x9F\xBF", 3, false, false, U U U},
    {"\xF0\x8F\xBF\xBF", 4, false, false, U U U U},
    /* surrogates, and beyond U+10FFFF */
    {"\xED\xA0\x80", 3, false, false, U U U},
    {"\xED\xBF\xBF", 3, false, false, U U U},
    {"\xF4\x90\x80\x80", 4, false, false, U U U U},
    {"\xF5\x80\x80\x80", 4, false, false, U U U U},
    {"\xFF", 1, false, false, U},
    /* cut short, by the end or by another character */
    {"\xC3", 1, false, false, U},
    {"\xE2\x82", 2, false, false, U U},
    {"\xF0\x9F\x98", 3, false, false, U U U},
    {"\xC3x", 2, false, false, U "x"},
    {"\xE2\x82x", 3, false, false, U U "x"},
    {"\xE2x\xAC", 3, false, false, U "x" U},
    {"\xF0\x9F\x98x", 4, false, false, U U U "x"},
    {"\xF0x\x98\x80", 4, false, false, U "x" U U},
    {"\xF0\x9Fx\x80", 4, false, false, U U "x" U},
    {"\x80", 1, false, false, U},
    {"a\xFF"
     "b",
     3, false, false, "a" U "b"},
};

static void
test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *copy = malloc(cases[i].size + 1); /* ends where the case ends */
        char mended[32] = "";
        size_t size;

        memcpy(copy, cases[i].text, cases[i].size);
        copy = realloc(copy, cases[i].size == 0 ? 1 : cases[i].size);
        assert_int_equal(pil__utf8_valid(copy, cases[i].size), cases[i].valid);
        assert_int_equal(pil__utf8_plain(copy, cases[i].size), cases[i].plain);
        size = pil__utf8_mend(NULL, copy, cases[i].size);
        assert_int_equal(size, strlen(cases[i].mended));
        assert_int_equal(pil__utf8_mend(mended, copy, cases[i].size), size);
        assert_string_equal(mended, cases[i].mended);
        assert_true(pil__utf8_valid(mended, size));
        free(copy);
    }
}

/* Every pair of bytes, and that mending leaves nothing to mend. */
static void
test_all_pairs(void **state)
{
    (void)state;
    for (int a = 0; a < 256; a++) {
        for (int b = 0; b < 256; b++) {
            char pair[] = {(char)a, (char)b};
            char mended[6];
            size_t size = pil__utf8_mend(mended, pair, 2);
            bool two = a >= 0xC2 && a <= 0xDF && b >= 0x80 && b <= 0xBF;

            assert_int_equal(pil__utf8_valid(pair, 2),
                             two || (a < 0x80 && b < 0x80));
            assert_true(size <= 6);
            assert_int_equal(pil__utf8_mend(NULL, mended, size), size);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_all_pairs),
    };

    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
