/* State files that are none, or cannot be used: refused, and left alone. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what is in the file
 * ----------------------------------------------------- */

/* A connection with such a file is refused for this reason, by its name, and
 * the file stays as it is. */
static void
assert_refused(const place *here, const char *data, size_t size,
               const char *says)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pileus_code code;
    char *after;
    size_t after_size = 0;

    write_file(here->file, data, size);
    code = try_open(&conn, PAIRS("state", here->file), &err);
    assert_null(conn);
    assert_int_equal(code, PILEUS_CONFIGURATION);
    assert_non_null(strstr(pileus_error_message(err), here->file));
    assert_failed(PILEUS_CONFIGURATION, code, &err, says);
    after = read_file(here->file, &after_size);
    assert_int_equal(after_size, size);
    assert_memory_equal(after, data, size);
    free(after);
}

/* A good file with one of each: all states, a token. */
static char *
good_file(const place *here, size_t *size)
{
    pileus_connection *conn =
        OPEN("state", here->file, "creds", "2", "idempotent", "true");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    assert_done(try_token(&node, conn, "a token", &err), &err);
    assert_done(pileus_node_stop(node, 0, NULL, &err), &err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    return read_file(here->file, size);
}

static void
test_torn_at_every_length(void **state)
{
    place *here = *state;
    size_t size = 0;
    char *good = good_file(here, &size);

    for (size_t i = 0; i < size; i++) {
        assert_refused(here, good, i, "damaged or cut short");
    }
    free(good);
}

static void
test_damaged_at_every_byte(void **state)
{
    place *here = *state;
    size_t size = 0;
    char *good = good_file(here, &size);

    for (size_t i = 0; i < size; i++) {
        good[i] ^= 1;
        assert_refused(here, good, size, here->file);
        good[i] ^= 1;
    }
    good[size] = '\n';
    assert_refused(here, good, size + 1, "damaged or cut short");
    free(good);
}

static void
test_foreign(void **state)
{
    static const char *const texts[] = {"root:x:0:0:root:/root:/bin/sh\n",
                                        "{\"pileus\": 1}\n",
                                        "\n",
                                        "pileus-dummies 1\n",
                                        "xileus-dummy 1\n",
                                        "\177ELF"};
    place *here = *state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_refused(here, texts[i], strlen(texts[i]),
                       "is not a state file of the dummy driver");
    }
    assert_refused(here, "\0\0\0\0", 4, "is not a state file");
}

static void
test_newer(void **state)
{
    static const char text[] = "pileus-dummy 3\nwhatever comes\n";
    place *here = *state;

    assert_refused(here, text, strlen(text), "has format 3");
}

/* What someone wrote who knows the checksum, but not the rest. */
static void
assert_lines_refused(const place *here, const char *lines, size_t count,
                     const char *says)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    char text[512];

    for (const char *at = lines; *at != '\0'; at++) {
        sum = (sum ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    }
    assert_true(snprintf(text, sizeof text, "%send %zu %016" PRIx64 "\n", lines,
                         count, sum) < (int)sizeof text);
    assert_refused(here, text, strlen(text), says);
}

