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

/* ---- the suite's own EC2 --------------------------------------------------
 */

static pileus_code
send_raw(pileus_connection *conn, const char *method, const char *target)
{
    pileus_raw_request *request = NULL;
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    expect_ok(pileus_raw_request_new(&request, method, target, &err), err);
    code = pileus_raw_send(&response, conn, request, NULL, &err);
    pileus_error_free(err);
    pileus_raw_response_free(response);
    pileus_raw_request_free(request);
    return code;
}

/* It is as strict as it says: what a good client never asks, it complains of.
 */
static void
test_strict(void **state)
{
    static const struct {
        const char *method;
        const char *query;
        bool good;
    } asked[] = {
        {"GET", "Action=DescribeInstances", true},
        {"GET", "Action=DescribeInstances&InstanceId.1=i-0", true},
        {"GET", "Action=DescribeInstances&InstanceId.1=", false},
        {"GET", "Action=DescribeInstances&InstanceId.1=vol-0", false},
        {"GET", "Action=DescribeInstances&InstanceId.2=i-0", false},
        {"GET", "Action=DescribeInstances&InstanceId.0=i-0", false},
        {"GET", "Action=DescribeInstances&InstanceId=i-0", false},
        {"GET", "Action=DescribeInstances&Sesame=open", false},
        {"GET", "Action=DescribeInstances&MaxResults=4", false},
        {"GET", "Action=DescribeInstances&MaxResults=1001", false},
        {"GET", "Action=DescribeInstances&MaxResults=5&MaxResults=5", false},
        {"POST", "Action=DescribeInstances", false},
        {"GET", "Action=DescribeHorses", false},
        {"GET", "Action=GetConsoleOutput&InstanceId=i-0&Latest=yes", false},
        {"GET", "Action=GetConsoleOutput&Latest=true", false},
        {"GET",
         "Action=DescribeInstances&Filter.1.Name=vpc-id&Filter.1.Value.1=v",
         true},
        {"GET",
         "Action=DescribeInstances&Filter.1.Name=tag:a&Filter.1.Value.1=v",
         true},
        {"GET", "Action=DescribeInstances&Filter.1.Name=vpc-id", false},
        {"GET", "Action=DescribeInstances&Filter.1.Value.1=v", false},
        {"GET",
         "Action=DescribeInstances&Filter.1.Name=instance-profile&"
         "Filter.1.Value.1=v",
         false},
        {"GET",
         "Action=DescribeInstances&Filter.1.Name=vpc-id&Filter.1.Value.2=v",
         false},
    };
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);

    (void)state;
    mock->is_tried = true;
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        char target[256];

        (void)snprintf(target, sizeof target, "?%s&Version=2016-11-15",
                       asked[i].query);
        assert_int_equal(send_raw(conn, asked[i].method, target),
                         asked[i].good ? PILEUS_OK : PILEUS_INVALID_ARGUMENT);
        if (mock->complaints != !asked[i].good) {
            print_error("%s\n", asked[i].query);
        }
        assert_int_equal(mock->complaints, !asked[i].good);
        mock->complaints = 0;
    }
    assert_int_equal(send_raw(conn, "GET", "?Action=DescribeInstances"),
                     PILEUS_INVALID_ARGUMENT);
    assert_int_equal(mock->complaints, 1);
    mock->complaints = 0;
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
        cmocka_unit_test(test_verbs),     cmocka_unit_test(test_strict),
    };

    return cmocka_run_group_tests_name("plugins/ec2", tests, NULL, NULL);
}
