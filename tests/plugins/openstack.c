/* The OpenStack driver against a provider of its own, whose tokens end, whose
 * catalogue is odd, and whose services refuse. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_mock.h"

#include <pileus/pileus.h>

#include <stdio.h>
#include <unistd.h>

#define PAIRS_MAX 12

static const char *const by_password[] = {
    "username", "me", "password", "sesame", "project", "demo", NULL};

static pileus_code
try_with(pileus_connection **conn, const openstack_mock *mock,
         const char *const *pairs, pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_code code;

    expect_ok(pileus_options_new(&options, err), *err);
    expect_ok(pileus_options_set(options, "endpoint", mock->endpoint, err),
              *err);
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        expect_ok(pileus_options_set(options, pairs[i], pairs[i + 1], err),
                  *err);
    }
    code = pileus_connection_open(conn, NULL, "openstack", options, NULL, err);
    pileus_options_free(options);
    return code;
}

static pileus_connection *
connect_to(const openstack_mock *mock)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_with(&conn, mock, by_password, &err), err);
    return conn;
}

static void
expect_servers(pileus_connection *conn, size_t count)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), count);
    pileus_list_free(list);
}

/* ---- logging in -----------------------------------------------------------
 */

static void
test_logins(void **state)
{
    static const struct {
        const char *const pairs[PAIRS_MAX];
        const char *body;
    } logins[] = {
        {{"username", "me", "password", "sesame", "project", "demo", NULL},
         "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{"
         "\"user\":{\"name\":\"me\",\"domain\":{\"id\":\"default\"},"
         "\"password\":\"sesame\"}}},\"scope\":{\"project\":{\"name\":\"demo\","
         "\"domain\":{\"id\":\"default\"}}}}}"},
        {{"user-id", "u1", "password", "sesame", "project-id", "p1", NULL},
         "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{"
         "\"user\":{\"id\":\"u1\",\"password\":\"sesame\"}}},\"scope\":{"
         "\"project\":{\"id\":\"p1\"}}}}"},
        {{"username", "me", "user-domain", "ours", "password", "sesame",
          "domain-id", "d1", NULL},
         "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{"
         "\"user\":{\"name\":\"me\",\"domain\":{\"name\":\"ours\"},"
         "\"password\":\"sesame\"}}},\"scope\":{\"domain\":{\"id\":\"d1\"}}}}"},
        {{"token", "of-mine", "system", "true", NULL},
         "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":"
         "\"of-mine\"}},\"scope\":{\"system\":{\"all\":true}}}}"},
        {{"application-credential-id", "c1", "application-credential-secret",
          "sesame", NULL},
         "{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],"
         "\"application_credential\":{\"id\":\"c1\",\"secret\":\"sesame\"}}}}"},
        {{"application-credential-name", "c", "username", "me",
          "application-credential-secret", "sesame", NULL},
         "{\"auth\":{\"identity\":{\"methods\":[\"application_credential\"],"
         "\"application_credential\":{\"name\":\"c\",\"user\":{\"name\":\"me\","
         "\"domain\":{\"id\":\"default\"}},\"secret\":\"sesame\"}}}}"},
    };
    openstack_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;

        expect_ok(try_with(&conn, mock, logins[i].pairs, &err), err);
        assert_string_equal(mock->login, logins[i].body);
        expect_servers(conn, 1);
        pileus_connection_unref(conn);
    }
    mock_stop(mock);
}

static void
test_refused_logins(void **state)
{
    static const struct {
        const char *const pairs[PAIRS_MAX];
        pileus_code code;
        const char *words;
    } logins[] = {
        {{"username", "me", "password", "wrong", NULL},
         PILEUS_AUTHENTICATION,
         "requires authentication"},
        {{"username", "me", NULL}, PILEUS_CONFIGURATION, "nothing to log in"},
        {{"password", "sesame", NULL},
         PILEUS_CONFIGURATION,
         "nothing to log in"},
        {{"application-credential-secret", "sesame", NULL},
         PILEUS_CONFIGURATION,
         "'application-credential-id'"},
        {{"username", "me", "password", "sesame", "region", "two", NULL},
         PILEUS_CONFIGURATION,
         "'region' as one of one"},
    };
    openstack_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof logins / sizeof logins[0]; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;

        assert_int_equal(try_with(&conn, mock, logins[i].pairs, &err),
                         logins[i].code);
        expect_error(&err, logins[i].code, logins[i].words);
        assert_null(conn);
    }
    mock_stop(mock);
}

