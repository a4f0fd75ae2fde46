/* What the CloudStack driver changes, and the jobs that it follows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Enough time that nothing ends by itself. */
#define FOR_EVER_MS 300000
#define OFTEN 9
#define AT_ONCE_MS 100

/* Was it asked for once, and done? */
static void
expect_done(const all *have, size_t i)
{
    const mock_thing *thing =
        mock_named(have->mock, changes[i].kind, changes[i].name);
    const char *asked;
    char command[64];

    (void)snprintf(command, sizeof command, "command=%s&", changes[i].command);
    asked = strstr(have->mock->changes, command);
    assert_non_null(asked);
    assert_null(strstr(asked + 1, command));
    if (changes[i].state == NULL) {
        assert_null(thing);
    } else {
        assert_non_null(thing);
        assert_string_equal(thing->state, changes[i].state);
    }
}

static void
test_done(void **state)
{
    static const char *const methods[] = {"get", "post"};

    (void)state;
    for (size_t i = 0; i < 2 * CHANGES; i++) {
        all have = all_begin("method", methods[i / CHANGES]);
        pileus_error *err = NULL;

        have.mock->polls = i < CHANGES ? 1 : 0;
        expect_ok(changes[i % CHANGES].change(&have, NULL, &err), err);
        expect_done(&have, i % CHANGES);
        assert_int_equal(have.mock->posted, i / CHANGES);
        all_end(&have);
    }
}

/* By CloudStack's number and words, whatever HTTP says. */
static void
test_refused(void **state)
{
    static const struct {
        int status;
        int number;
        const char *words;
        pileus_code code;
    } refusals[] = {
        {431, 431, "it is not in the right state", PILEUS_CONFLICT},
        {200, 431, "it is not in the right state", PILEUS_CONFLICT},
        {535, 535, "there are enough", PILEUS_QUOTA},
        {200, 535, "there are enough", PILEUS_QUOTA},
    };

    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        all have = all_begin(NULL, NULL);

        for (size_t j = 0; j < sizeof refusals / sizeof refusals[0]; j++) {
            pileus_error *err = NULL;

            have.mock->refuse.command = changes[i].command;
            have.mock->refuse.status = refusals[j].status;
            have.mock->refuse.number = refusals[j].number;
            have.mock->refuse.words = refusals[j].words;
            assert_int_equal(changes[i].change(&have, NULL, &err),
                             refusals[j].code);
            assert_int_equal(atoi(pileus_error_provider_code(err)),
                             refusals[j].number);
            assert_string_equal(pileus_error_provider_message(err),
                                refusals[j].words);
            /* Of an answer above 500 the core does not know. */
            assert_false(refusals[j].status < 500 &&
                         pileus_error_may_have_happened(err));
            pileus_error_free(err);
        }
        all_end(&have);
    }
}

/* What reads is asked again when CloudStack is busy; what changes anything is
 * not, GET or not. */
static void
test_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        all have = all_begin("retries", "2");
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        have.mock->refuse.command = changes[i].command;
        have.mock->refuse.status = 429;
        have.mock->refuse.number = 429;
        have.mock->refuse.words = "not so fast";
        assert_int_equal(changes[i].change(&have, NULL, &err),
                         PILEUS_RATE_LIMITED);
        assert_true(pileus_error_retryable(err));
        pileus_error_free(err);
        err = NULL;
        have.mock->refuse.command = "listZones";
        expect_ok(pileus_location_list(&list, have.conn, NULL, NULL, &err),
                  err);
        assert_null(have.mock->refuse.command);
        pileus_list_free(list);
        all_end(&have);
    }
}

/* What cannot be understood is no success. */
static void
test_nonsense(void **state)
{
    static const char *const answers[] = {"",    "[",      "{}",
                                          "[1]", "<html>", "{\"a\": 7}"};

    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        all have = all_begin(NULL, NULL);

        have.mock->raw_command = changes[i].command;
        for (size_t j = 0; j < sizeof answers / sizeof answers[0]; j++) {
            pileus_error *err = NULL;

            have.mock->raw = answers[j];
            assert_int_equal(changes[i].change(&have, NULL, &err),
                             PILEUS_PROTOCOL);
            pileus_error_free(err);
        }
        all_end(&have);
    }
}