static void
test_senseless(void **state)
{
    static const char *const second[] = {"",
                                         "last 1\n",
                                         "last 1 2 3\n",
                                         "last -1 1\n",
                                         "last 1  1\n",
                                         "last 1 9223372036854775808\n",
                                         "last 99999999999999999999 1\n",
                                         "first 1 1\n"};
    static const char *const third[] = {"node\n",
                                        "\n",
                                        "nodes 1 1 1 running 0 seeded\n",
                                        "node 0 1 1 running 0 seeded\n",
                                        "node 6 1 1 running 0 seeded\n",
                                        "node 1 6 1 running 0 seeded\n",
                                        "node 1 1 16777216 running 0 seeded\n",
                                        "node 1 1 1 pending 0 seeded\n",
                                        "node 1 1 1 runnin 0 seeded\n",
                                        "node 1 1 1 running -1 seeded\n",
                                        "node 1 1 1 running 0 seeded token\n",
                                        "node 1 1 1 running 0 found\n",
                                        "node 1 1 1 running 0\n",
                                        "node 1 1 1 running 0 \n",
                                        "node 1 1 1  running 0 seeded\n",
                                        "node x 1 1 running 0 seeded\n",
                                        "last 5 5\n"};
    static const char *const fourth[] = {"address\n",
                                         "addresses 1 public 1 0\n",
                                         "address 0 public 1 0\n",
                                         "address 6 public 1 0\n",
                                         "address 1 moon 1 0\n",
                                         "address 1  1 0\n",
                                         "address 1 public 0 0\n",
                                         "address 1 public 255 0\n",
                                         "address 1 public 1 3\n",
                                         "address 1 public 1 6\n",
                                         "address 1 public 1\n",
                                         "address 1 public 1 4 4\n",
                                         "address -1 public 1 0\n"};
    place *here = *state;
    char lines[256];

    assert_lines_refused(here, "pileus-dummy 0\nlast 0 0\n", 0, "line 1");
    assert_lines_refused(here, "pileus-dummy 1 1\nlast 0 0\n", 0, "line 1");
    assert_lines_refused(here, "pileus-dummy one\nlast 0 0\n", 0, "line 1");
    for (size_t i = 0; i < sizeof second / sizeof *second; i++) {
        (void)snprintf(lines, sizeof lines, "pileus-dummy 1\n%s", second[i]);
        assert_lines_refused(here, lines, 0, "line 2");
    }
    for (size_t i = 0; i < sizeof third / sizeof *third; i++) {
        (void)snprintf(lines, sizeof lines, "pileus-dummy 1\nlast 5 5\n%s",
                       third[i]);
        assert_lines_refused(here, lines, 1, "line 3");
    }
    for (size_t i = 0; i < sizeof fourth / sizeof *fourth; i++) {
        (void)snprintf(lines, sizeof lines,
                       "pileus-dummy 2\nlast 5 5 5\n"
                       "node 4 1 1 running 0 seeded\n%s",
                       fourth[i]);
        assert_lines_refused(here, lines, 2, "line 4");
    }
    assert_lines_refused(here, "pileus-dummy 2\nlast 5 5\n", 0, "line 2");
    /* Nodes come first, and format 1 knows of nothing else. */
    assert_lines_refused(here,
                         "pileus-dummy 2\nlast 5 5 5\n"
                         "address 1 public 1 0\n"
                         "node 4 1 1 running 0 seeded\n",
                         2, "line 4");
    assert_lines_refused(here,
                         "pileus-dummy 1\nlast 5 5\n"
                         "address 1 public 1 0\n",
                         1, "line 3");
    assert_lines_refused(here,
                         "pileus-dummy 2\nlast 5 5 5\n"
                         "address 3 public 1 0\naddress 3 public 2 0\n",
                         2, "line 4");
    assert_lines_refused(here,
                         "pileus-dummy 2\nlast 5 5 5\n"
                         "address 3 public 1 0\naddress 4 public 1 0\n",
                         2, "line 4");
    /* Serials ascend, and the count is what it says. */
    assert_lines_refused(here,
                         "pileus-dummy 1\nlast 5 5\n"
                         "node 2 1 1 running 0 seeded\n"
                         "node 2 2 2 running 0 seeded\n",
                         2, "line 4");
    assert_lines_refused(here,
                         "pileus-dummy 1\nlast 5 5\n"
                         "node 2 1 1 running 0 seeded\n",
                         2, "makes no sense");
}

/* What goes bad while a connection is open is found at the next call. */
static void
test_bad_meanwhile(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    pileus_node *node = create_node(conn);
    pileus_node *none = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    char *after;
    size_t size = 0;

    write_file(here->file, "mine\n", 5);
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_list(&list, conn, NULL, NULL, &err), &err,
                  "is not a state file");
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_create(&none, conn, NULL, NULL, &err), &err,
                  "is not a state file");
    assert_failed(PILEUS_CONFIGURATION, pileus_node_reboot(node, 0, NULL, &err),
                  &err, "is not a state file");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    after = read_file(here->file, &size);
    assert_string_equal(after, "mine\n");
    free(after);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* ---- what stands where the file should
 * --------------------------------------- */

static void
assert_path_refused(const char *path, const char *says)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pileus_code code = try_open(&conn, PAIRS("state", path), &err);

    assert_null(conn);
    assert_failed(PILEUS_CONFIGURATION, code, &err, says);
}

