/* URLs with names in braces, which values are put for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *
value_of(void *user, const char *name)
{
    (void)user;
    return strcmp(name, "region") == 0  ? "eu-1"
           : strcmp(name, "empty") == 0 ? ""
           : strcmp(name, "path") == 0  ? "a/b"
                                        : NULL;
}

static void
test_filled(void **state)
{
    static const char *const filled[][2] = {
        {"https://a.example/v1", "https://a.example/v1"},
        {"https://a.{region}.example", "https://a.eu-1.example"},
        {"https://{region}-{region}.example/{region}",
         "https://eu-1-eu-1.example/eu-1"},
        {"https://a.example/}", "https://a.example/}"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof filled / sizeof filled[0]; i++) {
        char name[PIL__URL_NAME_SIZE];
        pil__text url = {0};

        assert_true(pil__url_fill(&url, filled[i][0], value_of, NULL, name));
        assert_string_equal(url.data, filled[i][1]);
        pil__text_free(&url);
    }
}

/* A value that would change more than its place, none, and what is no name. */
static void
test_not_filled(void **state)
{
    static const char *const wrong[][2] = {
        {"https://a.{zone}.example", "zone"},
        {"https://a.{empty}.example", "empty"},
        {"https://a.example/{path}", "path"},
        {"https://a.{}.example", ""},
        {"https://a.{region", ""},
        {"https://{region}.{zone}", "zone"},
        {"https://{0123456789012345678901234567890123456789012345678901234567"
         "890123}",
         ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char name[PIL__URL_NAME_SIZE];
        pil__text url = {0};

        assert_false(pil__url_fill(&url, wrong[i][0], value_of, NULL, name));
        assert_string_equal(name, wrong[i][1]);
        pil__text_free(&url);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_filled),
        cmocka_unit_test(test_not_filled),
    };

    return cmocka_run_group_tests_name("base/url", tests, NULL, NULL);
}