static void
test_catalogues(void **state)
{
    static const struct {
        const char *catalogue;
        pileus_code code;
        const char *words;
    } catalogues[] = {
        {"[]", PILEUS_CONFIGURATION, "no compute service"},
        {"{\"type\": 7}", PILEUS_CONFIGURATION, "no compute service"},
        {"null", PILEUS_CONFIGURATION, "no compute service"},
        {"[{\"type\": \"compute\", \"endpoints\": 5}]", PILEUS_CONFIGURATION,
         "no compute service"},
        {"[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"public\", "
         "\"region\": \"r1\", \"url\": \"http://127.0.0.1/a\"}, "
         "{\"interface\": \"public\", \"region\": \"r2\", \"url\": "
         "\"http://127.0.0.1/b\"}]}]",
         PILEUS_CONFIGURATION, "one of r1, r2"},
        {"[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"public\", "
         "\"region\": \"r1\", \"url\": \"not a URL\"}]}]",
         PILEUS_PROTOCOL, "names 'not a URL' as an endpoint"},
    };
    openstack_mock *mock = mock_start(1);

    (void)state;
    for (size_t i = 0; i < sizeof catalogues / sizeof catalogues[0]; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;

        mock->catalogue = catalogues[i].catalogue;
        assert_int_equal(try_with(&conn, mock, by_password, &err),
                         catalogues[i].code);
        expect_error(&err, catalogues[i].code, catalogues[i].words);
    }
    mock_stop(mock);
}

static void
test_service_not_there(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_image_list(&list, conn, NULL, NULL, &err), err);
    pileus_list_free(list);
    list = NULL;
    assert_int_equal(pileus_volume_list(&list, conn, NULL, NULL, &err),
                     PILEUS_NOT_SUPPORTED);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "no block storage service");
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- tokens ---------------------------------------------------------------
 */

/* One that ends in the middle of a listing: no server is lost or comes twice.
 */
static void
test_token_ends(void **state)
{
    openstack_mock *mock = mock_start(10 * MOCK_PAGE);
    pileus_connection *conn = connect_to(mock);

    (void)state;
    expect_servers(conn, 10 * MOCK_PAGE);
    assert_int_equal(mock->tokens, 1);
    mock->expire_at_page = 4;
    expect_servers(conn, 10 * MOCK_PAGE);
    assert_int_equal(mock->refused, 1);
    assert_int_equal(mock->tokens, 3); /* one of them the mock's own */
    mock->expire_at_page = 7;
    expect_servers(conn, 10 * MOCK_PAGE);
    assert_int_equal(mock->refused, 2);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* A short life is known beforehand, whatever the clocks say. */
static void
test_token_renewed_ahead(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn;

    (void)state;
    mock->life_s = 1;
    conn = connect_to(mock);
    expect_servers(conn, 1);
    assert_int_equal(mock->tokens, 1);
    assert_int_equal(usleep(900 * 1000), 0);
    expect_servers(conn, 1);
    assert_int_equal(mock->tokens, 2);
    assert_int_equal(mock->refused, 0);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_token_of_no_use(void **state)
{
    openstack_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    mock->refuse_all = true;
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_AUTHENTICATION);
    expect_error(&err, PILEUS_AUTHENTICATION, "gone");
    assert_int_equal(mock->tokens, 2); /* one more was tried */
    mock->refuse_all = false;
    expect_servers(conn, 1);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

#define THREADS 8

static void *
list_in_thread(void *user)
{
    expect_servers(user, 10 * MOCK_PAGE);
    return NULL;
}

/* All threads need a new one at once, and it is fetched once. */
static void
test_token_shared(void **state)
{
    openstack_mock *mock = mock_start(10 * MOCK_PAGE);
    pileus_connection *conn = connect_to(mock);
    pthread_t threads[THREADS];

    (void)state;
    mock->expire_at_page = 1;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(
            pthread_create(&threads[i], NULL, list_in_thread, conn), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    }
    assert_int_equal(mock->tokens, 3); /* one of them the mock's own */
    pileus_connection_unref(conn);
    mock_stop(mock);
}

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

static void
test_create_options(void **state)
{
    static const struct {
        const char *const pairs[PAIRS_MAX];
        const char *part;
    } creates[] = {
        {{NULL}, "\"imageRef\":\"i1\""},
        {{"networks", "n1,n2", NULL},
         "\"networks\":[{\"uuid\":\"n1\"},{\"uuid\":\"n2\"}]"},
        {{"security-groups", "web", NULL},
         "\"security_groups\":[{\"name\":\"web\"}]"},
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

static void
test_create_refused(void **state)
{
    static const char *const pairs[] = {"boot-volume-size", "big", NULL};
    openstack_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(create(&node, conn, pairs, &err), PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "a number of GB, not 'big'");
    assert_int_equal(mock->creates, 0);
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
        cmocka_unit_test(test_logins),
        cmocka_unit_test(test_refused_logins),
        cmocka_unit_test(test_catalogues),
        cmocka_unit_test(test_service_not_there),
        cmocka_unit_test(test_token_ends),
        cmocka_unit_test(test_token_renewed_ahead),
        cmocka_unit_test(test_token_of_no_use),
        cmocka_unit_test(test_token_shared),
        cmocka_unit_test(test_facts),
        cmocka_unit_test(test_create_twice),
        cmocka_unit_test(test_create_options),
        cmocka_unit_test(test_create_refused),
        cmocka_unit_test(test_faults),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
