/* The extra of a record: entry by entry, into whichever list or dict is open.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include <math.h>

#define PART "extra"

/* Put a value where the next one goes; NULL is what memory running out gave. */
static bool
place(pil__object *object, const char *key, size_t length, pileus_value *value)
{
    pil__arena *arena = &object->body->arena;
    pileus_value *into =
        object->open == NULL ? &object->extra : object->open->value;

    if (into->type == PILEUS_TYPE_LIST) {
        if (key != NULL) {
            pil__object_mark(object, PART, "has an entry of a list with a key");
            return false;
        }
        if (!pil__value_append(arena, into, value)) {
            pil__object_mark_no_memory(object);
            return false;
        }
        return true;
    }
    if (key == NULL) {
        pil__object_mark(object, PART, "has an entry of a dict without a key");
        return false;
    }
    if (!pil__object_clean(object, PART, &key, &length)) {
        return false;
    }
    if (!pil__value_set(arena, into, key, length, value)) {
        pil__object_mark_no_memory(object);
        return false;
    }
    return true;
}

/* May one more value be added? */
static bool
ready(pil__object *object)
{
    return object->body->failed == PILEUS_OK && pil__object_charge(object, 0);
}

void
pil__object_extra_null(pil__object *object, const char *key, size_t length)
{
    if (ready(object)) {
        (void)place(object, key, length, pil__value_null(&object->body->arena));
    }
}

void
pil__object_extra_boolean(pil__object *object, const char *key, size_t length,
                          int32_t value)
{
    if (ready(object)) {
        (void)place(object, key, length,
                    pil__value_bool(&object->body->arena, value != 0));
    }
}

void
pil__object_extra_integer(pil__object *object, const char *key, size_t length,
                          int64_t value)
{
    if (ready(object)) {
        (void)place(object, key, length,
                    pil__value_integer(&object->body->arena, value));
    }
}

void
pil__object_extra_real(pil__object *object, const char *key, size_t length,
                       double value)
{
    if (!isfinite(value)) { /* JSON and its like have no word for these */
        pil__object_extra_null(object, key, length);
    } else if (ready(object)) {
        (void)place(object, key, length,
                    pil__value_double(&object->body->arena, value));
    }
}

void
pil__object_extra_string(pil__object *object, const char *key, size_t length,
                         const char *value, size_t value_length)
{
    if (value == NULL) {
        pil__object_extra_null(object, key, length);
    } else if (ready(object) &&
               pil__object_clean(object, PART, &value, &value_length)) {
        (void)place(
            object, key, length,
            pil__value_string(&object->body->arena, value, value_length));
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
        pil__object_mark(
            object, PART,
            "is more than " PIL__TEXT_OF(PILEUS_DEPTH_MAX) " levels deep");
        return;
    }
    value = type == PILEUS_TYPE_LIST ? pil__value_list(arena)
                                     : pil__value_dict(arena);
    open = pil__arena_alloc(arena, sizeof *open);
    if (open == NULL) {
        pil__object_mark_no_memory(object);
        return;
    }
    if (place(object, key, length, value)) {
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
