/* What each option comes to, and from where; secrets in texts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/settings.h"

#include "core/base/alloc.h"
#include "tests/support/probe.h"

#include <stdlib.h>

static const char *const key_variables[] = {"TEST_KEY_FIRST", "TEST_KEY", NULL};

static const pileus_option_info declared[] = {
    {.name = "key",
     .type = PIL__OPTION_STRING,
     .secret = true,
     .required = true,
     .environment = key_variables},
    {.name = "pages", .type = PIL__OPTION_INTEGER, .default_value = "7"},
    {.name = "region", .type = PIL__OPTION_STRING},
};

static pileus_code
settle(pil__settings **settings, const pileus_options *options,
       pileus_error **err)
{
    return pil__settings_new(settings, "acme", declared, 3, options, err);
}

static void
test_order(void **state)
{
    pileus_options *options = NULL;
    pil__settings *settings = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(settle(&settings, NULL, &err), PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "driver 'acme' needs the option 'key': give it, or set the "
                 "environment variable TEST_KEY_FIRST");
    assert_null(settings);

    (void)setenv("TEST_KEY", "from the second", 1);
    (void)setenv("TEST_KEY_FIRST", "", 1); /* as if unset */
    expect_ok(settle(&settings, NULL, &err), err);
    assert_string_equal(pil__settings_get(settings, "key")->value,
                        "from the second");
    assert_string_equal(pil__settings_get(settings, "key")->source,
                        "environment");
    assert_int_equal(pil__settings_get(settings, "pages")->number, 7);
    assert_string_equal(pil__settings_get(settings, "pages")->source,
                        "default");
    assert_null(pil__settings_get(settings, "region"));
    pil__settings_free(settings);

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "key", "given", &err), err);
    expect_ok(pileus_options_set(options, "pages", "3", &err), err);
    expect_ok(settle(&settings, options, &err), err);
    assert_string_equal(pil__settings_get(settings, "key")->value, "given");
    assert_string_equal(pil__settings_get(settings, "key")->source, "caller");
    assert_int_equal(pil__settings_get(settings, "pages")->number, 3);
    pil__settings_free(settings);
    pil__settings_free(NULL);
    pileus_options_free(options);
    pileus_options_free(NULL);
    (void)unsetenv("TEST_KEY");
    (void)unsetenv("TEST_KEY_FIRST");
}

static void
provide(pil__settings *settings, const char *name, const char *value)
{
    pileus_error *err = NULL;

    expect_ok(pil__settings_provide(settings, "acme", name, value,
                                    "acme.ini, line 3", &err),
              err);
}

/* What a file of the provider's own says is below what the user says here. */
static void
test_provided(void **state)
{
    pileus_options *options = NULL;
    pil__settings *settings = NULL;
    pil__text text = {0};
    pileus_error *err = NULL;

    (void)state;
    (void)setenv("TEST_KEY", "of the environment", 1);
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "pages", "3", &err), err);
    expect_ok(settle(&settings, options, &err), err);
    provide(settings, "key", "of the file");
    provide(settings, "pages", "9");
    provide(settings, "region", "here");
    assert_string_equal(pil__settings_get(settings, "key")->value,
                        "of the file");
    assert_string_equal(pil__settings_get(settings, "key")->source, "file");
    assert_int_equal(pil__settings_get(settings, "pages")->number, 3);
    assert_string_equal(pil__settings_get(settings, "pages")->source, "caller");
    pil__redact(&text, &settings->secrets, NULL, "x of the file x", 15);
    assert_string_equal(text.data, "x [secret] x");
    pil__text_free(&text);
    provide(settings, "region", NULL);
    provide(settings, "region", NULL);
    assert_null(pil__settings_get(settings, "region"));
    assert_int_equal(
        pil__settings_provide(settings, "acme", "page", "1", "acme.ini", &err),
        PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, "provides the option 'page'");
    pil__settings_free(settings);

    settings = NULL;
    expect_ok(settle(&settings, NULL, &err), err);
    assert_int_equal(pil__settings_provide(settings, "acme", "pages", "many",
                                           "acme.ini, line 3", &err),
                     PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "driver 'acme', from acme.ini, line 3: ");
    assert_null(pil__settings_get(settings, "pages"));
    pil__settings_free(settings);
    pileus_options_free(options);
    (void)unsetenv("TEST_KEY");
}

