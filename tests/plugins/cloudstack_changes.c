/* What the CloudStack driver changes, and the jobs that it follows. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Enough time that nothing ends by itself. */
#define FOR_EVER_MS 300000
#define OFTEN 9
#define AT_ONCE_MS 100

typedef struct all {
    cloudstack_mock *mock;
    pileus_connection *conn;
    pileus_node *node;
    pileus_volume *root;
    pileus_volume *data;
    pileus_snapshot *snapshot;
    pileus_image *image;
    pileus_key_pair *pair;
} all;

static pileus_volume *
get_volume(all *have, const char *name)
{
    const char *id = mock_named(have->mock, MOCK_VOLUME, name)->id;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_get(&volume, have->conn, id, PILEUS_NUL_TERMINATED,
                                NULL, &err),
              err);
    return volume;
}

/* With one option for the connection, or NULL. */
static all
begin(const char *option, const char *value)
{
    all have = {.mock = mock_start(2)};
    pileus_error *err = NULL;

    have.conn = connect_with(have.mock, option, value);
    have.node = get_node(have.conn, "virtualmachine-1");
    have.root = get_volume(&have, "root");
    have.data = get_volume(&have, "data");
    expect_ok(
        pileus_snapshot_get(&have.snapshot, have.conn,
                            mock_named(have.mock, MOCK_SNAPSHOT, "s1")->id,
                            PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    expect_ok(
        pileus_image_get(&have.image, have.conn,
                         mock_named(have.mock, MOCK_TEMPLATE, "debian")->id,
                         PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    expect_ok(pileus_key_pair_get(&have.pair, have.conn, "mine", NULL, &err),
              err);
    return have;
}

static void
end(all *have)
{
    pileus_node_unref(have->node);
    pileus_volume_unref(have->root);
    pileus_volume_unref(have->data);
    pileus_snapshot_unref(have->snapshot);
    pileus_image_unref(have->image);
    pileus_key_pair_unref(have->pair);
    pileus_connection_unref(have->conn);
    mock_stop(have->mock);
}

/* ---- every change -----------------------------------------------------------
 */

static pileus_code
create_node(all *have, pileus_call *call, pileus_error **err)
{
    pileus_node_spec *spec = spec_named(have->mock, "new");
    pileus_node *made = NULL;
    pileus_code code = pileus_node_create(&made, have->conn, spec, call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_node_name(made), "new");
        assert_int_equal(pileus_node_state(made), PILEUS_STATE_RUNNING);
    }
    pileus_node_unref(made);
    pileus_node_spec_free(spec);
    return code;
}

static pileus_code
start_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_start(have->node, 0, call, err);
}

static pileus_code
stop_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_stop(have->node, 0, call, err);
}

static pileus_code
reboot_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_reboot(have->node, 0, call, err);
}

static pileus_code
destroy_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_destroy(have->node, 0, call, err);
}

static pileus_code
create_image(all *have, pileus_call *call, pileus_error **err)
{
    pileus_image *made = NULL;
    pileus_code code =
        pileus_image_create(&made, have->node, "saved", NULL, call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_image_name(made), "saved");
    }
    pileus_image_unref(made);
    return code;
}

static pileus_code
delete_image(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_image_delete(have->image, call, err);
}

static pileus_code
create_volume(all *have, pileus_call *call, pileus_error **err)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *made = NULL;
    pileus_code code;

    expect_ok(pileus_volume_spec_new(&spec, err), *err);
    expect_ok(pileus_volume_spec_set_name(spec, "more", err), *err);
    expect_ok(pileus_volume_spec_set_size(spec, 5, err), *err);
    code = pileus_volume_create(&made, have->conn, spec, call, err);
    if (code == PILEUS_OK) {
        assert_string_equal(pileus_volume_name(made), "more");
    }
    pileus_volume_unref(made);
    pileus_volume_spec_free(spec);
    return code;
}

static pileus_code
destroy_volume(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_volume_destroy(have->data, 0, call, err);
}

static pileus_code
attach_volume(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_volume_attach(have->data, have->node, NULL, call, err);
}

static pileus_code
detach_volume(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_volume_detach(have->root, call, err);
}

static pileus_code
create_snapshot(all *have, pileus_call *call, pileus_error **err)
{
    pileus_snapshot *made = NULL;
    pileus_code code =
        pileus_snapshot_create(&made, have->data, "now", call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_snapshot_name(made), "now");
        assert_string_equal(pileus_snapshot_volume_id(made),
                            pileus_volume_id(have->data));
    }
    pileus_snapshot_unref(made);
    return code;
}

static pileus_code
destroy_snapshot(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_snapshot_destroy(have->snapshot, call, err);
}

static pileus_code
create_key_pair(all *have, pileus_call *call, pileus_error **err)
{
    pileus_key_pair *made = NULL;
    pileus_code code =
        pileus_key_pair_create(&made, have->conn, "new", call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_key_pair_private_key(made), "PRIVATE");
    }
    pileus_key_pair_unref(made);
    return code;
}

static pileus_code
import_key_pair(all *have, pileus_call *call, pileus_error **err)
{
    pileus_key_pair *made = NULL;
    pileus_code code = pileus_key_pair_import(
        &made, have->conn, "new", "ssh-rsa AAAA+/== me@home", call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_key_pair_fingerprint(made), "00:11");
        assert_null(pileus_key_pair_private_key(made));
    }
    pileus_key_pair_unref(made);
    return code;
}

