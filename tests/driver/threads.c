/* Contexts and modules used by many threads at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <pthread.h>

#define THREADS 8
#define ROUNDS 20

/* What goes wrong in a thread is told by its return, for cmocka's assertions
 * are for the main thread. */
typedef struct worker {
    pthread_t thread;
    pthread_barrier_t *start;
    pileus_context *ctx;
    const char *name;
    pil__module *module; /* the one that was loaded, always the same */
    const char *problem;
} worker;

static const char *
find_and_load(worker *w)
{
    pileus_drivers *drivers = NULL;
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    const char *problem = NULL;

    if (pil__context_find(&info, w->ctx, w->name, NULL) != PILEUS_OK) {
        return "the driver is not found";
    }
    if (pil__module_load(&module, info, NULL) != PILEUS_OK) {
        problem = "the module does not load";
    } else if (w->module != NULL && w->module != module) {
        problem = "the module was loaded twice";
    } else if (strcmp(module->descriptor.name, "mock") != 0) {
        problem = "the descriptor is damaged";
    } else if (pileus_drivers_find(&drivers, w->ctx, NULL) != PILEUS_OK ||
               pileus_drivers_get(drivers, w->name) == NULL) {
        problem = "the driver is not listed";
    }
    w->module = module;
    pil__manifest_unref(info);
    pileus_drivers_free(drivers);
    return problem;
}

static void *
work(void *data)
{
    worker *w = data;

    (void)pthread_barrier_wait(w->start);
    for (int i = 0; w->problem == NULL && i < ROUNDS; i++) {
        pileus_context *ctx = pileus_context_ref(w->ctx);

        w->problem = find_and_load(w);
        pileus_context_unref(ctx);
    }
    return NULL;
}

/* Run a worker a thread, each in the context that contexts[i % count] is. */
static void
run(worker *workers, pileus_context **contexts, size_t count)
{
    pthread_barrier_t start;

    assert_int_equal(pthread_barrier_init(&start, NULL, THREADS), 0);
    for (size_t i = 0; i < THREADS; i++) {
        workers[i] = (worker){
            .start = &start,
            .ctx = contexts[i % count],
            .name = "mock",
        };
        assert_int_equal(
            pthread_create(&workers[i].thread, NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(workers[i].thread, NULL), 0);
    }
    (void)pthread_barrier_destroy(&start);
    for (size_t i = 0; i < THREADS; i++) {
        assert_null(workers[i].problem);
        assert_non_null(workers[i].module);
    }
}

static const char *
good_driver(void)
{
    const char *directory = fresh_directory();

    write_manifest(directory, NULL);
    copy_file(MOCK("mock"), path_of(directory, "mock.so"));
    return directory;
}

/* All at once, the very first time: one module comes of it. */
static void
test_one_context(void **state)
{
    pileus_context *ctx = context_of(good_driver(), NULL);
    worker workers[THREADS];

    (void)state;
    run(workers, &ctx, 1);
    for (size_t i = 1; i < THREADS; i++) {
        assert_ptr_equal(workers[i].module, workers[0].module);
    }
    pileus_context_unref(ctx);
}

/* Two users, each with drivers of its own under the same name. */
static void
test_two_contexts(void **state)
{
    pileus_context *contexts[] = {context_of(good_driver(), NULL),
                                  context_of(good_driver(), NULL)};
    worker workers[THREADS];

    (void)state;
    run(workers, contexts, 2);
    for (size_t i = 2; i < THREADS; i++) {
        assert_ptr_equal(workers[i].module, workers[i % 2].module);
    }
    assert_ptr_not_equal(workers[0].module, workers[1].module);
    pileus_context_unref(contexts[0]);
    pileus_context_unref(contexts[1]);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_context),
        cmocka_unit_test(test_two_contexts),
    };

    return cmocka_run_group_tests_name("threads", tests, fixture_begin,
                                       fixture_end);
}
