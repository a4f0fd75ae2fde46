/* An arena: memory for the parts of one object, freed all at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ARENA_H
#define PIL__BASE_ARENA_H

#include "core/base/slabs.h"
#include "core/base/small.h"

#include <stddef.h>

/* Zeroed, it is empty and ready. One thread at a time. */
typedef struct pil__arena {
    struct pil__arena_block *block; /* the one being filled; others behind */
    size_t first;      /* size of the first block; 0: as most things want it */
    pil__slabs *slabs; /* where blocks come from; NULL: each by itself */
} pil__arena;

struct pil__arena_block {
    struct pil__arena_block *next;
    pil__slab *slab; /* NULL: none */
    size_t used;
    size_t size;
    max_align_t bytes[];
};

/* size bytes, aligned for anything, not zeroed; NULL when memory is out. */
void *pil__arena_alloc(pil__arena *arena, size_t size);
/* The first size bytes of data, and a NUL behind them; as a function, when
 * there is no room in the block. */
char *pil__arena_strndup_slow(pil__arena *arena, const char *data, size_t size);
static inline char *
pil__arena_strndup(pil__arena *arena, const char *data, size_t size)
{
    struct pil__arena_block *block = arena->block;
    char *copy;

    if (block == NULL || size >= block->size - block->used) {
        return pil__arena_strndup_slow(arena, data, size);
    }
    copy = (char *)block->bytes + block->used;
    pil__small_copy(copy, data, size);
    copy[size] = '\0';
    block->used += size + 1;
    return copy;
}
/* Bytes that are in use, with what aligns them. */
size_t pil__arena_used(const pil__arena *arena);
/* Overwrite all that it holds, which must not be used any more. */
void pil__arena_wipe(pil__arena *arena);
/* Empty it, and keep its newest block, so that what comes next in about the
 * same size needs no memory. */
void pil__arena_reset(pil__arena *arena);
/* It will hardly grow any more: give back to the slabs what they can use, and
 * be done with them. */
void pil__arena_settle(pil__arena *arena);
/* Free it all; the arena is empty and ready again. */
void pil__arena_free(pil__arena *arena);

#endif
