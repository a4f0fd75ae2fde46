/* The OpenStack driver against a provider of its own: nodes, and services that
 * refuse. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"

/* ---- nodes ----------------------------------------------------------------
 */

static void
test_facts(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    const pileus_node *node;

    (void)state;
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    node = pileus_list_node(list, 0);
    assert_string_equal(pileus_node_id(node), "id-1");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_public_ip(node, 0), "10.1.0.1");
    assert_string_equal(pileus_node_public_ip(node, 1), "2001:db8::1");
    assert_string_equal(pileus_node_private_ip(node, 0), "10.0.0.1");
    assert_null(pileus_node_private_ip(node, 1));
    assert_null(pileus_node_image(node));
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "7");
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_node_tags(node), "role")),
        "web");
    assert_null(pileus_value_get(pileus_node_tags(node), "pileus-token"));
    pileus_list_free(list);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static pileus_code
create(pileus_node **node, pileus_connection *conn, const char *const *pairs,
       pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, "s900", err), *err);
    expect_ok(pileus_node_spec_set_size(spec, "7", err), *err);
    expect_ok(pileus_node_spec_set_image(spec, "i1", err), *err);
    expect_ok(pileus_node_spec_set_token(spec, "the-one", err), *err);
    for (size_t i = 0; pairs != NULL && pairs[i] != NULL; i += 2) {
        expect_ok(
            pileus_node_spec_set_option(spec, pairs[i], pairs[i + 1], err),
            *err);
    }
    code = pileus_node_create(node, conn, spec, NULL, err);
    pileus_node_spec_free(spec);
    return code;
}

