/* The inside of a value, for those who build values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_TREE_H
#define PIL__MODEL_TREE_H

#include "core/model/value.h"

/* Room for a short text in the value itself, with its NUL. */
#define PIL__CHARS_SIZE 14
/* A dict of more keys than this has an index. */
#define PIL__LINEAR_MAX 32

/* How a string or number is held. */
enum {
    PIL__HELD_PLAIN, /* a number, as one */
    PIL__HELD_CHARS, /* its text, in the value */
    PIL__HELD_TEXT   /* its text, where the value points to */
};

/* Sixteen bytes, for there are many. */
struct pileus_value {
    union {
        struct {
            uint8_t type; /* a pileus_type */
            uint8_t held;
            char chars[PIL__CHARS_SIZE];
        };
        struct {
            uint16_t type_and_held;
            uint32_t count; /* entries of a list or dict */
            union {
                bool boolean;
                int64_t integer;
                double real;
                const char *text;
                struct pil__entry *entry; /* of a list or dict */
            };
        };
    };
};

struct pil__entry {
    const char *key; /* NULL in a list */
    pileus_value value;
};

/* Make a string, or a number by its text, of bytes that are as these must be;
 * a text that is not short goes into the arena. False: no memory. */
bool pil__value_hold(pil__arena *arena, pileus_value *value, pileus_type type,
                     const char *data, size_t size);

/* The entry of a dict by a key that is in the arena already; null if it is
 * new. NULL: no memory. */
pileus_value *pil__value_entry(pil__arena *arena, pileus_value *dict,
                               const char *key, size_t key_size);

/* Make room for one more entry. What it grows out of stays in the arena, which
 * doubling keeps below what is in use. False: no memory. */
bool pil__value_reserve(pil__arena *arena, pileus_value *container);

#endif
