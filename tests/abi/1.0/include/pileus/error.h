/* Errors: what went wrong, what to do, and what the provider said. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_ERROR_H
#define PILEUS_ERROR_H

#include <pileus/common.h>

PILEUS_BEGIN_DECLS

/*
 * Functions that can fail return a pileus_code and take "pileus_error **err"
 * last. err may be NULL. On failure *err, which must be NULL before the call,
 * is set to an error that the caller frees; on success it is left alone. When
 * memory is out the error is a constant one, which may be freed all the same.
 *
 * An error never changes once made: any thread may read it. Strings belong to
 * the error. No error holds a secret: what an option declares secret is
 * replaced before it gets here.
 */
typedef struct pileus_error pileus_error;

/* Free an error; NULL is allowed. */
PILEUS_API void pileus_error_free(pileus_error *err);

/* The code; PILEUS_OK for NULL. */
PILEUS_API pileus_code pileus_error_code(const pileus_error *err);

/* One sentence for people: what was tried, on what, what to do. Never NULL. */
PILEUS_API const char *pileus_error_message(const pileus_error *err);

/* The provider's own facts: its status number (HTTP's, or its own; 0 when
 * there was none), its code, its words, and its id of the request. The strings
 * are NULL when the provider gave none. */
PILEUS_API int64_t pileus_error_status(const pileus_error *err);
PILEUS_API const char *pileus_error_provider_code(const pileus_error *err);
PILEUS_API const char *pileus_error_provider_message(const pileus_error *err);
PILEUS_API const char *pileus_error_request_id(const pileus_error *err);

/* Can the same call succeed later, with nothing changed? */
PILEUS_API bool pileus_error_retryable(const pileus_error *err);

/* After how many milliseconds, by the provider's word; -1 when unknown. */
PILEUS_API int64_t pileus_error_retry_after_ms(const pileus_error *err);

/* May the thing asked for have happened all the same? Look before you ask a
 * second time. */
PILEUS_API bool pileus_error_may_have_happened(const pileus_error *err);

/* Id of what a failed create had made before it failed, or NULL. It exists at
 * the provider and costs money until it is destroyed. */
PILEUS_API const char *pileus_error_made_id(const pileus_error *err);

/* Name of a code, such as "not-found"; "unknown" for an unknown one. Static. */
PILEUS_API const char *pileus_code_name(pileus_code code);

PILEUS_END_DECLS

#endif