/* ---- jobs -------------------------------------------------------------------
 */

/* A job that fails is told in its own words. */
static void
test_job_fails(void **state)
{
    static const struct {
        int number;
        const char *words;
        pileus_code code;
    } failures[] = {
        {530, "the host has eaten it", PILEUS_FAILED},
        {533, "no host has room", PILEUS_UNAVAILABLE},
        {431, "Unable to find a host", PILEUS_NOT_FOUND},
    };

    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        all have = all_begin(NULL, NULL);

        for (size_t j = 0;
             changes[i].job && j < sizeof failures / sizeof failures[0]; j++) {
            pileus_error *err = NULL;

            have.mock->job_number = failures[j].number;
            have.mock->words = failures[j].words;
            have.mock->polls = 0;
            (void)snprintf(mock_named(have.mock, MOCK_VOLUME, "root")->of, 32,
                           "virtualmachine-1");
            *mock_named(have.mock, MOCK_VOLUME, "data")->of = '\0';
            assert_int_equal(changes[i].change(&have, NULL, &err),
                             failures[j].code);
            assert_non_null(
                strstr(pileus_error_message(err), failures[j].words));
            assert_string_equal(pileus_error_provider_message(err),
                                failures[j].words);
            assert_int_equal(atoi(pileus_error_provider_code(err)),
                             failures[j].number);
            assert_int_equal(pileus_error_retryable(err),
                             failures[j].number == 533);
            pileus_error_free(err);
        }
        all_end(&have);
    }
}

static void
test_job_says_nothing(void **state)
{
    all have = all_begin(NULL, NULL);
    pileus_error *err = NULL;

    (void)state;
    have.mock->job_number = 530;
    assert_int_equal(create_node(&have, NULL, &err), PILEUS_FAILED);
    assert_non_null(strstr(pileus_error_made_id(err), "virtualmachine-"));
    expect_error(&err, PILEUS_FAILED, "does not say why");
    all_end(&have);
}

/* Asked until it is over, and no longer. */
static void
test_job_polls(void **state)
{
    all have = all_begin(NULL, NULL);
    pileus_error *err = NULL;
    int before = server_requests(have.mock->web);

    (void)state;
    have.mock->polls = 3;
    expect_ok(start_node(&have, NULL, &err), err);
    assert_int_equal(server_requests(have.mock->web) - before, 1 + 3 + 1);
    assert_int_equal(have.mock->jobs[0].polls, 0);
    all_end(&have);
}

/* The job goes on, and that is said, when it cannot be asked for. */
static void
test_job_unseen(void **state)
{
    static const struct {
        int number;
        pileus_code code;
    } refusals[] = {{401, PILEUS_AUTHENTICATION}, {530, PILEUS_FAILED}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        all have = all_begin(NULL, NULL);
        pileus_error *err = NULL;

        have.mock->refuse.command = "queryAsyncJobResult";
        have.mock->refuse.status = refusals[i].number;
        have.mock->refuse.number = refusals[i].number;
        have.mock->refuse.words = "the keys have changed";
        assert_int_equal(create_node(&have, NULL, &err), refusals[i].code);
        assert_true(pileus_error_may_have_happened(err));
        assert_non_null(pileus_error_made_id(err));
        expect_error(&err, refusals[i].code, "(job 0)");
        all_end(&have);
    }
}

static void
test_job_nonsense(void **state)
{
    static const char *const answers[] = {
        "{\"queryasyncjobresultresponse\": {}}",
        "{\"queryasyncjobresultresponse\": {\"jobstatus\": \"soon\"}}",
        "{\"queryasyncjobresultresponse\": {\"jobstatus\": 1}}",
        "{\"queryasyncjobresultresponse\": {\"jobstatus\": 1, "
        "\"jobresult\": {\"virtualmachine\": {}}}}",
        "{\"queryasyncjobresultresponse\": {\"jobstatus\": 1, "
        "\"jobresult\": [7]}}",
        "{\"queryasyncjobresultresponse\": 1}",
        "",
    };
    all have = all_begin(NULL, NULL);

    (void)state;
    have.mock->raw_command = "queryAsyncJobResult";
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        pileus_error *err = NULL;

        have.mock->raw = answers[i];
        assert_int_equal(create_node(&have, NULL, &err), PILEUS_PROTOCOL);
        assert_non_null(pileus_error_made_id(err));
        pileus_error_free(err);
    }
    all_end(&have);
}

