/* A driver that was linked into the program: a manifest without a module. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <ltdl.h>

static void
test_preloaded(void **state)
{
    const char *directory = fresh_directory();
    pileus_context *ctx = context_of(directory, NULL);
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    pil__module *again = NULL;
    pileus_error *err = NULL;

    (void)state;
    write_manifest(directory, NULL);
    expect_ok(pil__context_find(&info, ctx, "mock", &err), err);
    expect_ok(pil__module_load(&module, info, &err), err);
    assert_string_equal(module->descriptor.name, "mock");
    expect_ok(pil__module_load(&again, info, &err), err);
    assert_ptr_equal(again, module);
    pil__manifest_unref(info);
    pileus_context_unref(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_preloaded),
    };

    LTDL_SET_PRELOADED_SYMBOLS();
    return cmocka_run_group_tests_name("preloaded", tests, fixture_begin,
                                       fixture_end);
}
