/* Wiping secrets out of memory. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/wipe.h"

#include "core/base/alloc.h"

#include <string.h>

void
pil__wipe(void *memory, size_t size)
{
#ifdef HAVE_EXPLICIT_BZERO
    if (memory != NULL) {
        explicit_bzero(memory, size);
    }
#else
    volatile unsigned char *bytes = memory;

    for (size_t i = 0; bytes != NULL && i < size; i++) {
        bytes[i] = 0;
    }
#endif
}

void
pil__wipe_free(char *text)
{
    if (text != NULL) {
        pil__wipe(text, strlen(text));
        pil__free(text);
    }
}

void *
pil__wipe_move(void *old, size_t size, size_t capacity)
{
    void *made = pil__malloc(capacity);

    if (made != NULL && old != NULL) {
        memcpy(made, old, size);
        pil__wipe(old, size);
        pil__free(old);
    }
    return made;
}
