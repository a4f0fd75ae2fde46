/* Specifications of volumes: what they take, and what drivers get. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/spec.h"

#include "tests/support/alloc.h"

static pileus_code
fill(pileus_volume_spec *spec, pileus_error **err)
{
    pileus_code code = pileus_volume_spec_set_name(spec, "first", err);

    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_name(spec, "data", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_size(spec, 1, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_size(spec, 50, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_location(spec, "here", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_snapshot(spec, "s-1", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_token(spec, "once", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_option(spec, "kind", "fast", err);
    }
    return code;
}

static void
test_what_drivers_get(void **state)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume_args args = pil__volume_spec_args(NULL);
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(args.struct_size, sizeof args);
    assert_null(args.name);
    assert_int_equal(args.size, 0);
    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    args = pil__volume_spec_args(spec);
    assert_null(args.token);
    assert_int_equal(args.option_count, 0);
    expect_ok(fill(spec, &err), err);
    args = pil__volume_spec_args(spec);
    assert_int_equal(args.struct_size, sizeof args);
    assert_int_equal(args.flags, 0);
    assert_string_equal(args.name, "data");
    assert_int_equal(args.size, 50);
    assert_string_equal(args.location, "here");
    assert_string_equal(args.snapshot, "s-1");
    assert_string_equal(args.token, "once");
    assert_int_equal(args.option_count, 1);
    assert_string_equal(args.options[0].name, "kind");
    assert_string_equal(args.options[0].value, "fast");
    pileus_volume_spec_free(spec);
    pileus_volume_spec_free(NULL);
}

static void
test_refused(void **state)
{
    pileus_volume_spec *spec = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    (void)pileus_volume_spec_set_size(spec, 0, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "is 0 GB: give 1 or more");
    (void)pileus_volume_spec_set_size(spec, INT64_MIN, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give 1 or more");
    (void)pileus_volume_spec_set_size(NULL, 1, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "make one first");
    (void)pileus_volume_spec_set_name(spec, "a\nb", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the volume's name");
    (void)pileus_volume_spec_set_name(NULL, "a", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "make one first");
    (void)pileus_volume_spec_set_location(spec, "", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the id of the location");
    (void)pileus_volume_spec_set_snapshot(spec, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the id of the snapshot");
    (void)pileus_volume_spec_set_token(spec, "\xC3\xA9", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "printable ASCII");
    expect_ok(pileus_volume_spec_set_option(spec, "kind", "fast", &err), err);
    (void)pileus_volume_spec_set_option(spec, "kind", "slow", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "given twice");
    (void)pileus_volume_spec_set_option(NULL, "kind", "slow", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "make one first");
    pileus_volume_spec_free(spec);
}

static pileus_code
make(void *user)
{
    pileus_volume_spec *spec = NULL;
    pileus_code code = pileus_volume_spec_new(&spec, NULL);

    (void)user;
    if (code == PILEUS_OK) {
        code = fill(spec, NULL);
    }
    pileus_volume_spec_free(spec);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(make, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_drivers_get),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("volume spec", tests, NULL, NULL);
}
