/* Values: reading them, and making them in an arena. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/tree.h"

#include <string.h>

const pileus_value pil__value_empty_dict = {.type = PILEUS_TYPE_DICT};

/* ---- reading ------------------------------------------------------------- */

pileus_type
pileus_value_type(const pileus_value *value)
{
    return value == NULL ? PILEUS_TYPE_NULL : value->type;
}

bool
pileus_value_bool(const pileus_value *value, bool fallback)
{
    return pileus_value_type(value) == PILEUS_TYPE_BOOL ? value->boolean
                                                        : fallback;
}

int64_t
pileus_value_integer(const pileus_value *value, int64_t fallback)
{
    return pileus_value_type(value) == PILEUS_TYPE_INTEGER ? value->integer
                                                           : fallback;
}

double
pileus_value_double(const pileus_value *value, double fallback)
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_DOUBLE:
        return value->real;
    case PILEUS_TYPE_INTEGER:
        return (double)value->integer;
    default:
        return fallback;
    }
}

const char *
pileus_value_string(const pileus_value *value)
{
    return pileus_value_type(value) == PILEUS_TYPE_STRING ? value->string
                                                          : NULL;
}

const char *
pil__value_text(const pileus_value *value)
{
    const char *text = pileus_value_string(value);

    return text != NULL || value == NULL ? text : value->text;
}

/* Entry i of a list or dict; NULL beyond the end and of anything else. */
static const struct pil__entry *
entry_at(const pileus_value *value, size_t i)
{
    return i < pileus_value_count(value) ? &value->entries->entry[i] : NULL;
}

size_t
pileus_value_count(const pileus_value *value)
{
    pileus_type type = pileus_value_type(value);
    bool holds = type == PILEUS_TYPE_LIST || type == PILEUS_TYPE_DICT;

    return holds && value->entries != NULL ? value->entries->count : 0;
}

const pileus_value *
pileus_value_at(const pileus_value *value, size_t i)
{
    const struct pil__entry *entry = entry_at(value, i);

    return entry == NULL ? NULL : entry->value;
}

const char *
pileus_value_key(const pileus_value *value, size_t i)
{
    const struct pil__entry *entry = entry_at(value, i);

    return entry == NULL ? NULL : entry->key;
}

/* ---- making -------------------------------------------------------------- */

static pileus_value *
make(pil__arena *arena, pileus_type type)
{
    pileus_value *value = pil__arena_alloc(arena, sizeof *value);

    if (value != NULL) {
        *value = (pileus_value){.type = type};
    }
    return value;
}

pileus_value *
pil__value_null(pil__arena *arena)
{
    return make(arena, PILEUS_TYPE_NULL);
}

pileus_value *
pil__value_bool(pil__arena *arena, bool value)
{
    pileus_value *made = make(arena, PILEUS_TYPE_BOOL);

    if (made != NULL) {
        made->boolean = value;
    }
    return made;
}

pileus_value *
pil__value_integer(pil__arena *arena, int64_t value)
{
    pileus_value *made = make(arena, PILEUS_TYPE_INTEGER);

    if (made != NULL) {
        made->integer = value;
    }
    return made;
}

pileus_value *
pil__value_double(pil__arena *arena, double value)
{
    pileus_value *made = make(arena, PILEUS_TYPE_DOUBLE);

    if (made != NULL) {
        made->real = value;
    }
    return made;
}

pileus_value *
pil__value_string(pil__arena *arena, const char *data, size_t size)
{
    pileus_value *made = make(arena, PILEUS_TYPE_STRING);

    if (made != NULL) {
        made->string = pil__arena_strndup(arena, data, size);
    }
    return made == NULL || made->string == NULL ? NULL : made;
}

pileus_value *
pil__value_list(pil__arena *arena)
{
    return make(arena, PILEUS_TYPE_LIST);
}

pileus_value *
pil__value_dict(pil__arena *arena)
{
    return make(arena, PILEUS_TYPE_DICT);
}

bool
pil__value_append(pil__arena *arena, pileus_value *list, pileus_value *entry)
{
    if (entry == NULL || !pil__value_reserve(arena, list)) {
        return false;
    }
    list->entries->entry[list->entries->count++] =
        (struct pil__entry){.value = entry};
    return true;
}

pileus_value *
pil__value_copy(pil__arena *arena, const pileus_value *value)
{
    pileus_value *copy;

    if (value->type == PILEUS_TYPE_STRING) {
        return pil__value_string(arena, value->string, strlen(value->string));
    }
    copy = make(arena, value->type);
    if (copy == NULL) {
        return NULL;
    }
    if (value->type != PILEUS_TYPE_LIST && value->type != PILEUS_TYPE_DICT) {
        *copy = *value;
        return copy;
    }
    for (size_t i = 0; i < pileus_value_count(value); i++) {
        const struct pil__entry *from = entry_at(value, i);
        pileus_value *entry = pil__value_copy(arena, from->value);

        if (from->key == NULL ? !pil__value_append(arena, copy, entry)
                              : !pil__value_set(arena, copy, from->key,
                                                strlen(from->key), entry)) {
            return NULL;
        }
    }
    return copy;
}
