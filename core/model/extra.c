/* The extra of a record: entry by entry, into whichever list or dict is open.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include <math.h>
#include <string.h>

#define PART "extra"
#define TOO_DEEP "is more than " PIL__TEXT_OF(PILEUS_DEPTH_MAX) " levels deep"
#define TOO_LONG "is longer than " PIL__TEXT_OF(PILEUS_STRING_MAX) " bytes"

/* Put a value where the next one goes. Returns where it is now, until the next
 * is put there; NULL: it is not (marked). */
static pileus_value *
place(pil__object *object, const char *key, size_t length,
      const pileus_value *value)
{
    pil__arena *arena = &object->body->arena;
    pileus_value *into =
        object->open == NULL ? &object->extra : object->open->value;
    pileus_value *placed;

    if (into->type == PILEUS_TYPE_LIST) {
        if (key != NULL) {
            pil__object_mark(object, PART, "has an entry of a list with a key");
            return NULL;
        }
        placed = pil__value_append(arena, into, value);
    } else {
        if (key == NULL) {
            pil__object_mark(object, PART,
                             "has an entry of a dict without a key");
            return NULL;
        }
        if (!pil__object_clean(object, PART, &key, &length)) {
            return NULL;
        }
        placed = pil__value_set(arena, into, key, length, value);
    }
    if (placed == NULL) {
        pil__object_mark_no_memory(object);
    }
    return placed;
}

/* May one more value be added? */
static bool
ready(pil__object *object)
{
    return object->body->failed == PILEUS_OK && pil__object_charge(object, 0);
}

static void
add(pil__object *object, const char *key, size_t length,
    const pileus_value *value)
{
    if (ready(object)) {
        (void)place(object, key, length, value);
    }
}

void
pil__object_extra_null(pil__object *object, const char *key, size_t length)
{
    add(object, key, length, &(pileus_value){.type = PILEUS_TYPE_NULL});
}

void
pil__object_extra_boolean(pil__object *object, const char *key, size_t length,
                          int32_t value)
{
    pileus_value made = {.type = PILEUS_TYPE_BOOL};

    made.boolean = value != 0;
    add(object, key, length, &made);
}

void
pil__object_extra_integer(pil__object *object, const char *key, size_t length,
                          int64_t value)
{
    pileus_value made = {.type = PILEUS_TYPE_INTEGER};

    made.integer = value;
    add(object, key, length, &made);
}

void
pil__object_extra_real(pil__object *object, const char *key, size_t length,
                       double value)
{
    pileus_value made = {.type = PILEUS_TYPE_DOUBLE};

    made.real = value;
    if (!isfinite(value)) { /* JSON and its like have no word for these */
        pil__object_extra_null(object, key, length);
    } else {
        add(object, key, length, &made);
    }
}

void
pil__object_extra_string(pil__object *object, const char *key, size_t length,
                         const char *value, size_t value_length)
{
    pileus_value made;

    if (value == NULL) {
        pil__object_extra_null(object, key, length);
    } else if (ready(object) &&
               pil__object_clean(object, PART, &value, &value_length)) {
        if (pil__value_hold(&object->body->arena, &made, PILEUS_TYPE_STRING,
                            value, value_length)) {
            (void)place(object, key, length, &made);
        } else {
            pil__object_mark_no_memory(object);
        }
    }
}

void
pil__object_extra_open(pil__object *object, const char *key, size_t length,
                       int32_t type)
{
    pil__arena *arena = &object->body->arena;
    size_t depth = object->open == NULL ? 1 : object->open->depth + 1;
    pileus_value *value;
    struct pil__open *open;

    if (!ready(object)) {
        return;
    }
    if (type != PILEUS_TYPE_LIST && type != PILEUS_TYPE_DICT) {
        pil__object_mark(object, PART, "opens what is neither list nor dict");
        return;
    }
    if (depth > PILEUS_DEPTH_MAX) {
        pil__object_mark(object, PART, TOO_DEEP);
        return;
    }
    open = pil__arena_alloc(arena, sizeof *open);
    if (open == NULL) {
        pil__object_mark_no_memory(object);
        return;
    }
    /* It stays where it is placed while it is open: what it is in grows only
     * when it is closed. */
    value = place(object, key, length, &(pileus_value){.type = (uint8_t)type});
    if (value != NULL) {
        *open = (struct pil__open){value, object->open, depth};
        object->open = open;
    }
}