/* A driver may use a file's secret although the option is given. */
static void
test_provided_in_vain(void **state)
{
    pileus_options *options = NULL;
    pil__settings *settings = NULL;
    pil__text text = {0};
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "key", "of the caller", &err), err);
    expect_ok(settle(&settings, options, &err), err);
    provide(settings, "key", "of the file");
    assert_string_equal(pil__settings_get(settings, "key")->value,
                        "of the caller");
    pil__redact(&text, &settings->secrets, NULL, "of the file of the caller",
                25);
    assert_string_equal(text.data, "[secret] [secret]");
    pil__text_free(&text);
    pil__settings_free(settings);
    pileus_options_free(options);
}

static void
test_bad_options(void **state)
{
    pileus_options *options = NULL;
    pil__settings *settings = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_options_new(&options, &err), err);
    assert_int_equal(pileus_options_set(options, NULL, "x", &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    expect_ok(pileus_options_set(options, "zone", "x", &err), err);
    assert_int_equal(settle(&settings, options, &err), PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "driver 'acme' has no option 'zone' (caller): it takes key, "
                 "pages, region");
    assert_int_equal(
        pil__settings_new(&settings, "bare", NULL, 0, options, &err),
        PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION, "it takes none");
    pileus_options_free(options);

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "key", "k", &err), err);
    expect_ok(pileus_options_set(options, "pages", "all", &err), err);
    assert_int_equal(settle(&settings, options, &err), PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION,
                 "driver 'acme', from caller: option 'pages' takes");
    assert_int_equal(settle(&settings, options, NULL), PILEUS_CONFIGURATION);
    pileus_options_free(options);
}

/* Secret options are known as such; what they look like, tests/config/redact
 * sees. */
static void
test_secrets(void **state)
{
    static const char text[] = "key hunter2, pages all";
    pileus_options *options = NULL;
    pil__settings *settings = NULL;
    pileus_error *err = NULL;
    pil__text clean = {0};

    (void)state;
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "key", "hunter2", &err), err);
    expect_ok(settle(&settings, options, &err), err);
    pil__redact(&clean, &settings->secrets, NULL, text, strlen(text));
    assert_string_equal(clean.data, "key [secret], pages all");
    pil__text_free(&clean);
    pil__settings_free(settings);
    pileus_options_free(options);
}

/* The password of a URL is a secret by itself, as it is sent. */
static void
test_password_in_url(void **state)
{
    static const char *const values[][3] = {
        {"http://me:s%2Fcret@proxy.example:3128/", "Basic bWU6cy9jcmV0",
         "Basic bWU6[secret]"},
        {"http://me:s%2Fcret@proxy.example", "me:s/cret", "me:[secret]"},
        {"http://me:s%2Fcret@proxy.example",
         "to http://me:s%2Fcret@proxy.example", "to [secret]"},
        {"http://me@proxy.example", "me@proxy.example", "me@proxy.example"},
        {"http://:@proxy.example", "a:@b", "a:@b"},
        {"http://proxy.example/a:b@c", "a:b@c", "a:b@c"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        pileus_options *options = NULL;
        pil__settings *settings = NULL;
        pileus_error *err = NULL;
        pil__text clean = {0};

        expect_ok(pileus_options_new(&options, &err), err);
        expect_ok(pileus_options_set(options, "key", values[i][0], &err), err);
        expect_ok(settle(&settings, options, &err), err);
        pil__redact(&clean, &settings->secrets, NULL, values[i][1],
                    strlen(values[i][1]));
        assert_string_equal(clean.data, values[i][2]);
        pil__text_free(&clean);
        pil__settings_free(settings);
        pileus_options_free(options);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_provided),
        cmocka_unit_test(test_provided_in_vain),
        cmocka_unit_test(test_bad_options),
        cmocka_unit_test(test_secrets),
        cmocka_unit_test(test_password_in_url),
    };

    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
