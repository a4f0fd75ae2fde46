/* Asking for a driver by name, and being told why there is none. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"

#include "tests/driver/fixture.h"

#include <stdlib.h>
#include <unistd.h>

/* The name is refused with these words, which may be NULL: any. The message,
 * good until the next call. */
static const char *
refuse(pileus_context *ctx, const char *name, pileus_code code,
       const char *words)
{
    pileus_driver_info *info = NULL;
    pileus_error *err = NULL;
    const char *message;

    assert_int_equal(pil__context_find(&info, ctx, name, &err), code);
    assert_null(info);
    message = text_of("%s", pileus_error_message(err));
    print_message("%s\n", message);
    assert_null(strchr(message, '\n'));
    expect_error(&err, code, words);
    assert_int_equal(pil__context_find(&info, ctx, name, NULL), code);
    return message;
}

static void
expect_found(pileus_context *ctx, const char *name, const char *directory)
{
    pileus_driver_info *info = NULL;
    pileus_error *err = NULL;

    expect_ok(pil__context_find(&info, ctx, name, &err), err);
    assert_string_equal(pileus_driver_name(info), name);
    assert_string_equal(pileus_driver_manifest_path(info),
                        path_of(directory, text_of("%s.json", name)));
    pil__manifest_unref(info);
}

static void
test_found(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);

    (void)state;
    write_manifest(two, NULL);
    expect_found(ctx, "mock", two);
    write_manifest(one, NULL);
    expect_found(ctx, "mock", one);
    pileus_context_unref(ctx);
}

static void
test_nearest(void **state)
{
    const char *directory = fresh_directory();
    const char *gone = fresh_directory();
    pileus_context *ctx = context_of(directory, gone, NULL);
    const char *message;

    (void)state;
    assert_int_equal(rmdir(gone), 0);
    write_manifest(directory, NULL);
    message = refuse(ctx, "mokc", PILEUS_NOT_FOUND,
                     "there is no driver 'mokc' (did you mean 'mock'?)");
    assert_non_null(
        strstr(message, text_of("searched: %s, %s", directory, gone)));
    assert_non_null(strstr(message, "; install the driver's package or name "
                                    "its directory in PILEUS_DRIVER_PATH"));
    pileus_context_unref(ctx);
}

static void
test_none_near(void **state)
{
    const char *directory = fresh_directory();
    pileus_context *ctx = context_of(directory, NULL);

    (void)state;
    (void)refuse(ctx, "zzz", PILEUS_NOT_FOUND, "(none at all was found)");
    write_manifest(directory, NULL);
    (void)refuse(ctx, "zzz", PILEUS_NOT_FOUND, "(there are: mock);");
    for (int i = 10; i < 24; i++) {
        write_other(directory, text_of("driver%d", i));
    }
    (void)refuse(ctx, "zzz", PILEUS_NOT_FOUND,
                 "(there are: driver10, driver11, driver12, driver13, "
                 "driver14, driver15, driver16, driver17, driver18, driver19, "
                 "driver20, driver21, and more);");
    pileus_context_unref(ctx);
}

/* However many directories there are, the sentence comes to its end. */
static void
test_many_directories(void **state)
{
    pileus_context *ctx = context_of(NULL);
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 40; i++) {
        expect_ok(pileus_context_add_directory(
                      ctx, text_of("/no-such-directory-%0200d", i), &err),
                  err);
    }
    (void)refuse(ctx, "zzz", PILEUS_NOT_FOUND,
                 ", and more; install the driver's package or name its "
                 "directory in PILEUS_DRIVER_PATH");
    pileus_context_unref(ctx);
}

