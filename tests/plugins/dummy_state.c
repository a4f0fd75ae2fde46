/* The dummy driver's state file: nodes that outlive a connection. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool
exists(const char *path)
{
    struct stat facts;

    return lstat(path, &facts) == 0;
}

/* ---- keeping ------------------------------------------------------------ */

/* Reading makes no file; the first change does. */
static void
test_made_at_first_change(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file, "creds", "3");
    struct stat facts;

    assert_ids(conn, "- 1 2");
    assert_false(exists(here->file));
    assert_false(exists(here->lock));
    pileus_node_unref(create_node(conn));
    assert_int_equal(stat(here->file, &facts), 0);
    assert_true(S_ISREG(facts.st_mode));
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(stat(here->lock, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_false(exists(here->scratch));
    pileus_connection_unref(conn);
}

static void
test_kept(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file, "creds", "0");
    pileus_node *node = create_node(conn);
    pileus_list *list = list_nodes(conn);
    pileus_error *err = NULL;

    assert_done(pileus_node_stop(node, 0, NULL, &err), &err);
    assert_done(pileus_node_reboot(pileus_list_node(list, 0), 0, NULL, &err),
                &err);
    pileus_node_unref(node);
    pileus_list_free(list);
    pileus_connection_unref(conn);

    /* Its nodes are those of the file, whatever creds says. */
    conn = OPEN("state", here->file, "creds", "7");
    assert_ids(conn, "1 2 3");
    list = list_nodes(conn);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 0)),
                     PILEUS_STATE_REBOOTING);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 1)),
                     PILEUS_STATE_RUNNING);
    node = pileus_list_node(list, 2);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    assert_string_equal(pileus_node_public_ip(node, 0), "127.0.0.3");
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "s1");
    assert_null(pileus_node_size(pileus_list_node(list, 1)));
    assert_done(pileus_node_start(node, 0, NULL, &err), &err);
    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* A handle from before another connection's changes finds its node. */
static void
test_two_connections(void **state)
{
    place *here = *state;
    pileus_connection *a = OPEN("state", here->file);
    pileus_connection *b = OPEN("state", here->file);
    pileus_node *of_a = create_node(a);
    pileus_list *of_b = list_nodes(b);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;

    assert_int_equal(pileus_list_count(of_b), 3);
    assert_done(pileus_node_stop(pileus_list_node(of_b, 2), 0, NULL, &err),
                &err);
    assert_failed(PILEUS_CONFLICT, pileus_node_stop(of_a, 0, NULL, &err), &err,
                  "stopped");
    assert_done(pileus_node_rebind(&moved, of_a, b, &err), &err);
    assert_done(pileus_node_destroy(moved, 0, NULL, &err), &err);
    assert_failed(PILEUS_NOT_FOUND, pileus_node_destroy(of_a, 0, NULL, &err),
                  &err, "dummy-3");
    assert_ids(a, "1 2");
    pileus_node_unref(moved);
    pileus_node_unref(of_a);
    pileus_list_free(of_b);
    pileus_connection_unref(a);
    pileus_connection_unref(b);
}

/* With a file no id comes back, not even the last one's. */
static void
test_ids_do_not_repeat(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file, "creds", "-1");
    pileus_error *err = NULL;

    for (int i = 1; i <= 3; i++) {
        pileus_node *node = create_node(conn);
        char id[16];

        (void)snprintf(id, sizeof id, "%d", i);
        assert_string_equal(pileus_node_id(node), id);
        assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
        pileus_node_unref(node);
        assert_ids(conn, "");
        pileus_connection_unref(conn);
        conn = OPEN("state", here->file);
    }
    pileus_connection_unref(conn);
}