static void
test_not_a_plain_file(void **state)
{
    place *here = *state;
    char path[128];

    assert_path_refused(here->directory, "a directory or device");
    (void)snprintf(path, sizeof path, "%s/", here->directory);
    assert_path_refused(path, "not a directory");
    assert_path_refused("/dev/null", "a directory or device");
    assert_path_refused("/", "not a directory");
    assert_path_refused("/dev/null/state", "open the directory");
    (void)snprintf(path, sizeof path, "%s/none/state", here->directory);
    assert_path_refused(path, "make the directory");

    assert_int_equal(mkfifo(here->file, 0600), 0);
    assert_path_refused(here->file, "a directory or device");
    assert_int_equal(unlink(here->file), 0);
    assert_int_equal(symlink("state.tmp", here->file), 0);
    assert_path_refused(here->file, "symbolic link");
}

/* Links where the lock or the scratch file should be are not followed. */
static void
test_links_beside(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    char victim[128];
    char *after;
    size_t size = 0;

    (void)snprintf(victim, sizeof victim, "%s/victim", here->directory);
    write_file(victim, "mine\n", 5);
    assert_int_equal(symlink("victim", here->scratch), 0);
    node = create_node(conn);
    after = read_file(victim, &size);
    assert_string_equal(after, "mine\n");
    free(after);
    pileus_node_unref(node);
    node = NULL;

    assert_int_equal(unlink(here->lock), 0);
    assert_int_equal(symlink("victim", here->lock), 0);
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_create(&node, conn, NULL, NULL, &err), &err,
                  "lock");
    assert_null(node);
    assert_int_equal(unlink(victim), 0);
    pileus_connection_unref(conn);
}

static void
test_scratch_in_the_way(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    assert_int_equal(mkdir(here->scratch, 0700), 0);
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_create(&node, conn, NULL, NULL, &err), &err,
                  "scratch file");
    assert_int_equal(rmdir(here->scratch), 0);
    assert_ids(conn, "1 2");
    /* One that a killed process left behind is not. */
    write_file(here->scratch, "half of", 7);
    pileus_node_unref(create_node(conn));
    assert_ids(conn, "1 2 3");
    pileus_connection_unref(conn);
}

static void
test_rights(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    if (geteuid() == 0) {
        print_message("root may do everything\n");
        pileus_connection_unref(conn);
        skip();
    }
    pileus_node_unref(create_node(conn));
    /* A place that can be read only is good for listing. */
    assert_int_equal(chmod(here->directory, 0500), 0);
    assert_ids(conn, "1 2 3");
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_create(&node, conn, NULL, NULL, &err), &err,
                  "give this user the right");
    assert_int_equal(chmod(here->directory, 0700), 0);
    assert_int_equal(chmod(here->file, 0), 0);
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_create(&node, conn, NULL, NULL, &err), &err,
                  "give this user the right");
    assert_path_refused(here->file, "give this user the right");
    assert_int_equal(chmod(here->file, 0600), 0);
    assert_ids(conn, "1 2 3");
    pileus_connection_unref(conn);
}

static void
test_directory_gone(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    assert_int_equal(rmdir(here->directory), 0);
    assert_failed(PILEUS_CONFIGURATION,
                  pileus_node_create(&node, conn, NULL, NULL, &err), &err,
                  "make the directory");
    assert_int_equal(mkdir(here->directory, 0700), 0);
    pileus_connection_unref(conn);
}

/* No room for the new file: the old one stays, and nothing is left over. */
static void
test_no_room(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file, "creds", "100");
    pileus_node *first = create_node(conn);
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    struct rlimit limit;
    struct rlimit small;
    size_t before_size = 0;
    size_t after_size = 0;
    char *before = read_file(here->file, &before_size);
    char *after;
    pileus_code code;

    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 1000;
    assert_true(before_size > 1000);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    code = pileus_node_create(&node, conn, NULL, NULL, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_failed(PILEUS_FAILED, code, &err, "make room");
    assert_null(node);
    after = read_file(here->file, &after_size);
    assert_string_equal(after, before);
    free(after);
    free(before);
    /* And once there is room it goes on, with the number that was not used. */
    node = create_node(conn);
    assert_string_equal(pileus_node_id(node), "102");
    pileus_node_unref(node);
    pileus_node_unref(first);
    pileus_connection_unref(conn);
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_torn_at_every_length),
        TEST(test_damaged_at_every_byte),
        TEST(test_foreign),
        TEST(test_newer),
        TEST(test_senseless),
        TEST(test_bad_meanwhile),
        TEST(test_not_a_plain_file),
        TEST(test_links_beside),
        TEST(test_scratch_in_the_way),
        TEST(test_rights),
        TEST(test_directory_gone),
        TEST(test_no_room),
    };

    return cmocka_run_group_tests_name("plugins/dummy_state_bad", tests, NULL,
                                       NULL);
}
