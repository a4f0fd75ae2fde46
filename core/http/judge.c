/* Judging an attempt: is that an answer, a failure, or try again? */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/job.h"

#include "core/base/clock.h"
#include "core/http/limits.h"
#include "core/http/message.h"
#include "core/http/pace.h"

#include <stdio.h>
#include <string.h>

/* ---- failures ---------------------------------------------------------------
 */

static void
begin_failure(pil__job *job, int32_t code, bool retryable)
{
    memset(&job->failure, 0, sizeof job->failure);
    job->failure.code = code;
    job->failure.retryable = retryable;
    job->failure.retry_after_ms = -1;
    pil__text_free(&job->message);
}

static void PILEUS_PRINTF(2, 0)
    set_message(pil__job *job, const char *format, va_list args)
{
    pil__text_vprintf(&job->message, format, args);
    job->failure.message =
        job->message.failed ? "memory ran out" : job->message.data;
}

static void PILEUS_PRINTF(4, 5) prepare(pil__job *job, int32_t code,
                                        bool retryable, const char *format, ...)
{
    va_list args;

    begin_failure(job, code, retryable);
    va_start(args, format);
    set_message(job, format, args);
    va_end(args);
}

void
pil__job_fail(pil__job *job, int32_t code, const char *format, ...)
{
    va_list args;

    begin_failure(job, code, false);
    va_start(args, format);
    set_message(job, format, args);
    va_end(args);
    job->state = PIL__JOB_FAILED;
}

/* ---- again, or not
 * ---------------------------------------------------------------
 */

/* May this be sent again, as the attempt ended? answered: with a status. */
static bool
is_safe(const pil__job *job, bool answered)
{
    if (!answered && !job->exchange.sent) {
        return true; /* it never left */
    }
    if (job->plan.once) {
        return false;
    }
    /* A 4xx is a refusal: nothing was done. */
    return job->plan.repeatable || (answered && job->response->status < 500);
}

/* The attempt failed, as job->failure says: the job waits for another, or has
 * failed. */
static void
fail_or_retry(pil__job *job, bool answered)
{
    int64_t pause = job->failure.retry_after_ms;

    if (!answered && job->exchange.sent && job->plan.changes) {
        job->maybe = true;
    }
    job->failure.may_have_happened |= job->maybe;
    job->state = PIL__JOB_FAILED;
    if (job->failure.retryable == 0 || !is_safe(job, answered) ||
        job->tries >= job->http->retries) {
        return;
    }
    if (pause < 0) {
        pause = pil__pace_pause(job->http, job->pause);
        job->pause = pause;
    }
    if (pause >= pileus_remaining_ms(job->call) ||
        !pil__pace_spend(job->http)) {
        return;
    }
    job->tries++;
    job->start_at = pil__clock_ms() + pil__pace_time(job->http, pause);
    job->state = PIL__JOB_WAITING;
    pileus_log(job->call, PILEUS_LOG_INFO, "%s; trying again in %lld ms",
               job->failure.message, (long long)pause);
    pileus_progress(job->call, "waiting to ask the provider again", -1);
}

/* ---- no answer
 * -----------------------------------------------------------------
 */

static void
judge_slow(pil__job *job)
{
    if (job->stalled) {
        prepare(job, PILEUS_UNAVAILABLE, true,
                "%s: the provider stopped sending after %llu bytes: try again "
                "later",
                job->response->asked, (unsigned long long)job->received);
    } else {
        prepare(job, PILEUS_UNAVAILABLE, true,
                "%s was not answered within %lld ms: try again later, or allow "
                "more with the option 'request-timeout'",
                job->response->asked, (long long)job->http->timeout_ms);
    }
    fail_or_retry(job, false);
}

/* One of our functions said no. */
static void
judge_refused(pil__job *job)
{
    const pileus_response *response = job->response;

    if (response->problem == NULL) {
        prepare(job, PILEUS_NO_MEMORY, false, "memory ran out");
    } else {
        prepare(job, PILEUS_PROTOCOL, false,
                "%s: the answer is refused, for %s: check the endpoint",
                response->asked, response->problem);
    }
    job->failure.status = response->status;
    fail_or_retry(job, false);
}

static bool
has_proxy(const pileus_http *http)
{
    const pil__setting *proxy =
        pil__settings_get(http->config.settings, "proxy");

    return proxy != NULL && *proxy->value != '\0' && http->hooks.direct == 0;
}

