/* Each call with arguments that nobody expects: it fails, and says why. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/calls.h"
#include "sdk/check/groups.h"
#include "sdk/check/target.h"

#include <stdio.h>
#include <string.h>

/* A driver is never given some of these: the library refuses them first. They
 * are tried all the same, for it is one of both that has to. */
static const struct {
    const char *what;
    const char *text;
} inputs[] = {
    {"the empty id", ""},
    {"a blank", " "},
    {"the id of two dots", ".."},
    {"an id with slashes", "../../etc/passwd"},
    {"an id with percent signs", "%2e%2e%2f%00%s%n%n"},
    {"an id with a query", "a?b=c&d#e"},
    {"an id with quotes", "'\"`;--\\"},
    {"an id with XML", "<a>&b;]]></a>"},
    {"an id with control characters", "a\x01\x1b[2J\x7f"},
    {"an id with line breaks", "a\r\nX-Injected: 1\r\n\r\n"},
    {"an id that is no UTF-8", "a\xff\xfe\xc0\xaf"},
    {"an id of other letters", "\xc3\xbc\xe2\x98\x83\xf0\x9f\x92\xa9"},
    {"a large number", "99999999999999999999999999999999999999"},
    {"a negative number", "-1"},
    {"a word of JSON's", "null"},
};
#define INPUT_COUNT (sizeof inputs / sizeof inputs[0])
#define RANDOM_COUNT 12
/* Ids of exactly the library's limit, and of more. */
#define HUGE_COUNT 2
#define TOTAL (INPUT_COUNT + RANDOM_COUNT + HUGE_COUNT)

/* Blobs of another version, or of nobody: format 1, so many bytes. */
static const char *const blobs[] = {
    "AA==", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "/////////////////////////////////////w==", "eyJpZCI6IDd9"};

/* One name for each, always the same numbers: what was found is found again. */
static uint64_t
next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void
random_text(char *text, size_t room, size_t seed)
{
    uint64_t state = 0x9e3779b97f4a7c15u ^ (seed * 0xbf58476d1ce4e5b9u);
    size_t length;

    (void)next_random(&state);
    length = next_random(&state) % (room - 2) + 1;
    for (size_t i = 0; i < length; i++) {
        uint64_t value = next_random(&state);

        /* Half of them printable, which a library lets pass. */
        text[i] = (char)(seed % 2 == 0 ? value % 94 + 33 : value % 255 + 1);
    }
    text[length] = '\0';
}

/* Input i, in room that it may need. */
static const char *
input(size_t i, char *room, size_t size, const char **what)
{
    if (i < INPUT_COUNT) {
        *what = inputs[i].what;
        return inputs[i].text;
    }
    if (i < INPUT_COUNT + RANDOM_COUNT) {
        *what = "a random id";
        random_text(room, 64, i);
        return room;
    }
    *what = "a huge id";
    i -= INPUT_COUNT + RANDOM_COUNT;
    memset(room, 'A', size);
    room[i == 0 ? PILEUS_ID_MAX : size - 1] = '\0';
    return room;
}

/* ---- trying ----------------------------------------------------------------
 */

static void
try_one(const check_target *target, const check_call *call, const char *text,
        const char *what, const char *blob)
{
    check_things things = {0};
    check_ask ask = {target->conn, text == NULL ? "seven" : text, &things};
    bool there = check_things_load(&things, target->conn, text, blob);
    bool needs = call->sort == CHECK_CHANGES ||
                 strcmp(call->name, "volumes.create_snapshot") == 0 ||
                 strcmp(call->name, "images.create_image") == 0;
    char words[256];
    pileus_code code;

    (void)snprintf(words, sizeof words, "%s with %s", call->name, what);
    check_doing("%s", words);
    if (!needs || there) {
        code = check_call_try(call, &ask, CHECK_CALL_MS, words);
        if (code == PILEUS_OK && call->sort == CHECK_GETS) {
            check_finding("gets",
                          "%s gives a thing, and there can be none: compare "
                          "the whole id, and give PILEUS_NOT_FOUND",
                          words);
        }
        if (code == PILEUS_TIMEOUT) {
            check_finding("slow", "%s takes more than %d ms", words,
                          CHECK_CALL_MS);
        }
    }
    check_things_drop(&things);
}

static void
try_call(const check_target *target, const check_call *call)
{
    static char room[8 * PILEUS_ID_MAX];

    for (size_t i = 0; i < TOTAL; i++) {
        const char *what;
        const char *text = input(i, room, sizeof room, &what);

        try_one(target, call, text, what, NULL);
    }
    if (call->sort == CHECK_CHANGES) {
        try_one(target, call, NULL, "a thing without an id", NULL);
        for (size_t i = 0; i < sizeof blobs / sizeof blobs[0]; i++) {
            try_one(target, call, "seven", "a blob that the driver never made",
                    blobs[i]);
        }
    }
}

size_t
check_hostile_parts(const check_plan *plan)
{
    (void)plan;
    return check_call_count;
}

void
check_hostile(const check_plan *plan, size_t part)
{
    const check_call *call = &check_calls[part];
    check_target target;

    if (call->sort == CHECK_LISTS || !check_call_listed(call, plan->info)) {
        return;
    }
    if (call->sort != CHECK_GETS && !check_plan_changes(plan)) {
        check_skipped("changes", "calls that make, change and destroy things "
                                 "are tried with --changes only");
        return;
    }
    if (check_target_open_or_say(&target, plan, NULL)) {
        check_server_act(target.server, CHECK_NOTHING_THERE);
        try_call(&target, call);
        if (check_findings_of("errors") + check_findings_of("gets") +
                check_findings_of("slow") ==
            0) {
            check_good(call->name);
        }
    }
    check_target_close(&target);
}
