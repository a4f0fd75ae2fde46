/* Raw requests: what goes out, what comes back, and where nothing goes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define JSON "Content-Type: application/json\r\n"

/* A request by its method and target, sent. */
static pileus_code
send_raw(pileus_raw_response **response, pileus_connection *conn,
         const char *method, const char *target, pileus_error **err)
{
    pileus_raw_request *request = NULL;
    pileus_code code;

    expect_ok(pileus_raw_request_new(&request, method, target, err), *err);
    code = pileus_raw_send(response, conn, request, NULL, err);
    pileus_raw_request_free(request);
    return code;
}

/* ---- what goes out, and what comes back ------------------------------------
 */

static void
check_request(void *user, const web_asked *asked, web_channel *channel)
{
    char value[256];
    bool *good = user;

    *good = strcmp(asked->method, "PATCH") == 0 &&
            strcmp(asked->target,
                   "/api/v1/any%20thing?a=1&b=2%20%26&signature=very-secret") ==
                0 &&
            asked_header(asked, "Authorization", value, sizeof value) &&
            strcmp(value, "Bearer tell-nobody") == 0 &&
            asked_header(asked, "Accept", value, sizeof value) &&
            strcmp(value, "text/plain") == 0 &&
            asked_header(asked, "Content-Type", value, sizeof value) &&
            strcmp(value, "application/json") == 0 &&
            asked_header(asked, "X-One", value, sizeof value) &&
            strcmp(value, "second") == 0 && asked->body_size == 7 &&
            memcmp(asked->body, "{\"a\":\0}", 7) == 0;
    channel_answer(channel, 202, "X-Two: two\r\nX-Request-Id: r-2\r\n",
                   "as it is\n");
}

static void
test_request(void **state)
{
    bool good = false;
    web_server *server = server_start(check_request, &good, NULL, NULL);
    char endpoint[128];
    pileus_connection *conn;
    pileus_raw_request *request = NULL;
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;
    const char *value = NULL;
    bool found = false;
    size_t size = 0;

    (void)state;
    (void)snprintf(endpoint, sizeof endpoint, "%s/api/v1/", server_url(server));
    conn = open_web(endpoint, "token", "tell-nobody");
    expect_ok(
        pileus_raw_request_new(&request, "PATCH", "/any thing?a=1#x", &err),
        err);
    expect_ok(pileus_raw_request_add_query(request, "b", "2 &", &err), err);
    expect_ok(
        pileus_raw_request_set_header(request, "accept", "text/plain", &err),
        err);
    expect_ok(pileus_raw_request_set_header(request, "X-One", "first", &err),
              err);
    expect_ok(pileus_raw_request_set_header(request, "x-one", "second", &err),
              err);
    /* What signs comes later. */
    expect_ok(
        pileus_raw_request_set_header(request, "Authorization", "no", &err),
        err);
    expect_ok(pileus_raw_request_set_body(request, "gone", 4, &err), err);
    expect_ok(pileus_raw_request_set_body(request, "{\"a\":\0}", 7, &err), err);
    expect_ok(pileus_raw_send(&response, conn, request, NULL, &err), err);
    pileus_raw_request_free(request);
    pileus_connection_unref(conn); /* the answer stays */
    assert_true(good);
    assert_int_equal(pileus_raw_response_status(response), 202);
    assert_string_equal(pileus_raw_response_body(response, &size),
                        "as it is\n");
    assert_int_equal(size, 9);
    assert_string_equal(pileus_raw_response_header(response, "x-two"), "two");
    assert_null(pileus_raw_response_header(response, "X-Three"));
    for (size_t i = 0;; i++) {
        const char *name = pileus_raw_response_header_at(response, i, &value);

        if (name == NULL) {
            break;
        }
        found = found || (strcmp(name, "X-Request-Id") == 0 &&
                          strcmp(value, "r-2") == 0);
    }
    assert_true(found);
    pileus_raw_response_free(response);
    server_stop(server);
}

static void
answer_method(void *user, const web_asked *asked, web_channel *channel)
{
    char value[64] = "";

    (void)user;
    (void)asked_header(asked, "Content-Type", value, sizeof value);
    if (strcmp(asked->method, "HEAD") == 0) {
        (void)channel_puts(channel, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
                                    "X-Head: yes\r\n\r\n");
        return;
    }
    channel_answer(channel, 200, NULL, value);
}

static void
test_methods(void **state)
{
    static const char *const methods[] = {"GET",    "POST",    "PUT",
                                          "DELETE", "OPTIONS", "PROPFIND"};
    web_server *server = server_start(answer_method, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_raw_request *request = NULL;
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        expect_ok(send_raw(&response, conn, methods[i], "/x", &err), err);
        pileus_raw_response_free(response);
    }
    expect_ok(send_raw(&response, conn, "HEAD", "/x", &err), err);
    assert_string_equal(pileus_raw_response_header(response, "X-Head"), "yes");
    assert_string_equal(pileus_raw_response_body(response, NULL), "");
    pileus_raw_response_free(response);
    /* A type of one's own, and a body of nothing. */
    expect_ok(pileus_raw_request_new(&request, "POST", "", &err), err);
    expect_ok(
        pileus_raw_request_set_header(request, "Content-Type", "text/x", &err),
        err);
    expect_ok(pileus_raw_request_set_body(request, NULL, 0, &err), err);
    expect_ok(pileus_raw_send(&response, conn, request, NULL, &err), err);
    assert_string_equal(pileus_raw_response_body(response, NULL), "text/x");
    pileus_raw_response_free(response);
    pileus_raw_request_free(request);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* ---- failures --------------------------------------------------------------
 */

static void
refuse(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 404, JSON "X-Request-Id: r-3\r\n",
                   "{\"error\": {\"message\": \"no such thing\", "
                   "\"code\": 17}}");
}

