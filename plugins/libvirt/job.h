/* Jobs: work with libvirt on a thread that can be left behind. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_JOB_H
#define LV_JOB_H

#include "connection.h"
#include "errors.h"

/*
 * libvirt's calls block, some of them for as long as a dead host stays dead,
 * and cannot be broken off. So all of them are made on the thread of a job,
 * while the thread of the call waits for the job, for the deadline, or for the
 * cancellation, whichever comes first. A job whose call has ended is left
 * behind: it owns all that it touches, notices at its next step, and cleans up
 * after itself.
 *
 * A job is a struct that begins with an lv_job. Its kind's run sees nothing of
 * the call, and the call's thread nothing of libvirt; between them go items,
 * handed over one by one.
 */

typedef struct lv_job lv_job;

typedef struct lv_job_kind {
    size_t size;            /* of the whole struct */
    const char *doing;      /* "listing the nodes", for messages */
    bool writes;            /* left behind, it may still have its effect */
    bool alone;             /* wants no open connection in virt */
    int64_t grace_ms;       /* how long its end is waited for, when left */
    void (*run)(lv_job *);  /* on the job's thread */
    void (*free)(lv_job *); /* what the struct holds; NULL: nothing */
} lv_job_kind;

struct lv_job {
    const lv_job_kind *kind;
    lv_connection *connection; /* a reference */
    virConnectPtr virt;        /* while it runs */
    lv_failure failure;        /* written by run, read when it is over */

    pthread_mutex_t lock; /* of all below */
    pthread_cond_t changed;
    pthread_t thread;
    void *item;
    bool started;
    bool done;
    bool abandoned; /* nobody wants its items */
    bool detached;  /* nobody waits for its end */
};

/* ---- on the thread of the call ----------------------------------------- */

/* A zeroed job; NULL, with the failure reported: no memory. call may be NULL.
 */
void *lv_job_new(pileus_call *call, const lv_job_kind *kind,
                 lv_connection *connection);
/* Start it. A failure has been reported. */
int32_t lv_job_start(pileus_call *call, lv_job *job);
/* The next item, which is the caller's from then on; NULL in *item at the end.
 * Fails as the job does, or as the call does; reported. */
int32_t lv_job_next(pileus_call *call, lv_job *job, void **item);
/* Is it over, so that all of it may be read? */
bool lv_job_is_done(lv_job *job);
/* Start a job that gives no items, and wait for its end. */
int32_t lv_job_run(pileus_call *call, lv_job *job);
/* Have enough of it, wherever it is; NULL is allowed. */
void lv_job_end(lv_job *job);
/* Run it without a call, for at most its grace, and end it. */
void lv_job_send(lv_job *job);

/* ---- on the thread of the job ------------------------------------------ */

/* Hand an item over. False: nobody wants it, it is still the job's, and the
 * job should come to its end. */
bool lv_job_give(lv_job *job, void *item);
bool lv_job_is_abandoned(lv_job *job);

#endif
