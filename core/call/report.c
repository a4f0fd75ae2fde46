/* What a driver reports through its call: log, failures, progress, ids. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/call.h"

#include "core/base/address.h"
#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/wipe.h"
#include "core/model/query.h"

#include <stdio.h>
#include <string.h>

/* ---- log --------------------------------------------------------------------
 */

char *
pil__call_redact(const pileus_call *call, const char *text)
{
    pil__text whole = {0};
    pil__text clean = {0};

    /* What is as long as it may be was cut. */
    pil__text_begin_of(&whole, text, PILEUS_MESSAGE_MAX - 2);
    if (whole.failed) {
        return NULL;
    }
    pil__redact(&clean,
                call->settings == NULL ? NULL : &call->settings->secrets,
                call->secrets, whole.data, whole.length);
    pil__wipe(whole.data, whole.length);
    pil__text_free(&whole);
    return pil__text_take(&clean);
}

/* A redacted line, or nothing at all when there is no memory to redact it. */
static void
log_line(pileus_call *call, pileus_log_level level, const char *driver,
         const char *message)
{
    char *clean;

    if (call->context == NULL || call->context->log_fn == NULL ||
        level > call->context->log_level) {
        return;
    }
    clean = pil__call_redact(call, message);
    if (clean != NULL) {
        pil__context_log(call->context, level, driver, clean);
    }
    pil__free(clean);
}

static void
host_log(pileus_call *call, int32_t level, const char *message)
{
    log_line(call, level, call->driver, message);
}

void
pil__call_log(pileus_call *call, pileus_log_level level, const char *format,
              ...)
{
    char text[PILEUS_MESSAGE_MAX];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    log_line(call, level, NULL, text);
}

/* ---- failures
 * ------------------------------------------------------------------ */

/* Keep this failure; the last one counts. */
static void
keep(pileus_call *call, pileus_error *failure)
{
    pileus_error *old;

    (void)pthread_mutex_lock(&call->lock);
    old = call->failure;
    call->failure = failure;
    (void)pthread_mutex_unlock(&call->lock);
    pileus_error_free(old);
}

/* A redacted copy in *copy; NULL stays NULL. False: no memory. */
static bool
redact(char **copy, pileus_call *call, const char *text)
{
    if (text != NULL) {
        *copy = pil__call_redact(call, text);
    }
    return text == NULL || *copy != NULL;
}

/* The message with the driver's name before it. */
static char *
full_message(const pileus_call *call, const char *message)
{
    pil__text text = {0};
    char *clean = pil__call_redact(call, message);

    if (clean == NULL) {
        return NULL;
    }
    pil__text_printf(&text, "%s: %s",
                     call->driver == NULL ? "driver" : call->driver, clean);
    pil__free(clean);
    return pil__text_take(&text);
}

/* What the driver gave, the smaller size of it, in a struct of our own. */
static pileus_failure
own_failure(const pileus_failure *given)
{
    pileus_failure own;
    uint64_t size =
        given->struct_size < sizeof own ? given->struct_size : sizeof own;

    memset(&own, 0, sizeof own);
    memcpy(&own, given, (size_t)size);
    if (own.code == PILEUS_OK) {
        own.code = PILEUS_FAILED;
    }
    if (own.message == NULL || *own.message == '\0') {
        own.message =
            own.provider_message != NULL ? own.provider_message : "it failed";
    }
    return own;
}

static int32_t
host_fail(pileus_call *call, const pileus_failure *given)
{
    pileus_failure own = own_failure(given);
    pil__error_facts facts = {
        .code = own.code,
        .status = own.status,
        .retry_after_ms = own.retry_after_ms,
        .retryable = own.retryable != 0,
        .may_have_happened = own.may_have_happened != 0,
    };
    char *message = full_message(call, own.message);
    char *provider_code = NULL;
    char *provider_message = NULL;
    char *request_id = NULL;
    pileus_error *failure = NULL;

    if (message != NULL && redact(&provider_code, call, own.provider_code) &&
        redact(&provider_message, call, own.provider_message) &&
        redact(&request_id, call, own.request_id)) {
        facts.message = message;
        facts.provider_code = provider_code;
        facts.provider_message = provider_message;
        facts.request_id = request_id;
        (void)pil__error_make(&failure, &facts);
    } else {
        (void)pil__error_no_memory(&failure);
    }
    pil__free(message);
    pil__free(provider_code);
    pil__free(provider_message);
    pil__free(request_id);
    keep(call, failure);
    return own.code;
}

