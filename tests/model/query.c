/* Queries: what they take, what drivers get, what they match. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/query.h"

#include "tests/support/alloc.h"
#include "tests/support/object.h"

#include <stdio.h>
#include <stdlib.h>

static pileus_query *
new_query(void)
{
    pileus_query *query = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_query_new(&query, &err), err);
    return query;
}

static void
add_id(pileus_query *query, const char *id)
{
    pileus_error *err = NULL;

    expect_ok(pileus_query_add_id(query, id, ALL_OF_IT, &err), err);
}

/* ---- setting up ---------------------------------------------------------- */

static void
fill(pileus_query *query)
{
    pileus_error *err = NULL;

    add_id(query, "i-1");
    expect_ok(pileus_query_add_id(query, "i-2 and more", 3, &err), err);
    add_id(query, "i-1");
    expect_ok(pileus_query_set_name(query, "first", &err), err);
    expect_ok(pileus_query_set_name(query, "web", &err), err);
    expect_ok(pileus_query_add_state(query, PILEUS_STATE_RUNNING, &err), err);
    expect_ok(pileus_query_add_state(query, 99, &err), err);
    expect_ok(pileus_query_set_location(query, "here", &err), err);
    expect_ok(pileus_query_set_location(query, "there", &err), err);
    expect_ok(pileus_query_add_tag(query, "role", "db\n", &err), err);
    expect_ok(pileus_query_add_tag(query, "any", NULL, &err), err);
    expect_ok(pileus_query_add_filter(query, "zone", "a", &err), err);
    expect_ok(pileus_query_add_filter(query, "zone", "", &err), err);
}

static void
expect_filled(const pileus_query *query)
{
    pileus_query_args args = pil__query_args(query);

    assert_int_equal(args.struct_size, sizeof args);
    assert_int_equal(args.id_count, 2);
    assert_string_equal(args.ids[0], "i-1");
    assert_string_equal(args.ids[1], "i-2");
    assert_string_equal(args.name, "web");
    assert_int_equal(args.state_count, 2);
    assert_int_equal(args.states[0], PILEUS_STATE_RUNNING);
    assert_int_equal(args.states[1], 99);
    assert_string_equal(args.location, "there");
    assert_int_equal(args.tag_count, 2);
    assert_string_equal(args.tags[0].name, "role");
    assert_string_equal(args.tags[0].value, "db\n");
    assert_string_equal(args.tags[1].name, "any");
    assert_null(args.tags[1].value);
    assert_int_equal(args.filter_count, 2);
    assert_string_equal(args.filters[0].name, "zone");
    assert_string_equal(args.filters[0].value, "a");
    assert_string_equal(args.filters[1].value, "");
}

static void
test_what_drivers_get(void **state)
{
    pileus_query *query = new_query();
    pileus_query *copy = NULL;
    pileus_error *err = NULL;

    (void)state;
    fill(query);
    expect_filled(query);
    expect_ok(pil__query_copy(&copy, query, &err), err);
    pileus_query_free(query);
    expect_filled(copy);
    pileus_query_free(copy);
}

static void
test_empty(void **state)
{
    pileus_query *query = new_query();
    pileus_query *copy = query;
    pileus_query_args args = pil__query_args(NULL);
    pileus_query_args of_empty = pil__query_args(query);
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(args.struct_size, sizeof args);
    assert_memory_equal(&args, &of_empty, sizeof args);
    assert_null(args.name);
    assert_int_equal(args.id_count, 0);
    expect_ok(pil__query_copy(&copy, NULL, &err), err);
    assert_null(copy);
    pileus_query_free(query);
    pileus_query_free(NULL);
}

static void
test_bad_ids(void **state)
{
    static const struct {
        const char *id;
        size_t length;
        const char *words;
    } cases[] = {
        {"a\0b", 3, "control characters"}, {"a\nb", ALL_OF_IT, "control"},
        {"\xFF", ALL_OF_IT, "UTF-8"},      {"\xC0\xAF", ALL_OF_IT, "UTF-8"},
        {"", ALL_OF_IT, "empty"},          {"abc", 0, "empty"},
        {NULL, ALL_OF_IT, "empty"},        {NULL, 5, "empty"},
    };
    pileus_query *query = new_query();
    char *large = malloc(1000001);
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(
            pileus_query_add_id(query, cases[i].id, cases[i].length, &err),
            PILEUS_INVALID_ARGUMENT);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, cases[i].words);
    }
    memset(large, 'x', 1000000);
    large[1000000] = '\0';
    assert_int_equal(pileus_query_add_id(query, large, ALL_OF_IT, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "longer than the 1024 bytes");
    assert_int_equal(pileus_query_add_id(query, large, 1000000, NULL),
                     PILEUS_INVALID_ARGUMENT);
    assert_int_equal(pil__query_args(query).id_count, 0);
    large[PILEUS_ID_MAX] = '\0';
    add_id(query, large);
    free(large);
    pileus_query_free(query);
}

