/* Logging in to OpenStack: requests for tokens, odd catalogues, and tokens that
 * end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"

#include <stdio.h>
#include <unistd.h>

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
        {"[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"ours\", "
         "\"region\": \"r1\", \"url\": \"http://127.0.0.1/a\"}]}]",
         PILEUS_CONFIGURATION,
         "no public endpoint here: give 'interface' as one of ours"},
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

/* Endpoints of all shapes, which lead to the mock's paths. */
static void
test_endpoints(void **state)
{
    static const char *const catalogues[] = {
        /* Two of one region are not two regions. */
        "[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"public\", "
        "\"region_id\": \"r1\", \"url\": \"%s/compute/v2.1/\"}, "
        "{\"interface\": \"public\", \"region_id\": \"r1\", \"url\": "
        "\"%s/other/v2.1\"}]}]",
        /* No version. */
        "[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"public\", "
        "\"url\": \"%s/compute\"}]}]",
        /* No public one. */
        "[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"admin\", "
        "\"url\": \"%s/wrong\"}, {\"interface\": \"internal\", \"url\": "
        "\"%s/compute/v2.1\"}]}]",
        /* Another service in another region only. */
        "[{\"type\": \"compute\", \"endpoints\": [{\"interface\": \"public\", "
        "\"region\": \"r1\", \"url\": \"%s/compute\"}]}, {\"type\": "
        "\"network\", \"endpoints\": [{\"interface\": \"ours\", \"region\": "
        "\"r2\", \"url\": \"%s\"}]}]",
    };
    openstack_mock *mock = mock_start(1);
    char catalogue[2048];

    (void)state;
    for (size_t i = 0; i < sizeof catalogues / sizeof catalogues[0]; i++) {
        const char *from = catalogues[i];
        size_t used = 0;
        pileus_connection *conn;

        for (; *from != '\0'; from += strncmp(from, "%s", 2) == 0 ? 2 : 1) {
            used +=
                (size_t)snprintf(catalogue + used, sizeof catalogue - used,
                                 "%.*s", *from == '%' ? 100 : 1,
                                 *from == '%' ? server_url(mock->web) : from);
        }
        mock->catalogue = catalogue;
        conn = connect_to(mock);
        expect_servers(conn, 1);
        pileus_connection_unref(conn);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_logins),
        cmocka_unit_test(test_refused_logins),
        cmocka_unit_test(test_catalogues),
        cmocka_unit_test(test_endpoints),
        cmocka_unit_test(test_service_not_there),
        cmocka_unit_test(test_token_ends),
        cmocka_unit_test(test_token_renewed_ahead),
        cmocka_unit_test(test_token_of_no_use),
        cmocka_unit_test(test_token_shared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