int32_t
pil__call_fail_as(pileus_call *call, pileus_code code, pileus_error **error)
{
    if (code != PILEUS_OK) {
        (void)pileus_fail(call, code, "%s", pileus_error_message(*error));
        pileus_error_free(*error);
        *error = NULL;
    }
    return code;
}

pileus_code
pil__call_result(pileus_call *call, int32_t code, pileus_error **err)
{
    pileus_error *failure;

    if (code == PILEUS_OK) {
        return PILEUS_OK;
    }
    (void)pthread_mutex_lock(&call->lock);
    failure = call->failure;
    call->failure = NULL;
    (void)pthread_mutex_unlock(&call->lock);
    if (failure == NULL && code == PILEUS_NO_MEMORY) {
        (void)pil__error_no_memory(&failure);
    } else if (failure == NULL) {
        (void)pil__error_set(&failure, code,
                             "%s: %s failed (%s, code %d) and the driver did "
                             "not say why: tell its authors",
                             call->driver, call->what, pileus_code_name(code),
                             (int)code);
    }
    if (call->made_id != NULL) {
        pil__error_set_made(&failure, call->made_id);
    }
    code = pileus_error_code(failure);
    if (err == NULL) {
        pileus_error_free(failure);
    } else {
        *err = failure;
    }
    return code;
}

/* ---- time, progress, ids
 * ---------------------------------------------------------- */

static int32_t
host_check(pileus_call *call)
{
    pileus_error *failure = NULL;
    pileus_code code = pil__call_check(call, &failure);

    if (code != PILEUS_OK) {
        keep(call, failure);
    }
    return code;
}

static int32_t
host_wait(pileus_call *call, int64_t ms)
{
    pileus_error *failure = NULL;
    pileus_code code = pil__call_wait(call, ms, &failure);

    if (code != PILEUS_OK) {
        keep(call, failure);
    }
    return code;
}

static int64_t
host_now_ms(const pileus_call *call)
{
    (void)call;
    return pil__clock_ms();
}

static void
host_progress(pileus_call *call, const char *what, double done)
{
    char *clean = NULL;

    if (call->progress != NULL && redact(&clean, call, what)) {
        call->progress(call->progress_user, clean, done);
    }
    pil__free(clean);
}

static int32_t
host_made(pileus_call *call, int32_t kind, const char *id, size_t length)
{
    pileus_error *failure = NULL;
    pileus_code code =
        id == NULL ? PILEUS_OK : pil__id_check(id, &length, &failure);
    char *copy = NULL;

    if (code != PILEUS_OK) {
        keep(call, failure);
        return code;
    }
    if (id != NULL) {
        copy = pil__strndup(id, length);
        if (copy == NULL) {
            (void)pil__error_no_memory(&failure);
            keep(call, failure);
            return PILEUS_NO_MEMORY;
        }
    }
    (void)pthread_mutex_lock(&call->lock);
    pil__free(call->made_id);
    call->made_id = copy;
    (void)pthread_mutex_unlock(&call->lock);
    if (call->made != NULL && copy != NULL) {
        call->made(call->made_user, kind, copy);
    }
    return PILEUS_OK;
}

/* Under the call's lock, so that it cannot run once it is taken back. */
static void
host_on_cancel(pileus_call *call, void (*fn)(void *user), void *user)
{
    (void)pthread_mutex_lock(&call->lock);
    call->on_cancel = fn;
    call->on_cancel_user = user;
    if (fn != NULL && call->cancelled) {
        fn(user);
    }
    (void)pthread_mutex_unlock(&call->lock);
}

const pileus_host_call pil__host_call = {
    .struct_size = sizeof(pileus_host_call),
    .log = host_log,
    .fail = host_fail,
    .check = host_check,
    .wait = host_wait,
    .remaining_ms = pileus_call_remaining_ms,
    .now_ms = host_now_ms,
    .progress = host_progress,
    .made = host_made,
    .on_cancel = host_on_cancel,
    .address_is_private = pil__address_is_private,
};