static void
test_bad_arguments(void **state)
{
    pileus_query *query = new_query();
    pileus_error *err = NULL;
    char *large = malloc(PILEUS_OPTION_MAX + 2);

    (void)state;
    (void)pileus_query_set_name(query, "", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "the name to look for is empty");
    (void)pileus_query_set_name(query, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "empty");
    (void)pileus_query_set_location(query, "a\n", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the id of the location");
    (void)pileus_query_add_tag(query, NULL, "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the key of a tag");
    (void)pileus_query_add_tag(query, "k", "\xFF", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the value of a tag");
    (void)pileus_query_add_filter(query, "", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the name of a filter");
    (void)pileus_query_add_filter(query, "f", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "the value of a filter is missing");
    memset(large, 'x', PILEUS_OPTION_MAX + 1);
    large[PILEUS_OPTION_MAX + 1] = '\0';
    (void)pileus_query_add_filter(query, "f", large, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "longer than the 65536 bytes");
    free(large);
    pileus_query_free(query);
}

static void
test_no_query(void **state)
{
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_query_add_id(NULL, "i", ALL_OF_IT, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "pileus_query_new");
    (void)pileus_query_set_name(NULL, "n", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "pileus_query_new");
    (void)pileus_query_set_location(NULL, "l", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "pileus_query_new");
    (void)pileus_query_add_state(NULL, 0, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "pileus_query_new");
    (void)pileus_query_add_tag(NULL, "k", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "pileus_query_new");
    (void)pileus_query_add_filter(NULL, "f", "v", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "pileus_query_new");
}

/* ---- matching ------------------------------------------------------------ */

/* A running node i-1, web, there, with the tags role=db and bare. */
static pil__object *
some_node(void)
{
    pil__object *node = new_node("i-1");

    pil__object_set_string(node, PILEUS_FIELD_NAME, "web", ALL_OF_IT);
    pil__object_set_integer(node, PILEUS_FIELD_STATE, PILEUS_STATE_RUNNING);
    pil__object_set_string(node, PILEUS_FIELD_LOCATION, "there", ALL_OF_IT);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "role", 4, "db", 2);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "bare", 4, NULL, 0);
    return finish(node);
}

static void
test_ids_match(void **state)
{
    pil__object *node = some_node();
    pil__object *nameless = finish(new_node(NULL));
    pileus_query *query = new_query();
    char id[32];

    (void)state;
    assert_true(pil__query_matches(NULL, node));
    assert_true(pil__query_matches(query, node));
    assert_true(pil__query_matches(query, nameless));
    add_id(query, "i-2");
    assert_false(pil__query_matches(query, node));
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(id, sizeof id, "i-%d", 1000 - i);
        add_id(query, id);
    }
    assert_int_equal(pil__query_args(query).id_count, 1000);
    assert_string_equal(pil__query_args(query).ids[999], "i-1");
    assert_true(pil__query_matches(query, node));
    assert_false(pil__query_matches(query, nameless));
    pil__object_unref(node);
    pil__object_unref(nameless);
    pileus_query_free(query);
}

static void
test_name_and_location_match(void **state)
{
    pil__object *node = some_node();
    pil__object *bare = finish(new_node("i"));
    pil__object *size = finish(new_object(PILEUS_KIND_SIZE));
    pileus_query *query = new_query();

    (void)state;
    (void)pileus_query_set_name(query, "we", NULL);
    assert_false(pil__query_matches(query, node));
    (void)pileus_query_set_name(query, "web", NULL);
    assert_true(pil__query_matches(query, node));
    assert_false(pil__query_matches(query, bare));
    pileus_query_free(query);

    query = new_query();
    (void)pileus_query_set_location(query, "here", NULL);
    assert_false(pil__query_matches(query, node));
    (void)pileus_query_set_location(query, "there", NULL);
    assert_true(pil__query_matches(query, node));
    assert_false(pil__query_matches(query, bare));
    assert_true(pil__query_matches(query, size)); /* only its driver knows */
    pileus_query_free(query);
    pil__object_unref(node);
    pil__object_unref(bare);
    pil__object_unref(size);
}

