/* Providers that fail in the middle of a work of several requests, or show late
 * what they have made. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/groups.h"
#include "sdk/check/judge.h"
#include "sdk/check/relay.h"
#include "sdk/check/target.h"
#include "sdk/check/walk.h"

#include <stdio.h>
#include <string.h>

/* More requests than this of one work are not failed one by one. */
#define REQUESTS_MAX 8
#define MIDWAY_CALL_MS 10000

static const struct {
    check_midway_fault fault;
    const char *words;
} faults[] = {
    {CHECK_MIDWAY_LOST, "is answered and the answer is lost"},
    {CHECK_MIDWAY_BROKEN, "and those behind it are answered with 500"},
    {CHECK_MIDWAY_REFUSED, "is answered with 401, as when a session ends"},
};
#define FAULT_COUNT (sizeof faults / sizeof faults[0])

/* The driver, led to the program's own server, and what that answers with. */
typedef struct midway {
    const check_plan *plan;
    check_target target;
    check_relay *relay;
} midway;

/* From here on the fault, in a recording from its beginning: what it has of one
 * request comes in its order. false: memory ran out. */
static bool
begin(midway *self, check_midway_fault fault, int at)
{
    check_relay *fresh = check_relay_open(self->plan, NULL);

    if (fresh == NULL) {
        return false;
    }
    check_server_relay(self->target.server, fresh);
    check_relay_close(self->relay);
    self->relay = fresh;
    check_server_fail(self->target.server, fault, at);
    return true;
}

/* ---- listings ------------------------------------------------------------ */

static void
judge_listing(const check_listing *listing, pileus_code code, size_t fault,
              int at, const check_ids *whole, const check_ids *ids)
{
    const char *missing = check_ids_differ(whole, ids);

    if (code == PILEUS_OK && missing != NULL) {
        check_finding("half",
                      "%s succeeds with %zu of %zu objects when its request %d "
                      "%s: hand on the failure, for what is not listed is "
                      "taken to be gone",
                      listing->name, ids->count, whole->count, at,
                      faults[fault].words);
    }
}

static void
fail_listing(const check_listing *listing, midway *self, size_t fault, int at,
             const check_ids *whole)
{
    pileus_error *err = NULL;
    check_ids ids = {0};
    char words[256];
    pileus_code code;

    (void)snprintf(words, sizeof words, "%s, whose request %d %s",
                   listing->name, at, faults[fault].words);
    check_doing("%s", words);
    if (!begin(self, faults[fault].fault, at)) {
        return;
    }
    code =
        check_ids_take(&ids, listing, self->target.conn, MIDWAY_CALL_MS, &err);
    check_judge_error(words, code, err);
    if (!whole->lost && !ids.lost) {
        judge_listing(listing, code, fault, at, whole, &ids);
    }
    check_ids_drop(&ids);
    pileus_error_free(err);
}

/* How many requests it takes; or why it does not work here. */
static void
note(const char *name, int requests, const pileus_error *err)
{
    if (err == NULL) {
        check_note("tried", "%s: %d requests", name, requests);
    } else {
        check_note("tried", "%s: not, for the recording is not of it: %.200s",
                   name, pileus_error_message(err));
    }
}

static void
try_listing(const check_listing *listing, midway *self)
{
    check_ids whole = {0};
    pileus_error *err = NULL;
    int requests = 0;

    check_doing("%s", listing->name);
    if (begin(self, CHECK_MIDWAY_NONE, 0) &&
        check_ids_take(&whole, listing, self->target.conn, MIDWAY_CALL_MS,
                       &err) == PILEUS_OK) {
        requests = check_server_number(self->target.server);
        for (int at = 1; at <= requests && at <= REQUESTS_MAX; at++) {
            for (size_t i = 0; i < FAULT_COUNT; i++) {
                fail_listing(listing, self, i, at, &whole);
            }
        }
    }
    check_ids_drop(&whole);
    note(listing->name, requests, err);
    pileus_error_free(err);
}

/* ---- creates --------------------------------------------------------------
 */

/* What fails when the thing was made must not be taken for nothing. */
static void
judge_create(const check_call *call, const pileus_error *err, int at,
             const char *words)
{
    if (pileus_error_made_id(err) == NULL &&
        !pileus_error_may_have_happened(err)) {
        check_finding("made-and-lost",
                      "%s fails when its request %d %s, and says neither what "
                      "was made until then nor that something may have been: "
                      "say pileus_made as soon as the id is known: %s",
                      call->name, at, words, pileus_error_message(err));
    }
}

