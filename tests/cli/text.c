/* Text made fit for terminals: UTF-8, what is shown of it, and how wide. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/memory.h"
#include "cli/text.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
decode(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
        uint32_t character;
    } rows[] = {
        {"a", 1, 'a'},
        {"\xC2\x80", 2, 0x80},
        {"\xDF\xBF", 2, 0x7FF},
        {"\xE0\xA0\x80", 3, 0x800},
        {"\xED\x9F\xBF", 3, 0xD7FF},
        {"\xEE\x80\x80", 3, 0xE000},
        {"\xF0\x90\x80\x80", 4, 0x10000},
        {"\xF4\x8F\xBF\xBF", 4, 0x10FFFF},
        {"", 0, 0},
        {"\x80", 0, 0},             /* a tail without a head */
        {"\xC1\xBF", 0, 0},         /* overlong */
        {"\xE0\x9F\xBF", 0, 0},     /* overlong */
        {"\xF0\x8F\xBF\xBF", 0, 0}, /* overlong */
        {"\xED\xA0\x80", 0, 0},     /* a surrogate */
        {"\xF4\x90\x80\x80", 0, 0}, /* beyond U+10FFFF */
        {"\xF8\x88\x80\x80\x80", 0, 0},
        {"\xE2\x82", 0, 0}, /* cut short */
        {"\xE2z\x82", 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        uint32_t character = 0;

        assert_int_equal(
            cli_text_decode(&character, rows[i].bytes, strlen(rows[i].bytes)),
            rows[i].size);
        assert_int_equal(character, rows[i].character);
    }
}

static void
check_shown(const char *text, bool ascii, const char *expected)
{
    cli_buffer buffer;

    cli_buffer_open(&buffer);
    cli_text_show(buffer.file, text, ascii);
    assert_string_equal(cli_buffer_text(&buffer), expected);
    cli_buffer_close(&buffer);
}

static void
show(void **state)
{
    (void)state;
    check_shown("plain text", false, "plain text");
    check_shown("", false, "");
    check_shown("\033[31mred\007\t\n\177", false,
                "\\x1b[31mred\\x07\\x09\\x0a\\x7f");
    check_shown("\xC2\x9B"
                "31m",
                false, "\\x9b31m");
    check_shown("a\xE2\x80\xAE"
                "b\xE2\x81\xA6\xE2\x80\xA8",
                false, "a\\u{202e}b\\u{2066}\\u{2028}");
    check_shown("bad \xFF\xC2", false, "bad \\xff\\xc2");
    check_shown("\xC3\xA9\xE6\x97\xA5", false, "\xC3\xA9\xE6\x97\xA5");
    check_shown("\xC3\xA9\xE6\x97\xA5", true, "\\u{00e9}\\u{65e5}");
}

static void
mend(void **state)
{
    cli_buffer buffer;

    (void)state;
    assert_true(cli_text_valid("\xC3\xA9"));
    assert_false(cli_text_valid("\xC3"));
    cli_buffer_open(&buffer);
    cli_text_mend(buffer.file, "a\xFF\xC3\xA9\xE6\x97");
    assert_string_equal(cli_buffer_text(&buffer),
                        "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD");
    cli_buffer_close(&buffer);
}

static void
width(void **state)
{
    (void)state;
    assert_int_equal(cli_text_width(""), 0);
    assert_int_equal(cli_text_width("abc"), 3);
    assert_int_equal(cli_text_width("\xC3\xA9"), 1);
    assert_int_equal(cli_text_width("\xE6\x97\xA5\xE6\x9C\xAC"), 4);
    assert_int_equal(cli_text_width("e\xCC\x81"), 1); /* a combining accent */
}

static void
check_cut(const char *text, size_t columns, bool ascii, const char *expected,
          size_t used)
{
    cli_buffer buffer;

    cli_buffer_open(&buffer);
    assert_int_equal(cli_text_cut(buffer.file, text, columns, ascii), used);
    assert_string_equal(cli_buffer_text(&buffer), expected);
    cli_buffer_close(&buffer);
}

static void
cut(void **state)
{
    (void)state;
    check_cut("abcdef", 6, false, "abcdef", 6);
    check_cut("abcdef", 5, false, "abcd\xE2\x80\xA6", 5);
    check_cut("abcdef", 5, true, "abcd~", 5);
    check_cut("abcdef", 1, false, "\xE2\x80\xA6", 1);
    check_cut("abcdef", 0, false, "", 0);
    check_cut("", 0, false, "", 0);
    /* A wide character does not fit in the one column left. */
    check_cut("\xE6\x97\xA5\xE6\x9C\xAC", 4, false, "\xE6\x97\xA5\xE6\x9C\xAC",
              4);
    check_cut("\xE6\x97\xA5\xE6\x9C\xAC", 3, false, "\xE6\x97\xA5\xE2\x80\xA6",
              3);
    check_cut("\xE6\x97\xA5\xE6\x9C\xAC", 2, false, "\xE2\x80\xA6", 1);
}

/* What was written before is not in the way of what comes after. */
static void
buffer(void **state)
{
    cli_buffer b;

    (void)state;
    cli_buffer_open(&b);
    assert_string_equal(cli_buffer_text(&b), "");
    cli_buffer_rewind(&b);
    (void)fputs("a long text", b.file);
    assert_string_equal(cli_buffer_text(&b), "a long text");
    cli_buffer_rewind(&b);
    (void)fputs("short", b.file);
    assert_string_equal(cli_buffer_text(&b), "short");
    cli_buffer_rewind(&b);
    assert_string_equal(cli_buffer_text(&b), "");
    cli_buffer_close(&b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decode), cmocka_unit_test(show),
        cmocka_unit_test(mend),   cmocka_unit_test(width),
        cmocka_unit_test(cut),    cmocka_unit_test(buffer),
    };

    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
