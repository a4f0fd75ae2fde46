/* The call: what of it the rest of core/call sees. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_CALL_H
#define PIL__CALL_CALL_H

#include "core/config/settings.h"
#include "core/driver/context.h"

#include <pileus/driver.h>

#include <pthread.h>
#include <stdatomic.h>

/* The first member is what PILEUS_HOST wants. */
struct pileus_call {
    const pileus_host *host;
    pthread_mutex_t lock; /* of all that follows up to "in use" */
    pthread_cond_t changed;
    bool cancelled;
    bool granted;                  /* by the gate that this call waits at */
    pileus_call *child;            /* cancelled with this one */
    void (*on_cancel)(void *user); /* called when it is cancelled; or NULL */
    void *on_cancel_user;
    pileus_error *failure; /* the last that the driver reported */
    char *made_id;         /* the provider's id of what was made, if known */

    atomic_bool in_use;
    pileus_call *next; /* in a gate's queue; the gate's lock */

    /* Set up before use, by one thread. */
    int64_t deadline; /* by pil__clock_ms; INT64_MAX: none */
    pileus_progress_fn progress;
    void *progress_user;
    pileus_made_fn made;
    void *made_user;

    /* What the call is used for, while it is in use. */
    const char *what; /* such as "list_nodes" */
    uint64_t number;  /* of this use of it, in this process */
    const char *driver;
    const pileus_context *context;
    pil__settings *settings;      /* for redacting, and for open */
    const pil__redactor *secrets; /* of the call's own; NULL: none */
    bool opening;                 /* settings may be read and provided */
    pileus_http **ways;           /* of the connection being opened */

    /* What it took last, of which lease; for that one's sake. */
    const pileus_lease *lease;
    uint64_t lease_number; /* of the value */
    bool lease_renewed;    /* that came for one which this call had refused */
};

/* A call in memory of the caller's: PILEUS_OK, or why it cannot be. */
pileus_code pil__call_init(pileus_call *call, pileus_error **err);
void pil__call_destroy(pileus_call *call);

/* Take the call into use, and let it go again. Fails with PILEUS_BUSY when it
 * is in use already, and with PILEUS_CANCELLED or PILEUS_TIMEOUT when there is
 * no point in beginning. */
pileus_code pil__call_begin(pileus_call *call, const char *what,
                            pileus_error **err);
void pil__call_end(pileus_call *call);

/* PILEUS_OK, PILEUS_CANCELLED or PILEUS_TIMEOUT, with an error. */
pileus_code pil__call_check(pileus_call *call, pileus_error **err);

/* Wait ms milliseconds, less when the call ends before. */
pileus_code pil__call_wait(pileus_call *call, int64_t ms, pileus_error **err);

/* The driver's word on how it went, and what it reported, as an error. */
pileus_code pil__call_result(pileus_call *call, int32_t code,
                             pileus_error **err);

/* Report an error of ours as if the driver had, and free it; with PILEUS_OK
 * there is none. Returns the code. */
int32_t pil__call_fail_as(pileus_call *call, pileus_code code,
                          pileus_error **error);

/* The text with each secret in it replaced, to be freed. NULL: no memory, and
 * then nothing of the text may be shown. */
char *pil__call_redact(const pileus_call *call, const char *text);

/* Have the child cancelled with the parent from now on; NULL ends it. */
void pil__call_adopt(pileus_call *parent, pileus_call *child);

/* Write to the log of the call's context. */
void pil__call_log(pileus_call *call, pileus_log_level level,
                   const char *format, ...) PILEUS_PRINTF(3, 4);

/* The part of the host table that is about calls. */
extern const pileus_host_call pil__host_call;

#endif
