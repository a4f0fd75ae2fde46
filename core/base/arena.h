/* An arena: memory for the parts of one object, freed all at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ARENA_H
#define PIL__BASE_ARENA_H

#include <stddef.h>

/* Zeroed, it is empty and ready. One thread at a time. */
typedef struct pil__arena {
    struct pil__arena_block *block; /* the one being filled; others behind */
} pil__arena;

/* size bytes, aligned for anything, not zeroed; NULL when memory is out. */
void *pil__arena_alloc(pil__arena *arena, size_t size);
/* The first size bytes of data, and a NUL behind them. */
char *pil__arena_strndup(pil__arena *arena, const char *data, size_t size);
/* Overwrite all that it holds, which must not be used any more. */
void pil__arena_wipe(pil__arena *arena);
/* Empty it, and keep its newest block, so that what comes next in about the
 * same size needs no memory. */
void pil__arena_reset(pil__arena *arena);
/* Free it all; the arena is empty and ready again. */
void pil__arena_free(pil__arena *arena);

#endif
