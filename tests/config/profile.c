/* Profiles: read from the user's file, and refused when it cannot be trusted.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char path[64];

static int
set_up(void **state)
{
    int fd;

    (void)state;
    (void)snprintf(path, sizeof path, "/tmp/pileus-profiles-XXXXXX");
    fd = mkstemp(path);
    if (fd < 0 || setenv("PILEUS_PROFILES", path, 1) != 0) {
        return -1;
    }
    return close(fd);
}

static int
tear_down(void **state)
{
    (void)state;
    return unlink(path);
}

static void
write_file(const char *text, mode_t mode)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, mode), 0);
}

static pileus_code
open_profile(pileus_connection **conn, const char *profile, pileus_error **err)
{
    pileus_context *ctx = probe_context();
    pileus_options *options = NULL;
    const char *driver = NULL;
    pileus_code code = pileus_options_new(&options, err);

    if (code == PILEUS_OK) {
        code = pileus_options_set_profile(options, profile, &driver, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(conn, ctx, driver, options, NULL, err);
    }
    pileus_options_free(options);
    pileus_context_unref(ctx);
    return code;
}

static const char good[] = "{\"home\": {\"driver\": \"probe\", \"options\": "
                           "{\"act\": \"x\", \"count\": 4}},\n"
                           " \"bare\": {\"driver\": \"probe\"},\n"
                           " \"keyed\": {\"driver\": \"probe\", \"options\": "
                           "{\"secret\": \"sesame\"}}}";

static void
test_good(void **state)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    const char *source = NULL;

    (void)state;
    write_file(good, 0600);
    expect_ok(open_profile(&conn, "home", &err), err);
    assert_string_equal(pileus_connection_name(conn), "home");
    assert_string_equal(pileus_connection_driver(conn), "probe");
    assert_string_equal(pileus_connection_option(conn, "count", &source), "4");
    assert_string_equal(source, "profile");
    pileus_connection_unref(conn);
    expect_ok(open_profile(&conn, "bare", &err), err);
    pileus_connection_unref(conn);
    expect_ok(open_profile(&conn, "keyed", &err), err);
    pileus_connection_unref(conn);
}

static void
test_caller_comes_first(void **state)
{
    pileus_context *ctx = probe_context();
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    const char *driver = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_file(good, 0600);
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "count", "5", &err), err);
    expect_ok(pileus_options_set_profile(options, "home", &driver, &err), err);
    assert_int_equal(pileus_options_set_profile(options, "bare", NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "once");
    expect_ok(pileus_connection_open(&conn, ctx, driver, options, NULL, &err),
              err);
    assert_string_equal(pileus_connection_option(conn, "count", NULL), "5");
    assert_string_equal(pileus_connection_option(conn, "act", NULL), "x");
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
}

static void
expect_refusal(const char *profile, const char *words)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    assert_int_equal(open_profile(&conn, profile, &err), PILEUS_CONFIGURATION);
    expect_error(&err, PILEUS_CONFIGURATION, words);
    assert_null(conn);
}

static void
test_bad_content(void **state)
{
    (void)state;
    write_file(good, 0600);
    expect_refusal("hom", "did you mean 'home'");
    expect_refusal("elsewhere", "there is no profile 'elsewhere'");
    write_file("{\"home\": ", 0600);
    expect_refusal("home", path);
    write_file("{\"home\": 5}", 0600);
    expect_refusal("home", "must be like");
    write_file("{\"home\": {\"driver\": \"probe\", \"options\": []}}", 0600);
    expect_refusal("home", "must be like");
    write_file("{\"home\": {\"driver\": \"probe\", \"options\": {\"act\": "
               "null}}}",
               0600);
    expect_refusal("home", "option 'act' of profile 'home'");
    write_file("{\"home\": {\"driver\": \"probe\", \"options\": {\"akt\": "
               "1}}}",
               0600);
    expect_refusal("home", "no option 'akt' (profile): did you mean 'act'");
}

static void
test_bad_file(void **state)
{
    (void)state;
    write_file(good, 0622);
    expect_refusal("home", "chmod go-w it");
    write_file(good, 0644); /* fine, unless there is a secret to read */
    expect_refusal("keyed", "chmod go-r it");
    assert_int_equal(setenv("PILEUS_PROFILES", "/nonexistent/file", 1), 0);
    expect_refusal("home", "profiles: /nonexistent/file cannot be read");
    assert_int_equal(setenv("PILEUS_PROFILES", "/tmp", 1), 0);
    expect_refusal("home", "not a regular file");
    assert_int_equal(setenv("PILEUS_PROFILES", path, 1), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_caller_comes_first),
        cmocka_unit_test(test_bad_content),
        cmocka_unit_test(test_bad_file),
    };

    return cmocka_run_group_tests_name("profile", tests, set_up, tear_down);
}
