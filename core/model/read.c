/* Reading an object, whatever its kind. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

pileus_kind
pil__object_kind(const pil__object *object)
{
    return object->kind;
}

bool
pil__object_has_failed(const pil__object *object)
{
    return object->body->failed != PILEUS_OK;
}

/* The entry of a field that has one of these shapes; NULL: not there. */
static const struct pil__field *
entry_of(const pil__object *object, int32_t field, uint32_t shapes)
{
    const struct pil__rule *rule =
        object == NULL ? NULL : pil__rule(object->kind, field);

    return rule == NULL || (rule->shape & shapes) == 0
               ? NULL
               : pil__object_find(object, field);
}

/* The state that was set after the building; NULL: none was. */
static const struct pil__state *
later_state(const pil__object *object)
{
    return object == NULL
               ? NULL
               : atomic_load_explicit(&object->state, memory_order_acquire);
}

const char *
pil__object_string(const pil__object *object, int32_t field, uint64_t index)
{
    const struct pil__field *entry = entry_of(
        object, field, PIL__SHAPE_STRING | PIL__SHAPE_ID | PIL__SHAPE_ADDRESS);
    const struct pil__state *state = later_state(object);

    if (field == PILEUS_FIELD_PROVIDER_STATE && state != NULL) {
        return index == 0 ? state->word : NULL;
    }
    if (entry == NULL) {
        return NULL;
    }
    for (; entry < object->fields + object->field_count; entry++) {
        if (entry->number == field && index-- == 0) {
            return entry->string;
        }
    }
    return NULL;
}

size_t
pil__object_count(const pil__object *object, int32_t field)
{
    size_t count = 0;

    for (size_t i = 0; object != NULL && i < object->field_count; i++) {
        count += object->fields[i].number == field;
    }
    return count;
}

bool
pil__object_integer(const pil__object *object, int32_t field, int64_t *value)
{
    const struct pil__field *entry =
        entry_of(object, field, PIL__SHAPE_INTEGER);
    const struct pil__state *state = later_state(object);

    if (field == PILEUS_FIELD_STATE && state != NULL) {
        *value = state->state;
        return true;
    }
    if (entry != NULL) {
        *value = entry->integer;
    }
    return entry != NULL;
}

int32_t
pil__object_state(const pil__object *object, int32_t unknown)
{
    int64_t state = unknown;

    (void)pil__object_integer(object, PILEUS_FIELD_STATE, &state);
    return (int32_t)state;
}

bool
pil__object_double(const pil__object *object, int32_t field, double *value)
{
    const struct pil__field *entry = entry_of(object, field, PIL__SHAPE_DOUBLE);

    if (entry != NULL) {
        *value = entry->real;
    }
    return entry != NULL;
}

const pil__object *
pil__object_record(const pil__object *object, int32_t field)
{
    const struct pil__field *entry = entry_of(object, field, PIL__SHAPE_RECORD);

    return entry == NULL ? NULL : entry->record;
}

const pileus_value *
pil__object_tags(const pil__object *object)
{
    const struct pil__field *entry =
        entry_of(object, PILEUS_FIELD_TAG, PIL__SHAPE_PAIRS);

    return entry == NULL ? &pil__value_empty_dict : entry->pairs;
}

const char *
pil__object_tag(const pil__object *object, const char *key)
{
    return pileus_value_string(pileus_value_get(pil__object_tags(object), key));
}

const void *
pil__object_blob(const pil__object *object, size_t *size, uint32_t *format)
{
    const struct pil__blob *blob = object == NULL ? NULL : object->blob;

    if (size != NULL) {
        *size = blob == NULL ? 0 : blob->size;
    }
    if (format != NULL) {
        *format = blob == NULL ? 0 : blob->format;
    }
    return blob == NULL ? NULL : blob->bytes;
}

pileus_connection *
pil__object_connection(const pil__object *object)
{
    return object == NULL ? NULL : object->body->conn;
}
