/* The OpenStack driver: microversions of the Compute API. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"

#include <stdio.h>

static pileus_connection *
connect_pinned(const openstack_mock *mock, const char *version)
{
    const char *const pairs[] = {"username",
                                 "me",
                                 "password",
                                 "sesame",
                                 "project",
                                 "demo",
                                 "compute-api-version",
                                 version,
                                 NULL};
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_with(&conn, mock, pairs, &err), err);
    return conn;
}

/* What the first server of the listing has of that name in its extra. */
static pileus_type
first_extra(pileus_connection *conn, const char *key)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_type type;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    type = pileus_value_type(
        pileus_value_get(pileus_node_extra(pileus_list_node(list, 0)), key));
    pileus_list_free(list);
    return type;
}

/* ---- which is asked for ---------------------------------------------------
 */

/* Of a new Nova its versions need not be asked. */
static void
test_new(void **state)
{
    openstack_mock *mock = mock_start(2 * MOCK_PAGE);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    expect_servers(conn, 2 * MOCK_PAGE);
    assert_int_equal(mock->version, 26);
    assert_int_equal(first_extra(conn, "tags"), PILEUS_TYPE_LIST);
    assert_int_equal(first_extra(conn, "locked"), PILEUS_TYPE_BOOL);
    assert_int_equal(first_extra(conn, "description"), PILEUS_TYPE_STRING);
    assert_int_equal(mock->documents, 0);
    assert_int_equal(mock->too_new, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* One that refuses is asked once what it has. */
static void
test_old(void **state)
{
    static const struct {
        int most;
        pileus_type locked;
        pileus_type description;
    } rows[] = {
        {25, PILEUS_TYPE_BOOL, PILEUS_TYPE_STRING},
        {10, PILEUS_TYPE_BOOL, PILEUS_TYPE_NULL},
        {2, PILEUS_TYPE_NULL, PILEUS_TYPE_NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        openstack_mock *mock = mock_start(2 * MOCK_PAGE);
        pileus_connection *conn = connect_to(mock);

        mock->most = rows[i].most;
        expect_servers(conn, 2 * MOCK_PAGE);
        assert_int_equal(mock->version, rows[i].most);
        assert_int_equal(first_extra(conn, "locked"), rows[i].locked);
        assert_int_equal(first_extra(conn, "description"), rows[i].description);
        assert_int_equal(first_extra(conn, "tags"), PILEUS_TYPE_NULL);
        assert_int_equal(mock->documents, 1);
        assert_int_equal(mock->too_new, 1);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

/* One that has none passes over the headers. */
static void
test_none(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    mock->most = 1;
    expect_servers(conn, 1);
    assert_int_equal(mock->version, 1);
    assert_int_equal(mock->documents, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_pinned(void **state)
{
    static const struct {
        const char *text;
        int version;
    } rows[] = {{"2.1", 1},     {"2.9", 9},       {"2.93", 26}, {"2.4000", 26},
                {"latest", 26}, {"2.latest", 26}, {"2", 26}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        openstack_mock *mock = mock_start(1);
        pileus_connection *conn = connect_pinned(mock, rows[i].text);

        expect_servers(conn, 1);
        assert_int_equal(mock->version, rows[i].version);
        assert_int_equal(mock->documents, 0);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

static void
test_pinned_wrong(void **state)
{
    static const char *const texts[] = {
        "3.1", "2.", "2.x", "2.1.0", "2.99999", "latest-but-one", "2.-1"};
    openstack_mock *mock = mock_start(0);

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const char *const pairs[] = {"username",
                                     "me",
                                     "password",
                                     "sesame",
                                     "project",
                                     "demo",
                                     "compute-api-version",
                                     texts[i],
                                     NULL};
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;

        (void)try_with(&conn, mock, pairs, &err);
        assert_null(conn);
        expect_error(&err, PILEUS_CONFIGURATION, "'compute-api-version' is");
    }
    mock_stop(mock);
}

/* ---- the document ---------------------------------------------------------
 */

/* Whatever it is, servers are listed as of 2.1. */
static void
test_odd_documents(void **state)
{
    static const struct {
        int status;
        const char *body;
    } documents[] = {
        {200, "{}"},
        {200, ""},
        {200, "[]"},
        {200, "<html>"},
        {200, "{\"version\": {\"version\": \"\"}}"},
        {200, "{\"version\": {\"version\": 2.60}}"},
        {200, "{\"version\": {\"version\": \"2.999999999999\"}}"},
        {200, "{\"version\": {\"version\": \"3.4\"}}"},
        {200, "{\"version\": {\"version\": null}}"},
        {200, "{\"version\": [\"2.60\"]}"},
        {403, "{\"forbidden\": {\"message\": \"No\", \"code\": 403}}"},
        {404, "no"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        openstack_mock *mock = mock_start(1);
        pileus_connection *conn = connect_to(mock);

        mock->most = 10;
        mock->document_status = documents[i].status;
        mock->document = documents[i].body;
        expect_servers(conn, 1);
        assert_int_equal(mock->version, 1);
        expect_servers(conn, 1);
        assert_int_equal(mock->documents, 1);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

/* One that says more than there is: Nova's own words reach the user. */
static void
test_lying_document(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->most = 10;
    mock->document = "{\"version\": {\"version\": \"2.90\"}}";
    (void)pileus_node_list(&list, conn, NULL, NULL, &err);
    assert_null(list);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "maximum is 2.10");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* No answer is not "there is none": it is asked again by the next call. */
static void
test_no_document(void **state)
{
    static const char *const pairs[] = {"username", "me",      "password",
                                        "sesame",   "project", "demo",
                                        "retries",  "0",       NULL};
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(try_with(&conn, mock, pairs, &err), err);
    mock->most = 10;
    mock->document_status = 503;
    (void)pileus_node_list(&list, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_UNAVAILABLE, "503");
    mock->document_status = 0;
    expect_servers(conn, 1);
    assert_int_equal(mock->version, 10);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- what needs one -------------------------------------------------------
 */

static pileus_code
create_with(pileus_connection *conn, const char *option, const char *value,
            pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, "s900", err), *err);
    expect_ok(pileus_node_spec_set_size(spec, "7", err), *err);
    expect_ok(pileus_node_spec_set_image(spec, "i1", err), *err);
    expect_ok(pileus_node_spec_set_option(spec, option, value, err), *err);
    code = pileus_node_create(&node, conn, spec, NULL, err);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

static const struct {
    const char *option;
    const char *value;
    int version;
    const char *part;
} needs[] = {
    {"description", "of mine", 19, "\"description\":\"of mine\""},
    {"networks", "auto", 37, "\"networks\":\"auto\""},
    {"networks", "none", 37, "\"networks\":\"none\""},
    {"server-tags", "blue,green", 52, "\"tags\":[\"blue\",\"green\"]"},
    {"hostname", "web-1", 90, "\"hostname\":\"web-1\""},
};
#define NEEDS (sizeof needs / sizeof needs[0])

static void
test_create(void **state)
{
    (void)state;
    for (size_t i = 0; i < NEEDS; i++) {
        openstack_mock *mock = mock_start(0);
        pileus_connection *conn = connect_to(mock);
        pileus_error *err = NULL;

        expect_ok(create_with(conn, needs[i].option, needs[i].value, &err),
                  err);
        if (strstr(mock->created, needs[i].part) == NULL) {
            fail_msg("%s: not in %s", needs[i].part, mock->created);
        }
        assert_int_equal(mock->created_version, needs[i].version);
        assert_int_equal(mock->documents, 1);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

/* One that is too old is told so before anything is made. */
static void
test_create_too_old(void **state)
{
    (void)state;
    for (size_t i = 0; i < NEEDS; i++) {
        openstack_mock *mock = mock_start(0);
        pileus_connection *conn = connect_to(mock);
        pileus_error *err = NULL;
        char words[64];

        mock->most = needs[i].version - 1;
        (void)create_with(conn, needs[i].option, needs[i].value, &err);
        (void)snprintf(words, sizeof words, "the option %s needs version 2.%d",
                       needs[i].option, needs[i].version);
        assert_non_null(strstr(pileus_error_message(err), words));
        (void)snprintf(words, sizeof words, "no more than 2.%d here",
                       mock->most);
        expect_error(&err, PILEUS_NOT_SUPPORTED, words);
        pileus_connection_unref(conn);
        conn = connect_pinned(mock, "2.1");
        (void)create_with(conn, needs[i].option, needs[i].value, &err);
        expect_error(&err, PILEUS_NOT_SUPPORTED,
                     "'compute-api-version' allows 2.1");
        assert_int_equal(mock->creates, 0);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

static void
test_filter(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_filter(query, "server-tags", "blue", &err), err);
    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    pileus_list_free(list);
    list = NULL;
    pileus_connection_unref(conn);
    mock->most = 20;
    conn = connect_to(mock);
    (void)pileus_node_list(&list, conn, query, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED,
                 "the filter server-tags needs version 2.26");
    pileus_query_free(query);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- key pairs, sizes -----------------------------------------------------
 */

static void
test_keys(void **state)
{
    static const int versions[] = {93, 35, 30, 1};

    (void)state;
    for (size_t i = 0; i < sizeof versions / sizeof versions[0]; i++) {
        openstack_mock *mock = mock_start(0);
        pileus_connection *conn = connect_to(mock);
        pileus_key_pair *pair = NULL;
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        mock->most = versions[i];
        expect_ok(pileus_key_pair_list(&list, conn, NULL, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), 3);
        assert_string_equal(pileus_key_pair_name(pileus_list_key_pair(list, 2)),
                            "c");
        pileus_list_free(list);
        expect_ok(pileus_key_pair_create(&pair, conn, "key", NULL, &err), err);
        assert_string_equal(pileus_key_pair_private_key(pair), "PRIVATE");
        pileus_key_pair_unref(pair);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

/* Newer Novas take names that older ones do not. */
static void
test_key_names(void **state)
{
    static const char key[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfkrIM4lJo2"
                              "s6cBWKqtiuZAQjYy3ew1HE3iHrnKZpwt";
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_key_pair_import(&pair, conn, "me@home", key, NULL, &err),
              err);
    assert_int_equal(mock->version, 92);
    pileus_key_pair_unref(pair);
    pair = NULL;
    pileus_connection_unref(conn);
    mock->most = 91;
    conn = connect_to(mock);
    (void)pileus_key_pair_import(&pair, conn, "me@home", key, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "unsafe characters");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_sizes(void **state)
{
    static const struct {
        int most;
        const char *gpu;
    } rows[] = {{93, "1"}, {60, NULL}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        openstack_mock *mock = mock_start(0);
        pileus_connection *conn = connect_to(mock);
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        const char *gpu;

        mock->most = rows[i].most;
        expect_ok(pileus_size_list(&list, conn, NULL, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), 1);
        gpu = pileus_value_string(pileus_value_get(
            pileus_value_get(pileus_size_extra(pileus_list_size(list, 0)),
                             "extra_specs"),
            "hw:gpu"));
        if (rows[i].gpu == NULL) {
            assert_null(gpu);
        } else {
            assert_string_equal(gpu, rows[i].gpu);
        }
        pileus_list_free(list);
        pileus_connection_unref(conn);
        mock_stop(mock);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new),
        cmocka_unit_test(test_old),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_pinned),
        cmocka_unit_test(test_pinned_wrong),
        cmocka_unit_test(test_odd_documents),
        cmocka_unit_test(test_lying_document),
        cmocka_unit_test(test_no_document),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_create_too_old),
        cmocka_unit_test(test_filter),
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_key_names),
        cmocka_unit_test(test_sizes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