static void
judge_broken(pil__job *job)
{
    const char *endpoint = job->http->endpoint;
    const char *asked = job->response->asked;

    switch (job->exchange.end) {
    case PIL__WIRE_UNREACHABLE:
        prepare(job, PILEUS_UNAVAILABLE, true,
                "%.200s cannot be reached (%s): check the endpoint%s the "
                "network",
                endpoint, job->exchange.words,
                has_proxy(job->http) ? ", the option 'proxy' and" : " and");
        break;
    case PIL__WIRE_PROXY:
        prepare(job, PILEUS_UNAVAILABLE, false,
                "%.200s cannot be reached, for the proxy does not lead there "
                "(%s): check the endpoint and the option 'proxy'",
                endpoint, job->exchange.words);
        break;
    case PIL__WIRE_PROXY_LOGIN:
        prepare(job, PILEUS_AUTHENTICATION, false,
                "%.200s cannot be reached (%s): give the proxy's user and "
                "password in the option 'proxy'",
                endpoint, job->exchange.words);
        break;
    case PIL__WIRE_TLS:
        prepare(job, PILEUS_TLS, false,
                "%.200s cannot be trusted (%s): check the endpoint, or name "
                "the file of its CA with the option 'ca-file'",
                endpoint, job->exchange.words);
        break;
    case PIL__WIRE_NONSENSE:
        prepare(job, PILEUS_PROTOCOL, false,
                "%s: the answer is no proper HTTP (%s): check the endpoint",
                asked, job->exchange.words);
        break;
    case PIL__WIRE_SETTINGS:
        prepare(job, PILEUS_CONFIGURATION, false,
                "%.200s cannot be asked (%s): check the options 'ca-file', "
                "'client-cert', 'client-key' and 'proxy'",
                endpoint, job->exchange.words);
        break;
    case PIL__WIRE_UNRECORDED:
        prepare(job, PILEUS_CONFIGURATION, false,
                "%s as it is asked now is not in the recording (%s): record "
                "it, or ask for what was recorded",
                asked, job->exchange.words);
        break;
    case PIL__WIRE_NO_MEMORY:
        prepare(job, PILEUS_NO_MEMORY, false, "memory ran out");
        break;
    default:
        prepare(job, PILEUS_UNAVAILABLE, true,
                "%s: the connection broke off (%s): try again later", asked,
                job->exchange.words);
        break;
    }
    (void)snprintf(job->words, sizeof job->words, "%s", job->exchange.words);
    job->failure.provider_message = job->words;
    fail_or_retry(job, false);
}

/* ---- an answer
 * ------------------------------------------------------------------
 */

static bool
is_redirect(const pileus_response *response)
{
    long status = response->status;

    return (status == 301 || status == 302 || status == 303 || status == 307 ||
            status == 308) &&
           pil__response_header(response, "Location") != NULL;
}

/* Follow it, within the same origin, where a credential may go, and without a
 * change of what is asked. */
static void
redirect(pil__job *job)
{
    pil__url url = {0};
    pil__text text = {0};
    const char *asked = job->response->asked;
    bool reads = !job->plan.changes;
    bool keeps = job->response->status == 307 || job->response->status == 308;

    if (!pil__plan_resolve(&url, &text, &job->plan,
                           pil__response_header(job->response, "Location"))) {
        pil__job_fail(job, PILEUS_PROTOCOL,
                      "%s was redirected to what is no URL: check the endpoint",
                      asked);
    } else if (!pil__url_same_origin(&url, &job->http->url)) {
        pil__job_fail(job, PILEUS_PROTOCOL,
                      "%s was redirected to %s://%.*s:%u, and credentials are "
                      "sent to the endpoint only: if that is the right one, "
                      "give it as 'endpoint'",
                      asked, url.tls ? "https" : "http",
                      (int)(url.host_length > 200 ? 200 : url.host_length),
                      url.host, (unsigned)url.port);
    } else if (!reads && !keeps) {
        pil__job_fail(job, PILEUS_PROTOCOL,
                      "%s was redirected, which only a request that reads may "
                      "be: check the endpoint",
                      asked);
    } else if (job->plan.once || job->redirects >= PIL__HTTP_REDIRECTS_MAX) {
        pil__job_fail(job, PILEUS_PROTOCOL,
                      "%s was redirected %s: check the endpoint", asked,
                      job->plan.once ? "and may be sent only once"
                                     : "again and again");
    } else if (pil__plan_move(&job->plan, job->call, &url) != PILEUS_OK) {
        job->reported = true;
        job->failure.code = PILEUS_NO_MEMORY;
        job->state = PIL__JOB_FAILED;
    } else {
        job->redirects++;
        job->start_at = 0;
        job->state = PIL__JOB_WAITING;
    }
    job->failure.status = job->response->status;
    pil__text_free(&text);
}

