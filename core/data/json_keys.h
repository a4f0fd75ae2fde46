/* Keys that come again and again, each kept once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_KEYS_H
#define PIL__DATA_JSON_KEYS_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* How many keys are kept, and how long ones, at most. */
#define PIL__KEYS_MAX 512
#define PIL__KEY_MAX 47

/* Zeroed, it is empty and ready. */
struct pil__keys {
    struct pil__key {
        const char *text;
        uint32_t hash;
        uint32_t size;
    } slot[PIL__KEYS_MAX];
};

/* The key from where it is kept, always the same; NULL: it is not kept. */
const char *pil__keys_find(const struct pil__keys *keys, const char *text,
                           size_t size);

/* Keep a key that was not found, in the arena. *kept is where, or NULL when it
 * is too long or there is no room for it. False: no memory. */
bool pil__keys_keep(struct pil__keys *keys, pil__arena *arena, const char *text,
                    size_t size, const char **kept);

#endif
