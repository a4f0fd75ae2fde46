/* A growing string. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_TEXT_H
#define PIL__BASE_TEXT_H

#include <pileus/common.h>

#include <stdarg.h>

/* Zeroed, it is empty and ready. Memory that runs out is remembered: the text
 * stays as it was from then on, and pil__text_take gives NULL. */
typedef struct pil__text {
    char *data; /* NUL-terminated once anything was added; NULL before */
    size_t length;
    size_t capacity;
    bool failed;
} pil__text;

void pil__text_add(pil__text *text, const char *data, size_t size);
void pil__text_puts(pil__text *text, const char *data);
/* At most so many bytes of it, whole characters, and PIL__TEXT_CUT behind them
 * if that is not all. Who looks for secrets knows by that mark that there may
 * be half of one. */
#define PIL__TEXT_CUT "\u2026"
void pil__text_begin_of(pil__text *text, const char *data, size_t most);
void pil__text_printf(pil__text *text, const char *format, ...)
    PILEUS_PRINTF(2, 3);
void pil__text_vprintf(pil__text *text, const char *format, va_list args)
    PILEUS_PRINTF(2, 0);
/* The string, to be freed by pil__free; the text is empty again. NULL when
 * memory ran out on the way. */
char *pil__text_take(pil__text *text);
/* Empty it, and keep its memory. */
void pil__text_clear(pil__text *text);
void pil__text_free(pil__text *text);

#endif
