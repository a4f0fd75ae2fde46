/* Arenas: blocks in a chain, filled from the front. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/arena.h"

#include "core/base/alloc.h"
#include "core/base/wipe.h"

#include <stdint.h>
#include <string.h>

/* Most nodes fit in the first block: id, name, addresses and a small extra. */
#define FIRST_BLOCK 1008
#define LARGEST_BLOCK 65520
#define ALIGNMENT _Alignof(max_align_t)

/* Memory for a block, from the slabs if it fits there. */
static struct pil__arena_block *
block_new(pil__slabs *slabs, size_t size)
{
    size_t whole = sizeof(struct pil__arena_block) + size;
    pil__slab *slab = NULL;
    struct pil__arena_block *block = slabs != NULL && whole <= PIL__PIECE_MAX
                                         ? pil__slabs_take(slabs, whole, &slab)
                                         : pil__malloc(whole);

    if (block != NULL) {
        block->slab = slab;
        block->used = 0;
        block->size = size;
    }
    return block;
}

static void
block_free(pil__slabs *slabs, struct pil__arena_block *block)
{
    if (block->slab == NULL) {
        pil__free(block);
        return;
    }
    if (slabs != NULL) {
        pil__slabs_trim(slabs, block, sizeof *block + block->size, 0);
    }
    pil__slab_release(block->slab);
}

static struct pil__arena_block *
add_block(pil__arena *arena, size_t least)
{
    size_t size = arena->first != 0 ? arena->first : FIRST_BLOCK;
    struct pil__arena_block *block;

    if (arena->block != NULL) { /* half of what there is already */
        size = arena->block->next == NULL ? FIRST_BLOCK / 2
                                          : arena->block->size / 2 * 3;
        size = size > LARGEST_BLOCK ? LARGEST_BLOCK : size;
    }
    size = size < least ? least : size;
    block = block_new(arena->slabs, size);
    if (block != NULL) {
        block->next = arena->block;
        arena->block = block;
    }
    return block;
}

/* Strings need no alignment, and most of an object is strings. */
static void *
take(pil__arena *arena, size_t size, size_t alignment)
{
    struct pil__arena_block *block = arena->block;
    size_t start;

    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    start =
        block == NULL ? 0 : (block->used + alignment - 1) & ~(alignment - 1);
    if (block == NULL || start > block->size || size > block->size - start) {
        block = add_block(arena, size);
        start = 0;
    }
    if (block == NULL) {
        return NULL;
    }
    block->used = start + size;
    return (char *)block->bytes + start;
}

void *
pil__arena_alloc(pil__arena *arena, size_t size)
{
    return take(arena, size, ALIGNMENT);
}

char *
pil__arena_strndup_slow(pil__arena *arena, const char *data, size_t size)
{
    char *copy = size == SIZE_MAX ? NULL : take(arena, size + 1, 1);

    if (copy != NULL) {
        if (size > 0) {
            memcpy(copy, data, size);
        }
        copy[size] = '\0';
    }
    return copy;
}

size_t
pil__arena_used(const pil__arena *arena)
{
    size_t used = 0;

    for (const struct pil__arena_block *block = arena->block; block != NULL;
         block = block->next) {
        used += block->used;
    }
    return used;
}

void
pil__arena_wipe(pil__arena *arena)
{
    for (struct pil__arena_block *block = arena->block; block != NULL;
         block = block->next) {
        pil__wipe(block->bytes, block->used);
    }
}

void
pil__arena_reset(pil__arena *arena)
{
    struct pil__arena_block *block = arena->block;

    if (block != NULL) {
        arena->block = block->next;
        pil__arena_free(arena);
        block->next = NULL;
        block->used = 0;
        arena->block = block;
    }
}

void
pil__arena_settle(pil__arena *arena)
{
    struct pil__arena_block *block = arena->block;

    if (arena->slabs != NULL && block != NULL && block->slab != NULL) {
        pil__slabs_trim(arena->slabs, block, sizeof *block + block->size,
                        sizeof *block + block->used);
        block->size = block->used;
    }
    arena->slabs = NULL;
}

void
pil__arena_free(pil__arena *arena)
{
    while (arena->block != NULL) {
        struct pil__arena_block *next = arena->block->next;

        block_free(arena->slabs, arena->block);
        arena->block = next;
    }
}
