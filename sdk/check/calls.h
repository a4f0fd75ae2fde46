/* Every call that an application can make of a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_CALLS_H
#define SDK_CHECK_CALLS_H

#include "sdk/check/things.h"

/* What a call is asked: an id or a name, and what it is done to. */
typedef struct check_ask {
    pileus_connection *conn;
    const char *text;
    const check_things *things;
} check_ask;

typedef enum check_sort {
    CHECK_LISTS,  /* all of a kind */
    CHECK_GETS,   /* one thing, by the text */
    CHECK_MAKES,  /* something with that text */
    CHECK_CHANGES /* one of the things */
} check_sort;

/* *saved: what it gave, as bytes, to be freed; or NULL. */
typedef pileus_code (*check_call_fn)(const check_ask *ask, pileus_call *call,
                                     pileus_text **saved, pileus_error **err);

typedef struct check_call {
    const char *name; /* "compute.list_nodes" */
    check_sort sort;
    check_call_fn run;
} check_call;

extern const check_call check_calls[];
extern const size_t check_call_count;

/* Does the driver list it in its manifest? */
bool check_call_listed(const check_call *call, const pileus_driver_info *info);
/* Run it; what it gives is looked through for marked secrets, and what it fails
 * with must be a good error. what: for findings. */
pileus_code check_call_try(const check_call *call, const check_ask *ask,
                           int64_t ms, const char *what);
/* The same, and the error is the caller's. */
pileus_code check_call_run(const check_call *call, const check_ask *ask,
                           int64_t ms, const char *what, pileus_error **err);

#endif
