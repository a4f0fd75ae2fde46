/* Memory that runs out: the n-th allocation fails, for every n, through open,
 * list, create, destroy and close. Each time it is a no-memory error; leak
 * checkers see that nothing stays. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"

#include "tests/support/probe.h"

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

static pileus_code
walk(pileus_error **err)
{
    pileus_context *ctx = NULL;
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_node_spec *spec = NULL;
    pileus_list *list = NULL;
    pileus_node *node = NULL;
    pileus_call *call = NULL;
    pileus_code code = pileus_context_new(&ctx, err);

    if (code == PILEUS_OK) {
        code = pileus_options_new(&options, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "creds", "5", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_call_new(&call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(&conn, ctx, "dummy", options, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_list(&list, conn, NULL, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_new(&spec, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_name(spec, "web", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_create(&node, conn, spec, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_reboot(node, 0, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_destroy(node, 0, call, err);
    }
    pileus_node_unref(node);
    pileus_list_free(list);
    pileus_node_spec_free(spec);
    pileus_call_free(call);
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
    return code;
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
        code = walk(&err);
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
