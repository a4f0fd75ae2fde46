/* The dummy driver fails as it is told to, and knows tokens when it shall. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <stdio.h>
#include <string.h>

/* ---- tokens ------------------------------------------------------------- */

static void
test_idempotent(void **state)
{
    pileus_connection *conn = OPEN("creds", "0", "idempotent", "true");
    pileus_node *first = NULL;
    pileus_node *again = NULL;
    pileus_node *other = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(
        pileus_connection_capability(conn, "compute", "create_node", "token"),
        PILEUS_TOKEN_NATIVE);
    assert_done(try_token(&first, conn, "one", &err), &err);
    assert_done(try_token(&again, conn, "one", &err), &err);
    assert_done(try_token(&other, conn, "two", &err), &err);
    assert_string_equal(pileus_node_id(again), "3");
    assert_string_equal(pileus_node_id(other), "4");
    assert_ids(conn, "1 2 3 4");
    /* Without one, each create is its own. */
    pileus_node_unref(create_node(conn));
    pileus_node_unref(create_node(conn));
    assert_ids(conn, "1 2 3 4 5 6");
    /* A token is forgotten with its node. */
    assert_done(pileus_node_destroy(again, 0, NULL, &err), &err);
    pileus_node_unref(again);
    again = NULL;
    assert_done(try_token(&again, conn, "one", &err), &err);
    assert_ids(conn, "1 2 4 5 6 6");
    pileus_node_unref(first);
    pileus_node_unref(again);
    pileus_node_unref(other);
    pileus_connection_unref(conn);
}

/* ---- failures ----------------------------------------------------------- */

/* What a create comes to. */
static pileus_code
try_create(pileus_connection *conn)
{
    pileus_node *node = NULL;
    pileus_code code = pileus_node_create(&node, conn, NULL, NULL, NULL);

    pileus_node_unref(node);
    return code;
}

static void
test_fail_counts(void **state)
{
    static const struct {
        const char *rules;
        pileus_code codes[5];
    } cases[] = {
        {"create_node:unavailable:2",
         {PILEUS_UNAVAILABLE, PILEUS_UNAVAILABLE, PILEUS_OK, PILEUS_OK,
          PILEUS_OK}},
        {"create_node:quota:@3",
         {PILEUS_OK, PILEUS_OK, PILEUS_QUOTA, PILEUS_OK, PILEUS_OK}},
        {"create_node:failed",
         {PILEUS_FAILED, PILEUS_FAILED, PILEUS_FAILED, PILEUS_FAILED,
          PILEUS_FAILED}},
        {"create_node:conflict:1,create_node:quota:3,create_node:tls:@5",
         {PILEUS_CONFLICT, PILEUS_QUOTA, PILEUS_QUOTA, PILEUS_OK, PILEUS_TLS}},
        {"list_nodes:unavailable",
         {PILEUS_OK, PILEUS_OK, PILEUS_OK, PILEUS_OK, PILEUS_OK}},
        {"", {PILEUS_OK, PILEUS_OK, PILEUS_OK, PILEUS_OK, PILEUS_OK}},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pileus_connection *conn = OPEN("creds", "0", "fail", cases[i].rules);

        for (size_t j = 0; j < 5; j++) {
            assert_string_equal(pileus_code_name(try_create(conn)),
                                pileus_code_name(cases[i].codes[j]));
        }
        pileus_connection_unref(conn);
    }
}

/* Every call can fail, with every code that a provider can give. */
static pileus_code
try_call(pileus_connection *conn, const char *name, pileus_node *node)
{
    pileus_list *list = NULL;
    pileus_node *got = NULL;
    pileus_code code = PILEUS_OK;

    if (strcmp(name, "list_nodes") == 0) {
        code = pileus_node_list(&list, conn, NULL, NULL, NULL);
    } else if (strcmp(name, "list_sizes") == 0) {
        code = pileus_size_list(&list, conn, NULL, NULL, NULL);
    } else if (strcmp(name, "list_images") == 0) {
        code = pileus_image_list(&list, conn, NULL, NULL, NULL);
    } else if (strcmp(name, "list_locations") == 0) {
        code = pileus_location_list(&list, conn, NULL, NULL, NULL);
    } else if (strcmp(name, "get_node") == 0) {
        code =
            pileus_node_get(&got, conn, "1", PILEUS_NUL_TERMINATED, NULL, NULL);
    } else if (strcmp(name, "create_node") == 0) {
        code = pileus_node_create(&got, conn, NULL, NULL, NULL);
    } else if (strcmp(name, "reboot_node") == 0) {
        code = pileus_node_reboot(node, 0, NULL, NULL);
    } else if (strcmp(name, "start_node") == 0) {
        code = pileus_node_start(node, 0, NULL, NULL);
    } else if (strcmp(name, "stop_node") == 0) {
        code = pileus_node_stop(node, 0, NULL, NULL);
    } else {
        assert_string_equal(name, "destroy_node");
        code = pileus_node_destroy(node, 0, NULL, NULL);
    }
    pileus_list_free(list);
    pileus_node_unref(got);
    return code;
}

