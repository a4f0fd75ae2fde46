/* Secrets, and texts without them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CONFIG_REDACT_H
#define PIL__CONFIG_REDACT_H

#include "core/base/text.h"

/* What stands in a secret's place. */
#define PIL__REDACTED "[secret]"
/* Shorter secrets are not looked for in texts: replacing each "1" would
 * destroy the text and tell the secret. */
#define PIL__REDACT_MIN 4

/* Zeroed, it knows no secrets. */
typedef struct pil__redactor {
    struct pil__needle {
        char *text;
        size_t size;
    } * needle;
    size_t count;
    size_t capacity;
} pil__redactor;

/* Know a secret, which is copied. False: no memory. */
bool pil__redactor_add(pil__redactor *redactor, const char *secret,
                       size_t size);
/* Wipe and forget them; NULL is allowed. */
void pil__redactor_free(pil__redactor *redactor);

/* Add the text with each secret in it replaced: as it is, percent-encoded, as a
 * form, escaped for JSON, XML or HTML, in base64 wherever that began, and in
 * base64 of any of these; also as much of one as is left where a text was cut,
 * which PIL__TEXT_CUT tells. Either redactor may be NULL. */
void pil__redact(pil__text *out, const pil__redactor *one,
                 const pil__redactor *other, const char *text, size_t size);

#endif
