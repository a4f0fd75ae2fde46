/* The driver, opened with what the plan says. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_TARGET_H
#define SDK_CHECK_TARGET_H

#include "sdk/check/plan.h"
#include "sdk/check/server.h"

/* Time for one call, and for one request of it. */
#define CHECK_CALL_MS 10000
#define CHECK_REQUEST_TIMEOUT "3s"

typedef struct check_target {
    const check_plan *plan;
    check_server *server; /* NULL: the driver is not led to one */
    pileus_context *ctx;
    pileus_connection *conn;
} check_target;

/* How it is opened. */
typedef struct check_opening {
    const char *record;  /* the directory that is recorded into; or NULL */
    const char *retries; /* NULL: none */
    bool plant;          /* all secrets that the user did not give */
    int64_t ms;          /* the deadline; 0: the usual one */
    /* What the server of the program's own answers with; NULL: it fails. */
    struct check_relay *relay;
} check_opening;

/* Open it. Without a connection the error says why; the target is to be closed
 * all the same. opening NULL: with nothing special. */
pileus_code check_target_open(check_target *target, const check_plan *plan,
                              const check_opening *opening, pileus_error **err);
/* The same, and failing is a finding, or of no matter where it is led to a
 * server that is no real provider. */
bool check_target_open_or_say(check_target *target, const check_plan *plan,
                              const check_opening *opening);
void check_target_close(check_target *target);
/* One connection more, of the same context. NULL: the error says why. */
pileus_connection *check_target_again(check_target *target,
                                      const check_opening *opening,
                                      pileus_error **err);

/* A call with that time limit; NULL: memory ran out. */
pileus_call *check_call_new(int64_t ms);

#endif