static void
test_tokens_kept(void **state)
{
    /* As long, and as odd, as tokens can be. */
    static const char token[] = " !\"#$%&'()*+,-./0123456789 last 9 9 end 0 0 "
                                "created seeded ~abcd";
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file, "idempotent", "true");
    pileus_node *first = NULL;
    pileus_node *again = NULL;
    pileus_error *err = NULL;

    assert_int_equal(strlen(token), 64);
    assert_done(try_token(&first, conn, token, &err), &err);
    pileus_connection_unref(conn);
    conn = OPEN("state", here->file, "idempotent", "true");
    assert_done(try_token(&again, conn, token, &err), &err);
    assert_string_equal(pileus_node_id(again), pileus_node_id(first));
    assert_ids(conn, "1 2 3");
    pileus_node_unref(first);
    pileus_node_unref(again);
    pileus_connection_unref(conn);
}

static void
test_pending_kept(void **state)
{
    place *here = *state;
    pileus_connection *conn =
        OPEN("state", here->file, "create-delay", "600ms");
    int64_t start = clock_ms();
    pileus_list *list = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    pileus_node_unref(create_node(conn));
    pileus_connection_unref(conn);
    conn = OPEN("state", here->file);
    list = list_nodes(conn);
    node = pileus_list_node(list, 2);
    if (clock_ms() - start < 500) {
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    }
    assert_done(pileus_node_wait(NULL, node, PILEUS_STATE_RUNNING, NULL, &err),
                &err);
    assert_true(clock_ms() - start >= 500);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* The file stays where it is when the process goes elsewhere. */
static void
test_chdir(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    int home = open(".", O_RDONLY | O_DIRECTORY);

    assert_true(home >= 0);
    assert_int_equal(chdir("/"), 0);
    pileus_node_unref(create_node(conn));
    assert_int_equal(fchdir(home), 0);
    assert_int_equal(close(home), 0);
    assert_true(exists(here->file));
    pileus_connection_unref(conn);
}

/* The text itself, which later versions must read. */
static void
test_text(void **state)
{
    static const char text[] = "pileus-dummy 1\n"
                               "last 9 300\n"
                               "node 2 0 1 running 0 seeded\n"
                               "node 3 7 8 stopped 0 seeded\n"
                               "node 9 300 300 rebooting 0 created a b\n";
    static const char last[] = "end 3 8e67a2ecf96ecfff\n";
    place *here = *state;
    char whole[256];
    char *after;
    size_t size = 0;
    pileus_connection *conn;
    pileus_list *list;
    pileus_error *err = NULL;

    (void)snprintf(whole, sizeof whole, "%s%s", text, last);
    write_file(here->file, whole, strlen(whole));
    conn = OPEN("state", here->file);
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), 3);
    assert_null(pileus_node_id(pileus_list_node(list, 0)));
    assert_string_equal(pileus_node_id(pileus_list_node(list, 1)), "7");
    assert_string_equal(pileus_node_public_ip(pileus_list_node(list, 1), 0),
                        "127.0.0.8");
    assert_string_equal(pileus_node_public_ip(pileus_list_node(list, 2), 0),
                        "127.0.1.44");
    /* There and back again. */
    assert_done(pileus_node_start(pileus_list_node(list, 1), 0, NULL, &err),
                &err);
    assert_done(pileus_node_stop(pileus_list_node(list, 1), 0, NULL, &err),
                &err);
    after = read_file(here->file, &size);
    assert_string_equal(after, whole);
    free(after);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* ---- the lock
 * ---------------------------------------------------------------- */

