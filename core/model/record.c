/* Records: what a driver sets in the objects it builds. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include "core/base/utf8.h"

#include <math.h>
#include <string.h>

/* Room for the fields that most objects have, so that it need not grow. */
#define NODE_FIELDS 12
#define OTHER_FIELDS 4

/* ---- failures and limits ------------------------------------------------- */

void
pil__object_mark(pil__object *object, const char *part, const char *problem)
{
    if (object->body->failed == PILEUS_OK) {
        object->body->failed = PILEUS_PROTOCOL;
        object->body->part = part;
        object->body->problem = problem;
    }
}

void
pil__object_mark_no_memory(pil__object *object)
{
    if (object->body->failed == PILEUS_OK) {
        object->body->failed = PILEUS_NO_MEMORY;
    }
}

bool
pil__object_refuse(pil__object *object)
{
    pil__object_mark(object, "content",
                     "takes more than " PIL__TEXT_OF(PIL__OBJECT_MAX) " bytes");
    return false;
}

bool
pil__object_clean(pil__object *object, const char *part, const char **data,
                  size_t *length)
{
    size_t size = *length == PILEUS_NUL_TERMINATED
                      ? strnlen(*data, PILEUS_STRING_MAX + 1)
                      : *length;
    size_t mended = size > PILEUS_STRING_MAX || pil__utf8_clean(*data, size)
                        ? size
                        : pil__utf8_mend(NULL, *data, size);

    if (mended > PILEUS_STRING_MAX) {
        pil__object_mark(
            object, part,
            "is longer than " PIL__TEXT_OF(PILEUS_STRING_MAX) " bytes");
        return false;
    }
    if (!pil__object_charge(object, mended)) {
        return false;
    }
    if (mended != size) { /* what is put in is longer than what it is put for */
        char *copy = pil__arena_alloc(&object->body->arena, mended);

        if (copy == NULL) {
            pil__object_mark_no_memory(object);
            return false;
        }
        (void)pil__utf8_mend(copy, *data, size);
        *data = copy;
    }
    *length = mended;
    return true;
}

/* ---- fields -------------------------------------------------------------- */

struct pil__field *
pil__object_find(const pil__object *object, int32_t field)
{
    for (size_t i = 0; i < object->field_count; i++) {
        if (object->fields[i].number == field) {
            return &object->fields[i];
        }
    }
    return NULL;
}

struct pil__field *
pil__object_add(pil__object *object, int32_t field)
{
    struct pil__field *added;

    if (object->field_count == object->field_capacity) {
        size_t first =
            object->kind == PILEUS_KIND_NODE ? NODE_FIELDS : OTHER_FIELDS;
        size_t capacity = object->field_capacity == 0
                              ? first
                              : (size_t)object->field_capacity * 2;
        struct pil__field *grown =
            pil__arena_alloc(&object->body->arena, capacity * sizeof *grown);

        if (grown == NULL) {
            pil__object_mark_no_memory(object);
            return NULL;
        }
        if (object->field_count > 0) {
            memcpy(grown, object->fields, object->field_count * sizeof *grown);
        }
        object->fields = grown;
        object->field_capacity = (uint16_t)capacity;
    }
    added = &object->fields[object->field_count++];
    *added = (struct pil__field){.number = field};
    return added;
}

/* The entry of a field, made if need be. */
static struct pil__field *
entry_of(pil__object *object, int32_t field)
{
    struct pil__field *entry = pil__object_find(object, field);

    return entry != NULL ? entry : pil__object_add(object, field);
}

/* The rule of a field that is to be set in one of these shapes; NULL when
 * there is nothing to be set, because it is unknown or the object is broken. */
static const struct pil__rule *
rule_for(pil__object *object, int32_t field, uint32_t shapes)
{
    const struct pil__rule *rule = pil__rule(object->kind, field);

    if (rule == NULL || object->body->failed != PILEUS_OK) {
        return NULL;
    }
    if ((rule->shape & shapes) == 0) {
        pil__object_mark(object, rule->name, "was given as another type");
        return NULL;
    }
    return rule;
}

/* Is an id clean? An empty one says that there is none. */
static bool
check_id(pil__object *object, const struct pil__rule *rule, const char **data,
         size_t *length)
{
    size_t size = *length == PILEUS_NUL_TERMINATED
                      ? strnlen(*data, PILEUS_ID_MAX + 1)
                      : *length;

    if (size > PILEUS_ID_MAX) {
        pil__object_mark(
            object, rule->name,
            "is longer than " PIL__TEXT_OF(PILEUS_ID_MAX) " bytes");
        return false;
    }
    if (!pil__utf8_plain(*data, size)) {
        pil__object_mark(object, rule->name,
                         "is not valid UTF-8 without control characters");
        return false;
    }
    *data = size == 0 ? NULL : *data;
    *length = size;
    return pil__object_charge(object, size);
}

