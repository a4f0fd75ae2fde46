/* The EC2 driver against a provider of its own: instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

#include <stdio.h>

/* ---- listing --------------------------------------------------------------
 */

static bool
count(void *user, pileus_node *node)
{
    int *seen = user;
    char id[16];

    (void)snprintf(id, sizeof id, "i-%d", *seen);
    assert_string_equal(pileus_node_id(node), id);
    (*seen)++;
    return true;
}

static void
test_pages(void **state)
{
    ec2_mock *mock = mock_start(MOCK_INSTANCES);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_error *err = NULL;
    int seen = 0;

    (void)state;
    expect_ok(pileus_node_each(conn, NULL, count, &seen, NULL, &err), err);
    assert_int_equal(seen, MOCK_INSTANCES);
    assert_int_equal(mock->answered, 3);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_facts(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    const pileus_value *extra = pileus_node_extra(node);
    const pileus_value *tags = pileus_value_get(extra, "tags");

    (void)state;
    assert_string_equal(pileus_node_name(node), "n0");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_int_equal(pileus_node_public_ip_count(node), 2);
    assert_string_equal(pileus_node_public_ip(node, 0), "192.0.2.1");
    assert_string_equal(pileus_node_public_ip(node, 1), "2001:db8::1");
    assert_int_equal(pileus_node_private_ip_count(node), 2);
    assert_string_equal(pileus_node_private_ip(node, 1), "10.0.0.2");
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "t3.micro");
    assert_string_equal(pileus_image_id(pileus_node_image(node)), "ami-7");
    assert_string_equal(extra_string(extra, "availability"), "eu-test-1a");
    assert_string_equal(extra_string(tags, "empty"), "");
    assert_int_equal(
        pileus_value_type(pileus_value_get(extra, "ebs_optimized")),
        PILEUS_TYPE_BOOL);
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "launch_index"), -1), 0);
    assert_int_equal(pileus_value_type(pileus_value_get(extra, "reason")),
                     PILEUS_TYPE_NULL);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_states(void **state)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"pending", PILEUS_STATE_PENDING},
        {"running", PILEUS_STATE_RUNNING},
        {"shutting-down", PILEUS_STATE_STOPPING},
        {"terminated", PILEUS_STATE_TERMINATED},
        {"stopping", PILEUS_STATE_STOPPING},
        {"stopped", PILEUS_STATE_STOPPED},
        {"dreaming", PILEUS_STATE_UNKNOWN},
    };
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        pileus_node *node;

        mock->instances[0].state = states[i].word;
        node = get_node(conn, "i-0");
        assert_int_equal(pileus_node_state(node), states[i].state);
        assert_string_equal(pileus_node_provider_state(node), states[i].word);
        pileus_node_unref(node);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static size_t
count_of(pileus_connection *conn, const pileus_query *query)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t result;

    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    result = pileus_list_count(list);
    pileus_list_free(list);
    return result;
}

/* What is asked for is asked of the provider, and terminated instances are gone
 * unless they are. */
static void
test_queries(void **state)
{
    ec2_mock *mock = mock_start(5);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_query *query = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->instances[1].state = "terminated";
    mock->instances[2].state = "stopped";
    assert_int_equal(count_of(conn, NULL), 4);

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_state(query, PILEUS_STATE_TERMINATED, &err),
              err);
    assert_int_equal(count_of(conn, query), 1);
    expect_param(mock->asked, "Filter.1.Name=instance-state-name");
    expect_param(mock->asked, "Filter.1.Value.1=terminated");
    pileus_query_free(query);

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_id(query, "i-1", PILEUS_NUL_TERMINATED, &err),
              err);
    assert_int_equal(count_of(conn, query), 1);
    expect_param(mock->asked, "Filter.1.Name=instance-id");
    pileus_query_free(query);

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, "n2", &err), err);
    expect_ok(pileus_query_set_location(query, "eu-test-1a", &err), err);
    expect_ok(pileus_query_add_tag(query, "empty", "", &err), err);
    expect_ok(pileus_query_add_filter(query, "vpc-id", "vpc-1", &err), err);
    assert_int_equal(count_of(conn, query), 1);
    expect_param(mock->asked, "Filter.1.Name=availability-zone");
    expect_param(mock->asked, "Filter.2.Value.1=empty");
    expect_param(mock->asked, "Filter.3.Name=vpc-id");
    expect_param(mock->asked, "Filter.4.Value.1=n2");
    pileus_query_free(query);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- signing --------------------------------------------------------------
 */

