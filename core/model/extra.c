/* The extra of a record: entry by entry, into whichever list or dict is open.
 * All of it is in the scratch memory, and gone with it unless it is kept. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include "core/base/name.h"

#include <math.h>
#include <string.h>

#define PART "extra"
#define TOO_DEEP "is more than " PIL__TEXT_OF(PILEUS_DEPTH_MAX) " levels deep"

/* The name of a key, which is made clean; NULL: it is not kept, or it cannot be
 * used (marked). */
static const pil__name *
name_of(pil__object *object, const char **key, size_t *length)
{
    const pil__name *name = pil__name_of(*key);

    if (name == NULL && *length == PILEUS_NUL_TERMINATED) {
        name = pil__name_recall(*key);
    }
    if (name != NULL) {
        return name;
    }
    return pil__object_clean(object, PART, key, length)
               ? pil__name_keep(*key, *length)
               : NULL;
}

/* Put a value where the next one goes. Returns where it is now, until the next
 * is put there; NULL: it is not (marked). */
static pileus_value *
place(pil__object *object, const char *key, size_t length,
      const pileus_value *value)
{
    pil__arena *arena = object->body->scratch;
    pileus_value *into =
        object->open == NULL ? &object->draft : object->open->value;
    pileus_value *placed;
    const pil__name *name;

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
        name = name_of(object, &key, &length);
        if (name == NULL && object->body->failed != PILEUS_OK) {
            return NULL;
        }
        placed = name != NULL ? pil__value_named(arena, into, name->text)
                              : pil__value_set(arena, into, key, length, value);
        if (placed != NULL) {
            *placed = *value;
        }
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

bool
pil__object_has_extra(const pil__object *object)
{
    return pileus_value_count(&object->draft) > 0;
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
        if (pil__value_hold(object->body->scratch, &made, PILEUS_TYPE_STRING,
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
    pil__arena *arena = object->body->scratch;
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

/* Levels of lists and dicts in a value. */
static size_t
levels_of(const pileus_value *value)
{
    size_t most = 0;

    if (value->type != PILEUS_TYPE_LIST && value->type != PILEUS_TYPE_DICT) {
        return 0;
    }
    for (size_t i = 0; i < value->count; i++) {
        size_t levels = levels_of(&value->entry[i].value);

        most = levels > most ? levels : most;
    }
    return most + 1;
}

/* It is not copied into scratch memory of others: what was read lives as long
 * as that is looked at, and was within the limits of reading. */
void
pil__object_extra_value(pil__object *object, const char *key, size_t length,
                        const pileus_value *value)
{
    struct pil__body *body = object->body;
    size_t depth = object->open == NULL ? 0 : object->open->depth;

    if (value != NULL && body->scratch == &body->own_scratch) {
        value = pil__value_copy(body->scratch, value);
        if (value == NULL) {
            pil__object_mark_no_memory(object);
            return;
        }
    }
    if (value == NULL) {
        pil__object_extra_null(object, key, length);
    } else if (depth > 0 && depth + levels_of(value) > PILEUS_DEPTH_MAX) {
        pil__object_mark(object, PART, TOO_DEEP);
    } else {
        add(object, key, length, value);
    }
}
