/* The inside of a value, for those who build values. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_TREE_H
#define PIL__MODEL_TREE_H

#include "core/base/small.h"
#include "core/model/value.h"

/* Room for a short text in the value itself, with its NUL. */
#define PIL__CHARS_SIZE 14
/* A dict of more keys than this has an index. */
#define PIL__LINEAR_MAX 64

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

/* The text of a string, or of a number that is held by it; NULL: there is none.
 */
static inline const char *
pil__value_held(const pileus_value *value)
{
    return value->held == PIL__HELD_CHARS  ? value->chars
           : value->held == PIL__HELD_TEXT ? value->text
                                           : NULL;
}

/* Make a string, or a number by its text, of bytes that are as these must be;
 * a text that is not short goes into the arena. False: no memory. */
static inline bool
pil__value_hold(pil__arena *arena, pileus_value *value, pileus_type type,
                const char *data, size_t size)
{
    if (size < PIL__CHARS_SIZE) {
        value->type = (uint8_t)type;
        value->held = PIL__HELD_CHARS;
        pil__small_copy(value->chars, data, size);
        value->chars[size] = '\0';
        return true;
    }
    *value = (pileus_value){.type = (uint8_t)type};
    value->held = PIL__HELD_TEXT;
    value->text = pil__arena_strndup(arena, data, size);
    return value->text != NULL;
}

/* The entry of a dict by a key that is in the arena already; null if it is
 * new. NULL: no memory. */
pileus_value *pil__value_entry(pil__arena *arena, pileus_value *dict,
                               const char *key, size_t key_size);

/* The same by a key that is the text of a name (base/name.h): a name that is
 * kept is kept once, so no other text needs comparing. */
pileus_value *pil__value_named(pil__arena *arena, pileus_value *dict,
                               const char *name);

/* Make room for one more entry. What it grows out of stays in the arena, which
 * doubling keeps below what is in use. False: no memory. */
bool pil__value_reserve(pil__arena *arena, pileus_value *container);

#endif
