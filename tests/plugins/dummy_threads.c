/* Many threads on the dummy driver: one connection, or one state file. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <pthread.h>
#include <string.h>

#define THREADS 4
#define ROUNDS 20

/* What a thread works on; it counts what goes wrong, and leaves the asserting
 * to the main thread. */
struct worker {
    pthread_t thread;
    pileus_connection *conn;
    size_t failures; /* of any kind */
    size_t refused;  /* those that a rule asked for */
};

static void
count(struct worker *worker, pileus_code code)
{
    worker->failures += code != PILEUS_OK;
    worker->refused += code == PILEUS_QUOTA;
}

/* Each round makes two nodes, uses and destroys one, and lists. */
static void *
work(void *user)
{
    struct worker *worker = user;

    for (int i = 0; i < ROUNDS; i++) {
        pileus_node *kept = NULL;
        pileus_node *gone = NULL;
        pileus_list *list = NULL;

        count(worker,
              pileus_node_create(&kept, worker->conn, NULL, NULL, NULL));
        count(worker,
              pileus_node_create(&gone, worker->conn, NULL, NULL, NULL));
        if (gone != NULL) {
            count(worker, pileus_node_reboot(gone, 0, NULL, NULL));
            count(worker, pileus_node_stop(gone, 0, NULL, NULL));
            count(worker, pileus_node_destroy(gone, 0, NULL, NULL));
        }
        count(worker, pileus_node_list(&list, worker->conn, NULL, NULL, NULL));
        pileus_list_free(list);
        pileus_node_unref(kept);
        pileus_node_unref(gone);
    }
    return NULL;
}

static void
work_together(struct worker workers[THREADS])
{
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    }
}

static void
assert_count(pileus_connection *conn, size_t wanted)
{
    pileus_list *list = list_nodes(conn);

    assert_int_equal(pileus_list_count(list), wanted);
    pileus_list_free(list);
}

static void
test_one_connection(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    struct worker workers[THREADS];

    (void)state;
    memset(workers, 0, sizeof workers);
    for (int i = 0; i < THREADS; i++) {
        workers[i].conn = conn;
    }
    work_together(workers);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(workers[i].failures, 0);
    }
    assert_count(conn, 2 + THREADS * ROUNDS);
    pileus_connection_unref(conn);
}

/* Calls are counted as one, whoever makes them: ten fail, not ten each. */
static void
test_counted_together(void **state)
{
    pileus_connection *conn = OPEN("fail", "create_node:quota:10");
    struct worker workers[THREADS];
    size_t refused = 0;

    (void)state;
    memset(workers, 0, sizeof workers);
    for (int i = 0; i < THREADS; i++) {
        workers[i].conn = conn;
    }
    work_together(workers);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(workers[i].failures, workers[i].refused);
        refused += workers[i].refused;
    }
    assert_int_equal(refused, 10);
    pileus_connection_unref(conn);
}

/* The lock holds between connections of one process as between processes. */
static void
test_one_file(void **state)
{
    place *here = *state;
    struct worker workers[THREADS];

    memset(workers, 0, sizeof workers);
    for (int i = 0; i < THREADS; i++) {
        workers[i].conn = i % 2 == 1
                              ? pileus_connection_ref(workers[i - 1].conn)
                              : OPEN("state", here->file);
    }
    work_together(workers);
    assert_count(workers[0].conn, 2 + THREADS * ROUNDS);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(workers[i].failures, 0);
        pileus_connection_unref(workers[i].conn);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_connection),
        cmocka_unit_test(test_counted_together),
        cmocka_unit_test_setup_teardown(test_one_file, place_setup,
                                        place_teardown),
    };

    return cmocka_run_group_tests_name("plugins/dummy_threads", tests, NULL,
                                       NULL);
}
