/* Slabs: memory for many objects that come one after the other. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_SLABS_H
#define PIL__BASE_SLABS_H

#include <stddef.h>

/*
 * Of a list of ten thousand nodes, the memory that each gets on its own comes
 * from the kernel page by page, which takes a third of the time that the whole
 * list takes. So the objects of a list are cut from slabs, of which the large
 * ones are huge pages where the kernel has such. A slab goes when the last
 * piece of it does.
 *
 * Zeroed, slabs are empty and ready. One thread at a time takes from them and
 * trims; pieces are let go by any.
 */
typedef struct pil__slab pil__slab;

typedef struct pil__slabs {
    pil__slab *slab; /* that is being cut */
    size_t next;     /* size of the next; 0: of the first */
} pil__slabs;

/* The largest piece, so that less than this is left over at the end of a slab.
 */
#define PIL__PIECE_MAX ((size_t)16 * 1024)

/* size bytes, at most PIL__PIECE_MAX, aligned for anything, and the slab they
 * are of; NULL: no memory. */
void *pil__slabs_take(pil__slabs *slabs, size_t size, pil__slab **of);
/* Of a piece of size bytes keep just the first ones, if it was the last to be
 * taken; otherwise all of it stays. */
void pil__slabs_trim(pil__slabs *slabs, const void *piece, size_t size,
                     size_t keep);
/* Nothing more is taken. The pieces stay. */
void pil__slabs_end(pil__slabs *slabs);

/* Let go of a piece. */
void pil__slab_release(pil__slab *slab);

#endif
