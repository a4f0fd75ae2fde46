/* Secrets that are planted, and looked for in all that comes out. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/groups.h"
#include "sdk/check/marker.h"
#include "sdk/check/target.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* For each call, so that no provider that says "try again" takes long. */
#define SECRETS_CALL_MS 2000

/* Of what a driver that is led to no server of ours is told once. */
static const check_manner manners[] = {
    CHECK_REFUSED,     CHECK_INVALID,   CHECK_BROKEN,
    CHECK_WRONG_TYPES, CHECK_TRUNCATED, CHECK_ELSEWHERE,
};
#define MANNER_COUNT (sizeof manners / sizeof manners[0])

static size_t
count_secrets(const check_plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < pileus_driver_option_count(plan->info); i++) {
        count += pileus_option_secret(pileus_driver_option(plan->info, i));
    }
    return count;
}

/* Everything that can be asked of an open connection. */
static void
look_at_options(const check_target *target)
{
    const pileus_driver_info *info = target->plan->info;

    for (size_t i = 0; i < pileus_driver_option_count(info); i++) {
        const char *name = pileus_option_name(pileus_driver_option(info, i));
        const char *value = pileus_connection_option(target->conn, name, NULL);

        if (value != NULL) {
            check_doing("asking for the option %s", name);
            check_marker_look("an option", value, strlen(value));
        }
    }
}

static void
look_at_recording(const char *folder)
{
    char path[128];
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    FILE *in;

    check_doing("reading what was recorded");
    (void)snprintf(path, sizeof path, "%s/exchanges.jsonl", folder);
    in = fopen(path, "r");
    while (in != NULL && (length = getline(&line, &size, in)) > 0) {
        check_marker_look("the recording", line, (size_t)length);
    }
    free(line);
    if (in != NULL) {
        (void)fclose(in);
        (void)unlink(path);
    }
    (void)rmdir(folder);
}

static void
run_calls(const check_target *target, const char *manner)
{
    check_things things = {0};
    check_ask ask = {target->conn, "seven", &things};
    bool there = check_things_load(&things, target->conn, "seven", NULL);

    for (size_t i = 0; i < check_call_count; i++) {
        const check_call *call = &check_calls[i];
        char words[256];

        if (!check_call_listed(call, target->plan->info) ||
            (call->sort >= CHECK_MAKES && !there) ||
            (call->sort >= CHECK_MAKES && !check_plan_changes(target->plan))) {
            continue;
        }
        (void)snprintf(words, sizeof words, "%s%s%s", call->name,
                       manner == NULL ? "" : ", answered with ",
                       manner == NULL ? "" : manner);
        check_doing("%s", words);
        (void)check_call_try(call, &ask, SECRETS_CALL_MS, words);
    }
    check_things_drop(&things);
}

size_t
check_secrets_parts(const check_plan *plan)
{
    return plan->info != NULL && check_plan_serves(plan) ? MANNER_COUNT : 1;
}

void
check_secrets(const check_plan *plan, size_t part)
{
    char folder[] = P_tmpdir "/pileus-driver-check-XXXXXX";
    check_opening opening = {.plant = true};
    check_target target;
    bool serves = check_plan_serves(plan);

    if (count_secrets(plan) == 0) {
        check_skipped("secrets", "the manifest declares no secret option");
        return;
    }
    if (mkdtemp(folder) == NULL) {
        check_skipped("secrets", "no folder can be made: %s", strerror(errno));
        return;
    }
    /* A recording is not made of one that is played. */
    opening.record = plan->replay == NULL ? folder : NULL;
    if (check_target_open_or_say(&target, plan, &opening)) {
        check_server_act(target.server, manners[part]);
        run_calls(&target, serves ? check_manner_name(manners[part]) : NULL);
        look_at_options(&target);
    }
    check_target_close(&target);
    look_at_recording(folder);
    check_good_unless("secrets");
}
