/* Raw requests: what goes out, and what comes back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/raw.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define JSON "Content-Type: application/json\r\n"

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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_request),        cmocka_unit_test(test_methods),
        cmocka_unit_test(test_refusal),        cmocka_unit_test(test_again),
        cmocka_unit_test(test_half_an_answer), cmocka_unit_test(test_cancelled),
        cmocka_unit_test(test_threads),
    };

    return cmocka_run_group_tests_name("http/raw", tests, NULL, NULL);
}
