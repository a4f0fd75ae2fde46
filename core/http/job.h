/* Jobs: a request on its way, through as many attempts as it takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_JOB_H
#define PIL__HTTP_JOB_H

#include "core/http/http.h"
#include "core/http/request.h"
#include "core/http/response.h"

typedef enum pil__job_state {
    PIL__JOB_WAITING, /* for its time to go out */
    PIL__JOB_RUNNING,
    PIL__JOB_DONE,  /* there is an answer */
    PIL__JOB_FAILED /* there will be none */
} pil__job_state;

typedef struct pil__job {
    pileus_http *http;
    pileus_call *call;
    pil__line *line;
    pil__plan plan;
    pil__job_state state;
    pileus_attempt *attempt;
    pil__exchange exchange;
    pileus_response *response;
    /* Taken in parts: response->body is what has come and was not taken yet.
     * Otherwise it is the whole body. */
    bool in_parts;
    bool streaming; /* the answer that is arriving is taken in parts */
    pil__text copy; /* of what was taken, when it is recorded */
    int64_t begun;  /* how many attempts were */
    bool paused;
    int64_t paused_at;
    size_t room; /* what of it may wait to be taken */

    int64_t start_at;  /* when it may go out */
    int64_t expire_at; /* when the attempt has taken too long */
    int64_t mark_at;   /* when it is asked again whether it has stalled */
    uint64_t received; /* bytes of the body as they came */
    uint64_t marked;   /* what they were at the last mark */
    bool stalled;
    bool expired;
    int64_t tries;
    int64_t redirects;
    int64_t pause;
    uint64_t trace;      /* number of the attempt in the trace; 0: not in it */
    int64_t traced_at;   /* when it went out */
    pil__text shown_url; /* of the attempt, for a replay */
    pil__text shown_body;
    bool maybe; /* an attempt without an answer may have done it */

    /* When failed. */
    pileus_failure failure; /* its strings are the response's, or these */
    bool reported;          /* by the driver's hook */
    pil__text message;
    char words[256];
} pil__job;

/* A request to be sent on the line; what is wrong with it is reported. The job
 * is to be ended either way. */
int32_t pil__job_begin(pil__job *job, pileus_http *http, pileus_call *call,
                       pil__line *line, const pileus_request *request);
void pil__job_end(pil__job *job);

/* Do for the job what is to be done now. */
void pil__job_step(pil__job *job);

/* Let time pass until something can be done for one of the jobs. Fails, with
 * the failure reported, when the call is over. */
int32_t pil__jobs_wait(pil__job *const *jobs, size_t count);

/* What was taken in parts has been taken: more may come. */
void pil__job_taken(pil__job *job);
/* How long the taking took: that is none of the provider's time. */
void pil__job_excuse(pil__job *job, int64_t ms);

/* Report why it failed. */
int32_t pil__job_report(pil__job *job);

/* The call is over, which is reported already: add that it may have happened,
 * if so. The code comes back. */
int32_t pil__job_give_up(pil__job *job, int32_t code);

/* ---- judging an attempt (judge.c) -----------------------------------------
 */

/* The attempt is over: done, failed, or waiting for the next. */
void pil__job_judge(pil__job *job);

/* What was taken in parts is over, and this is all of it but the parts: have
 * the driver look at it, if it wants to look at all answers. */
void pil__job_look(pil__job *job, const pileus_value *rest);

/* It failed for a reason of ours. */
void pil__job_fail(pil__job *job, int32_t code, const char *format, ...)
    PILEUS_PRINTF(3, 4);

#endif
