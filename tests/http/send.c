/* Single requests: what goes out, what comes back, what is sent again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#define NODE "{\"id\": 7, \"name\": \"seven\"}"
#define JSON "Content-Type: application/json\r\n"

/* ---- what goes out
 * -----------------------------------------------------------
 */

static void
check_request(void *user, const web_asked *asked, web_channel *channel)
{
    char value[256];
    bool *good = user;

    *good = strcmp(asked->method, "GET") == 0 &&
            strcmp(asked->target,
                   "/api/v1/nodes/7%20a?fields=all%20%26%20everything"
                   "&signature=very-secret") == 0 &&
            asked_header(asked, "Authorization", value, sizeof value) &&
            strcmp(value, "Bearer tell-nobody") == 0 &&
            asked_header(asked, "Accept", value, sizeof value) &&
            strcmp(value, "application/json") == 0 &&
            asked_header(asked, "X-Test", value, sizeof value) &&
            asked_header(asked, "User-Agent", value, sizeof value) &&
            strncmp(value, "pileus/", 7) == 0 &&
            asked_header(asked, "Accept-Encoding", value, sizeof value) &&
            !asked_header(asked, "Content-Type", value, sizeof value);
    channel_answer(channel, 200, JSON, NODE);
}

static void
test_request(void **state)
{
    bool good = false;
    web_server *server = server_start(check_request, &good, NULL, NULL);
    char endpoint[128];
    pileus_connection *conn;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)snprintf(endpoint, sizeof endpoint, "%s/api/v1/", server_url(server));
    conn = open_web(endpoint, "token", "tell-nobody");
    expect_ok(
        pileus_node_get(&node, conn, "7 a", PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    assert_true(good);
    assert_string_equal(pileus_node_id(node), "7");
    assert_string_equal(pileus_node_name(node), "seven");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
check_body(void *user, const web_asked *asked, web_channel *channel)
{
    char value[64];
    bool *good = user;

    *good = strcmp(asked->method, "POST") == 0 &&
            asked_header(asked, "Content-Type", value, sizeof value) &&
            strcmp(value, "application/json") == 0 &&
            !asked_header(asked, "Expect", value, sizeof value) &&
            strncmp(asked->body, "{\"name\":\"web\"", 13) == 0;
    channel_answer(channel, 201, JSON, NODE);
}

static pileus_code
create(pileus_connection *conn, pileus_call *call, pileus_error **err)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_code code;

    expect_ok(pileus_node_spec_new(&spec, err), *err);
    expect_ok(pileus_node_spec_set_name(spec, "web", err), *err);
    code = pileus_node_create(&node, conn, spec, call, err);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    return code;
}

static void
test_body(void **state)
{
    bool good = false;
    web_server *server = server_start(check_body, &good, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(create(conn, NULL, &err), err);
    assert_true(good);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* ---- connections
 * ---------------------------------------------------------------
 */

static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 200, JSON, NODE);
}

static void
test_reuse(void **state)
{
    web_server *server = server_start(answer, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 20; i++) {
        expect_ok(get_node(conn, "7", NULL, &err), err);
    }
    assert_int_equal(server_requests(server), 20);
    assert_int_equal(server_connections(server), 1);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void *
ask_often(void *user)
{
    pileus_error *err = NULL;

    for (int i = 0; i < 25; i++) {
        expect_ok(get_node(user, "7", NULL, &err), err);
    }
    return NULL;
}

static void
test_threads(void **state)
{
    web_server *server = server_start(answer, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pthread_t threads[8];

    (void)state;
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, conn), 0);
    }
    for (size_t i = 0; i < 8; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    assert_int_equal(server_requests(server), 200);
    assert_true(server_connections(server) <= 8);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* ---- sent again, or not
 * ----------------------------------------------------------
 */

static void
fail_twice(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    if (asked->number <= 2) {
        channel_answer(channel, 502, NULL, "oops");
    } else {
        channel_answer(channel, 200, JSON, NODE);
    }
}

static void
test_again(void **state)
{
    web_server *server = server_start(fail_twice, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(server_requests(server), 3);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
fail_always(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 503, "X-Request-Id: r-1\r\n",
                   "{\"error\": {\"message\": "
                   "\"we are painting\", \"code\": 9}}");
}

static void
test_no_retries(void **state)
{
    web_server *server = server_start(fail_always, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "retries", "0");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
    assert_int_equal(server_requests(server), 1);
    assert_int_equal(pileus_error_status(err), 503);
    assert_true(pileus_error_retryable(err));
    assert_false(pileus_error_may_have_happened(err));
    assert_string_equal(pileus_error_provider_message(err), "we are painting");
    assert_string_equal(pileus_error_provider_code(err), "9");
    assert_string_equal(pileus_error_request_id(err), "r-1");
    expect_error(&err, PILEUS_UNAVAILABLE,
                 "GET /nodes/7 was answered with 503 Service Unavailable (we "
                 "are painting): try again later");
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
break_off(void *user, const web_asked *asked, web_channel *channel)
{
    atomic_int *failures = user;

    if (asked->number <= *failures) {
        channel_reset(channel);
    } else {
        channel_answer(channel, 200, JSON, NODE);
    }
}

/* A create whose answer is lost is not sent again, unless it may be. */
static void
test_lost_answer(void **state)
{
    atomic_int failures = 1;
    web_server *server = server_start(break_off, &failures, NULL, NULL);
    pileus_connection *plain = open_web(server_url(server), NULL);
    pileus_connection *once = open_web(server_url(server), "create", "once");
    pileus_connection *safe =
        open_web(server_url(server), "create", "idempotent");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(create(plain, NULL, &err), PILEUS_UNAVAILABLE);
    assert_int_equal(server_requests(server), 1);
    assert_true(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_UNAVAILABLE, "broke off");
    failures = 2;
    assert_int_equal(create(once, NULL, &err), PILEUS_UNAVAILABLE);
    assert_int_equal(server_requests(server), 2);
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    err = NULL;
    failures = 4;
    expect_ok(create(safe, NULL, &err), err);
    assert_int_equal(server_requests(server), 5);
    pileus_connection_unref(plain);
    pileus_connection_unref(once);
    pileus_connection_unref(safe);
    server_stop(server);
}

/* The server closes what stood idle just as a create comes along it: libcurl
 * would send it again by itself. */
static void
close_after_first(void *user, const web_asked *asked, web_channel *channel)
{
    atomic_int *creates = user;

    if (strcmp(asked->method, "POST") == 0) {
        (void)atomic_fetch_add(creates, 1);
        channel_close(channel);
        return;
    }
    channel_answer(channel, 200, JSON, NODE);
}

static void
test_create_is_sent_once(void **state)
{
    atomic_int creates = 0;
    web_server *server = server_start(close_after_first, &creates, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_error *err = NULL;

    (void)state;
    expect_ok(get_node(conn, "7", NULL, &err), err);
    assert_int_equal(create(conn, NULL, &err), PILEUS_UNAVAILABLE);
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    assert_int_equal(atomic_load(&creates), 1);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* More than its length: that belongs to no answer, and spoils none. */
static void
too_much(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    (void)channel_puts(channel, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"
                                "{\"id\": 7}, and more");
}

static void
test_too_much(void **state)
{
    web_server *server = server_start(too_much, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "retries", "0");
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 3; i++) {
        expect_ok(get_node(conn, "7", NULL, &err), err);
    }
    assert_int_equal(server_requests(server), 3);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* ---- time
 * -------------------------------------------------------------------------
 */

/* Later than any time that is waited for here. */
#define NEVER_MS 55000

static void
say_nothing(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    (void)channel_pause(channel, NEVER_MS);
}

static void *
cancel_soon(void *user)
{
    const struct timespec pause = {.tv_nsec = 100000000};

    (void)nanosleep(&pause, NULL);
    pileus_call_cancel(user);
    return NULL;
}

static void
test_cancel(void **state)
{
    web_server *server = server_start(say_nothing, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    pthread_t thread;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, call), 0);
    assert_int_equal(create(conn, call, &err), PILEUS_CANCELLED);
    assert_true(pileus_error_may_have_happened(err));
    pileus_error_free(err);
    (void)pthread_join(thread, NULL);
    pileus_call_free(call);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_deadline(void **state)
{
    web_server *server = server_start(say_nothing, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    int64_t began;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 150);
    began = now_ms();
    assert_int_equal(get_node(conn, "7", call, &err), PILEUS_TIMEOUT);
    assert_in_range(now_ms() - began, 149, NEVER_MS - 1);
    expect_error(&err, PILEUS_TIMEOUT, "allow more time");
    pileus_call_free(call);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_request_timeout(void **state)
{
    web_server *server = server_start(say_nothing, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "request-timeout",
                                       "100ms", "retries", "1");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
    assert_int_equal(server_requests(server), 2);
    assert_true(pileus_error_retryable(err));
    expect_error(&err, PILEUS_UNAVAILABLE,
                 "was not answered within 100 ms: try again later, or allow "
                 "more with the option 'request-timeout'");
    pileus_connection_unref(conn);
    server_stop(server);
}

/* A driver's limits are below those of the options, never above. */
static void
test_limits_of_a_driver(void **state)
{
    web_server *server = server_start(say_nothing, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "near", "true");
    pileus_error *err = NULL;

    (void)state;
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
    assert_int_equal(server_requests(server), 2);
    expect_error(&err, PILEUS_UNAVAILABLE, "was not answered within 100 ms");
    pileus_connection_unref(conn);
    conn = open_web(server_url(server), "near", "true", "request-timeout",
                    "50ms", "retries", "0");
    assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
    assert_int_equal(server_requests(server), 3);
    expect_error(&err, PILEUS_UNAVAILABLE, "was not answered within 50 ms");
    pileus_connection_unref(conn);
    server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_request),
        cmocka_unit_test(test_body),
        cmocka_unit_test(test_reuse),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_again),
        cmocka_unit_test(test_no_retries),
        cmocka_unit_test(test_too_much),
        cmocka_unit_test(test_lost_answer),
        cmocka_unit_test(test_create_is_sent_once),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_request_timeout),
        cmocka_unit_test(test_limits_of_a_driver),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
