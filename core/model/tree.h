/* The inside of a value, for those who build values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_TREE_H
#define PIL__MODEL_TREE_H

#include "core/model/value.h"

struct pileus_value {
    pileus_type type;
    union {
        bool boolean;
        int64_t integer;
        double real;
        const char *string;
        struct pil__entries *entries; /* of a list or dict; NULL: none yet */
    };
    const char *text; /* a number as it was read; NULL: it was not */
};

struct pil__entry {
    const char *key; /* NULL in a list */
    pileus_value *value;
};

struct pil__entries {
    size_t count;
    size_t capacity;
    struct pil__entry *entry;
    struct pil__link
        *link; /* a dict's index (dict.c); NULL while it is small */
};

/* Make room for one more entry. What it grows out of stays in the arena, which
 * doubling keeps below what is in use. False: no memory. */
bool pil__value_reserve(pil__arena *arena, pileus_value *container);

#endif