static void
test_deadline(void **state)
{
    all have = all_begin(NULL, NULL);
    pileus_call *call = NULL;
    pileus_error *err = NULL;

    (void)state;
    have.mock->polls = -1;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_timeout(call, 1000);
    assert_int_equal(create_node(&have, call, &err), PILEUS_TIMEOUT);
    assert_true(pileus_error_may_have_happened(err));
    assert_string_equal(pileus_error_made_id(err),
                        mock_named(have.mock, MOCK_NODE, "new")->id);
    expect_error(&err, PILEUS_TIMEOUT, "(job 0)");
    pileus_call_free(call);
    all_end(&have);
}

/* ---- cancelling -------------------------------------------------------------
 */

typedef struct caller {
    pileus_call *call;
    atomic_bool there;
    int64_t cancelled_at;
} caller;

static int64_t
now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
sleep_ms(long ms)
{
    const struct timespec pause = {.tv_nsec = ms * 1000000};

    (void)nanosleep(&pause, NULL);
}

/* A moment after the job was asked for. */
static void *
cancel(void *user)
{
    caller *self = user;

    while (!atomic_load(&self->there)) {
        sleep_ms(1);
    }
    sleep_ms(20);
    self->cancelled_at = now_ms();
    pileus_call_cancel(self->call);
    return NULL;
}

static int64_t
cancel_once(all *have)
{
    caller self = {.there = false};
    pileus_error *err = NULL;
    pthread_t thread;
    pileus_code code;
    int64_t took;

    atomic_store(&have->mock->there, &self.there);
    expect_ok(pileus_call_new(&self.call, &err), err);
    pileus_call_set_timeout(self.call, FOR_EVER_MS);
    assert_int_equal(pthread_create(&thread, NULL, cancel, &self), 0);
    code = start_node(have, self.call, &err);
    took = now_ms();
    (void)pthread_join(thread, NULL);
    took -= self.cancelled_at;
    atomic_store(&have->mock->there, NULL);
    assert_int_equal(code, PILEUS_CANCELLED);
    assert_true(pileus_error_may_have_happened(err));
    expect_error(&err, PILEUS_CANCELLED, "(job ");
    pileus_call_free(self.call);
    return took;
}

static int
compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

/*
 * A job is asked for again after 200 ms at the earliest: who is back sooner was
 * woken. A slow machine may take its time now and then, yet not always.
 */
static void
test_cancel(void **state)
{
    static const char *const held[] = {NULL, "queryAsyncJobResult"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        all have = all_begin("request-timeout", "300s");
        int64_t took[OFTEN];

        have.mock->polls = -1;
        have.mock->hold_command = held[i];
        for (size_t j = 0; j < OFTEN; j++) {
            took[j] = cancel_once(&have);
        }
        qsort(took, OFTEN, sizeof took[0], compare);
        print_message("%-28s cancelled within %d ms, %d ms at most\n",
                      held[i] == NULL ? "between two looks at a job"
                                      : "before a job's answer",
                      (int)took[OFTEN / 2], (int)took[OFTEN - 1]);
        assert_true(took[0] < AT_ONCE_MS);
        all_end(&have);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_done),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_once),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_job_fails),
        cmocka_unit_test(test_job_says_nothing),
        cmocka_unit_test(test_job_polls),
        cmocka_unit_test(test_job_unseen),
        cmocka_unit_test(test_job_nonsense),
        cmocka_unit_test(test_deadline),
        cmocka_unit_test(test_cancel),
    };

    return cmocka_run_group_tests_name("plugins/cloudstack_changes", tests,
                                       NULL, NULL);
}
