/* Memory that runs out while drivers are listed, found and loaded: the n-th
 * allocation fails, for every n. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"
#include "core/driver/context.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <stdlib.h>

static long left; /* allocations until one fails */
static bool failed;

static int
allow(void)
{
    if (left-- != 0) {
        return 1;
    }
    failed = true;
    return 0;
}

/* Two directories: one with all that makes a note, one with a good driver. */
static const char *bad;
static const char *good;

static pileus_code
list(pileus_context *ctx, pileus_error **err)
{
    pileus_drivers *drivers = NULL;
    pileus_code code = pileus_drivers_find(&drivers, ctx, err);

    if (code == PILEUS_OK) {
        /* Others may be installed. */
        assert_non_null(pileus_drivers_get(drivers, "mock"));
        assert_int_equal(pileus_drivers_note_count(drivers), 5);
    }
    pileus_drivers_free(drivers);
    return code;
}

static pileus_code
load(pileus_context *ctx, pileus_error **err)
{
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    pileus_code code = pil__context_find(&info, ctx, "mock", err);

    if (code == PILEUS_OK) {
        code = pil__module_load(&module, info, err);
    }
    pil__manifest_unref(info);
    return code;
}

/* The error that is expected in the end counts as success. */
static pileus_code
fail_to_find(pileus_context *ctx, const char *name, pileus_code expected,
             pileus_error **err)
{
    pileus_driver_info *info = NULL;
    pileus_code code = pil__context_find(&info, ctx, name, err);

    assert_int_equal(code, pileus_error_code(*err));
    if (code == expected) {
        pileus_error_free(*err);
        *err = NULL;
        return PILEUS_OK;
    }
    return code;
}

static pileus_code
walk(pileus_error **err)
{
    pileus_context *ctx = NULL;
    pileus_code code = pileus_context_new(&ctx, err);

    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(ctx, bad, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(ctx, good, err);
    }
    if (code == PILEUS_OK) {
        code = list(ctx, err);
    }
    if (code == PILEUS_OK) {
        code = load(ctx, err);
    }
    if (code == PILEUS_OK) {
        code = fail_to_find(ctx, "broken", PILEUS_CONFIGURATION, err);
    }
    if (code == PILEUS_OK) {
        code = fail_to_find(ctx, "hidden", PILEUS_NOT_FOUND, err);
    }
    if (code == PILEUS_OK) {
        code = fail_to_find(ctx, "mokc", PILEUS_NOT_FOUND, err);
    }
    pileus_context_unref(ctx);
    return code;
}

static void
make_drivers(void)
{
    bad = fresh_directory();
    good = fresh_directory();
    write_text(path_of(bad, "broken.json"),
               manifest_text("name", "\"broken\"", "type", NULL, NULL));
    write_text(path_of(bad, "hidden.json"), "");
    write_other(good, "hidden");
    write_text(path_of(bad, "mock.json"), "{");
    write_manifest(good, "options",
                   "[{\"name\": \"a\", \"type\": \"choice\", \"help\": \"h\","
                   " \"choices\": [\"b\"], \"default\": \"b\"}]",
                   NULL);
    copy_file(MOCK("mock"), path_of(good, "mock.so"));
}

static void
test_each_allocation(void **state)
{
    pileus_error *err = NULL;
    long n = 0;
    pileus_code code;

    (void)state;
    make_drivers();
    (void)setenv("PILEUS_DRIVER_PATH", "relative", 1);
    (void)setenv("HOME", "/nowhere", 1);
    do {
        failed = false;
        left = n++;
        pil__alloc_hook = allow;
        code = walk(&err);
        pil__alloc_hook = NULL;
        if (failed) {
            expect_error(&err, PILEUS_NO_MEMORY, "memory ran out");
            assert_int_equal(code, PILEUS_NO_MEMORY);
        }
    } while (failed);
    expect_ok(code, err);
    print_message("%ld allocations failed\n", n - 1);
    assert_true(n > 100);
    (void)unsetenv("PILEUS_DRIVER_PATH");
    (void)unsetenv("HOME");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_allocation),
    };

    return cmocka_run_group_tests_name("no memory", tests, fixture_begin,
                                       fixture_end);
}
