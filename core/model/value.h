/* Making values: scalars, lists and dicts in an arena. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_VALUE_H
#define PIL__MODEL_VALUE_H

#include "core/base/arena.h"

#include <pileus/value.h>

/* All make the value in the arena and copy their strings into it. They return
 * NULL when memory is out. A string's bytes must be valid UTF-8 without NULs:
 * callers mend them first (pil__utf8_mend). */
pileus_value *pil__value_null(pil__arena *arena);
pileus_value *pil__value_bool(pil__arena *arena, bool value);
pileus_value *pil__value_integer(pil__arena *arena, int64_t value);
pileus_value *pil__value_double(pil__arena *arena, double value);
pileus_value *pil__value_string(pil__arena *arena, const char *data,
                                size_t size);
pileus_value *pil__value_list(pil__arena *arena);
pileus_value *pil__value_dict(pil__arena *arena);
/* A deep copy. */
pileus_value *pil__value_copy(pil__arena *arena, const pileus_value *value);

/* A string's bytes, or those of a number that was read; NULL: neither. */
const char *pil__value_text(const pileus_value *value);

/* Add an entry to a list, or set one of a dict (a key set twice keeps its
 * place and takes the later value). What is in the entry must be of the same
 * arena. A NULL entry is what a maker without memory gave. Returns where the
 * entry is now, until the next is added; NULL: no memory. */
pileus_value *pil__value_append(pil__arena *arena, pileus_value *list,
                                const pileus_value *entry);
pileus_value *pil__value_set(pil__arena *arena, pileus_value *dict,
                             const char *key, size_t key_size,
                             const pileus_value *entry);

/* Entry of a dict by a key that needs no NUL behind it; NULL: not there. */
const pileus_value *pil__value_find(const pileus_value *dict, const char *key,
                                    size_t key_size);

/* An empty dict that needs no arena. */
extern const pileus_value pil__value_empty_dict;

#endif
