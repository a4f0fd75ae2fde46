/* Specifications: what they take, what drivers get, secrets that go. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/spec.h"

#include "tests/support/alloc.h"

#include <stdio.h>
#include <stdlib.h>

static pileus_node_spec *
new_spec(void)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    return spec;
}

typedef pileus_code (*setter_fn)(pileus_node_spec *spec, const char *text,
                                 pileus_error **err);

static const struct {
    setter_fn set;
    const char *what;
    size_t max;
} setters[] = {
    {pileus_node_spec_set_name, "the node's name", PILEUS_STRING_MAX},
    {pileus_node_spec_set_size, "the id of the size", PILEUS_ID_MAX},
    {pileus_node_spec_set_image, "the id of the image", PILEUS_ID_MAX},
    {pileus_node_spec_set_location, "the id of the location", PILEUS_ID_MAX},
    {pileus_node_spec_set_ssh_key, "the SSH key", PILEUS_OPTION_MAX},
    {pileus_node_spec_set_key_name, "the name of the key pair", PILEUS_ID_MAX},
    {pileus_node_spec_set_password, "the password", PILEUS_OPTION_MAX},
    {pileus_node_spec_set_token, "the token", 64},
};

#define SETTERS (sizeof setters / sizeof setters[0])

/* Set all there is; the first that fails ends it. */
static pileus_code
fill(pileus_node_spec *spec, pileus_error **err)
{
    char name[32];

    for (int round = 0; round < 2; round++) { /* the second replaces */
        for (size_t i = 0; i < SETTERS; i++) {
            pileus_code code;

            (void)snprintf(name, sizeof name, "%d of %zu", round, i);
            code = setters[i].set(spec, name, err);
            if (code != PILEUS_OK) {
                return code;
            }
        }
        if (pileus_node_spec_set_user_data(spec, "\0data", (size_t)(4 + round),
                                           err) != PILEUS_OK) {
            return PILEUS_NO_MEMORY;
        }
    }
    for (int i = 0; i < 10; i++) {
        (void)snprintf(name, sizeof name, "name %d", i);
        if (pileus_node_spec_add_tag(spec, name, "tag", err) != PILEUS_OK ||
            pileus_node_spec_set_option(spec, name, "", err) != PILEUS_OK) {
            return PILEUS_NO_MEMORY;
        }
    }
    return PILEUS_OK;
}

static void
test_what_drivers_get(void **state)
{
    pileus_node_spec *spec = new_spec();
    pileus_create_args args;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(fill(spec, &err), err);
    args = pil__spec_args(spec);
    assert_int_equal(args.struct_size, sizeof args);
    assert_int_equal(args.flags, 0);
    assert_string_equal(args.name, "1 of 0");
    assert_string_equal(args.size, "1 of 1");
    assert_string_equal(args.image, "1 of 2");
    assert_string_equal(args.location, "1 of 3");
    assert_string_equal(args.ssh_key, "1 of 4");
    assert_string_equal(args.key_name, "1 of 5");
    assert_string_equal(args.password, "1 of 6");
    assert_string_equal(args.token, "1 of 7");
    assert_int_equal(args.user_data_size, 5);
    assert_memory_equal(args.user_data, "\0data", 5);
    assert_int_equal(args.tag_count, 10);
    assert_string_equal(args.tags[9].name, "name 9");
    assert_string_equal(args.tags[9].value, "tag");
    assert_int_equal(args.option_count, 10);
    assert_string_equal(args.options[0].name, "name 0");
    assert_string_equal(args.options[0].value, "");
    pileus_node_spec_free(spec);
}

static void
test_empty(void **state)
{
    pileus_node_spec *spec = new_spec();
    pileus_create_args args = pil__spec_args(NULL);
    pileus_create_args of_empty = pil__spec_args(spec);

    (void)state;
    assert_memory_equal(&args, &of_empty, sizeof args);
    assert_int_equal(args.struct_size, sizeof args);
    assert_null(args.token);
    assert_null(args.name);
    assert_null(args.user_data);
    assert_int_equal(args.tag_count, 0);
    pileus_node_spec_free(spec);
    pileus_node_spec_free(NULL);
}

