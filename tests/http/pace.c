/* Pace: what the provider says of it is kept, by all threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <pthread.h>
#include <stdio.h>

#define NODE "{\"id\": 7, \"name\": \"seven\"}"

/* The first request gets this status and header. */
typedef struct first {
    int status;
    char headers[512];
} first;

static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    const first *self = user;

    if (asked->number == 1) {
        channel_answer(channel, self->status, self->headers,
                       self->status < 400 ? NODE : NULL);
    } else {
        channel_answer(channel, 200, NULL, NODE);
    }
}

/* Ask twice: how long did both take together? */
static int64_t
time_two(first *self)
{
    web_server *server = server_start(answer, self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_error *err = NULL;
    int64_t began = now_ms();

    expect_ok(get_node(conn, "7", NULL, &err), err);
    expect_ok(get_node(conn, "7", NULL, &err), err);
    began = now_ms() - began;
    assert_int_equal(server_requests(server), self->status < 400 ? 2 : 3);
    pileus_connection_unref(conn);
    server_stop(server);
    return began;
}

/* A machine may be slow, but not so slow. */
#define AT_ONCE_MS 20000
/* Reset times that are not to be waited for are later than that. */
#define assert_a_second(took) assert_in_range(took, 1000, AT_ONCE_MS)
#define assert_at_once(took) assert_in_range(took, 0, AT_ONCE_MS)

static void
test_retry_after(void **state)
{
    first seconds = {429, "Retry-After: 1\r\n"};
    first date = {429, "Date: Sun, 06 Nov 1994 08:49:36 GMT\r\n"
                       "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n"};
    first old = {429, "Date: Sun, 06 Nov 1994 08:49:36 GMT\r\n"
                      "Retry-After: Sunday, 06-Nov-94 08:49:37 GMT\r\n"};
    first unavailable = {503, "Retry-After: 1\r\n"};

    (void)state;
    assert_a_second(time_two(&seconds));
    assert_a_second(time_two(&date));
    assert_a_second(time_two(&old));
    assert_a_second(time_two(&unavailable));
}

static void
test_limits(void **state)
{
    static const char *const names[][2] = {
        {"RateLimit-Remaining", "RateLimit-Reset"},
        {"X-RateLimit-Remaining", "X-RateLimit-Reset"},
        {"x-ms-ratelimit-remaining-subscription-reads", "x-ms-ratelimit-reset"},
    };
    first epoch = {200, "Date: Sun, 09 Sep 2001 01:46:40 GMT\r\n"
                        "RateLimit-Remaining: 0\r\n"
                        "RateLimit-Reset: 1000000001\r\n"};
    first left = {200, "RateLimit-Remaining: 1\r\nRateLimit-Reset: 30\r\n"};
    first far_away = {200,
                      "RateLimit-Remaining: 0\r\nRateLimit-Reset: 3600\r\n"};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        first self = {200, ""};

        (void)snprintf(self.headers, sizeof self.headers, "%s: 0\r\n%s: 1\r\n",
                       names[i][0], names[i][1]);
        assert_a_second(time_two(&self));
    }
    assert_a_second(time_two(&epoch));
    assert_at_once(time_two(&left));
    assert_at_once(time_two(&far_away));
}

static void *
ask(void *user)
{
    pileus_error *err = NULL;

    expect_ok(get_node(user, "7", NULL, &err), err);
    return NULL;
}

/* One is refused, and all wait. */
static void
test_shared(void **state)
{
    first self = {200, "RateLimit-Remaining: 0\r\nRateLimit-Reset: 1\r\n"};
    web_server *server = server_start(answer, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_error *err = NULL;
    pthread_t threads[4];
    int64_t began = now_ms();
    int requests;

    (void)state;
    expect_ok(get_node(conn, "7", NULL, &err), err);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask, conn), 0);
    }
    do {
        requests = server_requests(server);
    } while (requests == 1 && now_ms() - began < 1000);
    assert_true(requests == 1 || now_ms() - began >= 1000);
    for (size_t i = 0; i < 4; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    assert_a_second(now_ms() - began);
    assert_int_equal(server_requests(server), 5);
    pileus_connection_unref(conn);
    server_stop(server);
}

/* A pause that is longer than the call may take is not begun. */
static void
test_too_long(void **state)
{
    first self = {429, "Retry-After: 60\r\n"};
    web_server *server = server_start(answer, &self, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), NULL);
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    int64_t began = now_ms();

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 5000);
    assert_int_equal(get_node(conn, "7", call, &err), PILEUS_RATE_LIMITED);
    assert_int_equal(pileus_error_retry_after_ms(err), 60000);
    assert_true(pileus_error_retryable(err));
    expect_error(&err, PILEUS_RATE_LIMITED, "429 Too Many Requests");
    assert_int_equal(get_node(conn, "7", call, &err), PILEUS_RATE_LIMITED);
    assert_in_range(pileus_error_retry_after_ms(err), 1, 60000);
    expect_error(&err, PILEUS_RATE_LIMITED, "allow more time");
    assert_int_equal(server_requests(server), 1);
    assert_at_once(now_ms() - began);
    pileus_call_free(call);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
fail_always(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 503, "Retry-After: 0\r\n", NULL);
}

/* What may be sent again runs out when nothing succeeds. */
static void
test_budget(void **state)
{
    web_server *server = server_start(fail_always, NULL, NULL, NULL);
    pileus_connection *conn = open_web(server_url(server), "retries", "20");
    pileus_error *err = NULL;

    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_int_equal(get_node(conn, "7", NULL, &err), PILEUS_UNAVAILABLE);
        pileus_error_free(err);
        err = NULL;
    }
    assert_int_equal(server_requests(server), 45); /* 5, and 40 again */
    pileus_connection_unref(conn);
    server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_retry_after), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_shared),      cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_budget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
