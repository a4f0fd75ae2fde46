/* The trace: each request as a command that a shell can run again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/clock.h"
#include "core/http/message.h"
#include "core/http/observe.h"
#include "core/http/scrub.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <string.h>

static const pileus_context *
context(const pil__job *job)
{
    return job->http->config.context;
}

/* Hand the text to the application, and free it. Without memory there is
 * none. */
static void
tell(const pil__job *job, pil__text *text)
{
    const pileus_context *ctx = context(job);

    if (!text->failed && text->data != NULL) {
        ctx->trace_fn(ctx->trace_user, text->data);
    }
    pil__text_free(text);
}

/* ---- as a shell writes it ------------------------------------------------ */

/* One word, in quotes. */
static void
put_word(pil__text *out, const char *word)
{
    pil__text_puts(out, " '");
    while (*word != '\0') {
        size_t length = strcspn(word, "'");

        pil__text_add(out, word, length);
        word += length;
        if (*word == '\'') {
            pil__text_puts(out, "'\\''");
            word++;
        }
    }
    pil__text_puts(out, "'");
}

/* The text of a part, which is freed, as a word. */
static void
put_part(pil__text *out, pil__text *part)
{
    out->failed = out->failed || part->failed;
    put_word(out, part->data == NULL ? "" : part->data);
    pil__text_free(part);
}

/* Options of curl that stand for options of the connection. */
static void
put_settings(pil__text *out, const pil__job *job)
{
    static const struct {
        const char *option;
        const char *curl;
    } files[] = {
        {"ca-file", "--cacert"},
        {"client-cert", "--cert"},
        {"client-key", "--key"},
    };
    const pil__settings *settings = job->http->config.settings;
    const pil__setting *insecure = pil__settings_get(settings, "insecure");

    if (insecure != NULL && insecure->number != 0) {
        pil__text_puts(out, " --insecure");
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const pil__setting *file = pil__settings_get(settings, files[i].option);

        if (file != NULL) {
            pil__text_printf(out, " %s", files[i].curl);
            put_word(out, file->value);
        }
    }
}

static void
put_headers(pil__text *out, const pil__scrub *scrub,
            const pil__headers *headers)
{
    for (size_t i = 0; i < headers->count; i++) {
        const pileus_pair *pair = &headers->at[i];
        pil__text line = {0};

        /* Without a value, curl wants a semicolon. */
        pil__text_printf(&line, "%s%s", pair->name,
                         *pair->value == '\0' ? ";" : ": ");
        pil__scrub_value(&line, scrub, pair->name, pair->value);
        pil__text_puts(out, " -H");
        put_part(out, &line);
    }
}

static void
put_body(pil__text *out, const pil__scrub *scrub, const pil__plan *plan)
{
    pil__text body = {0};

    if (plan->body == NULL) {
        return;
    }
    if (plan->body_size > 0 &&
        memchr(plan->body, '\0', plan->body_size) != NULL) {
        pil__text_printf(out, " --data-binary @- # %zu bytes that are no text",
                         plan->body_size);
        return;
    }
    pil__scrub_body(&body, scrub, plan->body, plan->body_size);
    pil__text_puts(out, " --data-raw");
    put_part(out, &body);
}

/* ---- events -------------------------------------------------------------- */

void
pil__trace_sent(pil__job *job)
{
    static _Atomic uint64_t numbers;
    pil__scrub scrub = pil__scrub_of(job->http, job->call);
    pil__call_facts facts = job->http->config.facts_of(job->call);
    pil__text out = {0};
    pil__text url = {0};

    if (context(job)->trace_fn == NULL) {
        return;
    }
    job->trace = atomic_fetch_add(&numbers, 1) + 1;
    job->traced_at = pil__clock_ms();
    pil__text_printf(&out, "# %" PRIu64 ": %s of %s%s\ncurl -sS -i -g",
                     job->trace, facts.what == NULL ? "a call" : facts.what,
                     job->http->config.driver,
                     job->begun > 0 ? ", once more" : "");
    put_settings(&out, job);
    pil__text_puts(&out, strcmp(job->plan.method, "HEAD") == 0 ? " -I" : " -X");
    if (strcmp(job->plan.method, "HEAD") != 0) {
        pil__text_printf(&out, " %s", job->plan.method);
    }
    pil__scrub_url(&url, &scrub, job->attempt);
    put_part(&out, &url);
    put_headers(&out, &scrub, &job->attempt->headers);
    put_body(&out, &scrub, &job->plan);
    tell(job, &out);
}

/* The beginning of the comment on how it went; false: there is none. */
static bool
begin_end(pil__text *out, pil__job *job)
{
    if (job->trace == 0) {
        return false;
    }
    pil__text_printf(out, "# %" PRIu64 ": ", job->trace);
    job->trace = 0;
    return true;
}

void
pil__trace_answered(pil__job *job)
{
    const pileus_response *response = job->response;
    pil__scrub scrub = pil__scrub_of(job->http, job->call);
    const char *id = pil__response_request_id(response);
    const char *reason = response->status < 400
                             ? NULL
                             : pil__status_rule_of(response->status)->reason;
    pil__text out = {0};

    if (!begin_end(&out, job)) {
        return;
    }
    pil__text_printf(&out, "%ld%s%s, %" PRIu64 " bytes in %" PRId64 " ms",
                     response->status, reason == NULL ? "" : " ",
                     reason == NULL ? "" : reason, job->received,
                     pil__clock_ms() - job->traced_at);
    if (id != NULL) {
        pil__text_puts(&out, ", request ");
        pil__scrub_text(&out, &scrub, id, strlen(id));
    }
    tell(job, &out);
}

void
pil__trace_ended(pil__job *job, const char *words)
{
    pil__scrub scrub = pil__scrub_of(job->http, job->call);
    pil__text out = {0};

    if (!begin_end(&out, job)) {
        return;
    }
    pil__text_printf(&out, "no answer after %" PRId64 " ms: ",
                     pil__clock_ms() - job->traced_at);
    pil__scrub_text(&out, &scrub, words, strlen(words));
    tell(job, &out);
}

void
pileus_context_set_trace(pileus_context *ctx, pileus_trace_fn fn, void *user)
{
    if (ctx != NULL) {
        ctx->trace_fn = fn;
        ctx->trace_user = user;
    }
}