static void
test_wrong_names(void **state)
{
    static const char *const wrong[] = {"Mock", "mo-ck", "1mock", "mock.json",
                                        "mock "};
    static const char *const unspeakable[] = {"m\nock", "a/\x1B[2J", "\xFF"};
    pileus_context *ctx = context_of(NULL);
    char *large = test_malloc(1048577);

    (void)state;
    (void)refuse(ctx, NULL, PILEUS_INVALID_ARGUMENT, "no driver is named");
    (void)refuse(ctx, "", PILEUS_INVALID_ARGUMENT, "no driver is named");
    (void)refuse(ctx, "../mock", PILEUS_INVALID_ARGUMENT,
                 "'../mock' is a path, not a driver's name");
    (void)refuse(ctx, "/usr/lib/mock.so", PILEUS_INVALID_ARGUMENT,
                 "is a path, not a driver's name");
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        (void)refuse(ctx, wrong[i], PILEUS_INVALID_ARGUMENT,
                     "cannot be a driver's name");
    }
    for (size_t i = 0; i < sizeof unspeakable / sizeof unspeakable[0]; i++) {
        (void)refuse(ctx, unspeakable[i], PILEUS_INVALID_ARGUMENT,
                     "is too long, or no plain text");
    }
    memset(large, 'a', 1048576);
    large[1048576] = '\0';
    (void)refuse(ctx, large, PILEUS_INVALID_ARGUMENT,
                 "is too long, or no plain text");
    test_free(large);
    pileus_context_unref(ctx);
}

/* What is broken is told as such, not as missing. */
static void
test_refusal(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);

    (void)state;
    write_manifest(one, "threads", "7", NULL);
    write_manifest(two, "type", NULL, NULL);
    (void)refuse(ctx, "mock", PILEUS_CONFIGURATION,
                 text_of("%s/mock.json cannot be used, mend it or install the "
                         "driver again: \"threads\"",
                         one));
    assert_int_equal(unlink(path_of(one, "mock.json")), 0);
    (void)refuse(ctx, "mock", PILEUS_CONFIGURATION, "\"type\" is missing");
    /* One that is good is better than two that are not. */
    write_manifest(one, "threads", "7", NULL);
    write_manifest(two, NULL);
    expect_found(ctx, "mock", two);
    pileus_context_unref(ctx);
}

static void
test_unsafe_directory(void **state)
{
    const char *directory = fresh_directory();
    pileus_context *ctx = context_of(directory, NULL);

    (void)state;
    assert_int_equal(chmod(directory, 0777), 0);
    write_manifest(directory, NULL);
    (void)refuse(ctx, "mock", PILEUS_CONFIGURATION,
                 text_of("%s can be written by others (mode 0777): chmod go-w "
                         "it",
                         directory));
    /* It is no reason for a name that is not there. */
    (void)refuse(ctx, "other", PILEUS_NOT_FOUND, "there is no driver 'other'");
    pileus_context_unref(ctx);
}

static void
test_hidden(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);

    (void)state;
    write_text(path_of(one, "mock.json"), "");
    write_manifest(two, NULL);
    (void)refuse(ctx, "mock", PILEUS_NOT_FOUND,
                 text_of("the driver 'mock' is hidden by the empty file "
                         "%s/mock.json: remove that file to have it back",
                         one));
    pileus_context_unref(ctx);
}

static void
keep_line(void *user, pileus_log_level level, const char *driver,
          const char *message)
{
    assert_int_equal(level, PILEUS_LOG_INFO);
    assert_null(driver);
    (void)snprintf(user, 1024, "%s", message);
}

/* What was passed over on the way to a driver is logged. */
static void
test_log(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);
    char line[1024] = "";

    (void)state;
    write_manifest(one, "abi", "1", NULL);
    write_manifest(two, NULL);
    pileus_context_set_log(ctx, PILEUS_LOG_INFO, keep_line, line);
    expect_found(ctx, "mock", two);
    assert_non_null(strstr(line, path_of(one, "mock.json")));
    assert_non_null(strstr(line, "\"abi\" must be"));
    pileus_context_unref(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_none_near),
        cmocka_unit_test(test_many_directories),
        cmocka_unit_test(test_wrong_names),
        cmocka_unit_test(test_refusal),
        cmocka_unit_test(test_unsafe_directory),
        cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_log),
    };

    return cmocka_run_group_tests_name("find", tests, fixture_begin,
                                       fixture_end);
}
