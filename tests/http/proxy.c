/* Proxies: what is asked of them, for http and for https, and what they refuse.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"
#include "tests/support/certificate.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define NODE "{\"id\": 7, \"name\": \"seven\"}"
/* me:s/cret */
#define CREDENTIALS "Basic bWU6cy9jcmV0"

static const char target[] = "/nodes/7?fields=all%20%26%20everything";

typedef struct relay {
    atomic_int refused;
    atomic_int passed;
    atomic_int tunnels;
} relay;

static char folder[] = "/tmp/pileus-proxy-XXXXXX";
static char ca[64];
static char good[64];

static int
set_up(void **state)
{
    issuer from;

    (void)state;
    assert_non_null(mkdtemp(folder));
    (void)snprintf(ca, sizeof ca, "%s/ca.pem", folder);
    (void)snprintf(good, sizeof good, "%s/good.pem", folder);
    from = certificate_make(ca, NULL, 1, NULL);
    certificate_free(certificate_make(good, "IP:127.0.0.1", 1, &from));
    certificate_free(from);
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    (void)unlink(ca);
    (void)unlink(good);
    return rmdir(folder);
}

/* ---- both servers
 * ------------------------------------------------------------ */

static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    char value[64];

    /* Credentials of the proxy are none of the provider's business. */
    if (asked_header(asked, "Proxy-Authorization", value, sizeof value) ||
        strcmp(asked->target, (const char *)user) != 0) {
        channel_answer(channel, 400, NULL, NULL);
        return;
    }
    channel_answer(channel, 200, NULL, NODE);
}

/* A proxy that wants a password; what it is asked for by http it answers
 * itself, and by https it leads to where it is asked to. */
static void
pass(void *user, const web_asked *asked, web_channel *channel)
{
    relay *self = user;
    char value[256] = "";

    if (!asked_header(asked, "Proxy-Authorization", value, sizeof value) ||
        strcmp(value, CREDENTIALS) != 0) {
        (void)atomic_fetch_add(&self->refused, 1);
        channel_answer(channel, 407,
                       "Proxy-Authenticate: Basic realm=\"here\"\r\n", NULL);
    } else if (strcmp(asked->method, "CONNECT") != 0) {
        (void)atomic_fetch_add(&self->passed, 1);
        channel_answer(
            channel,
            strncmp(asked->target, "http://a.example/nodes/7?", 25) == 0 ? 200
                                                                         : 400,
            NULL, NODE);
    } else {
        const char *port = strchr(asked->target, ':');

        (void)atomic_fetch_add(&self->tunnels, 1);
        if (port == NULL || !channel_tunnel(channel, atoi(port + 1))) {
            channel_answer(channel, 502, NULL, NULL);
        }
    }
}

static void
proxy_url(char url[128], const web_server *server, const char *user)
{
    (void)snprintf(url, 128, "http://%s127.0.0.1:%d", user,
                   server_port(server));
}

/* ---- the tests
 * ---------------------------------------------------------------- */

static void
test_plain(void **state)
{
    relay self = {0};
    web_server *proxy = server_start(pass, &self, NULL, NULL);
    char url[128];
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    proxy_url(url, proxy, "me:s%2Fcret@");
    conn = open_web("http://a.example", "proxy", url, "retries", "0");
    expect_ok(get_node(conn, "7", NULL, &err), err);
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(atomic_load(&self.passed), 2);
    assert_int_equal(server_connections(proxy), 1);
    assert_null(pileus_connection_option(conn, "proxy", NULL));
    pileus_connection_unref(conn);
    server_stop(proxy);
}

static void
test_tunnel(void **state)
{
    relay self = {0};
    web_server *proxy = server_start(pass, &self, NULL, NULL);
    web_server *server =
        server_start(answer, (void *)(uintptr_t)target, good, NULL);
    char url[128];
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    proxy_url(url, proxy, "me:s%2Fcret@");
    conn = open_web(server_url(server), "proxy", url, "ca-file", ca, "retries",
                    "0");
    for (int i = 0; i < 5; i++) {
        expect_ok(get_node(conn, "7", NULL, &err), err);
    }
    assert_int_equal(server_requests(server), 5);
    assert_int_equal(atomic_load(&self.tunnels), 1);
    pileus_connection_unref(conn);
    server_stop(server);
    server_stop(proxy);
}

