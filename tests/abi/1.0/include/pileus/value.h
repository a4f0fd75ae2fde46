/* Values: the generic dictionary that every object carries as its extra. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_VALUE_H
#define PILEUS_VALUE_H

#include <pileus/common.h>

PILEUS_BEGIN_DECLS

/*
 * A value is null, bool, integer, double, string, list or dict. A dict keeps
 * the order in which its keys were set. Values are read-only and belong to the
 * object they were got from, as do the strings in them: they are valid as long
 * as that object is. Any thread may read them.
 *
 * A getter that finds another type, or NULL for the value, gives its fallback:
 * reading a path that is not there needs no checks in between.
 */
PILEUS_API pileus_type pileus_value_type(const pileus_value *value);
PILEUS_API bool pileus_value_bool(const pileus_value *value, bool fallback);
PILEUS_API int64_t pileus_value_integer(const pileus_value *value,
                                        int64_t fallback);
/* An integer is given as a double, too. */
PILEUS_API double pileus_value_double(const pileus_value *value,
                                      double fallback);
/* UTF-8 and NUL-terminated, without NULs inside. NULL if not a string. */
PILEUS_API const char *pileus_value_string(const pileus_value *value);

/* Number of entries of a list or dict; 0 for anything else. */
PILEUS_API size_t pileus_value_count(const pileus_value *value);

/* Entry i of a list or dict, in order; NULL beyond the end. */
PILEUS_API const pileus_value *pileus_value_at(const pileus_value *value,
                                               size_t i);
/* Key of entry i of a dict; NULL beyond the end. */
PILEUS_API const char *pileus_value_key(const pileus_value *value, size_t i);

/* Entry of a dict by key; NULL if it is not there. */
PILEUS_API const pileus_value *pileus_value_get(const pileus_value *dict,
                                                const char *key);

/* ---- texts that are given away ------------------------------------------- */

/* A text's bytes: perhaps no UTF-8, perhaps with control characters, where they
 * are a machine's. Behind them is a NUL that is not counted in *size (may be
 * NULL). They belong to the text. From any thread. */
PILEUS_API const char *pileus_text_data(const pileus_text *text, size_t *size);
/* Once; NULL is allowed. What was in it is wiped. */
PILEUS_API void pileus_text_free(pileus_text *text);

PILEUS_END_DECLS

#endif