/* The error is the one of any call, and the answer is there, too. */
static void
test_refusal(void **state)
{
    web_server *server = server_start(refuse, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(send_raw(&response, conn, "GET", "/x", &err),
                     PILEUS_NOT_FOUND);
    assert_int_equal(pileus_error_status(err), 404);
    assert_string_equal(pileus_error_provider_code(err), "17");
    assert_string_equal(pileus_error_request_id(err), "r-3");
    expect_error(&err, PILEUS_NOT_FOUND,
                 "web: GET /x was answered with 404 Not Found (no such thing)");
    assert_non_null(response);
    assert_int_equal(pileus_raw_response_status(response), 404);
    assert_non_null(
        strstr(pileus_raw_response_body(response, NULL), "no such thing"));
    pileus_raw_response_free(response);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
break_off(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    (void)channel_puts(channel, "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"
                                "half of");
    channel_reset(channel);
}

/* What is not whole is no answer. */
static void
test_half_an_answer(void **state)
{
    web_server *server = server_start(break_off, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "retries", "0");
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(send_raw(&response, conn, "POST", "/x", &err),
                     PILEUS_UNAVAILABLE);
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    assert_null(response);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
fail_once(void *user, const web_asked *asked, web_channel *channel)
{
    atomic_int *failures = user;

    (void)asked;
    if (atomic_fetch_sub(failures, 1) > 0) {
        channel_answer(channel, 502, NULL, "oops");
    } else {
        channel_answer(channel, 200, NULL, "good");
    }
}

/* Sent again when that is safe, or said to be. */
static void
test_again(void **state)
{
    atomic_int failures = 1;
    web_server *server = server_start(fail_once, &failures, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_raw_request *request = NULL;
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(send_raw(&response, conn, "GET", "/x", &err), err);
    assert_string_equal(pileus_raw_response_body(response, NULL), "good");
    pileus_raw_response_free(response);
    assert_int_equal(server_requests(server), 2);
    failures = 1;
    assert_int_equal(send_raw(&response, conn, "POST", "/x", &err),
                     PILEUS_UNAVAILABLE);
    assert_string_equal(pileus_raw_response_body(response, NULL), "oops");
    pileus_raw_response_free(response);
    pileus_error_free(err);
    err = NULL;
    assert_int_equal(server_requests(server), 3);
    failures = 1;
    expect_ok(pileus_raw_request_new(&request, "POST", "/x", &err), err);
    pileus_raw_request_set_idempotent(request);
    expect_ok(pileus_raw_send(&response, conn, request, NULL, &err), err);
    assert_string_equal(pileus_raw_response_body(response, NULL), "good");
    pileus_raw_response_free(response);
    pileus_raw_request_free(request);
    assert_int_equal(server_requests(server), 5);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* One request, sent by several threads at once over one connection. */
typedef struct together {
    pileus_connection *conn;
    const pileus_raw_request *request;
} together;

static void *
send_often(void *user)
{
    const together *self = user;

    for (int i = 0; i < 10; i++) {
        pileus_raw_response *response = NULL;
        pileus_error *err = NULL;

        expect_ok(
            pileus_raw_send(&response, self->conn, self->request, NULL, &err),
            err);
        assert_string_equal(pileus_raw_response_body(response, NULL), "good");
        pileus_raw_response_free(response);
    }
    return NULL;
}

static void
test_threads(void **state)
{
    atomic_int failures = 0;
    web_server *server = server_start(fail_once, &failures, NULL, NULL);
    pileus_raw_request *request = NULL;
    together self = {.conn = open_web(server_url(server), "token", "x")};
    pileus_error *err = NULL;
    pthread_t threads[4];

    (void)state;
    expect_ok(pileus_raw_request_new(&request, "GET", "/x", &err), err);
    self.request = request;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, send_often, &self),
                         0);
    }
    for (size_t i = 0; i < 4; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    assert_int_equal(server_requests(server), 40);
    pileus_raw_request_free(request);
    pileus_connection_unref(self.conn);
    server_stop(server);
}

static void
test_cancelled(void **state)
{
    web_server *server = server_start(refuse, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_raw_request *request = NULL;
    pileus_raw_response *response = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_cancel(call);
    expect_ok(pileus_raw_request_new(&request, "GET", "/x", &err), err);
    (void)pileus_raw_send(&response, conn, request, call, &err);
    expect_error(&err, PILEUS_CANCELLED, "");
    assert_null(response);
    assert_int_equal(server_requests(server), 0);
    pileus_raw_request_free(request);
    pileus_call_free(call);
    pileus_connection_unref(conn);
    server_stop(server);
}

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
        cmocka_unit_test(test_request),        cmocka_unit_test(test_methods),
        cmocka_unit_test(test_refusal),        cmocka_unit_test(test_again),
        cmocka_unit_test(test_half_an_answer), cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_targets),        cmocka_unit_test(test_no_http),
        cmocka_unit_test(test_wrong),          cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests_name("http/raw", tests, NULL, NULL);
}
