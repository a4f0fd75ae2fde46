/* Jobs: a request on its way, through as many attempts as it takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/job.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/http/limits.h"
#include "core/http/observe.h"
#include "core/http/pace.h"
#include "core/http/scrub.h"

#include <string.h>

static int64_t
later(int64_t now, int64_t ms)
{
    return ms > INT64_MAX - now ? INT64_MAX : now + ms;
}

/* ---- as the answer arrives
 * --------------------------------------------------------- */

static bool
on_header(void *user, const char *line, size_t size)
{
    pil__job *job = user;

    job->response->status = job->exchange.status;
    job->received += size;
    return pil__response_add_header(job->response, line, size);
}

static pil__wire_verdict
on_body(void *user, const char *data, size_t size)
{
    pil__job *job = user;
    pileus_response *response = job->response;

    response->status = job->exchange.status;
    job->streaming =
        job->in_parts && response->status >= 200 && response->status < 300;
    if (job->streaming && response->body.length >= job->room) {
        job->paused = true;
        job->paused_at = pil__clock_ms();
        return PIL__WIRE_PAUSE;
    }
    if (!job->streaming && size > PIL__HTTP_BODY_MAX - response->body.length) {
        response->problem = "its body is larger than 64 MiB";
        return PIL__WIRE_STOP;
    }
    job->received += size;
    if (job->streaming && job->http->config.context->recorder != NULL) {
        pil__text_add(&job->copy, data, size);
    }
    pil__text_add(&response->body, data, size);
    return response->body.failed ? PIL__WIRE_STOP : PIL__WIRE_GO_ON;
}

void
pil__job_taken(pil__job *job)
{
    pil__text_clear(&job->response->body);
    if (job->paused) {
        job->paused = false;
        pil__job_excuse(job, pil__clock_ms() - job->paused_at);
        job->http->api->resume(job->line, &job->exchange);
    }
}

void
pil__job_excuse(pil__job *job, int64_t ms)
{
    job->expire_at = later(job->expire_at, ms);
    job->mark_at = job->mark_at == 0 ? 0 : later(job->mark_at, ms);
}

/* ---- one attempt
 * ----------------------------------------------------------------
 */

/* What a replay is asked for: what a recording would hold. False: no memory. */
static bool
show(pil__job *job)
{
    pil__scrub scrub = pil__scrub_of(job->http, job->call);
    const char *body = job->plan.body == NULL ? "" : job->plan.body;

    pil__text_free(&job->shown_url);
    pil__text_free(&job->shown_body);
    pil__scrub_url(&job->shown_url, &scrub, job->attempt);
    pil__scrub_body(&job->shown_body, &scrub, body, job->plan.body_size);
    job->exchange.url = job->shown_url.data;
    job->exchange.body = job->shown_body.data;
    job->exchange.body_size = job->shown_body.length;
    return !job->shown_url.failed && !job->shown_body.failed;
}

static void
stop(pil__job *job)
{
    pil__trace_ended(job, "it was given up");
    if (job->exchange.inside != NULL) {
        job->http->api->stop(job->line, &job->exchange);
    }
    pil__attempt_free(job->attempt);
    job->attempt = NULL;
}

static void
start(pil__job *job)
{
    int64_t now = pil__clock_ms();
    int32_t code = pil__attempt_new(&job->attempt, &job->plan, job->call);

    if (code != PILEUS_OK) {
        job->failure.code = code;
        job->reported = true;
        job->state = PIL__JOB_FAILED;
        return;
    }
    pil__response_clear(job->response);
    pil__text_free(&job->copy);
    pil__trace_sent(job);
    job->exchange.method = job->plan.method;
    job->exchange.url = job->attempt->url;
    job->exchange.headers = job->attempt->header_lines;
    job->exchange.body = job->plan.body;
    job->exchange.body_size = job->plan.body_size;
    job->exchange.fresh = !job->plan.repeatable;
    job->exchange.on_header = on_header;
    job->exchange.on_body = on_body;
    job->exchange.user = job;
    job->begun++;
    job->streaming = false;
    job->paused = false;
    job->stalled = false;
    job->expired = false;
    job->received = 0;
    job->mark_at = 0;
    job->expire_at = later(now, job->http->timeout_ms);
    job->state = PIL__JOB_RUNNING;
    if ((job->http->config.context->recording != NULL && !show(job)) ||
        !job->http->api->start(job->line, &job->exchange)) {
        stop(job);
        pil__job_fail(job, PILEUS_NO_MEMORY, "memory ran out");
    }
}

static int64_t
stall_ms(const pil__job *job)
{
    int64_t most = job->http->timeout_ms / 4 * 3;

    return most < PIL__HTTP_STALL_MS ? most : PIL__HTTP_STALL_MS;
}

/* Has it taken too long, or stalled? */
static bool
is_too_slow(pil__job *job, int64_t now)
{
    if (job->paused) { /* by us */
        return false;
    }
    if (now >= job->expire_at) {
        job->expired = true;
    } else if (job->received > 0 && job->mark_at == 0) {
        job->marked = job->received;
        job->mark_at = later(now, stall_ms(job));
    } else if (job->received > 0 && now >= job->mark_at) {
        job->stalled = job->received - job->marked < PIL__HTTP_STALL_BYTES;
        job->marked = job->received;
        job->mark_at = later(now, stall_ms(job));
    }
    return job->expired || job->stalled;
}

