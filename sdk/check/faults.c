/* Providers that fail: the driver says so, and does nothing twice. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/groups.h"
#include "sdk/check/target.h"

#include <stdio.h>
#include <string.h>

/* How often the library may try again here. */
#define RETRIES "1"
#define FAULTS_CALL_MS 5000

/* What a listing is to fail with. */
static const struct {
    check_manner manner;
    pileus_code code; /* PILEUS_OK: with any */
    pileus_code also; /* or this */
} manners[] = {
    {CHECK_NOTHING_THERE, PILEUS_OK, PILEUS_OK},
    {CHECK_REFUSED, PILEUS_AUTHENTICATION, PILEUS_PERMISSION},
    {CHECK_FORBIDDEN, PILEUS_PERMISSION, PILEUS_AUTHENTICATION},
    {CHECK_INVALID, PILEUS_OK, PILEUS_OK},
    {CHECK_TOO_MANY, PILEUS_RATE_LIMITED, PILEUS_UNAVAILABLE},
    {CHECK_BROKEN, PILEUS_UNAVAILABLE, PILEUS_FAILED},
    {CHECK_UNAVAILABLE, PILEUS_UNAVAILABLE, PILEUS_RATE_LIMITED},
    {CHECK_WEB_PAGE, PILEUS_OK, PILEUS_OK},
    {CHECK_WRONG_TYPES, PILEUS_OK, PILEUS_OK},
    {CHECK_TRUNCATED, PILEUS_OK, PILEUS_OK},
    {CHECK_CUT_OFF, PILEUS_UNAVAILABLE, PILEUS_UNAVAILABLE},
    {CHECK_ELSEWHERE, PILEUS_OK, PILEUS_OK},
};
#define MANNER_COUNT (sizeof manners / sizeof manners[0])

/* Does the driver say that a repeated create makes one thing? */
static bool
has_token(const check_target *target, const check_call *call)
{
    bool node = strcmp(call->name, "compute.create_node") == 0;
    pileus_capability answer = pileus_connection_capability(
        target->conn, node ? "compute" : "volumes",
        node ? "create_node" : "create_volume", "token");

    return answer != PILEUS_CAPABILITY_NO &&
           answer != PILEUS_CAPABILITY_IGNORED &&
           answer != PILEUS_CAPABILITY_UNKNOWN;
}

static bool
is_create(const check_call *call)
{
    return strcmp(call->name, "compute.create_node") == 0 ||
           strcmp(call->name, "volumes.create_volume") == 0;
}

/* A create whose connection was lost when its POST had been read. */
static void
judge_lost(const check_target *target, const check_call *call,
           const pileus_error *err)
{
    int posts = check_server_posts(target->server);

    if (posts > 1 && !has_token(target, call)) {
        check_finding(
            "repeats",
            "%s was sent %d times when the connection was lost before "
            "the answer, and the driver keeps nothing from being "
            "made twice (capability \"token\"): leave "
            "PILEUS_REQUEST_IDEMPOTENT out",
            call->name, posts);
    }
    if (posts > 0 && check_server_last_posts(target->server) &&
        !pileus_error_may_have_happened(err)) {
        check_finding("may-have-happened",
                      "%s fails when the connection was lost before the "
                      "answer, and does not say that it may have happened all "
                      "the same: hand on the failure as it is",
                      call->name);
    }
}

/* Does a success make sense, of a call that asked the provider? A change needs
 * no answer's body, and a list that is empty may be left out of an answer. */
static bool
may_succeed(check_manner manner, const check_call *call)
{
    if (call->sort == CHECK_LISTS) {
        return manner == CHECK_WRONG_TYPES;
    }
    return call->sort == CHECK_CHANGES &&
           (manner == CHECK_WEB_PAGE || manner == CHECK_WRONG_TYPES ||
            manner == CHECK_TRUNCATED || manner == CHECK_NOTHING_THERE);
}

static void
judge_code(size_t i, const check_call *call, pileus_code code,
           const pileus_error *err)
{
    const char *name = check_manner_name(manners[i].manner);

    if (code == PILEUS_OK && !may_succeed(manners[i].manner, call)) {
        check_finding("taken-for-success",
                      "%s succeeds when the answer is %s: look at what it "
                      "says before it is believed",
                      call->name, name);
    } else if (code != PILEUS_OK && call->sort == CHECK_LISTS &&
               manners[i].code != PILEUS_OK && code != manners[i].code &&
               code != manners[i].also) {
        check_finding("codes",
                      "%s fails with %s when the answer is %s, and %s is "
                      "right: %s",
                      call->name, pileus_code_name(code), name,
                      pileus_code_name(manners[i].code),
                      pileus_error_message(err));
    }
}

static void
try_call(const check_target *target, size_t i, const check_call *call,
         const check_ask *ask)
{
    pileus_error *err = NULL;
    char words[256];
    pileus_code code;

    (void)check_server_requests(target->server);
    (void)check_server_posts(target->server);
    (void)snprintf(words, sizeof words, "%s, answered with %s", call->name,
                   check_manner_name(manners[i].manner));
    check_doing("%s", words);
    code = check_call_run(call, ask, FAULTS_CALL_MS, words, &err);
    if (check_server_requests(target->server) > 0) {
        judge_code(i, call, code, err);
        if (manners[i].manner == CHECK_CUT_OFF && is_create(call)) {
            judge_lost(target, call, err);
        }
    }
    pileus_error_free(err);
}

size_t
check_faults_parts(const check_plan *plan)
{
    return plan->info != NULL && check_plan_serves(plan) ? MANNER_COUNT : 1;
}

void
check_faults(const check_plan *plan, size_t part)
{
    static const check_opening opening = {.retries = RETRIES};
    check_things things = {0};
    check_target target;
    check_ask ask = {NULL, "seven", &things};
    bool there;

    if (!check_plan_serves(plan)) {
        check_skipped("faults", "%s",
                      plan->http ? "it is led to another server than the "
                                   "program's own"
                                 : "it does not speak HTTP");
        return;
    }
    if (check_target_open_or_say(&target, plan, &opening)) {
        ask.conn = target.conn;
        there = check_things_load(&things, target.conn, "seven", NULL);
        check_server_act(target.server, manners[part].manner);
        for (size_t i = 0; i < check_call_count; i++) {
            if (check_call_listed(&check_calls[i], plan->info) &&
                (there || check_calls[i].sort < CHECK_MAKES)) {
                try_call(&target, part, &check_calls[i], &ask);
            }
        }
        check_things_drop(&things);
        if (part + 1 == MANNER_COUNT) {
            check_good_unless("taken-for-success");
            check_good_unless("codes");
            check_good_unless("repeats");
            check_good_unless("may-have-happened");
            check_good_unless("errors");
        }
    }
    check_target_close(&target);
}
