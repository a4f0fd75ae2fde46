/* Jobs: work with libvirt on a thread that can be left behind. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "job.h"

#include "quiet.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

/* How often a waiting call looks at its deadline and cancellation. */
#define LOOK_MS 20

/* More jobs than this are not left behind on one connection: a host that
 * answers none of them gets no further ones. */
#define LEFT_BEHIND_MAX 16

static bool
changed_init(pthread_cond_t *changed)
{
    pthread_condattr_t attributes;
    bool made;

    if (pthread_condattr_init(&attributes) != 0) {
        return false;
    }
#ifndef __APPLE__ /* which has no choice of clocks */
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
    made = pthread_cond_init(changed, &attributes) == 0;
    (void)pthread_condattr_destroy(&attributes);
    return made;
}

/* Wait for a change, at most ms milliseconds; the job is locked. */
static void
wait_changed(lv_job *job, int64_t ms)
{
    struct timespec until;

#ifdef __APPLE__
    (void)clock_gettime(CLOCK_REALTIME, &until);
#else
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
#endif
    until.tv_sec += (time_t)(ms / 1000);
    until.tv_nsec += (long)(ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    (void)pthread_cond_timedwait(&job->changed, &job->lock, &until);
}

void *
lv_job_new(pileus_call *call, const lv_job_kind *kind,
           lv_connection *connection)
{
    lv_job *job = calloc(1, kind->size);

    if (job == NULL || pthread_mutex_init(&job->lock, NULL) != 0) {
        goto fail;
    }
    if (!changed_init(&job->changed)) {
        (void)pthread_mutex_destroy(&job->lock);
        goto fail;
    }
    job->kind = kind;
    job->connection = lv_connection_ref(connection);
    return job;

fail:
    free(job);
    if (call != NULL) {
        (void)pileus_fail(call, PILEUS_NO_MEMORY,
                          "memory ran out while %s: try again later",
                          kind->doing);
    }
    return NULL;
}

static void
job_free(lv_job *job)
{
    if (job->kind->free != NULL) {
        job->kind->free(job);
    }
    lv_failure_clear(&job->failure);
    (void)pthread_cond_destroy(&job->changed);
    (void)pthread_mutex_destroy(&job->lock);
    lv_connection_unref(job->connection);
    free(job);
}

/* The whole life of the job's thread. */
static void *
work(void *argument)
{
    lv_job *job = argument;
    bool detached;

    lv_quiet_thread();
    if (job->kind->alone) {
        job->kind->run(job);
    } else if (lv_connection_use(job->connection, &job->virt, &job->failure)) {
        job->kind->run(job);
        lv_connection_used(job->connection);
        (void)virConnectClose(job->virt);
        job->virt = NULL;
    }
    (void)pthread_mutex_lock(&job->lock);
    job->done = true;
    detached = job->detached;
    (void)pthread_cond_broadcast(&job->changed);
    (void)pthread_mutex_unlock(&job->lock);
    if (detached) {
        (void)lv_connection_left_behind(job->connection, -1);
        job_free(job);
    }
    return NULL;
}

/* The application's signals are not for this thread. */
static bool
launch(lv_job *job)
{
    sigset_t all;
    sigset_t before;

    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0) {
        return false;
    }
    job->started = pthread_create(&job->thread, NULL, work, job) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return job->started;
}

int32_t
lv_job_start(pileus_call *call, lv_job *job)
{
    int32_t code = pileus_check(call);

    if (code != PILEUS_OK) {
        return code;
    }
    if (lv_connection_left_behind(job->connection, 0) >= LEFT_BEHIND_MAX) {
        return pileus_fail(call, PILEUS_UNAVAILABLE,
                           "%d earlier requests to this host were never "
                           "answered, so %s was not even tried: check the "
                           "libvirt daemon there, or open the connection anew",
                           LEFT_BEHIND_MAX, job->kind->doing);
    }
    if (!launch(job)) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no thread could be started for %s: raise the "
                           "limit of threads, or try again later",
                           job->kind->doing);
    }
    return PILEUS_OK;
}

