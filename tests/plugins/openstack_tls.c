/* An OpenStack behind a certificate of its operator's own CA. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/openstack_support.h"
#include "tests/support/certificate.h"

#include <stdio.h>
#include <unistd.h>

static char folder[] = "/tmp/pileus-ostls-XXXXXX";
static char ca_path[64];
static char server_path[64];
static char other_path[64];
static char clouds_path[64];

static int
set_up(void **state)
{
    issuer ca;

    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(ca_path, sizeof ca_path, "%s/ca.pem", folder);
    (void)snprintf(server_path, sizeof server_path, "%s/server.pem", folder);
    (void)snprintf(other_path, sizeof other_path, "%s/other.pem", folder);
    (void)snprintf(clouds_path, sizeof clouds_path, "%s/c.yaml", folder);
    ca = certificate_make(ca_path, NULL, 1, NULL);
    certificate_free(certificate_make(server_path, "IP:127.0.0.1", 1, &ca));
    certificate_free(certificate_make(other_path, NULL, 1, NULL));
    certificate_free(ca);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    (void)unlink(ca_path);
    (void)unlink(server_path);
    (void)unlink(other_path);
    (void)unlink(clouds_path);
    return rmdir(folder);
}

/* Log in, and list: both go to the same server here, by ways of their own. */
static void
expect_trust(const openstack_mock *mock, const char *name, const char *value)
{
    const char *pairs[] = {"username", "me",  "password", "sesame",
                           name,       value, NULL};
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_with(&conn, mock, pairs, &err), err);
    expect_servers(conn, 1);
    pileus_connection_unref(conn);
}

static void
expect_distrust(const openstack_mock *mock, const char *name, const char *value)
{
    const char *pairs[] = {"username", "me",  "password", "sesame",
                           name,       value, NULL};
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    assert_int_equal(try_with(&conn, mock, pairs, &err), PILEUS_TLS);
    expect_error(&err, PILEUS_TLS, "cannot be trusted");
    assert_int_equal(mock->tokens, 0);
}

static void
test_ca_file(void **state)
{
    openstack_mock *mock = mock_start_tls(1, server_path);

    (void)state;
    expect_distrust(mock, NULL, NULL);
    expect_distrust(mock, "ca-file", other_path);
    expect_trust(mock, "ca-file", ca_path);
    mock_stop(mock);
}

static void
test_variable(void **state)
{
    openstack_mock *mock = mock_start_tls(1, server_path);

    (void)state;
    assert_int_equal(setenv("OS_CACERT", other_path, 1), 0);
    expect_distrust(mock, NULL, NULL);
    expect_trust(mock, "ca-file", ca_path); /* counts more */
    assert_int_equal(setenv("OS_CACERT", ca_path, 1), 0);
    expect_trust(mock, NULL, NULL);
    assert_int_equal(unsetenv("OS_CACERT"), 0);
    mock_stop(mock);
}

static void
write_cloud(const openstack_mock *mock, const char *fact)
{
    FILE *file = fopen(clouds_path, "w");

    assert_non_null(file);
    (void)fprintf(file,
                  "clouds: {mine: {%s, auth: {auth_url: '%s', username: me, "
                  "password: sesame}}}\n",
                  fact, mock->endpoint);
    assert_int_equal(fclose(file), 0);
}

static void
log_line(void *user, pileus_log_level level, const char *driver,
         const char *message)
{
    bool *warned = user;

    (void)driver;
    *warned = *warned || (level == PILEUS_LOG_WARNING &&
                          strstr(message, "insecure: the certificate") != NULL);
}

static void
expect_cloud(const char *cacert)
{
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;
    bool warned = false;

    expect_ok(pileus_context_new(&ctx, &err), err);
    pileus_context_set_log(ctx, PILEUS_LOG_WARNING, log_line, &warned);
    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "cloud-file", clouds_path, &err),
              err);
    expect_ok(
        pileus_connection_open(&conn, ctx, "openstack", options, NULL, &err),
        err);
    expect_servers(conn, 1);
    assert_int_equal(warned, cacert == NULL);
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
}

/* A cloud's own CA; or none, which the log warns of. */
static void
test_cloud(void **state)
{
    openstack_mock *mock = mock_start_tls(1, server_path);
    char fact[128];

    (void)state;
    (void)snprintf(fact, sizeof fact, "cacert: '%s'", ca_path);
    write_cloud(mock, fact);
    expect_cloud(ca_path);
    write_cloud(mock, "verify: false");
    expect_cloud(NULL);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ca_file),
        cmocka_unit_test(test_variable),
        cmocka_unit_test(test_cloud),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
