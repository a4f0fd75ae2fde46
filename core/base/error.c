/* Errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/error.h"

#include "core/base/alloc.h"
#include "core/base/utf8.h"

#include <stdio.h>
#include <string.h>

struct pileus_error {
    pileus_code code;
    bool retryable;
    bool may_have_happened;
    int64_t retry_after_ms;
    int64_t status;
    char *message;
    char *provider_code;
    char *provider_message;
    char *request_id;
    char *made_id;
};

static char no_memory_message[] =
    "memory ran out: free some, or raise the limit of this process, and try "
    "again";

/* Given out when there is no memory to make an error with. */
static pileus_error no_memory_error = {
    .code = PILEUS_NO_MEMORY,
    .retryable = true,
    .retry_after_ms = -1,
    .message = no_memory_message,
};

static const char *const code_names[] = {
    [PILEUS_OK] = "ok",
    [PILEUS_INVALID_ARGUMENT] = "invalid-argument",
    [PILEUS_NOT_SUPPORTED] = "not-supported",
    [PILEUS_AUTHENTICATION] = "authentication",
    [PILEUS_PERMISSION] = "permission",
    [PILEUS_NOT_FOUND] = "not-found",
    [PILEUS_CONFLICT] = "conflict",
    [PILEUS_QUOTA] = "quota",
    [PILEUS_RATE_LIMITED] = "rate-limited",
    [PILEUS_UNAVAILABLE] = "unavailable",
    [PILEUS_TIMEOUT] = "timeout",
    [PILEUS_CANCELLED] = "cancelled",
    [PILEUS_PROTOCOL] = "protocol",
    [PILEUS_TLS] = "tls",
    [PILEUS_NO_MEMORY] = "no-memory",
    [PILEUS_DRIVER] = "driver",
    [PILEUS_CONFIGURATION] = "configuration",
    [PILEUS_CLOSED] = "closed",
    [PILEUS_BUSY] = "busy",
    [PILEUS_FAILED] = "failed",
};

/* A copy in *copy that is valid UTF-8 and no longer than a message may be.
 * False: no memory. */
static bool
copy_clean(char **copy, const char *text)
{
    size_t size;

    if (text == NULL) {
        return true;
    }
    size = strnlen(text, PILEUS_MESSAGE_MAX);
    *copy = pil__malloc(pil__utf8_mend(NULL, text, size) + 1);
    if (*copy == NULL) {
        return false;
    }
    (*copy)[pil__utf8_mend(*copy, text, size)] = '\0';
    return true;
}

pileus_code
pil__error_make(pileus_error **err, const pil__error_facts *facts)
{
    pileus_error *made;

    if (err == NULL) {
        return facts->code;
    }
    pileus_error_free(*err);
    *err = NULL;
    made = pil__calloc(1, sizeof *made);
    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    made->code = facts->code;
    made->retryable = facts->retryable;
    made->may_have_happened = facts->may_have_happened;
    made->retry_after_ms =
        facts->retry_after_ms < 0 ? -1 : facts->retry_after_ms;
    made->status = facts->status;
    if (!copy_clean(&made->message, facts->message) ||
        !copy_clean(&made->provider_code, facts->provider_code) ||
        !copy_clean(&made->provider_message, facts->provider_message) ||
        !copy_clean(&made->request_id, facts->request_id) ||
        !copy_clean(&made->made_id, facts->made_id)) {
        pileus_error_free(made);
        return pil__error_no_memory(err);
    }
    *err = made;
    return made->code;
}

pileus_code
pil__error_vset(pileus_error **err, pileus_code code, const char *format,
                va_list args)
{
    char text[PILEUS_MESSAGE_MAX];
    pil__error_facts facts = {
        .code = code,
        .message = text,
        .retry_after_ms = -1,
    };

    (void)vsnprintf(text, sizeof text, format, args);
    return pil__error_make(err, &facts);
}

pileus_code
pil__error_set(pileus_error **err, pileus_code code, const char *format, ...)
{
    va_list args;
    pileus_code made;

    va_start(args, format);
    made = pil__error_vset(err, code, format, args);
    va_end(args);
    return made;
}

pileus_code
pil__error_no_memory(pileus_error **err)
{
    if (err != NULL) {
        pileus_error_free(*err);
        *err = &no_memory_error;
    }
    return PILEUS_NO_MEMORY;
}

pileus_code
pil__error_prefix(pileus_error **err, pileus_code code, const char *format, ...)
{
    char text[PILEUS_MESSAGE_MAX];
    size_t room = sizeof text;
    int size;
    va_list args;

    if (err == NULL || *err == NULL || *err == &no_memory_error) {
        return code;
    }
    va_start(args, format);
    size = vsnprintf(text, room, format, args);
    va_end(args);
    if (size >= 0 && (size_t)size < room) {
        char *message = NULL;

        (void)snprintf(text + size, room - (size_t)size, ": %s",
                       pileus_error_message(*err));
        if (!copy_clean(&message, text)) {
            return pil__error_no_memory(err);
        }
        pil__free((*err)->message);
        (*err)->message = message;
    }
    return (*err)->code;
}

void
pil__error_set_made(pileus_error **err, const char *made_id)
{
    char *copy = NULL;

    if (err == NULL || *err == NULL || *err == &no_memory_error) {
        return;
    }
    if (!copy_clean(&copy, made_id)) {
        (void)pil__error_no_memory(err);
        return;
    }
    pil__free((*err)->made_id);
    (*err)->made_id = copy;
    (*err)->may_have_happened = true;
}

void
pileus_error_free(pileus_error *err)
{
    if (err == NULL || err == &no_memory_error) {
        return;
    }
    pil__free(err->message);
    pil__free(err->provider_code);
    pil__free(err->provider_message);
    pil__free(err->request_id);
    pil__free(err->made_id);
    pil__free(err);
}

pileus_code
pileus_error_code(const pileus_error *err)
{
    return err == NULL ? PILEUS_OK : err->code;
}

const char *
pileus_error_message(const pileus_error *err)
{
    return err == NULL            ? "no error"
           : err->message == NULL ? pileus_code_name(err->code)
                                  : err->message;
}

int64_t
pileus_error_status(const pileus_error *err)
{
    return err == NULL ? 0 : err->status;
}

const char *
pileus_error_provider_code(const pileus_error *err)
{
    return err == NULL ? NULL : err->provider_code;
}

const char *
pileus_error_provider_message(const pileus_error *err)
{
    return err == NULL ? NULL : err->provider_message;
}

const char *
pileus_error_request_id(const pileus_error *err)
{
    return err == NULL ? NULL : err->request_id;
}

bool
pileus_error_retryable(const pileus_error *err)
{
    return err != NULL && err->retryable;
}

int64_t
pileus_error_retry_after_ms(const pileus_error *err)
{
    return err == NULL ? -1 : err->retry_after_ms;
}

bool
pileus_error_may_have_happened(const pileus_error *err)
{
    return err != NULL && err->may_have_happened;
}

const char *
pileus_error_made_id(const pileus_error *err)
{
    return err == NULL ? NULL : err->made_id;
}

const char *
pileus_code_name(pileus_code code)
{
    size_t count = sizeof code_names / sizeof code_names[0];

    return code >= 0 && (size_t)code < count ? code_names[code] : "unknown";
}
