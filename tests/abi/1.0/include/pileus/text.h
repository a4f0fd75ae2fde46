/* Texts that a driver puts together: a form, or what is signed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_TEXT_H
#define PILEUS_TEXT_H

#include <pileus/driver.h>

#include <stdarg.h>

PILEUS_BEGIN_DECLS

/*
 * A text grows by pileus_text_add (record.h) and by what follows. What fails on
 * the way, memory that runs out above all, is told again by pileus_text_end, so
 * nothing needs checking in between. NULL for a text is allowed everywhere but
 * in pileus_text_add.
 */

/* One that is empty, for this call. NULL: the failure is reported. */
static inline pileus_text *
pileus_text_begin(pileus_call *call)
{
    return PILEUS_HOST(call)->text->begin(call);
}

/* Add strings, up to the first that is NULL. */
#ifdef __GNUC__
__attribute__((sentinel))
#endif
static inline void
pileus_text_join(pileus_text *text, ...)
{
    const char *string;
    va_list args;

    va_start(args, text);
    while (text != NULL && (string = va_arg(args, const char *)) != NULL) {
        (void)PILEUS_HOST(text)->text->add(text, string, PILEUS_NUL_TERMINATED);
    }
    va_end(args);
}

/* What RFC 3986 leaves as it is, besides letters and digits. */
#define PILEUS_TEXT_UNRESERVED "-._~"

/* Add bytes, of which all but letters, digits and those in plain are
 * percent-encoded, in capitals. length may be PILEUS_NUL_TERMINATED. */
static inline void
pileus_text_encode(pileus_text *text, const char *bytes, size_t length,
                   const char *plain)
{
    if (text != NULL) {
        (void)PILEUS_HOST(text)->text->encode(text, bytes, length, plain);
    }
}

/* The whole text in *data, with a NUL behind it, and unless size is NULL its
 * size; it may be changed, and lasts until the text is dropped. PILEUS_OK, or
 * what failed and was reported. */
static inline int32_t
pileus_text_end(pileus_text *text, char **data, size_t *size)
{
    return text == NULL ? (int32_t)PILEUS_NO_MEMORY
                        : PILEUS_HOST(text)->text->end(text, data, size);
}

/* Wipe and free one that pileus_text_begin gave. */
static inline void
pileus_text_drop(pileus_text *text)
{
    if (text != NULL) {
        PILEUS_HOST(text)->text->drop(text);
    }
}

PILEUS_END_DECLS

#endif
