/* A set-id program believes nothing of the environment. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/driver/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM BUILDDIR "/tests/driver/search_path"
/* An unprivileged user, and the group that the program runs as. */
#define SOMEBODY 61234
#define A_GROUP 61235

/* Run the program as somebody, with a tempting environment, and read what it
 * prints. */
static const char *
run(const char *program)
{
    static char output[4096];
    FILE *from;
    size_t size;
    int ends[2];
    int status = 0;
    pid_t child;

    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)setenv("PILEUS_DRIVER_PATH", "/evil/path", 1);
        (void)setenv("XDG_DATA_HOME", "/evil/data", 1);
        (void)setenv("HOME", "/evil/home", 1);
        if (dup2(ends[1], STDOUT_FILENO) < 0 || setgid(SOMEBODY) != 0 ||
            setuid(SOMEBODY) != 0) {
            _exit(126);
        }
        (void)execl(program, "search_path", (char *)NULL);
        _exit(127);
    }
    (void)close(ends[1]);
    from = fdopen(ends[0], "r");
    assert_non_null(from);
    size = fread(output, 1, sizeof output - 1, from);
    output[size] = '\0';
    (void)fclose(from);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    print_message("%s", output);
    return output;
}

static void
test_setid(void **state)
{
    const char *directory = fresh_directory();
    const char *program = path_of(directory, "search_path");
    struct statvfs facts;
    const char *output;

    (void)state;
    if (geteuid() != 0) {
        print_message("skipped: only root can make a set-id program\n");
        skip();
    }
    assert_int_equal(statvfs(directory, &facts), 0);
    if ((facts.f_flag & ST_NOSUID) != 0) {
        print_message("skipped: %s is mounted nosuid\n", directory);
        skip();
    }
    assert_int_equal(chmod(path_of(directory, ".."), 0711), 0);
    copy_file(PROGRAM, program);
    assert_int_equal(chown(program, 0, A_GROUP), 0);
    assert_int_equal(chmod(program, 0755), 0);
    output = run(program);
    assert_non_null(strstr(output, "/evil/path\n"));
    assert_non_null(strstr(output, "/evil/data/pileus/drivers\n"));
    assert_int_equal(chmod(program, 02755), 0);
    output = run(program);
    assert_null(strstr(output, "evil"));
    assert_non_null(strstr(output, "/pileus/drivers\n"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_setid),
    };

    return cmocka_run_group_tests_name("setid", tests, fixture_begin,
                                       fixture_end);
}