/* Is there room for one more address? */
static bool
check_count(pil__object *object, const struct pil__rule *rule)
{
    size_t count = 0;

    if (object->field_count < PIL__ADDRESSES_MAX) {
        return true;
    }
    for (size_t i = 0; i < object->field_count; i++) {
        int32_t number = object->fields[i].number;

        count += number == PILEUS_FIELD_PUBLIC_IP ||
                 number == PILEUS_FIELD_PRIVATE_IP;
    }
    if (count >= PIL__ADDRESSES_MAX) {
        pil__object_mark(object, rule->name,
                         "comes beyond the limit of " PIL__TEXT_OF(
                             PIL__ADDRESSES_MAX) " addresses");
        return false;
    }
    return true;
}

void
pil__object_set_string(pil__object *object, int32_t field, const char *value,
                       size_t length)
{
    const struct pil__rule *rule = rule_for(
        object, field, PIL__SHAPE_STRING | PIL__SHAPE_ID | PIL__SHAPE_ADDRESS);
    struct pil__field *entry;
    const char *copy = NULL;

    if (rule == NULL || value == NULL) {
        return;
    }
    if (rule->shape == PIL__SHAPE_ID
            ? !check_id(object, rule, &value, &length)
            : !pil__object_clean(object, rule->name, &value, &length)) {
        return;
    }
    if (rule->shape == PIL__SHAPE_ADDRESS && !check_count(object, rule)) {
        return;
    }
    if (value != NULL) {
        copy = pil__arena_strndup(&object->body->arena, value, length);
        if (copy == NULL) {
            pil__object_mark_no_memory(object);
            return;
        }
    }
    entry = rule->shape == PIL__SHAPE_ADDRESS ? pil__object_add(object, field)
                                              : entry_of(object, field);
    if (entry != NULL) {
        entry->string = copy;
    }
}

void
pil__object_set_integer(pil__object *object, int32_t field, int64_t value)
{
    const struct pil__rule *rule = rule_for(object, field, PIL__SHAPE_INTEGER);
    struct pil__field *entry;

    if (rule == NULL) {
        return;
    }
    if (field == PILEUS_FIELD_STATE && value != (pileus_state)value) {
        pil__object_mark(object, rule->name, "is not a number of 32 bits");
        return;
    }
    entry = entry_of(object, field);
    if (entry != NULL) {
        entry->integer = value;
    }
}

void
pil__object_set_double(pil__object *object, int32_t field, double value)
{
    struct pil__field *entry;

    if (rule_for(object, field, PIL__SHAPE_DOUBLE) == NULL ||
        !isfinite(value)) { /* that says nothing */
        return;
    }
    entry = entry_of(object, field);
    if (entry != NULL) {
        entry->real = value;
    }
}

void
pil__object_add_pair(pil__object *object, int32_t field, const char *name,
                     size_t name_length, const char *value, size_t value_length)
{
    const struct pil__rule *rule = rule_for(object, field, PIL__SHAPE_PAIRS);
    pil__arena *arena = &object->body->arena;
    struct pil__field *entry;
    pileus_value text;

    if (rule == NULL || name == NULL) {
        return;
    }
    if (value == NULL) {
        value = "";
        value_length = 0;
    }
    if (!pil__object_clean(object, rule->name, &name, &name_length) ||
        !pil__object_clean(object, rule->name, &value, &value_length)) {
        return;
    }
    entry = entry_of(object, field);
    if (entry == NULL) {
        return;
    }
    if (entry->pairs == NULL) {
        entry->pairs = pil__value_dict(arena);
    }
    if (entry->pairs == NULL ||
        !pil__value_hold(arena, &text, PILEUS_TYPE_STRING, value,
                         value_length) ||
        pil__value_set(arena, entry->pairs, name, name_length, &text) == NULL) {
        pil__object_mark_no_memory(object);
    }
}

pil__object *
pil__object_nested(pil__object *object, int32_t field)
{
    struct pil__field *entry;

    if (rule_for(object, field, PIL__SHAPE_RECORD) == NULL) {
        return NULL;
    }
    entry = pil__object_find(object, field);
    if (entry == NULL) {
        pil__object *record = pil__object_new_nested(
            object,
            field == PILEUS_FIELD_SIZE ? PILEUS_KIND_SIZE : PILEUS_KIND_IMAGE);

        if (record == NULL) {
            pil__object_mark_no_memory(object);
            return NULL;
        }
        entry = pil__object_add(object, field);
        if (entry == NULL) {
            return NULL;
        }
        entry->record = record;
    }
    return entry->record;
}

void
pil__object_set_blob(pil__object *object, uint32_t format, const void *data,
                     size_t size)
{
    struct pil__blob *blob;

    if (object->body->failed != PILEUS_OK) {
        return;
    }
    if (data == NULL || size == 0) {
        object->blob = NULL;
        return;
    }
    if (size > PILEUS_BLOB_MAX) {
        pil__object_mark(
            object, "blob",
            "is larger than " PIL__TEXT_OF(PILEUS_BLOB_MAX) " bytes");
        return;
    }
    if (!pil__object_charge(object, size)) {
        return;
    }
    blob = pil__arena_alloc(&object->body->arena, sizeof *blob + size);
    if (blob == NULL) {
        pil__object_mark_no_memory(object);
        return;
    }
    blob->size = size;
    blob->format = format;
    memcpy(blob->bytes, data, size);
    object->blob = blob;
}
