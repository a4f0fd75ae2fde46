/* A driver that is linked into the program, with its manifest. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/driver/context.h"
#include "core/driver/module.h"

#include "tests/driver/fixture.h"

#include <pileus/linked.h>

#include <stdlib.h>

/* tests/drivers/mock.c is a part of this program. */
const pileus_driver_descriptor *mock_LTX_pileus_driver(void);

static const pileus_driver_descriptor *
nothing(void)
{
    return NULL;
}

static pileus_linked_driver
record(void)
{
    return (pileus_linked_driver){
        .struct_size = sizeof(pileus_linked_driver),
        .name = "mock",
        .descriptor = mock_LTX_pileus_driver,
        .manifest = manifest_text(NULL),
    };
}

static void
expect_refused(const pileus_linked_driver *driver, pileus_code code,
               const char *words)
{
    pileus_error *err = NULL;

    assert_int_equal(pileus_driver_link(driver, &err), code);
    expect_error(&err, code, words);
    assert_int_equal(pileus_driver_link(driver, NULL), code);
}

/* Nothing was linked in before. */
static void
expect_nothing(void)
{
    pileus_context *ctx = context_of(NULL);
    pileus_drivers *drivers = find_all(ctx);

    assert_int_equal(pileus_drivers_count(drivers), 0);
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
}

static void
test_refused(void **state)
{
    pileus_linked_driver bad = record();

    (void)state;
    expect_refused(NULL, PILEUS_INVALID_ARGUMENT, "driver is NULL");
    bad.struct_size--;
    expect_refused(&bad, PILEUS_INVALID_ARGUMENT, "lacks something");
    bad = record();
    bad.name = NULL;
    expect_refused(&bad, PILEUS_INVALID_ARGUMENT, "lacks something");
    bad = record();
    bad.descriptor = NULL;
    expect_refused(&bad, PILEUS_INVALID_ARGUMENT, "lacks something");
    bad = record();
    bad.manifest = NULL;
    expect_refused(&bad, PILEUS_INVALID_ARGUMENT, "lacks something");
    bad = record();
    bad.name = "../mock";
    expect_refused(&bad, PILEUS_INVALID_ARGUMENT, "name");
    bad = record();
    bad.name = "other";
    expect_refused(&bad, PILEUS_CONFIGURATION, "mock.json");
    bad = record();
    bad.manifest = "";
    expect_refused(&bad, PILEUS_CONFIGURATION, "mock.json");
    bad.manifest = "{\"pileus\": 1";
    expect_refused(&bad, PILEUS_CONFIGURATION, "mock.json");
    expect_nothing();
}

static void
test_linked(void **state)
{
    pileus_context *ctx = context_of(fresh_directory(), NULL);
    pileus_linked_driver driver = record();
    pileus_linked_driver other = record();
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    pil__module *again = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_driver_link(&driver, &err), err);
    expect_ok(pileus_driver_link(&driver, &err), err);
    other.descriptor = nothing;
    expect_refused(&other, PILEUS_INVALID_ARGUMENT, "another driver 'mock'");

    expect_ok(pil__context_find(&info, ctx, "mock", &err), err);
    assert_null(pileus_driver_module_path(info));
    assert_null(pileus_driver_manifest_path(info));
    assert_string_equal(pileus_driver_title(info), "Mock");
    expect_ok(pil__module_load(&module, info, &err), err);
    assert_string_equal(module->descriptor.name, "mock");
    expect_ok(pil__module_load(&again, info, &err), err);
    assert_ptr_equal(again, module);
    pil__manifest_unref(info);
    pileus_context_unref(ctx);
}

/* What is found with a directory that the application names, or the user. */
static pileus_drivers *
find_with(const char *named, const char *path)
{
    pileus_context *ctx;
    pileus_drivers *drivers;

    if (path != NULL) {
        assert_int_equal(setenv("PILEUS_DRIVER_PATH", path, 1), 0);
    }
    ctx = context_of(named, NULL);
    (void)unsetenv("PILEUS_DRIVER_PATH");
    drivers = find_all(ctx);
    pileus_context_unref(ctx);
    return drivers;
}

/* The application's own directories come first, then what is linked in. */
static void
test_order(void **state)
{
    const char *directory = fresh_directory();
    pileus_linked_driver driver = record();
    pileus_error *err = NULL;
    pileus_drivers *drivers;

    (void)state;
    expect_ok(pileus_driver_link(&driver, &err), err);
    write_manifest(directory, "title", "\"Of a file\"", NULL);

    drivers = find_with(directory, NULL);
    expect_in(drivers, "mock", directory);
    expect_notes(drivers, 1);
    expect_note(drivers, "linked into the program is passed over");
    pileus_drivers_free(drivers);

    drivers = find_with(NULL, directory);
    assert_int_equal(pileus_drivers_count(drivers), 1);
    assert_null(pileus_driver_manifest_path(pileus_drivers_at(drivers, 0)));
    expect_notes(drivers, 1);
    expect_note(drivers, "mock.json is passed over: mock.json comes first");
    pileus_drivers_free(drivers);

    write_text(path_of(directory, "mock.json"), "");
    drivers = find_with(directory, NULL);
    assert_int_equal(pileus_drivers_count(drivers), 0);
    expect_note(drivers, "is passed over: the empty file");
    pileus_drivers_free(drivers);
}

/* A descriptor that is none is found out when it is loaded. */
static void
test_no_descriptor(void **state)
{
    pileus_context *ctx = context_of(NULL);
    pileus_driver_info *info = NULL;
    pil__module *module = NULL;
    pileus_error *err = NULL;
    pileus_linked_driver driver = {
        .struct_size = sizeof driver,
        .name = "other",
        .descriptor = nothing,
        .manifest = manifest_text("name", "\"other\"", NULL),
    };

    (void)state;
    expect_ok(pileus_driver_link(&driver, &err), err);
    expect_ok(pil__context_find(&info, ctx, "other", &err), err);
    assert_int_equal(pil__module_load(&module, info, &err), PILEUS_DRIVER);
    expect_error(&err, PILEUS_DRIVER, "gives no descriptor");
    pil__manifest_unref(info);
    pileus_context_unref(ctx);
}

int
main(void)
{
    /* In this order: what is linked in stays. */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_linked),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_no_descriptor),
    };

    return cmocka_run_group_tests_name("linked", tests, fixture_begin,
                                       fixture_end);
}
