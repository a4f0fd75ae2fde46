/* Requests and answers without secrets, by name and by value. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/scrub.h"
#include "tests/support/expect.h"

#include <string.h>

static char declared[] = "made-up";
static char *names[] = {declared};
static const pileus_http http = {.secrets = {names, 1, 1}};

static void
check(const char *body, const char *expected)
{
    pil__redactor values = {0};
    pil__scrub scrub = {&http, &values, NULL};
    pil__text clean = {0};

    assert_true(pil__redactor_add(&values, "hunter2", 7));
    pil__scrub_body(&clean, &scrub, body, strlen(body));
    assert_string_equal(clean.data, expected);
    pil__text_free(&clean);
    pil__redactor_free(&values);
}

static void
test_names(void **state)
{
    static const char *const secret[] = {
        "password",      "Password",     "root_pass", "ROOT-PASSWORD",
        "Authorization", "X-Auth-Token", "made-up",   "made_up",
        "MadeUp",        "private_key"};
    static const char *const plain[] = {"pass", "passwords", "nextToken", "",
                                        "name", "made",      "made-up2"};
    pil__scrub scrub = {&http, NULL, NULL};

    (void)state;
    for (size_t i = 0; i < sizeof secret / sizeof secret[0]; i++) {
        assert_true(pil__scrub_is_secret(&scrub, secret[i], strlen(secret[i])));
    }
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        assert_false(pil__scrub_is_secret(&scrub, plain[i], strlen(plain[i])));
    }
}

static void
test_json(void **state)
{
    (void)state;
    check("{\"name\": \"web\"}", "{\"name\": \"web\"}");
    check("{\"a\": {\"password\" :\n \"x\\\"y\" , \"b\": 1}}",
          "{\"a\": {\"password\" :\n \"[secret]\" , \"b\": 1}}");
    check("{\"made_up\":12,\"password\":\"\",\"secret\":null,\"sig\":true}",
          "{\"made_up\":\"[secret]\",\"password\":\"\",\"secret\":null,"
          "\"sig\":true}");
    /* A name of a secret that is a dict is a name, and no secret. */
    check("{\"token\": {\"id\": \"x\", \"secret\": \"y\"}}",
          "{\"token\": {\"id\": \"x\", \"secret\": \"[secret]\"}}");
    check("[\"password\", \"password\"]", "[\"password\", \"password\"]");
    check("{\"note\": \"it is hunter2\"}", "{\"note\": \"it is [secret]\"}");
    /* Broken off anywhere. */
    check("{\"password\": \"x", "{\"password\": \"[secret]\"");
    check("{\"password\": ", "{\"password\": ");
    check("{\"password\"", "{\"password\"");
    check("{\"password", "{\"password");
    check("{\"passw\\", "{\"passw\\");
    check("{\"password\": 1", "{\"password\": \"[secret]\"");
}

static void
test_xml(void **state)
{
    (void)state;
    check("<?xml version=\"1.0\"?><a><password>x</password><b>y</b></a>",
          "<?xml version=\"1.0\"?><a><password>[secret]</password><b>y</b>"
          "</a>");
    check("<n:privateKey type=\"t\">x\ny</n:privateKey>",
          "<n:privateKey type=\"t\">[secret]</n:privateKey>");
    check("<password/><secret></secret><b>hunter2</b>",
          "<password/><secret></secret><b>[secret]</b>");
    check("<secret><a>x</a></secret>", "<secret><a>x</a></secret>");
    check("<password>x", "<password>[secret]");
    check("<password", "<password");
    check("<", "<");
}

static void
test_forms(void **state)
{
    (void)state;
    check("command=list&api%4Bey=x&password=y",
          "command=list&api%4Bey=[secret]&password=[secret]");
    check("signature=a%2Bb&a=hunter2&password=&b",
          "signature=[secret]&a=[secret]&password=&b");
    check("password=x&", "password=[secret]&");
    check("=x", "=x");
}

static void
test_plain(void **state)
{
    (void)state;
    check("", "");
    check("no secret = no replacement", "no secret = no replacement");
    check("but hunter2 is one", "but [secret] is one");
}

static void
test_values(void **state)
{
    pil__redactor values = {0};
    pil__scrub scrub = {&http, NULL, &values};
    pil__text clean = {0};

    (void)state;
    assert_true(pil__redactor_add(&values, "hunter2", 7));
    pil__scrub_value(&clean, &scrub, "Cookie", "a=b");
    pil__scrub_value(&clean, &scrub, "Cookie", "");
    pil__scrub_value(&clean, &scrub, "Accept", "/hunter2");
    assert_string_equal(clean.data, "[secret]/[secret]");
    pil__text_free(&clean);
    pil__redactor_free(&values);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names), cmocka_unit_test(test_json),
        cmocka_unit_test(test_xml),   cmocka_unit_test(test_forms),
        cmocka_unit_test(test_plain), cmocka_unit_test(test_values),
    };

    return cmocka_run_group_tests_name("scrub", tests, NULL, NULL);
}
