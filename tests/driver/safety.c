/* Owner and mode of manifests, modules and directories. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/module.h"
#include "core/driver/safety.h"

#include "tests/driver/fixture.h"

#include <fcntl.h>
#include <unistd.h>

/* Somebody who is neither root nor the one who runs the tests. */
#define STRANGER 61234

/* Both the manifest and the module, each with its code. */
static void
refuse(const char *directory, const char *words)
{
    pil__module *module = NULL;
    pileus_driver_info info = {
        .name = "mock",
        .type = "mock",
        .abi_major = PILEUS_ABI_MAJOR,
        .thread_model = PILEUS_THREADS_PARALLEL,
        .manifest_path = "mock.json",
        .module_path = path_of(directory, "mock.so"),
    };
    pileus_driver_info *read = NULL;
    pileus_error *err = NULL;

    assert_int_equal(pil__manifest_read(&read, directory, "mock.json", &err),
                     PILEUS_CONFIGURATION);
    assert_null(read);
    print_message("%s\n", pileus_error_message(err));
    assert_non_null(strstr(pileus_error_message(err), directory));
    expect_error(&err, PILEUS_CONFIGURATION, words);
    assert_int_equal(pil__module_load(&module, &info, &err), PILEUS_DRIVER);
    assert_null(module);
    assert_non_null(strstr(pileus_error_message(err), directory));
    expect_error(&err, PILEUS_DRIVER, words);
}

/* A directory with a good driver in it. */
static const char *
good_driver(void)
{
    const char *directory = fresh_directory();

    write_manifest(directory, NULL);
    copy_file(MOCK("mock"), path_of(directory, "mock.so"));
    return directory;
}

static void
change_mode(const char *directory, const char *name, mode_t mode)
{
    assert_int_equal(chmod(path_of(directory, name), mode), 0);
}

static void
test_good(void **state)
{
    const char *directory = good_driver();
    struct stat facts;
    pileus_error *err = NULL;
    int fd = -1;

    (void)state;
    expect_ok(pil__safe_file(&fd, &facts, path_of(directory, "mock.json"),
                             PILEUS_DRIVER, &err),
              err);
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(close(fd), 0);
    change_mode(directory, "mock.json", 0400);
    change_mode(directory, ".", 0500);
    expect_ok(pil__safe_file(&fd, &facts, path_of(directory, "mock.json"),
                             PILEUS_DRIVER, &err),
              err);
    assert_int_equal(close(fd), 0);
    change_mode(directory, ".", 0700);
}

static void
test_file_written_by_others(void **state)
{
    const char *directory = good_driver();

    (void)state;
    change_mode(directory, "mock.json", 0646);
    change_mode(directory, "mock.so", 0646);
    refuse(directory, "can be written by others (mode 0646): chmod go-w it");
    change_mode(directory, "mock.json", 0664);
    change_mode(directory, "mock.so", 0664);
    refuse(directory, "can be written by others (mode 0664): chmod go-w it");
}

static void
test_directory_written_by_others(void **state)
{
    const char *directory = good_driver();

    (void)state;
    change_mode(directory, ".", 0777);
    refuse(directory, "can be written by others (mode 0777): chmod go-w it");
    change_mode(directory, ".", 01777); /* sticky does not help: new names */
    refuse(directory, "can be written by others (mode 1777): chmod go-w it");
    change_mode(directory, ".", 0775);
    refuse(directory, "can be written by others (mode 0775): chmod go-w it");
}

static void
test_owned_by_others(void **state)
{
    const char *directory = good_driver();

    (void)state;
    if (geteuid() != 0) {
        print_message("skipped: only root can give files away\n");
        skip();
    }
    assert_int_equal(chown(path_of(directory, "mock.json"), STRANGER, 0), 0);
    assert_int_equal(chown(path_of(directory, "mock.so"), STRANGER, 0), 0);
    refuse(directory, "is owned by uid 61234, neither root nor you");
    assert_int_equal(chown(path_of(directory, "mock.json"), 0, 0), 0);
    assert_int_equal(chown(path_of(directory, "mock.so"), 0, 0), 0);
    assert_int_equal(chown(directory, STRANGER, 0), 0);
    refuse(directory, "is owned by uid 61234, neither root nor you");
}