static void
test_signature(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "secret", "another");
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_AUTHENTICATION);
    assert_string_equal(pileus_error_provider_code(err), "AuthFailure");
    assert_string_equal(pileus_error_provider_message(err),
                        "The <word> is AuthFailure");
    assert_string_equal(pileus_error_request_id(err), "r-2");
    pileus_error_free(err);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_session(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "session-token", MOCK_TOKEN);

    (void)state;
    mock->token = MOCK_TOKEN;
    assert_int_equal(count_of(conn, NULL), 1);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- verbs ----------------------------------------------------------------
 */

static void
test_verbs(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    expect_param(mock->last, "Action=RebootInstances");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    expect_ok(pileus_node_stop(node, PILEUS_HARD, NULL, &err), err);
    expect_param(mock->last, "Force=true");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_int_equal(pileus_node_stop(node, PILEUS_SOFT, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "pulls the plug");
    assert_int_equal(pileus_node_reboot(node, PILEUS_HARD, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "pulls the plug");
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    expect_param(mock->last, "Action=TerminateInstances");
    assert_string_equal(pileus_node_provider_state(node), "shutting-down");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- failures -------------------------------------------------------------
 */

static void
test_failures(void **state)
{
    static const struct {
        int status;
        const char *code;
        pileus_code wanted;
        bool retryable;
    } failures[] = {
        {400, "InvalidInstanceID.NotFound", PILEUS_NOT_FOUND, false},
        {400, "InvalidInstanceID.Malformed", PILEUS_NOT_FOUND, false},
        {403, "UnauthorizedOperation", PILEUS_PERMISSION, false},
        {401, "AuthFailure", PILEUS_AUTHENTICATION, false},
        {400, "RequestExpired", PILEUS_AUTHENTICATION, false},
        {503, "RequestLimitExceeded", PILEUS_RATE_LIMITED, true},
        {400, "Throttling", PILEUS_RATE_LIMITED, true},
        {400, "InstanceLimitExceeded", PILEUS_QUOTA, false},
        {400, "VcpuLimitExceeded", PILEUS_QUOTA, false},
        {500, "InsufficientInstanceCapacity", PILEUS_UNAVAILABLE, false},
        {500, "InternalError", PILEUS_UNAVAILABLE, true},
        {400, "IncorrectInstanceState", PILEUS_CONFLICT, false},
        {400, "IdempotentParameterMismatch", PILEUS_CONFLICT, false},
        {400, "InvalidKeyPair.Duplicate", PILEUS_CONFLICT, false},
        {400, "UnsupportedOperation", PILEUS_NOT_SUPPORTED, false},
        {400, "InvalidParameterValue", PILEUS_INVALID_ARGUMENT, false},
        {400, "MissingParameter", PILEUS_INVALID_ARGUMENT, false},
    };
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->fails = 1;
        mock->status = failures[i].status;
        mock->code = failures[i].code;
        assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                         failures[i].wanted);
        assert_string_equal(pileus_error_provider_code(err), failures[i].code);
        assert_int_equal(pileus_error_status(err), failures[i].status);
        assert_int_equal(pileus_error_retryable(err), failures[i].retryable);
        assert_string_equal(pileus_error_request_id(err), "r-2");
        pileus_error_free(err);
    }
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pages),     cmocka_unit_test(test_facts),
        cmocka_unit_test(test_states),    cmocka_unit_test(test_queries),
        cmocka_unit_test(test_signature), cmocka_unit_test(test_session),
        cmocka_unit_test(test_verbs),     cmocka_unit_test(test_failures),
    };

    return cmocka_run_group_tests_name("plugins/ec2", tests, NULL, NULL);
}
