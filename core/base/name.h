/* Names that come again and again, each kept once for the whole process. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_NAME_H
#define PIL__BASE_NAME_H

#include <stddef.h>
#include <stdint.h>

/* Keys of what providers send: a node has a hundred, and ten thousand nodes
 * have the same ones. What is kept stays, in memory of a fixed size, so whoever
 * sends names without end only has them not kept. */
#define PIL__NAMES_MAX 4096
/* Bytes of one. */
#define PIL__NAME_LENGTH_MAX 47

typedef struct pil__name {
    uint16_t number; /* from 1 */
    uint8_t size;
    char text[]; /* with a NUL */
} pil__name;

/* The name of these bytes; NULL: it is not kept. From any thread, as all of
 * these. */
const pil__name *pil__name_find(const char *text, size_t size);
/* The same, and it is kept from now on, if there is room for it. */
const pil__name *pil__name_keep(const char *text, size_t size);

/* The same of a text with a NUL, as a program has it: where this pointer stood
 * for a name before, it most likely does so again, and no more is done than to
 * compare. */
const pil__name *pil__name_recall(const char *text);

/* The name of a number that was given out. */
const pil__name *pil__name_at(uint16_t number);
/* The name that this very pointer is the text of; NULL: of none. */
#define PIL__NAMES_SIZE 131072
extern char pil__names[PIL__NAMES_SIZE];
static inline const pil__name *
pil__name_of(const char *text)
{
    return (uintptr_t)text - (uintptr_t)pil__names >= PIL__NAMES_SIZE
               ? NULL
               : (const pil__name *)(const void *)(text -
                                                   offsetof(pil__name, text));
}

#endif
