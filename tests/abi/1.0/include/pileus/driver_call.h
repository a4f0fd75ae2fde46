/* What a driver does with its call: log, failures, time, settings. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_DRIVER_CALL_H
#define PILEUS_DRIVER_CALL_H

/* Part of driver.h. */

#include <pileus/args.h>
#include <pileus/host.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

PILEUS_BEGIN_DECLS

/* Write a line to the application's log. Secrets of the connection's options
 * are replaced in it. From any thread. */
static inline void PILEUS_PRINTF(3, 4)
    pileus_log(pileus_call *call, pileus_log_level level, const char *format,
               ...)
{
    char text[PILEUS_MESSAGE_MAX];
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    PILEUS_HOST(call)->call->log(call, level, text);
}

/* Report a failure with all its facts, and return its code, so that a driver
 * says "return pileus_fail_with(…)". The last one reported counts. */
static inline int32_t
pileus_fail_with(pileus_call *call, const pileus_failure *failure)
{
    /* In brackets, for cmocka has a macro of that name. */
    return (PILEUS_HOST(call)->call->fail)(call, failure);
}

/* Report a failure that has a code and a sentence only. */
static inline int32_t PILEUS_PRINTF(3, 4)
    pileus_fail(pileus_call *call, pileus_code code, const char *format, ...)
{
    char text[PILEUS_MESSAGE_MAX];
    pileus_failure failure;
    va_list args;

    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    memset(&failure, 0, sizeof failure);
    failure.struct_size = sizeof failure;
    failure.code = code;
    failure.retry_after_ms = -1;
    failure.message = text;
    return pileus_fail_with(call, &failure);
}

/* Is it time to end? PILEUS_OK, or PILEUS_CANCELLED or PILEUS_TIMEOUT with the
 * failure already reported: ask between steps, and return what it says. */
static inline int32_t
pileus_check(pileus_call *call)
{
    return PILEUS_HOST(call)->call->check(call);
}

/* Let ms milliseconds pass; ends early as pileus_check does. */
static inline int32_t
pileus_wait(pileus_call *call, int64_t ms)
{
    return PILEUS_HOST(call)->call->wait(call, ms);
}

/* Milliseconds until the deadline; INT64_MAX without one. */
static inline int64_t
pileus_remaining_ms(const pileus_call *call)
{
    return PILEUS_HOST(call)->call->remaining_ms(call);
}

/* The monotonic clock, in milliseconds from some beginning. */
static inline int64_t
pileus_now_ms(const pileus_call *call)
{
    return PILEUS_HOST(call)->call->now_ms(call);
}

/* Tell what is done at present, and how much of it is, 0 to 1 or negative for
 * unknown. From the thread that the call came in. */
static inline void
pileus_progress(pileus_call *call, const char *what, double done)
{
    PILEUS_HOST(call)->call->progress(call, what, done);
}

/* Something exists at the provider now, with this id: said the moment it is
 * known, before anything else can fail. id NULL: the driver has undone it, and
 * it does not exist any more. */
static inline int32_t
pileus_made(pileus_call *call, pileus_kind kind, const char *id)
{
    return PILEUS_HOST(call)->call->made(call, kind, id, PILEUS_NUL_TERMINATED);
}

/* Have fn called when the call is cancelled, at once if it is already: from the
 * cancelling thread, so quickly, and without using the call. fn NULL ends it;
 * when that returns, fn is not running and will not run. One at a time. */
static inline void
pileus_on_cancel(pileus_call *call, void (*fn)(void *user), void *user)
{
    PILEUS_HOST(call)->call->on_cancel(call, fn, user);
}

/* Is this an address, IPv4 or IPv6, that the internet at large does not route
 * (RFC 1918, 4193, 6598 and their like)? */
static inline bool
pileus_address_is_private(const pileus_call *call, const char *address)
{
    return PILEUS_HOST(call)->call->address_is_private(address) != 0;
}

/* ---- settings, during open ---------------------------------------------- */

/* What an option of the manifest came to, as text; NULL when it is unset.
 * Valid until open returns. */
static inline const char *
pileus_setting(pileus_call *call, const char *name)
{
    return PILEUS_HOST(call)->setting->string(call, name);
}

/* Where that came from: "caller", "profile", "file", "environment" or
 * "default"; NULL when it is unset. For options that only make sense together,
 * such as a user and a password: the nearest source is to win with all of them.
 */
static inline const char *
pileus_setting_source(pileus_call *call, const char *name)
{
    return PILEUS_HOST(call)->setting->source(call, name);
}

/* Give an option what a file of the provider's own says, such as those that its
 * other tools read: it counts less than the caller's and the profile's, and
 * more than the environment's. value NULL takes away what the environment gave,
 * and the default. The core checks the value as any other, and knows it if it
 * is secret, whether it counts or not; origin says in a failure where it is
 * from ("FILE, line 5"). From the thread that open runs in. */
static inline int32_t
pileus_setting_provide(pileus_call *call, const char *name, const char *value,
                       const char *origin)
{
    return PILEUS_HOST(call)->setting->provide(call, name, value, origin);
}

/* What an option came to as a number: an integer, or a duration in
 * milliseconds. The core has checked it. PILEUS_NOT_FOUND, nothing reported and
 * *value left alone, when it is unset. */
static inline int32_t
pileus_setting_integer(pileus_call *call, const char *name, int64_t *value)
{
    return PILEUS_HOST(call)->setting->integer(call, name, value);
}

/* The same for a boolean. */
static inline int32_t
pileus_setting_boolean(pileus_call *call, const char *name, bool *value)
{
    int32_t number = 0;
    int32_t code = PILEUS_HOST(call)->setting->boolean(call, name, &number);

    if (code == PILEUS_OK) {
        *value = number != 0;
    }
    return code;
}

PILEUS_END_DECLS

#endif
