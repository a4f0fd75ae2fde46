/* A driver that libtool has preopened, with its manifest: no file at all. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <ltdl.h>

static void
test_preopened(void **state)
{
    pileus_context *ctx = context_of(NULL);
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pil__context_find(&info, ctx, "mock", &err), err);
    assert_null(pileus_driver_manifest_path(info));
    /* As it stands in its manifest, whatever C has for these characters. */
    assert_string_equal(pileus_driver_title(info), "Was it \"mocked\"?\?/");
    expect_ok(pil__module_load(&module, info, &err), err);
    assert_string_equal(module->descriptor.name, "mock");
    pil__manifest_unref(info);
    pileus_context_unref(ctx);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_preopened),
    };

    LTDL_SET_PRELOADED_SYMBOLS();
    return cmocka_run_group_tests_name("preopened", tests, fixture_begin,
                                       fixture_end);
}
