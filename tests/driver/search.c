/* The walk along the search path: first of a name, empty files, notes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/driver/fixture.h"

#include <unistd.h>

static void
test_nothing(void **state)
{
    pileus_context *ctx = context_of(NULL);
    pileus_drivers *drivers = find_all(ctx);

    (void)state;
    assert_int_equal(pileus_drivers_count(drivers), 0);
    assert_null(pileus_drivers_at(drivers, 0));
    assert_null(pileus_drivers_get(drivers, "mock"));
    assert_null(pileus_drivers_get(drivers, NULL));
    expect_notes(drivers, 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static void
test_sorted(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);
    pileus_drivers *drivers;

    (void)state;
    write_other(one, "zeta");
    write_other(one, "beta");
    write_other(two, "gamma");
    write_other(two, "alpha");
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 4);
    assert_string_equal(pileus_driver_name(pileus_drivers_at(drivers, 0)),
                        "alpha");
    assert_string_equal(pileus_driver_name(pileus_drivers_at(drivers, 1)),
                        "beta");
    assert_string_equal(pileus_driver_name(pileus_drivers_at(drivers, 2)),
                        "gamma");
    assert_string_equal(pileus_driver_name(pileus_drivers_at(drivers, 3)),
                        "zeta");
    assert_null(pileus_drivers_at(drivers, 4));
    expect_notes(drivers, 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

/* Only NAME.json counts. */
static void
test_other_files(void **state)
{
    const char *directory = fresh_directory();
    pileus_context *ctx = context_of(directory, NULL);
    pileus_drivers *drivers;

    (void)state;
    write_manifest(directory, NULL);
    write_text(path_of(directory, "README"), "{");
    write_text(path_of(directory, "mock.json~"), "{");
    write_text(path_of(directory, "mock.json.rpmsave"), "{");
    write_text(path_of(directory, ".mock.json"), "{");
    write_text(path_of(directory, ".json"), "{");
    write_text(path_of(directory, "json"), "{");
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    expect_notes(drivers, 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static void
test_shadow(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);
    pileus_drivers *drivers;

    (void)state;
    write_manifest(one, NULL);
    write_manifest(two, NULL);
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    expect_in(drivers, "mock", one);
    expect_notes(drivers, 1);
    expect_note(drivers, text_of("%s/mock.json is passed over: %s/mock.json "
                                 "comes first",
                                 two, one));
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

/* A directory that is named twice, or under two names, is searched once. */
static void
test_same_directory(void **state)
{
    const char *one = fresh_directory();
    const char *parent = fresh_directory();
    pileus_context *ctx;
    pileus_drivers *drivers;

    (void)state;
    assert_int_equal(symlink(one, path_of(parent, "link")), 0);
    write_manifest(one, NULL);
    ctx = context_of(one, text_of("%s/", one), path_of(parent, "link"), NULL);
    drivers = find_all(ctx);
    expect_in(drivers, "mock", one);
    expect_notes(drivers, 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static void
test_empty_file_hides(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);
    pileus_drivers *drivers;

    (void)state;
    write_text(path_of(one, "mock.json"), "");
    write_manifest(two, NULL);
    write_other(two, "other");
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    assert_null(pileus_drivers_get(drivers, "mock"));
    expect_in(drivers, "other", two);
    expect_notes(drivers, 2);
    expect_note(drivers, text_of("%s/mock.json is empty, which hides", one));
    expect_note(drivers, text_of("%s/mock.json is passed over: the empty file "
                                 "%s/mock.json comes first",
                                 two, one));
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

/* One that anybody can write must not hide anything, and a good one that was
 * found before it is not hidden either. */
static void
test_empty_file_in_vain(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    const char *three = fresh_directory();
    pileus_context *ctx = context_of(one, two, three, NULL);
    pileus_drivers *drivers;

    (void)state;
    write_text(path_of(one, "mock.json"), "");
    assert_int_equal(chmod(path_of(one, "mock.json"), 0666), 0);
    write_manifest(two, NULL);
    write_text(path_of(three, "mock.json"), "");
    drivers = find_all(ctx);
    expect_in(drivers, "mock", two);
    expect_notes(drivers, 2);
    expect_note(drivers, text_of("%s/mock.json can be written by others", one));
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static void
test_broken_first(void **state)
{
    const char *one = fresh_directory();
    const char *two = fresh_directory();
    pileus_context *ctx = context_of(one, two, NULL);
    pileus_drivers *drivers;

    (void)state;
    write_text(path_of(one, "mock.json"), "{");
    write_other(one, "other");
    write_manifest(two, NULL);
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 2);
    expect_in(drivers, "other", one);
    expect_in(drivers, "mock", two);
    expect_notes(drivers, 1);
    expect_note(drivers, text_of("manifest %s/mock.json cannot be used", one));
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static void
test_bad_directories(void **state)
{
    const char *gone = fresh_directory();
    const char *file = path_of(fresh_directory(), "file");
    const char *open = fresh_directory();
    const char *good = fresh_directory();
    pileus_context *ctx = context_of(gone, file, open, good, NULL);
    pileus_drivers *drivers;

    (void)state;
    assert_int_equal(rmdir(gone), 0);
    write_text(file, "{}");
    write_other(open, "one");
    write_other(open, "two");
    assert_int_equal(chmod(open, 0777), 0);
    write_manifest(good, NULL);
    drivers = find_all(ctx);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    expect_in(drivers, "mock", good);
    expect_notes(drivers, 3);
    expect_note(drivers, text_of("%s cannot be searched (No such file", gone));
    expect_note(drivers, text_of("%s cannot be read (Not a directory)", file));
    expect_note(drivers, text_of("%s can be written by others (mode 0777): "
                                 "chmod go-w it",
                                 open));
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_sorted),
        cmocka_unit_test(test_other_files),
        cmocka_unit_test(test_shadow),
        cmocka_unit_test(test_same_directory),
        cmocka_unit_test(test_empty_file_hides),
        cmocka_unit_test(test_empty_file_in_vain),
        cmocka_unit_test(test_broken_first),
        cmocka_unit_test(test_bad_directories),
    };

    return cmocka_run_group_tests_name("search", tests, fixture_begin,
                                       fixture_end);
}
