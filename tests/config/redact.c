/* Texts without secrets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/redact.h"

#include "tests/support/alloc.h"
#include "tests/support/expect.h"

#include <string.h>

static void
check(const char *secret, const char *text, const char *expected)
{
    pil__redactor redactor = {0};
    pil__text clean = {0};

    assert_true(pil__redactor_add(&redactor, secret, strlen(secret)));
    pil__redact(&clean, NULL, &redactor, text, strlen(text));
    assert_string_equal(clean.data, expected);
    pil__text_free(&clean);
    pil__redactor_free(&redactor);
}

static void
test_places(void **state)
{
    (void)state;
    check("hunter2", "nothing here", "nothing here");
    check("hunter2", "", "");
    check("hunter2", "hunter2", "[secret]");
    check("hunter2", "x=hunter2&y=hunter2!", "x=[secret]&y=[secret]!");
    check("hunter2", "hunter", "hunter");
    check("aaaa", "aaaaaaaaa", "[secret][secret]a");
    check("abc", "abc stays: too short to hide",
          "abc stays: too short to hide");
}

/* The same secret as URLs, forms, JSON, XML and base64 have it. */
static void
test_forms(void **state)
{
    static const char secret[] = "a/b \"<\xc3\xa9>&\\\n\x01";

    (void)state;
    check(secret, secret, "[secret]");
    check(secret, "?a%2Fb%20%22%3C%C3%A9%3E%26%5C%0A%01.", "?[secret].");
    check(secret, "?a%2fb%20%22%3c%c3%a9%3e%26%5c%0a%01.", "?[secret].");
    check(secret, "a%2Fb+%22%3C%C3%A9%3E%26%5C%0A%01", "[secret]");
    check(secret, "\"a/b \\\"<\xc3\xa9>&\\\\\\n\\u0001\"", "\"[secret]\"");
    check(secret, "\"a\\/b \\\"<\xc3\xa9>&\\\\\\n\\u0001\"", "\"[secret]\"");
    check(secret, "a/b &quot;&lt;\xc3\xa9&gt;&amp;\\\n\x01", "[secret]");
    check(secret, "Basic YS9iICI8w6k+JlwKAQ==", "Basic [secret]");
}

/* Mixed, of other tools' making, and what only looks like a shape. */
static void
test_shapes(void **state)
{
    (void)state;
    check("a/b c\"", "\\u0061\\u002Fb%20c&#34;", "[secret]");
    check("a&b<c\\", "<b>a&amp;b&lt;c\\</b>", "<b>[secret]</b>");
    check("a%2fb", "a%2fb or a%252fb", "[secret] or [secret]");
    check("a\nb\\c", "a\\nb\\\\c", "[secret]");
    /* JSON within JSON within JSON. */
    check("a\"b\\c/", "a\\\"b\\\\c\\/", "[secret]");
    check("a\"b\\c/", "a\\\\\\\"b\\\\\\\\c\\\\\\/", "[secret]");
    check("a\\\\b", "a\\\\\\\\b a\\\\b", "[secret] [secret]");
    check("a\\bc", "a\\u005Cbc", "[secret]");
    check("a+b+c", "a+b+c a%2Bb%2bc", "[secret] [secret]");
    check("a/b!", "%61%2F%62%21 a%2", "[secret] a%2");
    /* References by number. */
    check("a<b>", "&#97;&#x3c;&#X62;&#0062; &#97;", "[secret] &#97;");
    check("a<b>", "&#97;&#x3c;&#x62;&#62 &#x;&#;&#",
          "&#97;&#x3c;&#x62;&#62 &#x;&#;&#");
    /* Characters of several bytes, by number. */
    check("p\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80",
          "\"p\\u00e9\\u20AC\\ud83d\\ude00\" p&#233;&#x20ac;&#128512;",
          "\"[secret]\" [secret]");
    check("p\xc3\xa9\xf0\x9f\x98\x80!", "\"p\\\\u00e9\\\\ud83d\\\\ude00!\"",
          "\"[secret]\"");
    check("p\xc3\xa9\xe2\x82\xac", "p\\u00e9\\ud83d p\\u00e9\\udc00",
          "p\\u00e9\\ud83d p\\u00e9\\udc00");
}

