/* What is to go wrong: which requests, and how. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_REPLAY_FAULTS_H
#define SDK_REPLAY_FAULTS_H

#include <stdbool.h>
#include <stddef.h>

#define REPLAY_FAULTS_MAX 64

typedef enum replay_kind {
    REPLAY_NONE,
    REPLAY_STATUS,   /* another status, without a body that says anything */
    REPLAY_RESET,    /* the connection ends before the request is looked at */
    REPLAY_LOST,     /* it is done, and the connection ends before the answer */
    REPLAY_TRUNCATE, /* half of the answer's body, and the connection ends */
    REPLAY_SILENT,   /* nothing is said */
    REPLAY_DELAY     /* the answer comes late */
} replay_kind;

typedef struct replay_fault {
    const char *method; /* "*": any */
    const char *path;   /* a pattern of the shell's */
    unsigned first;     /* of the requests that it is about, from 1 */
    unsigned last;
    replay_kind kind;
    unsigned number; /* status, or milliseconds */
    unsigned seen;   /* such requests */
} replay_fault;

typedef struct replay_faults {
    replay_fault at[REPLAY_FAULTS_MAX];
    size_t count;
} replay_faults;

/* Add what the words say, "METHOD PATH WHICH KIND", which are changed and kept.
 * False, with the reason: they say nothing of the kind. */
bool replay_faults_add(replay_faults *faults, char *words, const char **reason);

/* What shall happen to this request: the first that says something. One thread
 * at a time. */
replay_fault replay_faults_next(replay_faults *faults, const char *method,
                                const char *path);

/* Words for it. */
const char *replay_kind_name(replay_kind kind);

#endif
