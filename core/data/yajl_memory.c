/* Memory for yajl, which does not expect to be refused any. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/yajl_memory.h"

#include <stdint.h>
#include <string.h>

/* The size is kept before each piece, for growing it. */
struct piece {
    size_t size;
    max_align_t bytes[];
};

static void *
take(void *ctx, size_t size)
{
    struct pil__yajl_memory *memory = ctx;
    struct piece *piece;

    if (memory->most > 0 && size > memory->most) {
        longjmp(memory->out_of_memory, PIL__YAJL_TOO_MUCH);
    }
    piece = size > SIZE_MAX - sizeof *piece
                ? NULL
                : pil__arena_alloc(&memory->arena, sizeof *piece + size);
    if (piece == NULL) {
        longjmp(memory->out_of_memory, PIL__YAJL_NO_MEMORY);
    }
    piece->size = size;
    return piece->bytes;
}

static void *
grow(void *ctx, void *old, size_t size)
{
    void *grown = take(ctx, size);

    if (old != NULL) {
        const struct piece *piece =
            (const void *)((char *)old - offsetof(struct piece, bytes));

        memcpy(grown, old, piece->size < size ? piece->size : size);
    }
    return grown;
}

static void
release(void *ctx, void *piece)
{
    (void)ctx; /* all at once, with the arena */
    (void)piece;
}

yajl_alloc_funcs
pil__yajl_alloc_funcs(struct pil__yajl_memory *memory)
{
    return (yajl_alloc_funcs){
        .malloc = take,
        .realloc = grow,
        .free = release,
        .ctx = memory,
    };
}