static void
test_fail_each_call(void **state)
{
    static const char *const names[] = {
        "list_nodes", "list_sizes",  "list_images", "list_locations",
        "get_node",   "create_node", "reboot_node", "start_node",
        "stop_node",  "destroy_node"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char rule[64];
        pileus_connection *conn;
        pileus_node *node;

        (void)snprintf(rule, sizeof rule, "%s:permission", names[i]);
        conn = OPEN("creds", "0", "fail", rule);
        if (strcmp(names[i], "create_node") == 0) {
            node = NULL;
        } else {
            node = create_node(conn);
        }
        assert_string_equal(pileus_code_name(try_call(conn, names[i], node)),
                            "permission");
        if (node != NULL) {
            assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
        }
        pileus_node_unref(node);
        pileus_connection_unref(conn);
    }
}

static void
test_fail_each_code(void **state)
{
    static const struct {
        pileus_code code;
        int64_t status;
        bool retryable;
    } cases[] = {
        {PILEUS_INVALID_ARGUMENT, 400, false},
        {PILEUS_NOT_SUPPORTED, 501, false},
        {PILEUS_AUTHENTICATION, 401, false},
        {PILEUS_PERMISSION, 403, false},
        {PILEUS_NOT_FOUND, 404, false},
        {PILEUS_CONFLICT, 409, false},
        {PILEUS_QUOTA, 403, false},
        {PILEUS_RATE_LIMITED, 429, true},
        {PILEUS_UNAVAILABLE, 503, true},
        {PILEUS_PROTOCOL, 200, false},
        {PILEUS_TLS, 0, false},
        {PILEUS_FAILED, 500, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *name = pileus_code_name(cases[i].code);
        pileus_connection *conn;
        pileus_node *node = NULL;
        pileus_error *err = NULL;
        char rule[64];

        (void)snprintf(rule, sizeof rule, "create_node:%s:1", name);
        conn = OPEN("creds", "0", "fail", rule);
        assert_int_equal(pileus_node_create(&node, conn, NULL, NULL, &err),
                         cases[i].code);
        assert_int_equal(pileus_error_status(err), cases[i].status);
        assert_int_equal(pileus_error_retryable(err), cases[i].retryable);
        assert_int_equal(pileus_error_retry_after_ms(err),
                         cases[i].code == PILEUS_RATE_LIMITED ? 1000 : -1);
        assert_string_equal(pileus_error_provider_code(err), name);
        assert_string_equal(pileus_error_provider_message(err),
                            "failed as asked");
        assert_string_equal(pileus_error_request_id(err),
                            "dummy-create_node-1");
        assert_false(pileus_error_may_have_happened(err));
        assert_null(pileus_error_made_id(err));
        pileus_error_free(err);
        assert_ids(conn, "1 2");
        pileus_connection_unref(conn);
    }
}

/* ---- failures after the work was done ----------------------------------- */

static void
on_made(void *user, pileus_kind kind, const char *id)
{
    char *made = user;

    assert_int_equal(kind, PILEUS_KIND_NODE);
    (void)snprintf(made, 16, "%s", id);
}

static void
test_fail_after_create(void **state)
{
    pileus_connection *conn =
        OPEN("creds", "0", "fail", "create_node:unavailable:1:after",
             "idempotent", "yes");
    pileus_call *call = NULL;
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    char made[16] = "";

    (void)state;
    assert_int_equal(pileus_call_new(&call, &err), PILEUS_OK);
    assert_int_equal(pileus_node_spec_new(&spec, &err), PILEUS_OK);
    assert_int_equal(pileus_node_spec_set_token(spec, "mine", &err), PILEUS_OK);
    pileus_call_set_made(call, on_made, made);
    assert_int_equal(pileus_node_create(&node, conn, spec, call, &err),
                     PILEUS_UNAVAILABLE);
    assert_null(node);
    assert_string_equal(made, "3");
    assert_string_equal(pileus_error_made_id(err), "3");
    assert_true(pileus_error_may_have_happened(err));
    assert_true(pileus_error_retryable(err));
    pileus_error_free(err);
    err = NULL;
    assert_ids(conn, "1 2 3");
    /* The second try gives that node, and makes none. */
    assert_done(pileus_node_create(&node, conn, spec, call, &err), &err);
    assert_string_equal(pileus_node_id(node), "3");
    assert_ids(conn, "1 2 3");
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    pileus_call_free(call);
    pileus_connection_unref(conn);
}

static void
test_fail_after_others(void **state)
{
    pileus_connection *conn =
        OPEN("creds", "0", "fail",
             "destroy_node:unavailable:after,list_nodes:protocol:@2:after");
    pileus_list *list = list_nodes(conn);
    pileus_list *none = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(
        pileus_node_destroy(pileus_list_node(list, 0), 0, NULL, &err),
        PILEUS_UNAVAILABLE);
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(pileus_node_list(&none, conn, NULL, NULL, &err),
                     PILEUS_PROTOCOL);
    assert_false(pileus_error_may_have_happened(err));
    assert_null(none);
    pileus_error_free(err);
    assert_ids(conn, "2");
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* ---- what options refuse
 * ----------------------------------------------------- */

static void
test_bad_rules(void **state)
{
    static const struct {
        const char *rules;
        const char *says;
    } cases[] = {
        {"create", "rule 1 is \"create\", but it begins with no call"},
        {"create_nodes:failed", "begins with no call"},
        {":failed", "begins with no call"},
        {"create_node", "needs the name of an error"},
        {"create_node:", "needs the name of an error"},
        {"create_node:ok", "needs the name of an error"},
        {"create_node:timeout", "needs the name of an error"},
        {"create_node:FAILED", "needs the name of an error"},
        {"create_node:failed:", "how many calls fail"},
        {"create_node:failed:0", "how many calls fail"},
        {"create_node:failed:-1", "how many calls fail"},
        {"create_node:failed:two", "how many calls fail"},
        {"create_node:failed:@", "how many calls fail"},
        {"create_node:failed:@0", "how many calls fail"},
        {"create_node:failed:2x", "how many calls fail"},
        {"create_node:failed:1000000001", "how many calls fail"},
        {"create_node:failed:99999999999999999999999", "how many calls fail"},
        {"create_node:failed:1:before", "only one after"},
        {"create_node:failed:1:after:after", "only one after"},
        {"create_node:failed:after:1", "only one after"},
        {"create_node:failed:1:", "only one after"},
        {"create_node:failed,", "rule 2 is \"\""},
        {",create_node:failed", "rule 1 is \"\""},
        {"create_node:failed, list_nodes:failed", "rule 2 is \" list_nodes"},
        {"create_node:failed:1 ", "how many calls fail"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;
        pileus_code code = try_open(&conn, PAIRS("fail", cases[i].rules), &err);

        assert_failed(PILEUS_CONFIGURATION, code, &err, cases[i].says);
        assert_null(conn);
    }
}

static void
test_bad_options(void **state)
{
    static const char *const cases[][2] = {
        {"latency", "-1s"},     {"latency", "soon"},  {"latency", "2h"},
        {"page-size", "-1"},    {"page-size", "1.5"}, {"page-size", "1000001"},
        {"create-delay", "2d"}, {"idempotent", "si"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;
        pileus_code code =
            try_open(&conn, PAIRS(cases[i][0], cases[i][1]), &err);

        assert_int_not_equal(code, PILEUS_OK);
        assert_non_null(strstr(pileus_error_message(err), cases[i][0]));
        pileus_error_free(err);
        assert_null(conn);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_idempotent),
        cmocka_unit_test(test_fail_counts),
        cmocka_unit_test(test_fail_each_call),
        cmocka_unit_test(test_fail_each_code),
        cmocka_unit_test(test_fail_after_create),
        cmocka_unit_test(test_fail_after_others),
        cmocka_unit_test(test_bad_rules),
        cmocka_unit_test(test_bad_options),
    };

    return cmocka_run_group_tests_name("plugins/dummy_fail", tests, NULL, NULL);
}
