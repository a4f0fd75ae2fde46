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
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_several),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
