/* A character in whatever shape URLs, JSON, XML and HTML have for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CONFIG_SHAPE_H
#define PIL__CONFIG_SHAPE_H

#include <stddef.h>

/* A byte is "&#x0000041;" at most. */
#define PIL__SHAPE_MAX 11

/* A byte, or what one character is in UTF-8. */
typedef struct pil__character {
    char bytes[4];
    size_t size;
} pil__character;

/* What the text, of at least one byte, begins with, its shape undone; the
 * shape's length, or 0 when it is in none. */
size_t pil__shape_read(pil__character *out, const char *text, size_t size);

#endif
