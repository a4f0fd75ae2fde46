/* One connection and many threads: asking, being refused, cancelled, and closed
 * while they are at it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/http/web.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#define NODE "{\"id\": 7, \"name\": \"seven\", \"items\": [{\"id\": 7}]}"
#define THREADS 12
#define EACH 20

typedef struct crowd {
    pileus_connection *conn;
    pileus_call *calls[THREADS]; /* those that may be cancelled */
    atomic_int next;
    atomic_int codes[64]; /* how often each code came */
} crowd;

static void
count(crowd *self, pileus_code code)
{
    assert_in_range(code, 0, 63);
    (void)atomic_fetch_add(&self->codes[code], 1);
}

static int
total(crowd *self)
{
    int sum = 0;

    for (size_t i = 0; i < 64; i++) {
        sum += atomic_load(&self->codes[i]);
    }
    return sum;
}

/* Ask for one, for all, and have one made, in turn. */
static void *
ask(void *user)
{
    crowd *self = user;
    int number = atomic_fetch_add(&self->next, 1);
    pileus_call *call = self->calls[number];

    for (int i = 0; i < EACH; i++) {
        pileus_list *list = NULL;
        pileus_error *err = NULL;
        pileus_code code;

        if (i % 2 == 0) {
            code = get_node(self->conn, "7", call, &err);
        } else {
            code = pileus_node_list(&list, self->conn, NULL, call, &err);
        }
        assert_true((code == PILEUS_OK) == (err == NULL));
        count(self, code);
        pileus_error_free(err);
        pileus_list_free(list);
    }
    return NULL;
}

static void
run(crowd *self, void *(*meanwhile)(void *user))
{
    pthread_t threads[THREADS];
    pthread_t other;

    for (size_t i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask, self), 0);
    }
    if (meanwhile != NULL) {
        assert_int_equal(pthread_create(&other, NULL, meanwhile, self), 0);
        (void)pthread_join(other, NULL);
    }
    for (size_t i = 0; i < THREADS; i++) {
        (void)pthread_join(threads[i], NULL);
    }
    assert_int_equal(total(self), THREADS * EACH);
}

/* ---- a provider with moods
 * ----------------------------------------------------- */

typedef struct moods {
    const char *headers; /* of each tenth answer */
    int status;          /* of it */
    int pause;           /* ms before each */
    int quick;           /* so many come without it */
} moods;

static void
answer(void *user, const web_asked *asked, web_channel *channel)
{
    const moods *self = user;
    bool odd = asked->number % 10 == 0 && self->status != 0;

    (void)channel_pause(channel,
                        asked->number <= self->quick ? 0 : self->pause);
    if (odd && self->status < 0) {
        channel_reset(channel);
    } else {
        channel_answer(channel, odd ? self->status : 200,
                       odd ? self->headers : NULL, NODE);
    }
}

/* Refused now and then, all wait, and none is lost. */
static void
test_refusals(void **state)
{
    moods mood = {.status = 429, .headers = "Retry-After: 0\r\n"};
    web_server *server = server_start(answer, &mood, NULL, NULL);
    crowd self = {.conn = open_web(server_url(server), "retries", "20")};

    (void)state;
    run(&self, NULL);
    assert_int_equal(atomic_load(&self.codes[PILEUS_OK]), THREADS * EACH);
    pileus_connection_unref(self.conn);
    server_stop(server);
}

/* Connections die under those who use them. */
static void
test_resets(void **state)
{
    moods mood = {.status = -1};
    web_server *server = server_start(answer, &mood, NULL, NULL);
    crowd self = {.conn = open_web(server_url(server), "retries", "20")};

    (void)state;
    run(&self, NULL);
    assert_int_equal(atomic_load(&self.codes[PILEUS_OK]), THREADS * EACH);
    pileus_connection_unref(self.conn);
    server_stop(server);
}

/* A provider that is down is asked again so often, by all of them together. */
static void
down(void *user, const web_asked *asked, web_channel *channel)
{
    (void)user;
    (void)asked;
    channel_answer(channel, 503, "Retry-After: 0\r\n", NULL);
}

static void
test_budget(void **state)
{
    web_server *server = server_start(down, NULL, NULL, NULL);
    crowd self = {.conn = open_web(server_url(server), "retries", "20")};

    (void)state;
    run(&self, NULL);
    assert_int_equal(atomic_load(&self.codes[PILEUS_UNAVAILABLE]),
                     THREADS * EACH);
    assert_int_equal(server_requests(server), THREADS * EACH + 40);
    pileus_connection_unref(self.conn);
    server_stop(server);
}

/* ---- ends from outside
 * ----------------------------------------------------------- */

static void *
cancel_all(void *user)
{
    crowd *self = user;

    for (size_t i = 0; i < THREADS; i++) {
        const struct timespec pause = {.tv_nsec = 5000000};

        (void)nanosleep(&pause, NULL);
        pileus_call_cancel(self->calls[i]);
    }
    return NULL;
}

static void
test_cancel(void **state)
{
    moods mood = {.pause = 300000, .quick = 30};
    web_server *server = server_start(answer, &mood, NULL, NULL);
    crowd self = {.conn =
                      open_web(server_url(server), "request-timeout", "300s")};
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < THREADS; i++) {
        expect_ok(pileus_call_new(&self.calls[i], &err), err);
    }
    run(&self, cancel_all);
    assert_true(atomic_load(&self.codes[PILEUS_CANCELLED]) >= THREADS);
    assert_int_equal(atomic_load(&self.codes[PILEUS_OK]) +
                         atomic_load(&self.codes[PILEUS_CANCELLED]),
                     THREADS * EACH);
    for (size_t i = 0; i < THREADS; i++) {
        pileus_call_free(self.calls[i]);
    }
    pileus_connection_unref(self.conn);
    server_stop(server);
}

static void *
close_it(void *user)
{
    crowd *self = user;
    const struct timespec pause = {.tv_nsec = 60000000};

    (void)nanosleep(&pause, NULL);
    pileus_connection_close(self->conn);
    return NULL;
}

/* What is under way comes to its end, and what begins later is told. */
static void
test_close(void **state)
{
    moods mood = {.pause = 100};
    web_server *server = server_start(answer, &mood, NULL, NULL);
    crowd self = {.conn = open_web(server_url(server), NULL)};

    (void)state;
    run(&self, close_it);
    assert_true(atomic_load(&self.codes[PILEUS_OK]) < THREADS * EACH);
    for (int code = 1; code < 64; code++) {
        if (atomic_load(&self.codes[code]) > 0) {
            print_message("%d calls: %s\n", atomic_load(&self.codes[code]),
                          pileus_code_name(code));
        }
    }
    pileus_connection_unref(self.conn);
    server_stop(server);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_resets),
        cmocka_unit_test(test_budget),   cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