/* At the beginning, behind one and behind two bytes; in both alphabets, and in
 * a URL; and of what was encoded before. */
static void
test_base64(void **state)
{
    (void)state;
    check("hunter2", "aHVudGVyMg==", "[secret]");
    check("hunter2", "Omh1bnRlcjI6", "O[secret]6");
    check("hunter2", "dTpodW50ZXIy", "dT[secret]");
    check("hunter2", "aGVsbG8gd29ybGQ=", "aGVsbG8gd29ybGQ=");
    check("?\?\?>>>", "Pz8%2FPj4%2B", "[secret]");
    check("?\?\?>>>", "Pz8\\/Pj4+", "[secret]");
    check("?\?\?>>>", "Pz8_Pj4-", "[secret]");
    check("a/b!", "x=YSUyRmIh", "x=[secret]");
}

static void
test_cut(void **state)
{
    (void)state;
    check("hunter2", "the hunte" PIL__TEXT_CUT, "the [secret]" PIL__TEXT_CUT);
    check("hunter2", "the hun" PIL__TEXT_CUT, "the hun" PIL__TEXT_CUT);
    check("hunter2", "hunter" PIL__TEXT_CUT " and hunter2",
          "[secret]" PIL__TEXT_CUT " and [secret]");
    check("hunter2", "aHVudGU" PIL__TEXT_CUT, "[secret]" PIL__TEXT_CUT);
    /* In the middle of a shape. */
    check("hunt/er", "hunt%2" PIL__TEXT_CUT, "[secret]" PIL__TEXT_CUT);
    check("hunt/er", "hunt%" PIL__TEXT_CUT, "[secret]" PIL__TEXT_CUT);
    check("hunt/er", "hunt\\u002" PIL__TEXT_CUT, "[secret]" PIL__TEXT_CUT);
    check("hunt&er", "hunt&am" PIL__TEXT_CUT, "[secret]" PIL__TEXT_CUT);
}

/* A long one, in a long text of what might all be base64: both take no time to
 * speak of. */
static void
test_long(void **state)
{
    static char secret[65537];
    static char text[262145];
    pil__redactor redactor = {0};
    pil__text clean = {0};

    (void)state;
    memset(secret, '%', sizeof secret - 1);
    for (size_t i = 0; i < sizeof text - 1; i++) {
        text[i] = "JSUl"[i % 4]; /* of "%%%" */
    }
    secret[100] = '!';
    assert_true(pil__redactor_add(&redactor, secret, sizeof secret - 1));
    pil__redact(&clean, &redactor, NULL, text, sizeof text - 1);
    assert_int_equal(clean.length, sizeof text - 1);
    pil__text_free(&clean);
    pil__redactor_free(&redactor);
}

/* Of two that begin alike, the longer one is looked for first. */
static void
test_several(void **state)
{
    static const char text[] = "secret, secret-key, other";
    pil__redactor one = {0};
    pil__redactor other = {0};
    pil__text clean = {0};

    (void)state;
    assert_true(pil__redactor_add(&one, "secret", 6));
    assert_true(pil__redactor_add(&one, "secret-key", 10));
    assert_true(pil__redactor_add(&one, "secret-key", 10));
    assert_true(pil__redactor_add(&other, "other", 5));
    pil__redact(&clean, &one, &other, text, strlen(text));
    assert_string_equal(clean.data, "[secret], [secret], [secret]");
    pil__text_free(&clean);
    pil__redactor_free(&one);
    pil__redactor_free(&other);
    pil__redactor_free(NULL);
}

static pileus_code
know(void *user)
{
    pil__redactor redactor = {0};
    bool known = pil__redactor_add(&redactor, user, strlen(user));

    pil__redactor_free(&redactor);
    return known ? PILEUS_OK : PILEUS_NO_MEMORY;
}

static void
test_no_memory(void **state)
{
    char secret[] = "hunter2/";

    (void)state;
    fail_each_allocation(know, secret);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),  cmocka_unit_test(test_forms),
        cmocka_unit_test(test_shapes),  cmocka_unit_test(test_base64),
        cmocka_unit_test(test_cut),     cmocka_unit_test(test_long),
        cmocka_unit_test(test_several), cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
