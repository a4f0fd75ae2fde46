/* TLS: whom it trusts, and what it says of those it does not. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"
#include "tests/support/certificate.h"

#include <stdio.h>
#include <unistd.h>

#define NODE "{\"id\": 7, \"name\": \"seven\"}"

static char folder[] = "/tmp/pileus-tls-XXXXXX";
static const char *const files[] = {"ca",    "good",   "expired",
                                    "other", "itself", "client"};
static char path[6][64];
enum { CA, GOOD, EXPIRED, OTHER, ITSELF, CLIENT };

static int
set_up(void **state)
{
    issuer ca;

    (void)state;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 6; i++) {
        (void)snprintf(path[i], sizeof path[i], "%s/%s.pem", folder, files[i]);
    }
    ca = certificate_make(path[CA], NULL, 1, NULL);
    certificate_free(certificate_make(path[GOOD], "IP:127.0.0.1", 1, &ca));
    certificate_free(certificate_make(path[EXPIRED], "IP:127.0.0.1", -1, &ca));
    certificate_free(certificate_make(path[OTHER], "DNS:a.example", 1, &ca));
    certificate_free(certificate_make(path[ITSELF], "IP:127.0.0.1", 1, NULL));
    certificate_free(certificate_make(path[CLIENT], "DNS:client", 1, &ca));
    certificate_free(ca);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        (void)unlink(path[i]);
    }
    return rmdir(folder);
}

static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 200, NULL, NODE);
}

/* Ask a server with that certificate; NULL words: it goes well. */
static void
check(const char *certificate, const char *ca, pileus_code code,
      const char *words)
{
    web_server *server = server_start(answer, NULL, certificate, NULL);
    pileus_connection *conn =
        open_web(server_url(server), ca == NULL ? NULL : "ca-file", ca);
    pileus_error *err = NULL;

    (void)get_node(conn, "7", NULL, &err);
    if (words == NULL) {
        expect_ok(pileus_error_code(err), err);
        expect_ok(get_node(conn, "7", NULL, &err), err);
        assert_int_equal(server_connections(server), 1);
    } else {
        assert_false(pileus_error_retryable(err));
        assert_int_equal(server_requests(server), 0);
        expect_error(&err, code, words);
    }
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_trust(void **state)
{
    (void)state;
    check(path[GOOD], path[CA], PILEUS_OK, NULL);
    check(path[GOOD], NULL, PILEUS_TLS, "'ca-file'");
    check(path[ITSELF], NULL, PILEUS_TLS, "self-signed certificate");
    check(path[ITSELF], path[CA], PILEUS_TLS, "self-signed certificate");
    check(path[EXPIRED], path[CA], PILEUS_TLS, "certificate has expired");
    check(path[OTHER], path[CA], PILEUS_TLS, "127.0.0.1");
    check(path[GOOD], "/nowhere.pem", PILEUS_CONFIGURATION, "'ca-file'");
}

static void
count_warnings(void *user, pileus_log_level level, const char *driver,
               const char *message)
{
    (void)driver;
    if (level == PILEUS_LOG_WARNING && strncmp(message, "insecure", 8) == 0) {
        ++*(int *)user;
    }
}

static void
test_insecure(void **state)
{
    int warnings = 0;
    web_server *server = server_start(answer, NULL, path[EXPIRED], NULL);
    pileus_context *ctx = web_context();
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    pileus_context_set_log(ctx, PILEUS_LOG_WARNING, count_warnings, &warnings);
    conn = open_web_in(ctx, server_url(server),
                       (const char *const[]){"insecure", "true", NULL});
    expect_ok(get_node(conn, "7", NULL, &err), err);
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(warnings, 1);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
    server_stop(server);
}

static void
test_client(void **state)
{
    web_server *server = server_start(answer, NULL, path[GOOD], path[CA]);
    pileus_connection *without =
        open_web(server_url(server), "ca-file", path[CA], "retries", "0");
    pileus_connection *with =
        open_web(server_url(server), "ca-file", path[CA], "client-cert",
                 path[CLIENT], "client-key", path[CLIENT]);
    pileus_error *err = NULL;

    (void)state;
    assert_true(get_node(without, "7", NULL, &err) != PILEUS_OK);
    pileus_error_free(err);
    err = NULL;
    expect_ok(get_node(with, "7", NULL, &err), err);
    pileus_connection_unref(without);
    pileus_connection_unref(with);
    server_stop(server);
}

/* A redirect from https to http is not followed, wherever it leads. */
static void
downgrade(void *user, const web_asked *asked, web_channel *channel)
{
    char location[128];

    (void)asked;
    (void)snprintf(location, sizeof location, "Location: %s/nodes/7\r\n",
                   (const char *)user);
    channel_answer(channel, 302, location, NULL);
}

static void
test_downgrade(void **state)
{
    web_server *plain = server_start(answer, NULL, NULL, NULL);
    char url[64];
    web_server *server;
    pileus_connection *conn;
    pileus_error *err = NULL;
    pileus_list *list = NULL;

    (void)state;
    (void)snprintf(url, sizeof url, "%s", server_url(plain));
    server = server_start(downgrade, url, path[GOOD], NULL);
    conn = open_web(server_url(server), "ca-file", path[CA], "token",
                    "tell-nobody");
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_PROTOCOL);
    expect_error(&err, PILEUS_PROTOCOL, "was redirected to http://127.0.0.1:");
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_PROTOCOL);
    expect_error(&err, PILEUS_PROTOCOL, "was redirected to http://127.0.0.1:");
    assert_int_equal(server_requests(plain), 0);
    assert_int_equal(server_requests(server), 2);
    pileus_connection_unref(conn);
    server_stop(server);
    server_stop(plain);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trust),
        cmocka_unit_test(test_insecure),
        cmocka_unit_test(test_client),
        cmocka_unit_test(test_downgrade),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