/* What the header and the plain body say of a failure. */
static void
describe(pil__job *job)
{
    const pileus_response *response = job->response;
    const pil__status_rule *rule = pil__status_rule_of(response->status);
    size_t size = 0;
    const char *body = pil__response_body(response, &size);
    const char *first = body + strspn(body, " \t\r\n");

    begin_failure(job, rule->code, rule->retryable);
    job->failure.status = response->status;
    job->failure.retry_after_ms = pil__pace_retry_after(response);
    job->failure.request_id = pil__response_request_id(response);
    if (*first != '{' && *first != '[') {
        pil__body_words(job->words, body, size);
        job->failure.provider_message =
            job->words[0] == '\0' ? NULL : job->words;
    }
}

/* One sentence, from the status and the provider's own words, unless the
 * driver had one. */
static void
word(pil__job *job)
{
    const pileus_failure *failure = &job->failure;
    const pil__status_rule *rule = pil__status_rule_of(job->response->status);
    const char *reason = rule->reason == NULL ? "" : rule->reason;
    const char *words = failure->provider_message;

    if (failure->message != NULL) { /* the driver's, perhaps short-lived */
        return;
    }
    if (job->response->status < 400) {
        pil__text_printf(&job->message, "%s failed%s", job->response->asked,
                         words == NULL ? "" : ": ");
        pil__text_begin_of(&job->message, words == NULL ? "" : words,
                           PIL__HTTP_QUOTED_MAX);
    } else {
        pil__text_printf(&job->message, "%s was answered with %ld%s%s",
                         job->response->asked, job->response->status,
                         *reason == '\0' ? "" : " ", reason);
        if (words != NULL) {
            pil__text_puts(&job->message, " (");
            pil__text_begin_of(&job->message, words, PIL__HTTP_QUOTED_MAX);
            pil__text_puts(&job->message, ")");
        }
        if (failure->code == rule->code) {
            pil__text_printf(&job->message, ": %s", rule->advice);
        }
    }
    job->failure.message =
        job->message.failed ? "memory ran out" : job->message.data;
}

/* Is what the driver's hook has to say asked for? */
static void
explain(pil__job *job)
{
    const pileus_http_hooks *hooks = &job->http->hooks;

    if (job->response->status < 400) {
        begin_failure(job, PILEUS_OK, false);
        job->failure.status = job->response->status;
    } else {
        describe(job);
    }
    job->failure.struct_size = sizeof job->failure;
    if (hooks->explain != NULL) {
        hooks->explain(hooks->user, job->call, job->response, &job->failure);
    }
}

/* Does the driver want to look at answers that are none of a failure? */
static bool
looks_at_all(const pil__job *job)
{
    return job->http->hooks.look_at_all != 0 &&
           job->http->hooks.explain != NULL && !job->plan.any_status;
}

/* What the driver says of it: an answer after all, or a failure. */
static void
ask_driver(pil__job *job)
{
    long status = job->response->status;

    explain(job);
    if (job->failure.code == PILEUS_OK) {
        pil__pace_earn(job->http);
        return;
    }
    /* A gateway that got no answer does not know either. */
    job->maybe =
        job->maybe || (job->plan.changes && status >= 500 && status != 501 &&
                       status != 503 && status != 505);
    word(job);
    fail_or_retry(job, true);
}

void
pil__job_look(pil__job *job, const pileus_value *rest)
{
    if (looks_at_all(job)) {
        job->response->value = rest;
        job->response->parsed = true;
        ask_driver(job);
    }
}

static void
judge_answer(pil__job *job)
{
    const pileus_response *response = job->response;

    pil__pace_learn(job->http, response);
    job->state = PIL__JOB_DONE;
    if (is_redirect(response)) {
        redirect(job);
        return;
    }
    if (job->plan.any_status) {
        return;
    }
    if (response->status < 200 ||
        (response->status >= 300 && response->status < 400)) {
        pil__job_fail(job, PILEUS_PROTOCOL,
                      "%s was answered with %ld, which is none: check the "
                      "endpoint",
                      response->asked, response->status);
        job->failure.status = response->status;
        return;
    }
    if (response->status < 400 && (!looks_at_all(job) || job->streaming)) {
        pil__pace_earn(job->http);
        return;
    }
    ask_driver(job);
}

void
pil__job_judge(pil__job *job)
{
    if (job->expired || job->stalled) {
        judge_slow(job);
    } else if (job->exchange.end == PIL__WIRE_OK) {
        judge_answer(job);
    } else if (job->exchange.end == PIL__WIRE_REFUSED) {
        judge_refused(job);
    } else {
        judge_broken(job);
    }
}
