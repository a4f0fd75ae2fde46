/* Memory that runs out: the n-th allocation fails, for every n, through open,
 * list, create, destroy and close. Each time it is a no-memory error; leak
 * checkers see that nothing stays. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"

#include "tests/support/probe.h"
#include "tests/support/walk.h"

static long left;    /* allocations until one fails */
static long failed;  /* how many did */
static bool keep_on; /* all that follow fail, too */

static int
allow(void)
{
    if (left > 0 || (failed > 0 && !keep_on)) {
        left--;
        return 1;
    }
    failed++;
    return 0;
}

static void
fail_each(bool and_all_later)
{
    long n = 0;
    pileus_code code;

    do {
        pileus_error *err = NULL;

        left = n;
        failed = 0;
        keep_on = and_all_later;
        pil__alloc_hook = allow;
        code = walk_through_all(NULL, &err);
        pil__alloc_hook = NULL;
        if (failed > 0) {
            if (code != PILEUS_NO_MEMORY) {
                print_error("allocation %ld: %s: %s\n", n,
                            pileus_code_name(code), pileus_error_message(err));
            }
            assert_int_equal(code, PILEUS_NO_MEMORY);
            assert_int_equal(pileus_error_code(err), PILEUS_NO_MEMORY);
        }
        pileus_error_free(err);
        n++;
    } while (failed > 0);
    assert_int_equal(code, PILEUS_OK);
    assert_true(n > 50); /* it did fail, and often */
}

static void
test_one_fails(void **state)
{
    (void)state;
    fail_each(false);
}

static void
test_all_fail_from_then_on(void **state)
{
    (void)state;
    fail_each(true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_fails),
        cmocka_unit_test(test_all_fail_from_then_on),
    };

    return cmocka_run_group_tests_name("no memory", tests, NULL, NULL);
}
