/* Deadlines and cancelling, against a provider that does not answer. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/clock.h"
#include "sdk/check/groups.h"
#include "sdk/check/target.h"

#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define DEADLINE_MS 100
#define CANCEL_MS 50
/* The deadline of a call that is cancelled, which is not to come first. */
#define CANCELLED_CALL_MS 20000

/* ---- cancelling ------------------------------------------------------------
 */

typedef struct canceller {
    pileus_call *call;
    int64_t at; /* when it was cancelled */
} canceller;

static void *
cancel_later(void *user)
{
    canceller *self = user;

    (void)poll(NULL, 0, CANCEL_MS);
    self->at = check_clock_ms();
    pileus_call_cancel(self->call);
    return NULL;
}

/* ---- one call --------------------------------------------------------------
 */

/* It came back so late; with that code. */
static void
judge(const check_call *call, const char *what, int64_t late, pileus_code code,
      pileus_code expected)
{
    if (late > CHECK_LATENCY_MS) {
        check_finding(what,
                      "%s came back %" PRId64 " ms %s, and may take %d: ask "
                      "pileus_check between steps, and wait with pileus_wait "
                      "alone",
                      call->name, late,
                      expected == PILEUS_TIMEOUT ? "after its deadline"
                                                 : "after it was cancelled",
                      CHECK_LATENCY_MS);
    } else if (code != PILEUS_OK && code != expected &&
               (code == PILEUS_TIMEOUT || code == PILEUS_CANCELLED)) {
        check_finding(what,
                      "%s fails with %s where %s is right: return what "
                      "pileus_check returns",
                      call->name, pileus_code_name(code),
                      pileus_code_name(expected));
    }
}

static void
try_deadline(const check_call *call, const check_ask *ask)
{
    pileus_error *err = NULL;
    int64_t begin = check_clock_ms();
    pileus_code code;

    check_doing("%s, with a deadline of %d ms", call->name, DEADLINE_MS);
    code = check_call_run(call, ask, DEADLINE_MS, call->name, &err);
    judge(call, "deadline", check_clock_ms() - begin - DEADLINE_MS, code,
          PILEUS_TIMEOUT);
    pileus_error_free(err);
}

static void
try_cancel(const check_call *call, const check_ask *ask)
{
    canceller other = {check_call_new(CANCELLED_CALL_MS), 0};
    pileus_text *saved = NULL;
    pileus_error *err = NULL;
    pthread_t thread;
    pileus_code code;
    int64_t end;

    check_doing("%s, cancelled after %d ms", call->name, CANCEL_MS);
    if (other.call == NULL ||
        pthread_create(&thread, NULL, cancel_later, &other) != 0) {
        pileus_call_free(other.call);
        return;
    }
    code = call->run(ask, other.call, &saved, &err);
    end = check_clock_ms();
    (void)pthread_join(thread, NULL);
    judge(call, "cancel", end - other.at, code, PILEUS_CANCELLED);
    pileus_text_free(saved);
    pileus_error_free(err);
    pileus_call_free(other.call);
}

/* ---- all of them -----------------------------------------------------------
 */

static void
try_calls(const check_target *target)
{
    check_things things = {0};
    check_ask ask = {target->conn, "seven", &things};
    bool there = check_things_load(&things, target->conn, "seven", NULL);

    for (size_t i = 0; i < check_call_count; i++) {
        const check_call *call = &check_calls[i];

        if (check_call_listed(call, target->plan->info) &&
            (call->sort < CHECK_MAKES ||
             (there && check_plan_changes(target->plan)))) {
            try_deadline(call, &ask);
            try_cancel(call, &ask);
        }
    }
    check_things_drop(&things);
}

/* Opening has a deadline, too. */
static void
try_open(check_target *target)
{
    static const check_opening opening = {.ms = DEADLINE_MS};
    int64_t begin = check_clock_ms();
    pileus_connection *conn;
    int64_t late;

    check_doing("opening it, with a deadline of %d ms", DEADLINE_MS);
    conn = check_target_again(target, &opening, NULL);
    late = check_clock_ms() - begin - DEADLINE_MS;
    if (late > CHECK_LATENCY_MS) {
        check_finding("deadline",
                      "opening came back %" PRId64
                      " ms after its deadline, and may take %d: ask "
                      "pileus_check between steps",
                      late, CHECK_LATENCY_MS);
    }
    pileus_connection_unref(conn);
}

void
check_deadlines(const check_plan *plan, size_t part)
{
    check_target target;

    (void)part;
    if (check_target_open_or_say(&target, plan, NULL)) {
        check_server_act(target.server, CHECK_SILENT);
        try_calls(&target);
        try_open(&target);
        check_good_unless("deadline");
        check_good_unless("cancel");
    }
    check_target_close(&target);
}
