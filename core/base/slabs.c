/* Slabs: cut from the front, and counted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/slabs.h"

#include "core/base/alloc.h"

#include <stdatomic.h>

/* Few objects shall take little memory: the first slab is small, each that
 * follows twice as large, and behind the last of these all are huge pages. */
#define FIRST ((size_t)64 * 1024)
#define LAST_SMALL ((size_t)512 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct pil__slab {
    atomic_size_t pieces; /* that are there, and one for the slabs it is of */
    size_t used;
    size_t size;
    max_align_t bytes[];
};

static size_t
aligned(size_t size)
{
    return (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

static pil__slab *
slab_new(size_t size)
{
    pil__slab *slab =
        size >= PIL__HUGE ? pil__malloc_huge() : pil__malloc(size);

    if (slab != NULL) {
        atomic_init(&slab->pieces, 1);
        slab->used = 0;
        slab->size = size - sizeof *slab;
    }
    return slab;
}

void
pil__slab_release(pil__slab *slab)
{
    if (atomic_fetch_sub_explicit(&slab->pieces, 1, memory_order_acq_rel) ==
        1) {
        pil__free(slab);
    }
}

/* The slab that is being cut is full: begin another. */
static pil__slab *
begin_another(pil__slabs *slabs)
{
    size_t size = slabs->next == 0 ? FIRST : slabs->next;
    pil__slab *slab = slab_new(size);

    if (slab != NULL) {
        pil__slabs_end(slabs);
        slabs->slab = slab;
        slabs->next = size < LAST_SMALL ? 2 * size : PIL__HUGE;
    }
    return slab;
}

void *
pil__slabs_take(pil__slabs *slabs, size_t size, pil__slab **of)
{
    size_t whole = aligned(size);
    pil__slab *slab = slabs->slab;
    void *piece;

    if (slab == NULL || whole > slab->size - slab->used) {
        slab = begin_another(slabs);
        if (slab == NULL) {
            return NULL;
        }
    }
    piece = (char *)slab->bytes + slab->used;
    slab->used += whole;
    (void)atomic_fetch_add_explicit(&slab->pieces, 1, memory_order_relaxed);
    *of = slab;
    return piece;
}

void
pil__slabs_trim(pil__slabs *slabs, const void *piece, size_t size, size_t keep)
{
    pil__slab *slab = slabs->slab;
    const char *end = (const char *)piece + aligned(size);

    if (slab != NULL && end == (const char *)slab->bytes + slab->used) {
        slab->used -= aligned(size) - aligned(keep);
    }
}

void
pil__slabs_end(pil__slabs *slabs)
{
    if (slabs->slab != NULL) {
        pil__slab_release(slabs->slab);
        slabs->slab = NULL;
    }
}