/* Two creates with one token make one server. */
static void
test_create_twice(void **state)
{
    openstack_mock *mock = mock_start(2);
    pileus_connection *conn = connect_to(mock);
    const pileus_value *extra;
    pileus_node *first = NULL;
    pileus_node *second = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(create(&first, conn, NULL, &err), err);
    expect_ok(create(&second, conn, NULL, &err), err);
    assert_int_equal(mock->creates, 1);
    assert_string_equal(pileus_node_id(first), "id-900");
    assert_string_equal(pileus_node_id(second), "id-900");
    extra = pileus_node_extra(first);
    assert_string_equal(
        pileus_value_string(pileus_value_get(extra, "password")),
        "its-password");
    pileus_node_unref(first);
    pileus_node_unref(second);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* But one that is on its way out is no answer to a create. */
static void
test_create_again(void **state)
{
    static const struct {
        const char *status;
        const char *task;
        int creates;
    } ends[] = {
        {"ACTIVE", "deleting", 2},     {"ACTIVE", "soft-deleting", 2},
        {"SOFT_DELETED", NULL, 2},     {"DELETED", NULL, 2},
        {"ACTIVE", "powering-off", 1}, {"ERROR", NULL, 1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        openstack_mock *mock = mock_start(0);
        pileus_connection *conn = connect_to(mock);
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        expect_ok(create(&node, conn, NULL, &err), err);
        pileus_node_unref(node);
        mock->status = ends[i].status;
        mock->task = ends[i].task;
        expect_ok(create(&node, conn, NULL, &err), err);
        assert_int_equal(mock->creates, ends[i].creates);
        pileus_node_unref(node);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

static void
test_create_options(void **state)
{
    static const struct {
        const char *const pairs[PAIRS_MAX];
        const char *part;
    } creates[] = {
        {{NULL}, "\"imageRef\":\"i1\""},
        {{"networks", "lan,11111111-2222-3333-4444-555555555555", NULL},
         "\"networks\":[{\"uuid\":\"lan-id\"},{\"uuid\":\"11111111-2222-"
         "3333-4444-555555555555\"}]"},
        {{"security-groups", "web,db", NULL},
         "\"security_groups\":[{\"name\":\"web\"},{\"name\":\"db\"}]"},
        {{"config-drive", "true", NULL}, "\"config_drive\":true"},
        {{"server-group", "g1", NULL},
         "\"os:scheduler_hints\":{\"group\":\"g1\"}"},
        {{"boot-volume-size", "20", NULL},
         "\"block_device_mapping_v2\":[{\"boot_index\":0,\"uuid\":\"i1\","
         "\"source_type\":\"image\",\"destination_type\":\"volume\","
         "\"volume_size\":20,\"delete_on_termination\":true}]"},
        {{"boot-volume", "v1", NULL},
         "\"block_device_mapping_v2\":[{\"boot_index\":0,\"uuid\":\"v1\","
         "\"source_type\":\"volume\",\"destination_type\":\"volume\","
         "\"delete_on_termination\":false}]"},
    };
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof creates / sizeof creates[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        *mock->mark = '\0';
        expect_ok(create(&node, conn, creates[i].pairs, &err), err);
        if (strstr(mock->created, creates[i].part) == NULL) {
            fail_msg("%s: not in %s", creates[i].part, mock->created);
        }
        pileus_node_unref(node);
    }
    assert_int_equal(mock->creates, sizeof creates / sizeof creates[0]);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Before anything is made. */
static void
test_create_refused(void **state)
{
    static const struct {
        const char *const pairs[PAIRS_MAX];
        pileus_code code;
        const char *words;
    } creates[] = {
        {{"boot-volume-size", "big", NULL},
         PILEUS_INVALID_ARGUMENT,
         "a number of GB, not 'big'"},
        {{"networks", "wan", NULL},
         PILEUS_NOT_FOUND,
         "there is no network 'wan'"},
        {{"networks", "lan,twice", NULL},
         PILEUS_INVALID_ARGUMENT,
         "there are several networks 'twice'"},
        {{"networks", "lan,", NULL},
         PILEUS_INVALID_ARGUMENT,
         "names or ids of networks"},
    };
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof creates / sizeof creates[0]; i++) {
        pileus_node *node = NULL;
        pileus_error *err = NULL;

        assert_int_equal(create(&node, conn, creates[i].pairs, &err),
                         creates[i].code);
        expect_error(&err, creates[i].code, creates[i].words);
    }
    assert_int_equal(mock->creates, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* Zone, key and metadata, with characters of all kinds. */
static void
test_create_arguments(void **state)
{
    static const char *const parts[] = {
        "\"availability_zone\":\"zone 1\"", "\"key_name\":\"my key@home/1\"",
        "\"role of it\":\"\xc3\xa9 \\\"web\\\"\""};
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, "s900", &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "7", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "i1", &err), err);
    expect_ok(pileus_node_spec_set_location(spec, "zone 1", &err), err);
    expect_ok(pileus_node_spec_set_key_name(spec, "my key@home/1", &err), err);
    expect_ok(
        pileus_node_spec_add_tag(spec, "role of it", "\xc3\xa9 \"web\"", &err),
        err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (strstr(mock->created, parts[i]) == NULL) {
            fail_msg("%s: not in %s", parts[i], mock->created);
        }
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- key pairs ------------------------------------------------------------
 */

static void
test_odd_key_name(void **state)
{
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_key_pair_get(&pair, conn, "my key@home/1", NULL, &err),
              err);
    assert_string_equal(pileus_key_pair_name(pair), "my key@home/1");
    expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
    pileus_key_pair_unref(pair);
    pair = NULL;
    assert_int_equal(pileus_key_pair_get(&pair, conn, "..", NULL, &err),
                     PILEUS_NOT_FOUND);
    expect_error(&err, PILEUS_NOT_FOUND, "no key pair '..'");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- faults ---------------------------------------------------------------
 */

static void
test_faults(void **state)
{
    static const struct {
        int status;
        const char *body;
        pileus_code code;
        const char *provider_code; /* NULL: none */
        const char *words;
    } faults[] = {
        {403,
         "{\"forbidden\": {\"message\": \"Quota exceeded for cores\", "
         "\"code\": 403}}",
         PILEUS_QUOTA, "forbidden", "Quota exceeded for cores"},
        {413,
         "{\"overLimit\": {\"message\": \"VolumeLimitExceeded: Maximum\", "
         "\"code\": 413, \"retryAfter\": \"0\"}}",
         PILEUS_QUOTA, "overLimit", "Maximum"},
        {409,
         "{\"NeutronError\": {\"type\": \"OverQuota\", \"message\": \"Quota "
         "exceeded for resources\", \"detail\": \"\"}}",
         PILEUS_QUOTA, "OverQuota", "resources"},
        {409,
         "{\"conflictingRequest\": {\"message\": \"Cannot 'start'\", \"code\": "
         "409}}",
         PILEUS_CONFLICT, "conflictingRequest", "Cannot 'start'"},
        {403, "{\"forbidden\": {\"message\": \"Policy\", \"code\": 403}}",
         PILEUS_PERMISSION, "forbidden", "Policy"},
        {404, "{\"message\": \"No image\", \"code\": \"404 Not Found\"}",
         PILEUS_NOT_FOUND, NULL, "No image"},
        {400, "<html>bad</html>", PILEUS_INVALID_ARGUMENT, NULL, "400"},
        {400, "[[[1]]]", PILEUS_INVALID_ARGUMENT, NULL, "400"},
        {400, "{\"a\": {\"message\": 5}}", PILEUS_INVALID_ARGUMENT, NULL,
         "400"},
    };
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->fault = faults[i].status;
        mock->fault_body = faults[i].body;
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         faults[i].code);
        if (faults[i].provider_code == NULL) {
            assert_null(pileus_error_provider_code(err));
        } else {
            assert_string_equal(pileus_error_provider_code(err),
                                faults[i].provider_code);
        }
        assert_string_equal(pileus_error_request_id(err), "req-1");
        expect_error(&err, faults[i].code, faults[i].words);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_create_twice),
        cmocka_unit_test(test_create_again),
        cmocka_unit_test(test_create_options),
        cmocka_unit_test(test_create_refused),
        cmocka_unit_test(test_create_arguments),
        cmocka_unit_test(test_odd_key_name),
        cmocka_unit_test(test_faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