/* A link leads to a file in a directory that is not safe. */
static void
test_links(void **state)
{
    const char *real = good_driver();
    const char *directory = fresh_directory();
    struct stat facts;
    pileus_error *err = NULL;
    int fd = -1;

    (void)state;
    assert_int_equal(
        symlink(path_of(real, "mock.json"), path_of(directory, "mock.json")),
        0);
    assert_int_equal(
        symlink(path_of(real, "mock.so"), path_of(directory, "mock.so")), 0);
    expect_ok(pil__safe_file(&fd, &facts, path_of(directory, "mock.so"),
                             PILEUS_DRIVER, &err),
              err);
    assert_int_equal(close(fd), 0);
    change_mode(real, ".", 0757);
    assert_int_equal(pil__safe_file(&fd, &facts, path_of(directory, "mock.so"),
                                    PILEUS_DRIVER, &err),
                     PILEUS_DRIVER);
    assert_int_equal(fd, -1);
    expect_error(&err, PILEUS_DRIVER, text_of("%s can be written", real));
    change_mode(real, ".", 0755);
    change_mode(real, "mock.so", 0666);
    change_mode(real, "mock.json", 0666);
    refuse(directory, "can be written by others (mode 0666)");
}

/* None of these may keep us waiting or be read. */
static void
test_not_a_file(void **state)
{
    const char *fifos = fresh_directory();
    const char *directories = fresh_directory();
    const char *loops = fresh_directory();

    (void)state;
    assert_int_equal(mkfifo(path_of(fifos, "mock.json"), 0600), 0);
    assert_int_equal(mkfifo(path_of(fifos, "mock.so"), 0600), 0);
    refuse(fifos, "is not a regular file");
    assert_int_equal(mkdir(path_of(directories, "mock.json"), 0755), 0);
    assert_int_equal(mkdir(path_of(directories, "mock.so"), 0755), 0);
    refuse(directories, "is not a regular file");
    assert_int_equal(symlink("mock.json", path_of(loops, "mock.json")), 0);
    assert_int_equal(symlink("mock.so", path_of(loops, "mock.so")), 0);
    refuse(loops, "cannot be read (");
}

static void
test_unreadable(void **state)
{
    const char *directory = good_driver();

    (void)state;
    if (geteuid() == 0) {
        print_message("skipped: root can read everything\n");
        skip();
    }
    change_mode(directory, "mock.json", 0);
    change_mode(directory, "mock.so", 0);
    refuse(directory, "cannot be read (Permission denied): make it readable");
}

static void
test_relative(void **state)
{
    const char *directory = good_driver();
    struct stat facts;
    pileus_error *err = NULL;
    int fd = -1;

    (void)state;
    assert_int_equal(chdir(directory), 0);
    expect_ok(pil__safe_file(&fd, &facts, "mock.json", PILEUS_DRIVER, &err),
              err);
    assert_int_equal(close(fd), 0);
    change_mode(directory, ".", 0722);
    assert_int_equal(
        pil__safe_file(&fd, &facts, "mock.json", PILEUS_DRIVER, &err),
        PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, ". can be written by others");
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(
        pil__safe_file(&fd, &facts, "/no-such-file", PILEUS_DRIVER, &err),
        PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, "No such file or directory");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_file_written_by_others),
        cmocka_unit_test(test_directory_written_by_others),
        cmocka_unit_test(test_owned_by_others),
        cmocka_unit_test(test_links),
        cmocka_unit_test(test_not_a_file),
        cmocka_unit_test(test_unreadable),
        cmocka_unit_test(test_relative),
    };

    return cmocka_run_group_tests_name("safety", tests, fixture_begin,
                                       fixture_end);
}
