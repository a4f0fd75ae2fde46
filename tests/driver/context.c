/* Contexts: which directories they search in which order, and their logs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"

#include "tests/driver/fixture.h"

#include <stdlib.h>
#include <unistd.h>

/* Named directories, then PILEUS_DRIVER_PATH, then the user's. */
static void
test_order(void **state)
{
    const char *home = fresh_directory();
    const char *data = path_of(home, ".local/share/pileus/drivers");
    const char *first = fresh_directory();
    const char *second = fresh_directory();
    const char *named = fresh_directory();
    const char *all[] = {named, first, second, data};
    pileus_context *ctx;
    pileus_drivers *drivers;

    (void)state;
    assert_int_equal(mkdir(path_of(home, ".local"), 0755), 0);
    assert_int_equal(mkdir(path_of(home, ".local/share"), 0755), 0);
    assert_int_equal(mkdir(path_of(home, ".local/share/pileus"), 0755), 0);
    assert_int_equal(mkdir(data, 0755), 0);
    for (size_t i = 0; i < 4; i++) {
        write_manifest(all[i], NULL);
    }
    (void)setenv("HOME", home, 1);
    (void)setenv("PILEUS_DRIVER_PATH", text_of("%s:%s", first, second), 1);
    ctx = context_of(named, NULL);
    (void)setenv("HOME", "/nowhere", 1); /* is read at the beginning only */
    (void)unsetenv("PILEUS_DRIVER_PATH");
    for (size_t i = 0; i < 4; i++) {
        drivers = find_all(ctx);
        expect_in(drivers, "mock", all[i]);
        expect_notes(drivers, 3 - i);
        pileus_drivers_free(drivers);
        assert_int_equal(unlink(path_of(all[i], "mock.json")), 0);
    }
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    (void)unsetenv("HOME");
}

static void
test_data_home(void **state)
{
    const char *data = fresh_directory();
    const char *directory = path_of(data, "pileus/drivers");
    pileus_context *ctx;
    pileus_drivers *drivers;

    (void)state;
    assert_int_equal(mkdir(path_of(data, "pileus"), 0755), 0);
    assert_int_equal(mkdir(directory, 0755), 0);
    write_manifest(directory, NULL);
    (void)setenv("XDG_DATA_HOME", data, 1);
    (void)setenv("HOME", "/nowhere", 1);
    ctx = context_of(NULL);
    drivers = find_all(ctx);
    expect_in(drivers, "mock", directory);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    (void)setenv("XDG_DATA_HOME", "relative", 1);
    (void)setenv("HOME", "relative", 1);
    ctx = context_of(NULL);
    assert_int_equal(ctx->directory_count, 1);
    pileus_context_unref(ctx);
    (void)unsetenv("XDG_DATA_HOME");
    (void)unsetenv("HOME");
}

/* Never the working directory, neither by a stray colon nor by a relative
 * entry. */
static void
test_relative_entries(void **state)
{
    const char *directory = fresh_directory();
    pileus_context *ctx;
    pileus_drivers *drivers;

    (void)state;
    write_manifest(directory, NULL);
    assert_int_equal(chdir(directory), 0);
    (void)setenv("PILEUS_DRIVER_PATH", ":.:", 1);
    ctx = context_of(NULL);
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 0);
    expect_notes(drivers, 3);
    expect_note(drivers, "'.' in PILEUS_DRIVER_PATH is not an absolute path");
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    (void)setenv("PILEUS_DRIVER_PATH", "", 1);
    ctx = context_of(NULL);
    drivers = find_all(ctx);
    expect_notes(drivers, 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    (void)unsetenv("PILEUS_DRIVER_PATH");
    assert_int_equal(chdir("/"), 0);
}