static void
test_states_match(void **state)
{
    pil__object *node = some_node();
    pil__object *bare = finish(new_node("i"));
    pil__object *image = finish(new_object(PILEUS_KIND_IMAGE));
    pileus_query *query = new_query();

    (void)state;
    (void)pileus_query_add_state(query, PILEUS_STATE_STOPPED, NULL);
    assert_false(pil__query_matches(query, node));
    assert_false(pil__query_matches(query, bare));
    assert_true(pil__query_matches(query, image)); /* it has none */
    (void)pileus_query_add_state(query, PILEUS_STATE_RUNNING, NULL);
    assert_true(pil__query_matches(query, node));
    (void)pil__object_change_state(node, PILEUS_STATE_TERMINATED, NULL);
    assert_false(pil__query_matches(query, node));
    (void)pileus_query_add_state(query, PILEUS_STATE_UNKNOWN, NULL);
    assert_true(pil__query_matches(query, bare));
    pileus_query_free(query);
    pil__object_unref(node);
    pil__object_unref(bare);
    pil__object_unref(image);
}

static void
test_tags_match(void **state)
{
    pil__object *node = some_node();
    pil__object *bare = finish(new_node("i"));
    pileus_query *query = new_query();

    (void)state;
    (void)pileus_query_add_tag(query, "role", "db", NULL);
    assert_true(pil__query_matches(query, node));
    assert_false(pil__query_matches(query, bare));
    (void)pileus_query_add_tag(query, "bare", NULL, NULL);
    (void)pileus_query_add_tag(query, "bare", "", NULL);
    (void)pileus_query_add_filter(query, "zone", "a", NULL); /* not ours */
    assert_true(pil__query_matches(query, node));
    (void)pileus_query_add_tag(query, "role", "web", NULL);
    assert_false(pil__query_matches(query, node));
    pileus_query_free(query);
    query = new_query();
    (void)pileus_query_add_tag(query, "none", NULL, NULL);
    assert_false(pil__query_matches(query, node));
    pileus_query_free(query);
    pil__object_unref(node);
    pil__object_unref(bare);
}

/* ---- memory -------------------------------------------------------------- */

static pileus_code
set_up_and_copy(void *user)
{
    pileus_query *query = NULL;
    pileus_query *copy = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_query_new(&query, &err);
    char id[40];

    (void)user;
    for (int i = 0; code == PILEUS_OK && i < 40; i++) {
        (void)snprintf(id, sizeof id, "an-id-that-is-rather-long-%d", i);
        code = pileus_query_add_id(query, id, ALL_OF_IT, &err);
        if (code == PILEUS_OK) {
            code = pileus_query_add_state(query, i, &err);
        }
        if (code == PILEUS_OK) {
            code =
                pileus_query_add_tag(query, id, i % 2 == 0 ? NULL : "v", &err);
        }
        if (code == PILEUS_OK) {
            code = pileus_query_add_filter(query, id, "v", &err);
        }
        if (code == PILEUS_OK) {
            code = pileus_query_set_name(query, id, &err);
        }
        if (code == PILEUS_OK) {
            code = pileus_query_set_location(query, id, &err);
        }
    }
    if (code == PILEUS_OK) {
        code = pil__query_copy(&copy, query, &err);
    }
    assert_int_equal(code, pileus_error_code(err));
    pileus_error_free(err);
    pileus_query_free(query);
    pileus_query_free(copy);
    return code;
}

static void
test_no_memory(void **state)
{
    (void)state;
    fail_each_allocation(set_up_and_copy, NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_drivers_get),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_bad_ids),
        cmocka_unit_test(test_bad_arguments),
        cmocka_unit_test(test_no_query),
        cmocka_unit_test(test_ids_match),
        cmocka_unit_test(test_name_and_location_match),
        cmocka_unit_test(test_states_match),
        cmocka_unit_test(test_tags_match),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