void
pil__object_extra_close(pil__object *object)
{
    if (object->body->failed != PILEUS_OK) {
        return;
    }
    if (object->open == NULL) {
        pil__object_mark(object, PART, "closes what it has not opened");
        return;
    }
    object->open = object->open->outer;
}

/* ---- a value that was read ----------------------------------------------- */

static bool copy(pil__object *object, pileus_value *made,
                 const pileus_value *value, size_t depth);

/* The key of a dict's entry, or NULL of a list's. */
static bool
copy_key(pil__object *object, const char **copy, const char *key)
{
    size_t size = key == NULL ? 0 : strlen(key);

    *copy = NULL;
    if (key == NULL) {
        return true;
    }
    if (!pil__object_charge(object, size)) {
        return false;
    }
    *copy = pil__arena_strndup(&object->body->arena, key, size);
    return *copy != NULL;
}

/* The entries of a small dict, or of a list, in room for just their number:
 * nothing is added to them. */
static bool
copy_entries(pil__object *object, pileus_value *made, const pileus_value *value,
             size_t depth)
{
    pil__arena *arena = &object->body->arena;
    struct pil__entry *entry;

    if (value->count == 0) {
        return true;
    }
    entry = pil__arena_alloc(arena, value->count * sizeof *entry);
    made->entry = entry;
    made->count = entry == NULL ? 0 : value->count;
    for (size_t i = 0; i < made->count; i++) {
        if (!copy_key(object, &entry[i].key, value->entry[i].key) ||
            !copy(object, &entry[i].value, &value->entry[i].value, depth)) {
            made->count = 0; /* what comes after it was never set */
            break;
        }
    }
    return made->count > 0;
}

/* The entries of a dict that has an index. */
static bool
copy_indexed(pil__object *object, pileus_value *made, const pileus_value *value,
             size_t depth)
{
    for (size_t i = 0; i < value->count; i++) {
        const char *key;
        pileus_value entry;
        pileus_value *placed;

        if (!copy_key(object, &key, value->entry[i].key) ||
            !copy(object, &entry, &value->entry[i].value, depth)) {
            return false;
        }
        placed = pil__value_entry(&object->body->arena, made, key, strlen(key));
        if (placed == NULL) {
            return false;
        }
        *placed = entry;
    }
    return true;
}

/* A list or dict; false if it could not be copied. */
static bool
copy_container(pil__object *object, pileus_value *made,
               const pileus_value *value, size_t depth)
{
    *made = (pileus_value){.type = value->type};
    if (depth > PILEUS_DEPTH_MAX) {
        pil__object_mark(object, PART, TOO_DEEP);
        return false;
    }
    return (value->type == PILEUS_TYPE_DICT && value->count > PIL__LINEAR_MAX
                ? copy_indexed
                : copy_entries)(object, made, value, depth + 1);
}

/* A string, or a number that is held by its text. */
static bool
copy_text(pil__object *object, pileus_value *made, const pileus_value *value)
{
    size_t size = strlen(value->text);

    switch (value->type) {
    case PILEUS_TYPE_INTEGER:
        *made = (pileus_value){.type = value->type};
        made->integer = pileus_value_integer(value, 0);
        return true;
    case PILEUS_TYPE_DOUBLE:
        *made = (pileus_value){.type = value->type};
        made->real = pileus_value_double(value, 0);
        return true;
    default:
        if (size > PILEUS_STRING_MAX) {
            pil__object_mark(object, PART, TOO_LONG);
            return false;
        }
        return pil__object_charge(object, size) &&
               pil__value_hold(&object->body->arena, made, value->type,
                               value->text, size);
    }
}

/* False: it could not be copied; memory, unless something else is marked. */
static bool
copy(pil__object *object, pileus_value *made, const pileus_value *value,
     size_t depth)
{
    if (!pil__object_charge(object, 0)) {
        return false;
    }
    switch (value->type) {
    case PILEUS_TYPE_LIST:
    case PILEUS_TYPE_DICT:
        return copy_container(object, made, value, depth);
    default:
        *made = *value;
        return value->held != PIL__HELD_TEXT || copy_text(object, made, value);
    }
}

void
pil__object_extra_value(pil__object *object, const char *key, size_t length,
                        const pileus_value *value)
{
    size_t depth = object->open == NULL ? 1 : object->open->depth + 1;
    pileus_value made;

    if (value == NULL) {
        pil__object_extra_null(object, key, length);
    } else if (object->body->failed == PILEUS_OK) {
        if (copy(object, &made, value, depth)) {
            (void)place(object, key, length, &made);
        } else {
            pil__object_mark_no_memory(object);
        }
    }
}
