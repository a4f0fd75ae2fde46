/* What a driver does with its call, under a fake host. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_CALL_H
#define PILEUS_FAKE_CALL_H

/* Part of fake_host.h. */

#include <pileus/fake/handles.h>

/* ---- the table "call"
 * --------------------------------------------------------- */

static inline void
pileus_fake_log_line(pileus_call *call, int32_t level, const char *message)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    struct pileus_fake_text *log = &call->fake->log;
    const char *name = level < 0 || level > 3 ? "?" : names[level];

    pileus_fake_append(&log->data, &log->size, name, PILEUS_NUL_TERMINATED);
    pileus_fake_append(&log->data, &log->size, ": ", 2);
    pileus_fake_append(&log->data, &log->size, message, PILEUS_NUL_TERMINATED);
    pileus_fake_append(&log->data, &log->size, "\n", 1);
}

/* The last one counts. Its strings may be those of the one before. */
static inline int32_t
pileus_fake_fail(pileus_call *call, const pileus_failure *failure)
{
    pileus_fake *fake = call->fake;
    const char *const *given[4] = {&failure->message, &failure->provider_code,
                                   &failure->provider_message,
                                   &failure->request_id};
    const char **kept[4] = {
        &fake->failure.message, &fake->failure.provider_code,
        &fake->failure.provider_message, &fake->failure.request_id};
    char *texts[4];

    for (size_t i = 0; i < 4; i++) {
        texts[i] = pileus_fake_copy(*given[i], PILEUS_NUL_TERMINATED);
    }
    fake->failure = *failure;
    for (size_t i = 0; i < 4; i++) {
        free(fake->failure_texts[i]);
        fake->failure_texts[i] = texts[i];
        *kept[i] = texts[i];
    }
    return failure->code;
}

static inline int32_t
pileus_fake_check(pileus_call *call)
{
    (void)call;
    return PILEUS_OK;
}

static inline int32_t
pileus_fake_wait(pileus_call *call, int64_t ms)
{
    (void)call;
    (void)ms;
    return PILEUS_OK;
}

static inline int64_t
pileus_fake_remaining(const pileus_call *call)
{
    (void)call;
    return INT64_MAX;
}

static inline int64_t
pileus_fake_now(const pileus_call *call)
{
    (void)call;
    return 0;
}

static inline void
pileus_fake_progress(pileus_call *call, const char *what, double done)
{
    (void)call;
    (void)what;
    (void)done;
}

static inline int32_t
pileus_fake_take_made(pileus_call *call, int32_t kind, const char *id,
                      size_t length)
{
    (void)kind;
    free(call->fake->made);
    call->fake->made = pileus_fake_copy(id, length);
    return PILEUS_OK;
}

static inline void
pileus_fake_on_cancel(pileus_call *call, void (*fn)(void *user), void *user)
{
    (void)call;
    (void)fn;
    (void)user;
}

/* The commonest of them. */
static inline int32_t
pileus_fake_is_private(const char *address)
{
    static const char *const beginnings[] = {"10.", "192.168.", "127.", "fc",
                                             "fd",  "fe80:",    "::1"};
    int second = 0;

    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (strncmp(address, beginnings[i], strlen(beginnings[i])) == 0) {
            return 1;
        }
    }
    if (sscanf(address, "172.%3d.", &second) == 1) {
        return second >= 16 && second <= 31;
    }
    return sscanf(address, "100.%3d.", &second) == 1 && second >= 64 &&
           second <= 127;
}

/* ---- the table "setting"
 * ------------------------------------------------------- */

static inline const char *
pileus_fake_get_setting(pileus_call *call, const char *name)
{
    for (const pileus_fake_fact *fact = call->fake->settings; fact != NULL;
         fact = fact->next) {
        if (strcmp(fact->name, name) == 0) {
            return fact->text;
        }
    }
    return NULL;
}

static inline int32_t
pileus_fake_get_integer_setting(pileus_call *call, const char *name,
                                int64_t *value)
{
    const char *text = pileus_fake_get_setting(call, name);

    if (text == NULL) {
        return PILEUS_NOT_FOUND;
    }
    *value = strtoll(text, NULL, 10);
    return PILEUS_OK;
}

static inline int32_t
pileus_fake_get_boolean_setting(pileus_call *call, const char *name,
                                int32_t *value)
{
    const char *text = pileus_fake_get_setting(call, name);

    if (text == NULL) {
        return PILEUS_NOT_FOUND;
    }
    *value = strcmp(text, "true") == 0;
    return PILEUS_OK;
}

static inline const char *
pileus_fake_get_source(pileus_call *call, const char *name)
{
    return pileus_fake_get_setting(call, name) == NULL ? NULL : "caller";
}

/* What the caller has set counts more. */
static inline int32_t
pileus_fake_provide(pileus_call *call, const char *name, const char *value,
                    const char *origin)
{
    pileus_fake_fact *fact;

    (void)origin;
    if (value != NULL && pileus_fake_get_setting(call, name) == NULL) {
        fact = pileus_fake_zeroed(sizeof *fact);
        fact->name = pileus_fake_copy(name, PILEUS_NUL_TERMINATED);
        fact->text = pileus_fake_copy(value, PILEUS_NUL_TERMINATED);
        fact->next = call->fake->settings;
        call->fake->settings = fact;
    }
    return PILEUS_OK;
}

#endif
