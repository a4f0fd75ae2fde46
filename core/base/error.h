/* Making errors. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ERROR_H
#define PIL__BASE_ERROR_H

#include <pileus/error.h>

#include <stdarg.h>

/* All strings are copied; NULL where there is none. */
typedef struct pil__error_facts {
    pileus_code code;
    const char *message;
    int64_t status;
    const char *provider_code;
    const char *provider_message;
    const char *request_id;
    const char *made_id;
    int64_t retry_after_ms; /* negative: unknown */
    bool retryable;
    bool may_have_happened;
} pil__error_facts;

/* Set *err (which may be NULL itself) to a new error and return its code. When
 * memory is out, *err becomes the constant no-memory error and that code is
 * returned. Messages are cut at PILEUS_MESSAGE_MAX and made valid UTF-8. */
pileus_code pil__error_make(pileus_error **err, const pil__error_facts *facts);
pileus_code pil__error_set(pileus_error **err, pileus_code code,
                           const char *format, ...) PILEUS_PRINTF(3, 4);
pileus_code pil__error_vset(pileus_error **err, pileus_code code,
                            const char *format, va_list args)
    PILEUS_PRINTF(3, 0);
pileus_code pil__error_no_memory(pileus_error **err);

/* Put "PREFIX: " before the message of *err, if there is one, and return its
 * code: the one given, unless memory ran out. */
pileus_code pil__error_prefix(pileus_error **err, pileus_code code,
                              const char *format, ...) PILEUS_PRINTF(3, 4);

/* Say in *err what had been made before it failed, and that it may exist. */
void pil__error_set_made(pileus_error **err, const char *made_id);

#endif
