/* What is asked for as bytes: specs and queries, saved and loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/query.h"
#include "core/model/spec.h"

#include "tests/support/alloc.h"

#include <pileus/pileus.h>

#include <string.h>

static pileus_node_spec *
whole_node_spec(void)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, "w\xc3\xa9 \"b\"", &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "s1", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "i1", &err), err);
    expect_ok(pileus_node_spec_set_location(spec, "l1", &err), err);
    expect_ok(pileus_node_spec_set_key_name(spec, "laptop", &err), err);
    expect_ok(pileus_node_spec_set_password(spec, "s3cr3t", &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#!\0\xff\n", 5, &err), err);
    expect_ok(pileus_node_spec_set_token(spec, "once", &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "role", "web", &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "empty", "", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "hidden", "x y", &err), err);
    return spec;
}

static void
expect_same_pairs(const pileus_pair *one, uint64_t count,
                  const pileus_pair *other, uint64_t other_count)
{
    assert_int_equal(count, other_count);
    for (uint64_t i = 0; i < count; i++) {
        assert_string_equal(one[i].name, other[i].name);
        if (one[i].value == NULL) {
            assert_null(other[i].value);
        } else {
            assert_string_equal(one[i].value, other[i].value);
        }
    }
}

static void
test_node_spec(void **state)
{
    pileus_node_spec *spec = whole_node_spec();
    pileus_node_spec *same = NULL;
    pileus_create_args one = pil__spec_args(spec);
    pileus_create_args other;
    pileus_text *saved = NULL;
    size_t size = 0;
    const char *text;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_save(&saved, spec, &err), err);
    text = pileus_text_data(saved, &size);
    assert_null(memchr(text, '\n', size));
    expect_ok(pileus_node_spec_load(&same, text, size, &err), err);
    other = pil__spec_args(same);
    assert_string_equal(one.name, other.name);
    assert_string_equal(one.size, other.size);
    assert_string_equal(one.image, other.image);
    assert_string_equal(one.location, other.location);
    assert_null(other.ssh_key);
    assert_string_equal(one.key_name, other.key_name);
    assert_string_equal(one.password, other.password);
    assert_string_equal(one.token, other.token);
    assert_int_equal(one.user_data_size, other.user_data_size);
    assert_memory_equal(one.user_data, other.user_data, one.user_data_size);
    expect_same_pairs(one.tags, one.tag_count, other.tags, other.tag_count);
    expect_same_pairs(one.options, one.option_count, other.options,
                      other.option_count);
    pileus_text_free(saved);
    pileus_node_spec_free(same);
    pileus_node_spec_free(spec);
}

static void
test_volume_spec(void **state)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume_spec *same = NULL;
    pileus_volume_args other;
    pileus_text *saved = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_size(spec, 10, &err), err);
    expect_ok(pileus_volume_spec_set_snapshot(spec, "snap", &err), err);
    expect_ok(pileus_volume_spec_set_option(spec, "kind", "fast", &err), err);
    expect_ok(pileus_volume_spec_save(&saved, spec, &err), err);
    expect_ok(pileus_volume_spec_load(&same, pileus_text_data(saved, NULL),
                                      PILEUS_NUL_TERMINATED, &err),
              err);
    other = pil__volume_spec_args(same);
    assert_int_equal(other.size, 10);
    assert_null(other.name);
    assert_null(other.token);
    assert_string_equal(other.snapshot, "snap");
    assert_int_equal(other.option_count, 1);
    assert_string_equal(other.options[0].value, "fast");
    pileus_text_free(saved);
    pileus_volume_spec_free(same);
    pileus_volume_spec_free(spec);
}

static void
test_query(void **state)
{
    pileus_query *query = NULL;
    pileus_query *same = NULL;
    pileus_query_args one;
    pileus_query_args other;
    pileus_text *saved = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_id(query, "n-1", 3, &err), err);
    expect_ok(pileus_query_add_id(query, "n-2", 3, &err), err);
    expect_ok(pileus_query_set_name(query, "web", &err), err);
    expect_ok(pileus_query_set_location(query, "here", &err), err);
    expect_ok(pileus_query_add_state(query, PILEUS_STATE_RUNNING, &err), err);
    expect_ok(pileus_query_add_state(query, 99, &err), err);
    expect_ok(pileus_query_add_tag(query, "any", NULL, &err), err);
    expect_ok(pileus_query_add_tag(query, "role", "web", &err), err);
    expect_ok(pileus_query_add_filter(query, "owner", "me", &err), err);
    one = pil__query_args(query);
    expect_ok(pileus_query_save(&saved, query, &err), err);
    expect_ok(pileus_query_load(&same, pileus_text_data(saved, NULL),
                                PILEUS_NUL_TERMINATED, &err),
              err);
    other = pil__query_args(same);
    assert_int_equal(other.id_count, 2);
    assert_string_equal(other.ids[1], "n-2");
    assert_string_equal(other.name, "web");
    assert_string_equal(other.location, "here");
    assert_int_equal(other.state_count, 2);
    assert_int_equal(other.states[0], PILEUS_STATE_RUNNING);
    assert_int_equal(other.states[1], 99);
    expect_same_pairs(one.tags, one.tag_count, other.tags, other.tag_count);
    expect_same_pairs(one.filters, one.filter_count, other.filters,
                      other.filter_count);
    pileus_text_free(saved);
    pileus_query_free(same);
    pileus_query_free(query);
}

static void
test_empty(void **state)
{
    pileus_query *query = NULL;
    pileus_query *same = NULL;
    pileus_text *saved = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_save(&saved, query, &err), err);
    expect_ok(pileus_query_load(&same, pileus_text_data(saved, NULL),
                                PILEUS_NUL_TERMINATED, &err),
              err);
    assert_int_equal(pil__query_args(same).id_count, 0);
    assert_null(pil__query_args(same).name);
    pileus_text_free(saved);
    pileus_query_free(same);
    pileus_query_free(query);
}

/* ---- what is none ---------------------------------------------------------
 */

