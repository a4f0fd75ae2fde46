/* Raw requests: where they may go, and what cannot be asked. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/raw.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- where to --------------------------------------------------------------
 */

static void
answer_target(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    channel_answer(channel, 200, NULL, asked->target);
}

static void
expect_target(pileus_connection *conn, const char *target, const char *asked)
{
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    expect_ok(send_raw(&response, conn, "GET", target, &err), err);
    assert_string_equal(pileus_raw_response_body(response, NULL), asked);
    pileus_raw_response_free(response);
}

static void
test_targets(void **state)
{
    static const char *const foreign[] = {
        "http://example.com/x",
        "https://127.0.0.1:%d/x",
        "http://127.0.0.1:1/x",
        "http://user:word@127.0.0.1:%d/x",
        "http://127.0.0.1:%d@example.com/x",
        "ftp://127.0.0.1/x",
        "file:/etc/passwd",
        "http:///x",
    };
    web_server *server = server_start(answer_target, NULL, NULL, NULL);
    char endpoint[128];
    char target[256];
    pileus_connection *conn;
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)snprintf(endpoint, sizeof endpoint, "%s/api/v1", server_url(server));
    conn = open_web(endpoint, NULL);
    expect_target(conn, "/x", "/api/v1/x");
    expect_target(conn, "x/y:z", "/api/v1/x/y:z");
    expect_target(conn, "", "/api/v1");
    expect_target(conn, "?a=b", "/api/v1?a=b");
    expect_target(conn, "//example.com/x", "/api/v1//example.com/x");
    expect_target(conn, "/a\nb", "/api/v1/a%0Ab");
    (void)snprintf(target, sizeof target, "%s/other?a=%%20b",
                   server_url(server));
    expect_target(conn, target, "/other?a=%20b");
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        const char *mark = strstr(foreign[i], "%d");

        (void)snprintf(target, sizeof target, "%s", foreign[i]);
        if (mark != NULL) {
            (void)snprintf(target, sizeof target, "%.*s%d%s",
                           (int)(mark - foreign[i]), foreign[i],
                           server_port(server), mark + 2);
        }
        (void)send_raw(&response, conn, "GET", target, &err);
        assert_non_null(strstr(pileus_error_message(err), endpoint));
        expect_error(&err, PILEUS_INVALID_ARGUMENT,
                     "at no endpoint of this connection");
        assert_null(response);
    }
    assert_int_equal(server_requests(server), 7);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_no_http(void **state)
{
    pileus_connection *conn = NULL;
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_connection_open(&conn, NULL, "dummy", NULL, NULL, &err),
              err);
    (void)send_raw(&response, conn, "GET", "/x", &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED,
                 "dummy: it does not speak HTTP through pileus");
    assert_null(response);
    pileus_connection_close(conn);
    (void)send_raw(&response, conn, "GET", "/x", &err);
    expect_error(&err, PILEUS_CLOSED, "is closed");
    pileus_connection_unref(conn);
}

/* ---- what cannot be asked --------------------------------------------------
 */

static void
test_wrong(void **state)
{
    static const char *const framing[] = {"content-length", "Transfer-Encoding",
                                          "HOST",           "Connection",
                                          "Expect",         "TE",
                                          "upgrade"};
    pileus_raw_request *request = NULL;
    pileus_raw_response *response = NULL;
    pileus_connection *conn = open_web("http://127.0.0.1:1", NULL);
    pileus_error *err = NULL;
    char *body = calloc(1, PILEUS_RAW_BODY_MAX + 1);

    (void)state;
    assert_non_null(body);
    (void)pileus_raw_request_new(&request, NULL, "/", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "is no method");
    (void)pileus_raw_request_new(&request, "GET /x", "/", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "'GET /x' is no method");
    (void)pileus_raw_request_new(&request, "CONNECT", "/", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "'CONNECT' is no method");
    (void)pileus_raw_request_new(&request, "GET", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the path is missing");
    (void)pileus_raw_request_new(&request, "GET", "/\xff", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the path is not valid UTF-8");
    assert_null(request);

    expect_ok(pileus_raw_request_new(&request, "HEAD", "/", &err), err);
    for (size_t i = 0; i < sizeof framing / sizeof framing[0]; i++) {
        (void)pileus_raw_request_set_header(request, framing[i], "x", &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "is set by pileus itself");
    }
    (void)pileus_raw_request_set_header(request, "A b", "x", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "cannot be sent");
    (void)pileus_raw_request_set_header(request, "A", "x\r\nB: y", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "cannot be sent");
    (void)pileus_raw_request_set_header(request, "A", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "cannot be sent");
    (void)pileus_raw_request_add_query(request, NULL, "x", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "name of a parameter");
    (void)pileus_raw_request_add_query(request, "a", "\xff", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "value of a parameter");
    (void)pileus_raw_request_set_body(request, "x", 1, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "HEAD request has no body");
    (void)pileus_raw_request_set_body(request, NULL, 1, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the body is missing");
    (void)pileus_raw_request_set_body(request, body, PILEUS_RAW_BODY_MAX + 1,
                                      &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "it may have 16777216 at most");

    (void)pileus_raw_request_set_body(NULL, "x", 1, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "nothing to set this in");
    (void)pileus_raw_request_set_header(NULL, "A", "x", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "nothing to set this in");
    (void)pileus_raw_request_add_query(NULL, "A", "x", &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "nothing to set this in");
    pileus_raw_request_set_idempotent(NULL);
    (void)pileus_raw_send(&response, NULL, request, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a place");
    (void)pileus_raw_send(NULL, conn, request, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a place");
    (void)pileus_raw_send(&response, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a place");
    pileus_raw_request_free(request);
    pileus_raw_request_free(NULL);
    pileus_raw_response_free(NULL);
    pileus_connection_unref(conn);
    free(body);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_no_http),
        cmocka_unit_test(test_wrong),
    };

    return cmocka_run_group_tests_name("http/raw_limits", tests, NULL, NULL);
}