static void
test_bad_text(void **state)
{
    pileus_node_spec *spec = new_spec();
    char *large = malloc(PILEUS_STRING_MAX + 2);
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < SETTERS; i++) {
        assert_int_equal(setters[i].set(spec, "", &err),
                         PILEUS_INVALID_ARGUMENT);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "is empty");
        (void)setters[i].set(spec, NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, setters[i].what);
        (void)setters[i].set(spec, "hush\nhush", &err);
        assert_null(strstr(pileus_error_message(err), "hush"));
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "");
        (void)setters[i].set(spec, "hush\x01", &err);
        assert_null(strstr(pileus_error_message(err), "hush"));
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "");
        (void)setters[i].set(spec, "\xFF", &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "");
        memset(large, 'x', setters[i].max + 1);
        large[setters[i].max + 1] = '\0';
        (void)setters[i].set(spec, large, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "is longer than");
        large[setters[i].max] = '\0';
        expect_ok(setters[i].set(spec, large, &err), err);
        (void)setters[i].set(NULL, "x", &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "make one first");
    }
    free(large);
    pileus_node_spec_free(spec);
}

static void
test_token(void **state)
{
    pileus_node_spec *spec = new_spec();
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_set_token(spec, "a B-1_~", &err), err);
    (void)pileus_node_spec_set_token(spec, "gr\xC3\xBC\xC3\x9F", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "not printable ASCII");
    (void)pileus_node_spec_set_token(spec, "a\x7F", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "not printable ASCII");
    assert_string_equal(pil__spec_args(spec).token, "a B-1_~");
    pileus_node_spec_free(spec);
}

static void
test_ssh_key(void **state)
{
    pileus_node_spec *spec = new_spec();
    pileus_error *err = NULL;

    (void)state;
    expect_ok(
        pileus_node_spec_set_ssh_key(spec, "ssh-ed25519 AAAA me\r\n", &err),
        err);
    assert_string_equal(pil__spec_args(spec).ssh_key, "ssh-ed25519 AAAA me");
    (void)pileus_node_spec_set_ssh_key(spec, "ssh-rsa A\nssh-rsa B\n", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "has several lines");
    (void)pileus_node_spec_set_ssh_key(
        spec, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", &err);
    assert_null(strstr(pileus_error_message(err), "b3Bl"));
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "private SSH key");
    (void)pileus_node_spec_set_ssh_key(spec, "\n\n", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "empty");
    pileus_node_spec_free(spec);
}

static void
test_user_data(void **state)
{
    pileus_node_spec *spec = new_spec();
    char *large = calloc(1, PILEUS_USER_DATA_MAX + 1);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(
        pileus_node_spec_set_user_data(spec, large, PILEUS_USER_DATA_MAX, &err),
        err);
    (void)pileus_node_spec_set_user_data(spec, large, PILEUS_USER_DATA_MAX + 1,
                                         &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "1048577 bytes");
    assert_int_equal(pil__spec_args(spec).user_data_size, PILEUS_USER_DATA_MAX);
    (void)pileus_node_spec_set_user_data(spec, NULL, 1, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "user data is missing");
    (void)pileus_node_spec_set_user_data(NULL, "x", 1, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "make one first");
    expect_ok(pileus_node_spec_set_user_data(spec, NULL, 0, &err), err);
    assert_int_equal(pil__spec_args(spec).user_data_size, 0);
    free(large);
    pileus_node_spec_free(spec);
}

static void
test_pairs(void **state)
{
    pileus_node_spec *spec = new_spec();
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_add_tag(spec, "k", "v", &err), err);
    (void)pileus_node_spec_add_tag(spec, "k", "w", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the tag \"k\" is given twice");
    expect_ok(pileus_node_spec_set_option(spec, "k", "v", &err), err);
    (void)pileus_node_spec_set_option(spec, "k", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "the option \"k\" is given twice");
    (void)pileus_node_spec_add_tag(spec, "", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the name of the tag is empty");
    (void)pileus_node_spec_add_tag(spec, "x", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the value of the tag");
    (void)pileus_node_spec_set_option(spec, "a\nb", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the name of the option");
    (void)pileus_node_spec_set_option(spec, "x", "\xFF", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the value of the option");
    (void)pileus_node_spec_set_option(NULL, "x", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "make one first");
    assert_int_equal(pil__spec_args(spec).tag_count, 1);
    assert_int_equal(pil__spec_args(spec).option_count, 1);
    pileus_node_spec_free(spec);
}

static pileus_code
set_up(void *user)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_spec_new(&spec, &err);

    (void)user;
    if (code == PILEUS_OK) {
        code = fill(spec, &err);
    }
    assert_int_equal(code, pileus_error_code(err));
    pileus_error_free(err);
    pileus_node_spec_free(spec);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(set_up, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_drivers_get),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_bad_text),
        cmocka_unit_test(test_token),
        cmocka_unit_test(test_ssh_key),
        cmocka_unit_test(test_user_data),
        cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("spec", tests, NULL, NULL);
}
