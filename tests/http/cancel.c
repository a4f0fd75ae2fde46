/* Cancelling from another thread, wherever the request is just then. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Nothing here would end by itself within this time: who returns earlier was
 * woken by the cancel. How quickly that was is printed, and no matter: a slow
 * machine may take its time.
 */
#define FOR_EVER_MS 300000
#define LONG_MS 60000
#define OFTEN 21

typedef struct caller {
    pileus_call *call;
    atomic_bool *there; /* the time has come; NULL: after a moment */
    int64_t cancelled_at;
} caller;

static void
sleep_ms(long ms)
{
    const struct timespec pause = {.tv_nsec = ms * 1000000};

    (void)nanosleep(&pause, NULL);
}

static void *
cancel(void *user)
{
    caller *self = user;

    while (self->there != NULL && !atomic_load(self->there)) {
        sleep_ms(1);
    }
    sleep_ms(self->there == NULL ? 100 : 10);
    self->cancelled_at = now_ms();
    pileus_call_cancel(self->call);
    return NULL;
}

static int
compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

/* Ask, have it cancelled, and return how long that took. */
static int64_t
cancel_once(pileus_connection *conn, atomic_bool *there, bool list)
{
    caller self = {.there = there};
    pileus_list *nodes = NULL;
    pileus_error *err = NULL;
    pthread_t thread;
    pileus_code code;
    int64_t took;

    expect_ok(pileus_call_new(&self.call, &err), err);
    pileus_call_set_timeout(self.call, FOR_EVER_MS);
    assert_int_equal(pthread_create(&thread, NULL, cancel, &self), 0);
    code = list ? pileus_node_list(&nodes, conn, NULL, self.call, &err)
                : get_node(conn, "7", self.call, &err);
    took = now_ms();
    (void)pthread_join(thread, NULL);
    took -= self.cancelled_at;
    assert_int_equal(code, PILEUS_CANCELLED);
    assert_true(took < LONG_MS);
    pileus_error_free(err);
    pileus_call_free(self.call);
    return took;
}

static void
cancel_often(const char *what, pileus_connection *conn, atomic_bool *there,
             bool list)
{
    int64_t took[OFTEN];

    for (size_t i = 0; i < OFTEN; i++) {
        if (there != NULL) {
            atomic_store(there, false);
        }
        took[i] = cancel_once(conn, there, list);
    }
    qsort(took, OFTEN, sizeof took[0], compare);
    print_message("%-28s cancelled within %d ms, %d ms at most\n", what,
                  (int)took[OFTEN / 2], (int)took[OFTEN - 1]);
}

/* ---- where it may be --------------------------------------------------------
 */

static void
say_nothing(void *user, const web_asked *asked, web_channel *channel)
{
    (void)asked;
    atomic_store((atomic_bool *)user, true);
    (void)channel_pause(channel, FOR_EVER_MS);
}

static void
drip(void *user, const web_asked *asked, web_channel *channel)
{
    (void)asked;
    (void)channel_puts(channel, "HTTP/1.1 200 OK\r\nContent-Length: "
                                "1000000\r\n\r\n{\"items\": [");
    atomic_store((atomic_bool *)user, true);
    while (channel_puts(channel, " ") && channel_pause(channel, 20)) {
    }
}

static void
come_later(void *user, const web_asked *asked, web_channel *channel)
{
    (void)asked;
    channel_answer(channel, 503, "Retry-After: 200\r\n", NULL);
    atomic_store((atomic_bool *)user, true);
}

static void
try_server(const char *what, server_fn fn, bool list)
{
    atomic_bool there = false;
    web_server *server = server_start(fn, &there, NULL, NULL);
    pileus_connection *conn =
        open_web(server_url(server), "request-timeout", "300s");

    cancel_often(what, conn, &there, list);
    pileus_connection_unref(conn);
    server_stop(server);
}

static void
test_answer(void **state)
{
    (void)state;
    try_server("before the answer", say_nothing, false);
    try_server("in the middle of the answer", drip, false);
    try_server("in the middle of a listing", drip, true);
}

/* It would be tried again, much later. */
static void
test_pause(void **state)
{
    (void)state;
    try_server("between two attempts", come_later, false);
}

/* The system accepts it, and nobody ever says a word: neither of TLS nor of
 * HTTP. */
static void
test_handshake(void **state)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char endpoint[64];
    pileus_connection *conn;

    (void)state;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(fd, 64), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    (void)snprintf(endpoint, sizeof endpoint, "https://127.0.0.1:%d",
                   ntohs(address.sin_port));
    conn = open_web(endpoint, "request-timeout", "300s");
    cancel_often("in the middle of TLS's hello", conn, NULL, false);
    pileus_connection_unref(conn);
    (void)close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answer),
        cmocka_unit_test(test_pause),
        cmocka_unit_test(test_handshake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