static void
test_lock_is_waited_for(void **state)
{
    place *here = *state;
    pileus_connection *conn = OPEN("state", here->file);
    int lock = open(here->lock, O_RDWR | O_CREAT, 0600);
    pileus_call *call = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    canceller *later;

    assert_true(lock >= 0);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    assert_int_equal(pileus_call_new(&call, &err), PILEUS_OK);
    pileus_call_set_timeout(call, 60);
    assert_failed(PILEUS_TIMEOUT,
                  pileus_node_create(&node, conn, NULL, call, &err), &err, "");
    pileus_call_set_timeout(call, -1);
    later = cancel_later(call, 60);
    assert_failed(PILEUS_CANCELLED,
                  pileus_node_create(&node, conn, NULL, call, &err), &err, "");
    cancel_done(later);
    assert_null(node);
    /* Readers need no lock. */
    assert_ids(conn, "1 2");
    assert_false(exists(here->file));
    assert_int_equal(close(lock), 0);
    pileus_node_unref(create_node(conn));
    assert_ids(conn, "1 2 3");
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

#define PROCESSES 4
#define ROUNDS 25

/* Create two and destroy one, again and again. In a process of its own: it
 * says what came of it by its exit status. */
static int
hammer(const char *file)
{
    pileus_connection *conn = NULL;
    int failures = try_open(&conn, PAIRS("state", file, "creds", "0"), NULL);

    for (int i = 0; i < ROUNDS && failures == 0; i++) {
        pileus_node *kept = NULL;
        pileus_node *gone = NULL;

        failures += pileus_node_create(&kept, conn, NULL, NULL, NULL) != 0;
        failures += pileus_node_create(&gone, conn, NULL, NULL, NULL) != 0;
        failures += failures == 0 &&
                    pileus_node_destroy(gone, 0, NULL, NULL) != PILEUS_OK;
        pileus_node_unref(kept);
        pileus_node_unref(gone);
    }
    pileus_connection_unref(conn);
    return failures;
}

static int
compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Nothing that any of several processes did is lost, and no id given twice. */
static void
test_processes(void **state)
{
    place *here = *state;
    const char *ids[2 + PROCESSES * ROUNDS];
    pid_t children[PROCESSES];
    pileus_connection *conn;
    pileus_list *list;
    size_t count = 0;
    pileus_node *last;

    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            _exit(hammer(here->file));
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = -1;

        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    conn = OPEN("state", here->file);
    list = list_nodes(conn);
    count = pileus_list_count(list);
    assert_int_equal(count, 2 + PROCESSES * ROUNDS);
    for (size_t i = 0; i < count; i++) {
        ids[i] = pileus_node_id(pileus_list_node(list, i));
        assert_non_null(ids[i]);
    }
    qsort(ids, count, sizeof *ids, compare_ids);
    for (size_t i = 1; i < count; i++) {
        assert_string_not_equal(ids[i - 1], ids[i]);
    }
    /* Every create had a number of its own. */
    last = create_node(conn);
    assert_int_equal(atoi(pileus_node_id(last)),
                     2 + 2 * PROCESSES * ROUNDS + 1);
    pileus_node_unref(last);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* Killed at any moment, a process leaves a good file, and no lock. */
static void
test_killed(void **state)
{
    place *here = *state;
    pileus_connection *conn;

    for (int i = 0; i < 8; i++) {
        struct timespec pause = {0, (10 + 7 * i) * 1000000L};
        int status = -1;
        pid_t child = fork();

        assert_true(child >= 0);
        if (child == 0) {
            while (hammer(here->file) == 0) {
            }
            _exit(1);
        }
        (void)nanosleep(&pause, NULL);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status)); /* it had not failed before */
    }
    conn = OPEN("state", here->file);
    pileus_list_free(list_nodes(conn));
    pileus_node_unref(create_node(conn));
    pileus_connection_unref(conn);
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, place_setup, place_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_processes), /* first: these two fork */
        TEST(test_killed),
        TEST(test_made_at_first_change),
        TEST(test_kept),
        TEST(test_two_connections),
        TEST(test_ids_do_not_repeat),
        TEST(test_tokens_kept),
        TEST(test_pending_kept),
        TEST(test_chdir),
        TEST(test_text),
        TEST(test_lock_is_waited_for),
    };

    return cmocka_run_group_tests_name("plugins/dummy_state", tests, NULL,
                                       NULL);
}