/* The application may name one relative to where it is now. */
static void
test_relative_named(void **state)
{
    const char *parent = fresh_directory();
    const char *directory = path_of(parent, "drivers");
    pileus_context *ctx;
    pileus_drivers *drivers;

    (void)state;
    assert_int_equal(mkdir(directory, 0755), 0);
    write_manifest(directory, NULL);
    assert_int_equal(chdir(parent), 0);
    ctx = context_of("drivers", NULL);
    assert_int_equal(chdir("/"), 0);
    drivers = find_all(ctx);
    expect_in(drivers, "mock", directory);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

/* Where it is now may be gone. */
static void
test_relative_to_nowhere(void **state)
{
    const char *gone = fresh_directory();
    pileus_context *ctx = context_of(NULL);
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(chdir(gone), 0);
    assert_int_equal(rmdir(gone), 0);
    assert_int_equal(pileus_context_add_directory(ctx, "drivers", &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "give the directory 'drivers' by its absolute path");
    assert_int_equal(ctx->directory_count, 1);
    assert_int_equal(chdir("/"), 0);
    pileus_context_unref(ctx);
}

static void
test_wrong_arguments(void **state)
{
    pileus_context *ctx = context_of(NULL);
    pileus_drivers *drivers = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_context_new(NULL, &err), PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "ctx is NULL");
    assert_int_equal(pileus_context_add_directory(ctx, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "has no name");
    assert_int_equal(pileus_context_add_directory(ctx, "", &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "has no name");
    assert_int_equal(pileus_context_add_directory(NULL, "/", &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "ctx is NULL");
    assert_int_equal(pileus_drivers_find(&drivers, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "ctx is NULL");
    assert_int_equal(pileus_drivers_find(NULL, ctx, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "drivers is NULL");
    pileus_drivers_free(NULL);
    assert_int_equal(pileus_drivers_count(NULL), 0);
    assert_int_equal(pileus_drivers_note_count(NULL), 0);
    assert_null(pileus_context_ref(NULL));
    pileus_context_unref(NULL);
    pileus_context_set_log(NULL, PILEUS_LOG_DEBUG, NULL, NULL);
    pileus_context_unref(ctx);
}

static void
count_line(void *user, pileus_log_level level, const char *driver,
           const char *message)
{
    (void)level;
    assert_null(driver);
    assert_non_null(message);
    ++*(int *)user;
}

/* Two users of libpileus see nothing of each other. */
static void
test_two_contexts(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *first = context_of(one, NULL);
    pileus_context *second = context_of(two, NULL);
    pileus_drivers *drivers;
    int lines[2] = {0, 0};

    (void)state;
    write_manifest(one, NULL);
    write_other(two, "other");
    pileus_context_set_log(first, PILEUS_LOG_INFO, count_line, &lines[0]);
    pileus_context_set_log(second, PILEUS_LOG_ERROR, count_line, &lines[1]);
    drivers = find_all(first);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    expect_in(drivers, "mock", one);
    pileus_drivers_free(drivers);
    drivers = find_all(second);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    expect_in(drivers, "other", two);
    pileus_drivers_free(drivers);
    pil__context_log(first, PILEUS_LOG_INFO, NULL, "one");
    pil__context_log(second, PILEUS_LOG_INFO, NULL, "too detailed");
    pil__context_log(second, PILEUS_LOG_ERROR, NULL, "two");
    pil__context_log(first, PILEUS_LOG_DEBUG, NULL, "too detailed");
    assert_int_equal(lines[0], 1);
    assert_int_equal(lines[1], 1);
    pileus_context_unref(first);
    pil__context_log(second, PILEUS_LOG_ERROR, NULL, "two again");
    assert_int_equal(lines[1], 2);
    assert_ptr_equal(pileus_context_ref(second), second);
    pileus_context_unref(second);
    pileus_context_set_log(second, PILEUS_LOG_DEBUG, NULL, NULL);
    pil__context_log(second, PILEUS_LOG_ERROR, NULL, "to nobody");
    pileus_context_unref(second);
    assert_int_equal(lines[1], 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_data_home),
        cmocka_unit_test(test_relative_entries),
        cmocka_unit_test(test_relative_named),
        cmocka_unit_test(test_relative_to_nowhere),
        cmocka_unit_test(test_wrong_arguments),
        cmocka_unit_test(test_two_contexts),
    };

    return cmocka_run_group_tests_name("context", tests, fixture_begin,
                                       fixture_end);
}