static pileus_code
delete_key_pair(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_key_pair_delete(have->pair, call, err);
}

static const struct {
    const char *command;
    pileus_code (*change)(all *have, pileus_call *call, pileus_error **err);
    mock_kind kind; /* what it is about */
    const char *name;
    const char *state; /* that it then has; NULL: it is gone */
    bool job;
} changes[] = {
    {"deployVirtualMachine", create_node, MOCK_NODE, "new", "Running", true},
    {"startVirtualMachine", start_node, MOCK_NODE, "n1", "Running", true},
    {"stopVirtualMachine", stop_node, MOCK_NODE, "n1", "Stopped", true},
    {"rebootVirtualMachine", reboot_node, MOCK_NODE, "n1", "Running", true},
    {"destroyVirtualMachine", destroy_node, MOCK_NODE, "n1", "Destroyed", true},
    {"createTemplate", create_image, MOCK_TEMPLATE, "saved", "Ready", true},
    {"deleteTemplate", delete_image, MOCK_TEMPLATE, "debian", NULL, true},
    {"createVolume", create_volume, MOCK_VOLUME, "more", "Allocated", true},
    {"deleteVolume", destroy_volume, MOCK_VOLUME, "data", NULL, false},
    {"attachVolume", attach_volume, MOCK_VOLUME, "data", "Ready", true},
    {"detachVolume", detach_volume, MOCK_VOLUME, "root", "Ready", true},
    {"createSnapshot", create_snapshot, MOCK_SNAPSHOT, "now", "BackedUp", true},
    {"deleteSnapshot", destroy_snapshot, MOCK_SNAPSHOT, "s1", NULL, true},
    {"createSSHKeyPair", create_key_pair, MOCK_KEY_PAIR, "new", "", false},
    {"registerSSHKeyPair", import_key_pair, MOCK_KEY_PAIR, "new", "", false},
    {"deleteSSHKeyPair", delete_key_pair, MOCK_KEY_PAIR, "mine", NULL, false},
};

#define CHANGES (sizeof changes / sizeof changes[0])

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
        all have = begin("method", methods[i / CHANGES]);
        pileus_error *err = NULL;

        have.mock->polls = i < CHANGES ? 1 : 0;
        expect_ok(changes[i % CHANGES].change(&have, NULL, &err), err);
        expect_done(&have, i % CHANGES);
        assert_int_equal(have.mock->posted, i / CHANGES);
        end(&have);
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
        all have = begin(NULL, NULL);

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
        end(&have);
    }
}

/* What reads is asked again when CloudStack is busy; what changes anything is
 * not, GET or not. */
static void
test_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        all have = begin("retries", "2");
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
        end(&have);
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
        all have = begin(NULL, NULL);

        have.mock->raw_command = changes[i].command;
        for (size_t j = 0; j < sizeof answers / sizeof answers[0]; j++) {
            pileus_error *err = NULL;

            have.mock->raw = answers[j];
            assert_int_equal(changes[i].change(&have, NULL, &err),
                             PILEUS_PROTOCOL);
            pileus_error_free(err);
        }
        end(&have);
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
        all have = begin(NULL, NULL);

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
        end(&have);
    }
}

static void
test_job_says_nothing(void **state)
{
    all have = begin(NULL, NULL);
    pileus_error *err = NULL;

    (void)state;
    have.mock->job_number = 530;
    assert_int_equal(create_node(&have, NULL, &err), PILEUS_FAILED);
    assert_non_null(strstr(pileus_error_made_id(err), "virtualmachine-"));
    expect_error(&err, PILEUS_FAILED, "does not say why");
    end(&have);
}

/* Asked until it is over, and no longer. */
static void
test_job_polls(void **state)
{
    all have = begin(NULL, NULL);
    pileus_error *err = NULL;
    int before = server_requests(have.mock->web);

    (void)state;
    have.mock->polls = 3;
    expect_ok(start_node(&have, NULL, &err), err);
    assert_int_equal(server_requests(have.mock->web) - before, 1 + 3 + 1);
    assert_int_equal(have.mock->jobs[0].polls, 0);
    end(&have);
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
        all have = begin(NULL, NULL);
        pileus_error *err = NULL;

        have.mock->refuse.command = "queryAsyncJobResult";
        have.mock->refuse.status = refusals[i].number;
        have.mock->refuse.number = refusals[i].number;
        have.mock->refuse.words = "the keys have changed";
        assert_int_equal(create_node(&have, NULL, &err), refusals[i].code);
        assert_true(pileus_error_may_have_happened(err));
        assert_non_null(pileus_error_made_id(err));
        expect_error(&err, refusals[i].code, "(job 0)");
        end(&have);
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
    all have = begin(NULL, NULL);

    (void)state;
    have.mock->raw_command = "queryAsyncJobResult";
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        pileus_error *err = NULL;

        have.mock->raw = answers[i];
        assert_int_equal(create_node(&have, NULL, &err), PILEUS_PROTOCOL);
        assert_non_null(pileus_error_made_id(err));
        pileus_error_free(err);
    }
    end(&have);
}

static void
test_deadline(void **state)
{
    all have = begin(NULL, NULL);
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
    end(&have);
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
        all have = begin("request-timeout", "300s");
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
        end(&have);
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
