/* What is to go wrong: which requests, and how. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/replay/faults.h"

#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define BLANKS " \t"
#define STATUS_MIN 200
#define STATUS_MAX 599
#define DELAY_MAX 600000 /* ms */

static const struct {
    const char *name;
    replay_kind kind;
    unsigned least; /* of the number behind it; both 0: there is none */
    unsigned most;
} kinds[] = {
    {"status", REPLAY_STATUS, STATUS_MIN, STATUS_MAX},
    {"reset", REPLAY_RESET, 0, 0},
    {"lost", REPLAY_LOST, 0, 0},
    {"truncate", REPLAY_TRUNCATE, 0, 0},
    {"silent", REPLAY_SILENT, 0, 0},
    {"delay", REPLAY_DELAY, 1, DELAY_MAX},
};

const char *
replay_kind_name(replay_kind kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (kinds[i].kind == kind) {
            return kinds[i].name;
        }
    }
    return "none";
}

/* ---- reading --------------------------------------------------------------
 */

/* The next word, which ends in a NUL then; NULL: there is none. */
static char *
word(char **at)
{
    char *begin = *at + strspn(*at, BLANKS);
    size_t length = strcspn(begin, BLANKS);

    if (length == 0) {
        return NULL;
    }
    *at = begin + length;
    if (**at != '\0') {
        *(*at)++ = '\0';
    }
    return begin;
}

/* A number from 1 at the beginning of text, which must end in end. */
static bool
number(const char *text, char end, unsigned *value)
{
    char *behind;
    unsigned long read;

    if (*text < '0' || *text > '9') {
        return false;
    }
    read = strtoul(text, &behind, 10);
    if (*behind != end || read < 1 || read > UINT_MAX) {
        return false;
    }
    *value = (unsigned)read;
    return true;
}

/* "*", "3", "2-4", "2-". */
static bool
read_which(replay_fault *fault, const char *text)
{
    const char *dash = strchr(text, '-');

    fault->first = 1;
    fault->last = UINT_MAX;
    if (strcmp(text, "*") == 0) {
        return true;
    }
    if (dash == NULL) {
        return number(text, '\0', &fault->first) &&
               number(text, '\0', &fault->last);
    }
    return number(text, '-', &fault->first) &&
           (dash[1] == '\0' || number(dash + 1, '\0', &fault->last));
}

static bool
read_kind(replay_fault *fault, const char *text)
{
    size_t length = strcspn(text, "=");

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strlen(kinds[i].name) != length ||
            memcmp(kinds[i].name, text, length) != 0) {
            continue;
        }
        fault->kind = kinds[i].kind;
        if (kinds[i].most == 0) {
            return text[length] == '\0';
        }
        return text[length] == '=' &&
               number(text + length + 1, '\0', &fault->number) &&
               fault->number >= kinds[i].least &&
               fault->number <= kinds[i].most;
    }
    return false;
}

bool
replay_faults_add(replay_faults *faults, char *words, const char **reason)
{
    replay_fault fault = {.method = word(&words), .path = word(&words)};
    const char *which = word(&words);
    const char *kind = word(&words);

    *reason = NULL;
    if (faults->count == REPLAY_FAULTS_MAX) {
        *reason = "there are too many: join some by a pattern";
    } else if (kind == NULL || word(&words) != NULL) {
        *reason = "give METHOD, PATH, WHICH and KIND, with blanks between";
    } else if (!read_which(&fault, which)) {
        *reason =
            "WHICH is *, or a number from 1, or a range such as 2-4 or 2-";
    } else if (!read_kind(&fault, kind)) {
        *reason = "KIND is status=200 to 599, reset, lost, truncate, silent or "
                  "delay=MILLISECONDS up to ten minutes";
    } else {
        faults->at[faults->count++] = fault;
    }
    return *reason == NULL;
}

/* ---- choosing -------------------------------------------------------------
 */

replay_fault
replay_faults_next(replay_faults *faults, const char *method, const char *path)
{
    replay_fault chosen = {.kind = REPLAY_NONE};

    for (size_t i = 0; i < faults->count; i++) {
        replay_fault *fault = &faults->at[i];

        if ((strcmp(fault->method, "*") != 0 &&
             strcmp(fault->method, method) != 0) ||
            fnmatch(fault->path, path, 0) != 0) {
            continue;
        }
        fault->seen++;
        if (chosen.kind == REPLAY_NONE && fault->seen >= fault->first &&
            fault->seen <= fault->last) {
            chosen = *fault;
        }
    }
    return chosen;
}
