/* Allocation, with a hook for tests that make it fail. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int (*pil__alloc_hook)(void);

static int
allowed(void)
{
    return pil__alloc_hook == NULL || pil__alloc_hook();
}

void *
pil__malloc(size_t size)
{
    return allowed() ? malloc(size == 0 ? 1 : size) : NULL;
}

void *
pil__calloc(size_t count, size_t size)
{
    return allowed() ? calloc(count == 0 ? 1 : count, size == 0 ? 1 : size)
                     : NULL;
}

void *
pil__malloc_huge(void)
{
    void *made = NULL;

    if (!allowed() || posix_memalign(&made, PIL__HUGE, PIL__HUGE) != 0) {
        return NULL;
    }
#ifdef MADV_HUGEPAGE
    (void)madvise(made, PIL__HUGE, MADV_HUGEPAGE); /* if it will */
#endif
    return made;
}

void *
pil__realloc(void *old, size_t size)
{
    return allowed() ? realloc(old, size == 0 ? 1 : size) : NULL;
}

char *
pil__strndup(const char *data, size_t size)
{
    char *copy = size == SIZE_MAX ? NULL : pil__malloc(size + 1);

    if (copy != NULL) {
        if (size > 0) {
            memcpy(copy, data, size);
        }
        copy[size] = '\0';
    }
    return copy;
}

char *
pil__strdup(const char *text)
{
    return pil__strndup(text, strlen(text));
}

void
pil__free(void *memory)
{
    free(memory);
}

int
pil__grow(void **array, size_t *capacity, size_t count, size_t entry_size)
{
    size_t wanted;
    void *grown;

    if (count < *capacity) {
        return 1;
    }
    wanted = *capacity < 4 ? 4 : *capacity + *capacity / 2;
    if (wanted > SIZE_MAX / entry_size) {
        return 0;
    }
    grown = pil__realloc(*array, wanted * entry_size);
    if (grown == NULL) {
        return 0;
    }
    *array = grown;
    *capacity = wanted;
    return 1;
}
