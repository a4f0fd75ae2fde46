/* Values: reading them, and making them in an arena. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/tree.h"

#include "core/base/number.h"

#include <string.h>

const pileus_value pil__value_empty_dict = {.type = PILEUS_TYPE_DICT};

/* ---- reading ------------------------------------------------------------- */

pileus_type
pileus_value_type(const pileus_value *value)
{
    return value == NULL ? PILEUS_TYPE_NULL : (pileus_type)value->type;
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
    const char *text;
    int64_t number = fallback;

    if (pileus_value_type(value) != PILEUS_TYPE_INTEGER) {
        return fallback;
    }
    text = pil__value_held(value);
    if (text == NULL) {
        return value->integer;
    }
    (void)pil__number_integer(text, strlen(text), &number);
    return number;
}

double
pileus_value_double(const pileus_value *value, double fallback)
{
    const char *text;
    double number = fallback;

    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_DOUBLE:
        text = pil__value_held(value);
        if (text == NULL) {
            return value->real;
        }
        (void)pil__number_double(text, strlen(text), &number);
        return number;
    case PILEUS_TYPE_INTEGER:
        return (double)pileus_value_integer(value, 0);
    default:
        return fallback;
    }
}

const char *
pileus_value_string(const pileus_value *value)
{
    return pileus_value_type(value) == PILEUS_TYPE_STRING
               ? pil__value_held(value)
               : NULL;
}

const char *
pil__value_text(const pileus_value *value)
{
    return value == NULL ? NULL : pil__value_held(value);
}

/* Entry i of a list or dict; NULL beyond the end and of anything else. */
static const struct pil__entry *
entry_at(const pileus_value *value, size_t i)
{
    return i < pileus_value_count(value) ? &value->entry[i] : NULL;
}

size_t
pileus_value_count(const pileus_value *value)
{
    pileus_type type = pileus_value_type(value);
    bool holds = type == PILEUS_TYPE_LIST || type == PILEUS_TYPE_DICT;

    return holds ? value->count : 0;
}

const pileus_value *
pileus_value_at(const pileus_value *value, size_t i)
{
    const struct pil__entry *entry = entry_at(value, i);

    return entry == NULL ? NULL : &entry->value;
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
        *value = (pileus_value){.type = (uint8_t)type};
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

    return made != NULL &&
                   pil__value_hold(arena, made, PILEUS_TYPE_STRING, data, size)
               ? made
               : NULL;
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

pileus_value *
pil__value_append(pil__arena *arena, pileus_value *list,
                  const pileus_value *entry)
{
    struct pil__entry *added;

    if (entry == NULL || !pil__value_reserve(arena, list)) {
        return NULL;
    }
    added = &list->entry[list->count++];
    *added = (struct pil__entry){.value = *entry};
    return &added->value;
}

static bool copy_into(pil__arena *arena, pileus_value *copy,
                      const pileus_value *value);

static bool
copy_entries(pil__arena *arena, pileus_value *copy, const pileus_value *value)
{
    for (size_t i = 0; i < value->count; i++) {
        const struct pil__entry *from = &value->entry[i];
        pileus_value entry;

        if (!copy_into(arena, &entry, &from->value) ||
            (from->key == NULL
                 ? pil__value_append(arena, copy, &entry) == NULL
                 : pil__value_set(arena, copy, from->key, strlen(from->key),
                                  &entry) == NULL)) {
            return false;
        }
    }
    return true;
}

static bool
copy_into(pil__arena *arena, pileus_value *copy, const pileus_value *value)
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_LIST:
    case PILEUS_TYPE_DICT:
        *copy = (pileus_value){.type = value->type};
        return copy_entries(arena, copy, value);
    default:
        *copy = *value;
        return value->held != PIL__HELD_TEXT ||
               pil__value_hold(arena, copy, value->type, value->text,
                               strlen(value->text));
    }
}

pileus_value *
pil__value_copy(pil__arena *arena, const pileus_value *value)
{
    pileus_value *copy = make(arena, PILEUS_TYPE_NULL);

    return copy != NULL && copy_into(arena, copy, value) ? copy : NULL;
}