/* May it go out now? If not, it waits, or has failed. */
static bool
may_start(pil__job *job, int64_t now)
{
    bool refused = false;
    int64_t hold;

    if (now < job->start_at) {
        return false;
    }
    hold = pil__pace_hold(job->http, &refused);
    if (hold == 0) {
        return true;
    }
    if (hold < pileus_remaining_ms(job->call)) {
        job->start_at = later(now, hold);
        return false;
    }
    if (!refused) { /* nobody has said no: ask */
        return true;
    }
    pil__job_fail(job, PILEUS_RATE_LIMITED,
                  "%s %.200s is not sent, for the provider wants no request "
                  "for another %lld s: try again then, or allow more time",
                  job->plan.method, job->plan.path,
                  (long long)(hold + 999) / 1000);
    job->failure.retryable = 1;
    job->failure.retry_after_ms = hold;
    return false;
}

/* The attempt is over: tell who watches. */
static void
watch(pil__job *job)
{
    if (job->exchange.done && job->exchange.end == PIL__WIRE_OK) {
        pil__trace_answered(job);
        pil__recorder_add(job);
    } else {
        pil__trace_ended(job, job->exchange.done ? job->exchange.words
                              : job->stalled     ? "it stalled"
                                                 : "it took too long");
    }
}

void
pil__job_step(pil__job *job)
{
    int64_t now = pil__clock_ms();

    if (job->state == PIL__JOB_WAITING && may_start(job, now)) {
        start(job);
    }
    if (job->state == PIL__JOB_RUNNING &&
        (job->exchange.done || is_too_slow(job, now))) {
        if (job->exchange.done) {
            job->response->status = job->exchange.status;
        }
        watch(job);
        pil__job_judge(job);
        stop(job);
    }
}

/* ---- waiting
 * ----------------------------------------------------------------------
 */

/* When the job is to be looked at again at the latest. */
static int64_t
next_look(const pil__job *job)
{
    if (job->state == PIL__JOB_WAITING) {
        return job->start_at;
    }
    if (job->state != PIL__JOB_RUNNING || job->paused) {
        return INT64_MAX;
    }
    if (job->received == 0) {
        return job->expire_at;
    }
    return job->mark_at < job->expire_at ? job->mark_at : job->expire_at;
}

static void
wake(void *user)
{
    const pil__job *job = user;

    job->http->api->wake(job->line);
}

int32_t
pil__jobs_wait(pil__job *const *jobs, size_t count)
{
    pil__job *first = jobs[0];
    pileus_call *call = first->call;
    int64_t ms = pileus_remaining_ms(call);
    int64_t now = pil__clock_ms();
    bool running = false;
    int32_t code;

    for (size_t i = 0; i < count; i++) {
        int64_t look = next_look(jobs[i]);

        running = running || jobs[i]->state == PIL__JOB_RUNNING;
        look = look < now ? 0 : look - now;
        ms = look < ms ? look : ms;
    }
    if (!running) {
        return pileus_wait(call, ms);
    }
    code = pileus_check(call);
    if (code != PILEUS_OK) {
        return code;
    }
    pileus_on_cancel(call, wake, first);
    if (!first->http->api->run(first->line, ms)) {
        code = pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    pileus_on_cancel(call, NULL, NULL);
    return code != PILEUS_OK ? code : pileus_check(call);
}

/* ---- beginning and end
 * ----------------------------------------------------------
 */

int32_t
pil__job_begin(pil__job *job, pileus_http *http, pileus_call *call,
               pil__line *line, const pileus_request *request)
{
    int32_t code;

    memset(job, 0, sizeof *job);
    job->http = http;
    job->call = call;
    job->line = line;
    job->room = PIL__HTTP_AHEAD_MAX;
    job->state = PIL__JOB_WAITING;
    code = pil__plan_begin(&job->plan, http, call, request);
    if (code != PILEUS_OK) {
        return code;
    }
    job->response = pil__response_new(http->host, http->hooks.format,
                                      job->plan.method, job->plan.path);
    return job->response != NULL
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
}

void
pil__job_end(pil__job *job)
{
    stop(job);
    pil__response_free(job->response);
    pil__text_free(&job->message);
    pil__text_free(&job->copy);
    pil__text_free(&job->shown_url);
    pil__text_free(&job->shown_body);
    pil__plan_end(&job->plan);
}

int32_t
pil__job_give_up(pil__job *job, int32_t code)
{
    bool maybe =
        job->plan.changes &&
        (job->maybe || (job->state == PIL__JOB_RUNNING && job->exchange.sent));

    if (maybe && (code == PILEUS_TIMEOUT || code == PILEUS_CANCELLED)) {
        pil__job_fail(job, code,
                      "%s before %s %.200s was answered: look whether it was "
                      "done before asking again",
                      code == PILEUS_TIMEOUT ? "the time limit was reached"
                                             : "this was cancelled",
                      job->plan.method, job->plan.path);
        job->failure.may_have_happened = 1;
        code = pil__job_report(job);
    }
    return code;
}

int32_t
pil__job_report(pil__job *job)
{
    if (job->reported) {
        return job->failure.code;
    }
    job->failure.struct_size = sizeof job->failure;
    return pileus_fail_with(job->call, &job->failure);
}