static void
fail_create(const check_call *call, const check_ask *ask, midway *self,
            size_t fault, int at, int made_by)
{
    pileus_error *err = NULL;
    char words[256];
    bool made;
    pileus_code code;

    (void)snprintf(words, sizeof words, "%s, whose request %d %s", call->name,
                   at, faults[fault].words);
    check_doing("%s", words);
    if (!begin(self, faults[fault].fault, at)) {
        return;
    }
    code = check_call_run(call, ask, MIDWAY_CALL_MS, words, &err);
    made = at > made_by ||
           (at == made_by && faults[fault].fault == CHECK_MIDWAY_LOST);
    if (code != PILEUS_OK && made) {
        judge_create(call, err, at, faults[fault].words);
    }
    pileus_error_free(err);
}

/* What was made is there, but to be seen only after a while. */
static void
make_late(const check_call *call, const check_ask *ask, midway *self)
{
    pileus_error *err = NULL;
    char words[256];

    (void)snprintf(words, sizeof words, "%s of what is seen late", call->name);
    check_doing("%s", words);
    if (begin(self, CHECK_MIDWAY_LATE, 0) &&
        check_call_run(call, ask, MIDWAY_CALL_MS, words, &err) != PILEUS_OK) {
        check_finding("late",
                      "%s fails when what it has made is not there at first "
                      "when it is looked at (404, twice): ask again until it "
                      "is, or do without: %s",
                      call->name, pileus_error_message(err));
    }
    pileus_error_free(err);
}

static void
try_create(const check_call *call, const check_ask *ask, midway *self)
{
    pileus_error *err = NULL;
    int requests = 0;
    int made_by;

    check_doing("%s", call->name);
    if (begin(self, CHECK_MIDWAY_NONE, 0) &&
        check_call_run(call, ask, MIDWAY_CALL_MS, call->name, &err) ==
            PILEUS_OK) {
        requests = check_server_number(self->target.server);
        made_by = check_server_last_post(self->target.server);
        for (int at = 1; at <= requests && at <= REQUESTS_MAX; at++) {
            for (size_t i = 0; made_by > 0 && i < FAULT_COUNT; i++) {
                fail_create(call, ask, self, i, at, made_by);
            }
        }
        make_late(call, ask, self);
    }
    note(call->name, requests, err);
    pileus_error_free(err);
}

/* ---- the group -------------------------------------------------------------
 */

static void
try_all(midway *self)
{
    check_things things = {0};
    const check_ask ask = {self->target.conn, "seven", &things};
    const pileus_driver_info *info = self->plan->info;

    if (!check_things_load(&things, self->target.conn, "seven", NULL)) {
        check_skipped("midway", "memory ran out");
        return;
    }

    for (size_t i = 0; i < check_listing_count; i++) {
        if (check_listing_listed(&check_listings_all[i], info)) {
            try_listing(&check_listings_all[i], self);
        }
    }
    for (size_t i = 0; i < check_call_count; i++) {
        if (check_calls[i].sort == CHECK_MAKES &&
            check_call_listed(&check_calls[i], info)) {
            try_create(&check_calls[i], &ask, self);
        }
    }
    check_things_drop(&things);
    check_good_unless("half");
    check_good_unless("made-and-lost");
    check_good_unless("late");
    check_good_unless("errors");
}

void
check_midway(const check_plan *plan, size_t part)
{
    check_plan led = *plan; /* to the server of the program's own */
    check_opening opening = {0};
    midway self = {.plan = plan};
    pileus_error *err = NULL;

    (void)part;
    led.replay = NULL;
    if (plan->replay == NULL || !check_plan_serves(&led)) {
        check_skipped("midway",
                      "it needs a provider that works until then: give a "
                      "recording of a driver that speaks HTTP with --replay");
        return;
    }
    self.relay = check_relay_open(plan, &err);
    opening.relay = self.relay;
    if (self.relay != NULL &&
        check_target_open(&self.target, &led, &opening, &err) == PILEUS_OK) {
        try_all(&self);
    } else {
        check_skipped("midway", "it is not opened over the recording: %.200s",
                      err == NULL ? "memory ran out"
                                  : pileus_error_message(err));
    }
    pileus_error_free(err);
    check_target_close(&self.target);
    check_relay_close(self.relay);
}