static void
test_wrong(void **state)
{
    static const struct {
        const char *saved;
        const char *says;
    } rows[] = {
        {"", "no JSON"},
        {"{", "no JSON"},
        {"[]", "no node spec"},
        {"{}", "no node spec"},
        {"{\"pileus\": 1}", "no node spec"},
        {"{\"pileus\": 1, \"kind\": \"query\"}", "no node spec"},
        {"{\"pileus\": 0, \"kind\": \"node spec\"}", "no node spec"},
        {"{\"pileus\": 2, \"kind\": \"node spec\"}", "form 2"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"name\": 1}",
         "where a text must be"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"name\": \"\"}",
         "the node's name"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"name\": null}",
         "where a text must be"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"tags\": {\"a\": null}}",
         "where a text must be"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"tags\": {\"a\": []}}",
         "where a text must be"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"options\": [\"a\"]}",
         "name of the option"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"user_data\": \"!\"}",
         "no base64"},
        {"{\"pileus\": 1, \"kind\": \"node spec\", \"user_data\": {}}",
         "where a text must be"},
    };
    pileus_node_spec *spec = NULL;
    pileus_query *query = NULL;
    pileus_volume_spec *volume = NULL;
    pileus_text *saved = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        (void)pileus_node_spec_load(&spec, rows[i].saved, PILEUS_NUL_TERMINATED,
                                    &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, rows[i].says);
        assert_null(spec);
    }
    (void)pileus_query_load(&query,
                            "{\"pileus\":1,\"kind\":\"query\",\"states\":[-1]}",
                            PILEUS_NUL_TERMINATED, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "a state");
    (void)pileus_query_load(&query,
                            "{\"pileus\":1,\"kind\":\"query\",\"ids\":[true]}",
                            PILEUS_NUL_TERMINATED, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "where a text must be");
    (void)pileus_volume_spec_load(
        &volume, "{\"pileus\":1,\"kind\":\"volume spec\",\"size_gb\":\"1\"}",
        PILEUS_NUL_TERMINATED, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the volume's size");
    (void)pileus_query_load(NULL, "{}", 2, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    (void)pileus_query_load(&query, NULL, 0, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    (void)pileus_query_save(&saved, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
}

/* What a later library adds is left out. */
static void
test_later(void **state)
{
    pileus_query *query = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_query_load(&query,
                                "{\"pileus\": 1, \"kind\": \"query\", "
                                "\"moon\": {\"phase\": 4}, \"name\": \"web\"}",
                                PILEUS_NUL_TERMINATED, &err),
              err);
    assert_string_equal(pil__query_args(query).name, "web");
    pileus_query_free(query);
}

static pileus_code
there_and_back(void *user)
{
    pileus_node_spec *same = NULL;
    pileus_text *saved = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_spec_save(&saved, user, &err);

    if (code == PILEUS_OK) {
        code = pileus_node_spec_load(&same, pileus_text_data(saved, NULL),
                                     PILEUS_NUL_TERMINATED, &err);
    }
    pileus_node_spec_free(same);
    pileus_text_free(saved);
    pileus_error_free(err);
    return code;
}

static void
test_no_memory(void **state)
{
    pileus_node_spec *spec = whole_node_spec();

    (void)state;
    assert_true(fail_allocations(there_and_back, spec, 0) > 10);
    assert_true(fail_allocations(there_and_back, spec, 1) > 10);
    pileus_node_spec_free(spec);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_node_spec), cmocka_unit_test(test_volume_spec),
        cmocka_unit_test(test_query),     cmocka_unit_test(test_empty),
        cmocka_unit_test(test_wrong),     cmocka_unit_test(test_later),
        cmocka_unit_test(test_no_memory),
    };

    return cmocka_run_group_tests_name("asked", tests, NULL, NULL);
}
