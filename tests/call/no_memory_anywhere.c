/* Memory that runs out anywhere in the process: in the core, in the driver, in
 * the libraries under them. The program's own malloc fails the n-th time, for
 * every n, and counts what is not freed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/stand_in.h"
#include "tests/support/walk.h"

#include <stdio.h>

#ifdef STAND_IN

static bool armed;
static long left;   /* allocations until one fails */
static long failed; /* how many did */
static long alive;  /* allocations not freed yet */

static bool
stand_in_allows(const void *caller)
{
    (void)caller;
    if (!armed || left-- > 0) {
        return true;
    }
    failed++;
    return false;
}

static void
stand_in_made(void *memory, const void *caller)
{
    (void)memory;
    (void)caller;
    alive++;
}

static void
stand_in_freed(void *memory)
{
    (void)memory;
    alive--;
}

static void
fail_each(const char *file)
{
    pileus_error *err = NULL;
    /* The libraries set themselves up for good. */
    pileus_code code = walk_through_all(file, &err);
    long n = 0;

    expect_ok(code, err);
    do {
        long before = alive;

        left = n++;
        failed = 0;
        armed = true;
        code = walk_through_all(file, &err);
        armed = false;
        if (failed > 0 && code != PILEUS_NO_MEMORY) {
            print_error("allocation %ld: %s: %s\n", n - 1,
                        pileus_code_name(code), pileus_error_message(err));
        }
        assert_int_equal(code, failed > 0 ? PILEUS_NO_MEMORY : PILEUS_OK);
        pileus_error_free(err);
        err = NULL;
        if (alive != before) {
            print_error("allocation %ld: %ld stay\n", n - 1, alive - before);
        }
        assert_int_equal(alive, before);
    } while (failed > 0);
    assert_true(n > 50); /* it did fail, and often */
}

static void
test_everywhere(void **state)
{
    (void)state;
    skip_if_not_standing_in();
    fail_each(NULL);
}

static void
test_with_a_file(void **state)
{
    char directory[] = "no-memory-XXXXXX";
    char file[64];
    char lock[64];

    (void)state;
    skip_if_not_standing_in();
    assert_non_null(mkdtemp(directory));
    (void)snprintf(file, sizeof file, "%s/state", directory);
    (void)snprintf(lock, sizeof lock, "%s/state.lock", directory);
    fail_each(file);
    assert_int_equal(unlink(file), 0);
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(rmdir(directory), 0); /* nothing else was left there */
}

#else

static void
test_everywhere(void **state)
{
    (void)state;
    skip_if_not_standing_in();
}

static void
test_with_a_file(void **state)
{
    test_everywhere(state);
}

#endif

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_everywhere),
        cmocka_unit_test(test_with_a_file),
    };

    return cmocka_run_group_tests_name("no memory anywhere", tests, NULL, NULL);
}