/* With a wrong password, or none, nothing gets through, and none is told. */
static void
test_refused(void **state)
{
    static const char *const endpoints[] = {"http://a.example",
                                            "https://a.example"};
    static const char *const users[] = {"", "me:wr0ngw0rd@"};
    relay self = {0};
    web_server *proxy = server_start(pass, &self, NULL, NULL);

    (void)state;
    for (size_t i = 0; i < 4; i++) {
        char url[128];
        pileus_connection *conn;
        pileus_error *err = NULL;

        proxy_url(url, proxy, users[i / 2]);
        conn = open_web(endpoints[i % 2], "proxy", url, "retries", "2");
        assert_int_not_equal(get_node(conn, "7", NULL, &err), PILEUS_OK);
        assert_null(strstr(pileus_error_message(err), "wr0ngw0rd"));
        assert_false(pileus_error_retryable(err));
        expect_error(&err, PILEUS_AUTHENTICATION, "'proxy'");
        pileus_connection_unref(conn);
    }
    assert_int_equal(atomic_load(&self.passed), 0);
    assert_int_equal(atomic_load(&self.tunnels), 0);
    server_stop(proxy);
}

/* The environment says so, and an empty option that it is not to. */
static void
test_environment(void **state)
{
    relay self = {0};
    web_server *proxy = server_start(pass, &self, NULL, NULL);
    web_server *server =
        server_start(answer, (void *)(uintptr_t)target, NULL, NULL);
    char url[128];
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    proxy_url(url, proxy, "me:s%2Fcret@");
    assert_int_equal(setenv("http_proxy", url, 1), 0);
    conn = open_web("http://a.example", "retries", "0");
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(atomic_load(&self.passed), 1);
    pileus_connection_unref(conn);
    conn = open_web(server_url(server), "proxy", "", "retries", "0");
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(atomic_load(&self.passed), 1);
    pileus_connection_unref(conn);
    assert_int_equal(unsetenv("http_proxy"), 0);
    server_stop(server);
    server_stop(proxy);
}

/* What is near is asked by no proxy, whoever names one. */
static void
test_direct(void **state)
{
    relay self = {0};
    web_server *proxy = server_start(pass, &self, NULL, NULL);
    web_server *server =
        server_start(answer, (void *)(uintptr_t)target, NULL, NULL);
    char url[128];
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    proxy_url(url, proxy, "me:s%2Fcret@");
    assert_int_equal(setenv("http_proxy", url, 1), 0);
    conn = open_web(server_url(server), "near", "true");
    expect_ok(get_node(conn, "7", NULL, &err), err);
    pileus_connection_unref(conn);
    conn = open_web(server_url(server), "near", "true", "proxy", url);
    expect_ok(get_node(conn, "7", NULL, &err), err);
    pileus_connection_unref(conn);
    assert_int_equal(unsetenv("http_proxy"), 0);
    assert_int_equal(server_requests(proxy), 0);
    server_stop(server);
    server_stop(proxy);
}

/* It takes the password, and has no way there. */
static void
test_nowhere(void **state)
{
    relay self = {0};
    web_server *proxy = server_start(pass, &self, NULL, NULL);
    web_server *gone = server_start(answer, NULL, NULL, NULL);
    char url[128];
    char endpoint[64];
    pileus_connection *conn;
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)snprintf(endpoint, sizeof endpoint, "https://127.0.0.1:%d",
                   server_port(gone));
    server_stop(gone);
    proxy_url(url, proxy, "me:s%2Fcret@");
    conn = open_web(endpoint, "proxy", url, "retries", "0");
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_UNAVAILABLE);
    assert_false(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_UNAVAILABLE, "the proxy does not lead there");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    server_stop(proxy);
}

/* Nobody is there. */
static void
test_gone(void **state)
{
    web_server *server = server_start(answer, NULL, NULL, NULL);
    char url[128];
    pileus_connection *conn;
    pileus_error *err = NULL;

    (void)state;
    proxy_url(url, server, "me:s3cretive@");
    server_stop(server);
    conn = open_web("http://a.example", "proxy", url, "retries", "0");
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
    assert_null(strstr(pileus_error_message(err), "s3cretive"));
    expect_error(&err, PILEUS_UNAVAILABLE,
                 "check the endpoint, the option 'proxy' and the network");
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),   cmocka_unit_test(test_tunnel),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_environment),
        cmocka_unit_test(test_direct),  cmocka_unit_test(test_nowhere),
        cmocka_unit_test(test_gone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