/* The call has ended before the job did. */
static int32_t
fail_left(pileus_call *call, const lv_job *job, int32_t code)
{
    pileus_failure failure = {
        .struct_size = sizeof failure,
        .code = code,
        .may_have_happened = job->kind->writes,
        .retry_after_ms = -1,
    };
    char message[PILEUS_MESSAGE_MAX / 4];

    (void)snprintf(message, sizeof message, "the call %s while %s; %s",
                   code == PILEUS_CANCELLED ? "was cancelled"
                                            : "ran out of time",
                   job->kind->doing,
                   job->kind->writes
                       ? "it may have its effect all the same, so look before "
                         "asking again"
                       : "give it more time, or check the libvirt daemon");
    failure.message = message;
    return pileus_fail_with(call, &failure);
}

int32_t
lv_job_next(pileus_call *call, lv_job *job, void **item)
{
    int32_t code = PILEUS_OK;

    *item = NULL;
    (void)pthread_mutex_lock(&job->lock);
    while (!job->done && job->item == NULL && code == PILEUS_OK) {
        wait_changed(job, LOOK_MS);
        if (!job->done && job->item == NULL) {
            (void)pthread_mutex_unlock(&job->lock);
            code = pileus_check(call);
            (void)pthread_mutex_lock(&job->lock);
        }
    }
    if (code == PILEUS_OK) {
        *item = job->item;
        job->item = NULL;
        (void)pthread_cond_broadcast(&job->changed);
    }
    (void)pthread_mutex_unlock(&job->lock);
    if (code != PILEUS_OK) {
        return fail_left(call, job, code);
    }
    /* Only a job that is done has a failure that may be read. */
    if (*item == NULL && job->failure.code != PILEUS_OK) {
        job->failure.may_have_happened &= job->kind->writes;
        return lv_failure_report(call, &job->failure);
    }
    return PILEUS_OK;
}

bool
lv_job_is_done(lv_job *job)
{
    bool done;

    (void)pthread_mutex_lock(&job->lock);
    done = job->done;
    (void)pthread_mutex_unlock(&job->lock);
    return done;
}

int32_t
lv_job_run(pileus_call *call, lv_job *job)
{
    void *item = NULL;
    int32_t code = lv_job_start(call, job);

    return code != PILEUS_OK ? code : lv_job_next(call, job, &item);
}

/* Wait until it is done, at most its grace. False: it is left to itself, and
 * must not be touched any more. */
static bool
wait_done(lv_job *job)
{
    int64_t begin = lv_now_ms();
    int64_t left = job->kind->grace_ms;
    pthread_t thread = job->thread;
    bool done;

    (void)pthread_mutex_lock(&job->lock);
    job->abandoned = true;
    (void)pthread_cond_broadcast(&job->changed);
    while (!job->done && left > 0) {
        wait_changed(job, left);
        left = begin + job->kind->grace_ms - lv_now_ms();
    }
    done = job->done;
    if (!done) {
        (void)lv_connection_left_behind(job->connection, 1);
    }
    job->detached = !done;
    (void)pthread_mutex_unlock(&job->lock);
    if (!done) {
        (void)pthread_detach(thread);
    }
    return done;
}

void
lv_job_end(lv_job *job)
{
    if (job == NULL) {
        return;
    }
    if (job->started) {
        if (!wait_done(job)) {
            return;
        }
        (void)pthread_join(job->thread, NULL);
    }
    job_free(job);
}

void
lv_job_send(lv_job *job)
{
    (void)launch(job);
    lv_job_end(job);
}

bool
lv_job_give(lv_job *job, void *item)
{
    bool taken;

    (void)pthread_mutex_lock(&job->lock);
    job->item = item;
    (void)pthread_cond_broadcast(&job->changed);
    while (job->item != NULL && !job->abandoned) {
        (void)pthread_cond_wait(&job->changed, &job->lock);
    }
    taken = job->item == NULL;
    job->item = NULL;
    (void)pthread_mutex_unlock(&job->lock);
    return taken;
}

bool
lv_job_is_abandoned(lv_job *job)
{
    bool abandoned;

    (void)pthread_mutex_lock(&job->lock);
    abandoned = job->abandoned;
    (void)pthread_mutex_unlock(&job->lock);
    return abandoned;
}
