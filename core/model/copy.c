/* Copies of objects, and objects that another connection takes over. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include "core/base/error.h"

#include <pileus/connection.h>

#include <string.h>

static void copy_facts(pil__object *copy, const pil__object *original);

static void
copy_field(pil__object *copy, const pil__object *original,
           const struct pil__field *field)
{
    switch (pil__rule(original->kind, field->number)->shape) {
    case PIL__SHAPE_INTEGER:
        pil__object_set_integer(copy, field->number, field->integer);
        break;
    case PIL__SHAPE_DOUBLE:
        pil__object_set_double(copy, field->number, field->real);
        break;
    case PIL__SHAPE_RECORD: {
        pil__object *record = pil__object_nested(copy, field->number);

        if (record != NULL) {
            copy_facts(record, field->record);
        }
        break;
    }
    case PIL__SHAPE_PAIRS:
        for (size_t i = 0; i < pileus_value_count(field->pairs); i++) {
            pil__object_add_pair(
                copy, field->number, pileus_value_key(field->pairs, i),
                PILEUS_NUL_TERMINATED,
                pileus_value_string(pileus_value_at(field->pairs, i)),
                PILEUS_NUL_TERMINATED);
        }
        break;
    default:
        pil__object_set_string(copy, field->number, field->string,
                               PILEUS_NUL_TERMINATED);
        break;
    }
}

static void
copy_facts(pil__object *copy, const pil__object *original)
{
    const pil__packed *extra = &pil__object_answer(original)->packed;

    for (size_t i = 0; i < original->field_count; i++) {
        copy_field(copy, original, &original->fields[i]);
    }
    if (original->blob != NULL) {
        pil__object_set_blob(copy, original->blob->format,
                             original->blob->bytes, original->blob->size);
    }
    if (extra->size > 0) {
        copy->packed.bytes = (const uint8_t *)pil__arena_strndup(
            &copy->body->arena, (const char *)extra->bytes, extra->size);
        copy->packed.size = extra->size;
        if (copy->packed.bytes == NULL) {
            pil__object_mark_no_memory(copy);
        }
    }
}

/* The copy begins in the state that the original has come to. */
static void
copy_state(pil__object *copy, const struct pil__state *state)
{
    struct pil__field *word =
        pil__object_find(copy, PILEUS_FIELD_PROVIDER_STATE);

    if (word != NULL) {
        word->string = NULL;
    }
    pil__object_set_integer(copy, PILEUS_FIELD_STATE, state->state);
    pil__object_set_string(copy, PILEUS_FIELD_PROVIDER_STATE, state->word,
                           PILEUS_NUL_TERMINATED);
}

pil__object *
pil__object_copy(const pil__object *object, pileus_connection *conn)
{
    pil__object *copy = pil__object_new(object->kind, object->head.host, NULL,
                                        (pil__arena){0}, NULL);
    const struct pil__state *state =
        atomic_load_explicit(&object->state, memory_order_acquire);

    if (copy == NULL || !pil__object_keep(object)) {
        pil__object_unref(copy);
        return NULL;
    }
    atomic_store(&copy->body->form, PIL__KEPT);
    copy->body->room = SIZE_MAX; /* the original was within the limit */
    copy_facts(copy, object);
    if (state != NULL) {
        copy_state(copy, state);
    }
    if (pil__object_finish(copy, conn, object->body->type, NULL) != PILEUS_OK) {
        pil__object_unref(copy);
        return NULL;
    }
    return copy;
}

/* The copy that belongs to conn, in *out. */
static pileus_code
rebind(pil__object **out, const pil__object *object, pileus_kind kind,
       pileus_connection *conn, pileus_error **err)
{
    const pileus_connection *from = pil__object_connection(object);
    const char *driver = conn == NULL ? NULL : pileus_connection_driver(conn);
    const char *name = pil__kind_name(kind);

    if (out == NULL || from == NULL || driver == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a %s is taken over by a connection from "
                              "another: give the %s and the connection",
                              name, name);
    }
    if (strcmp(pileus_connection_driver(from), driver) != 0) {
        return pil__error_set(
            err, PILEUS_INVALID_ARGUMENT,
            "a %s of driver %s cannot be taken over by a connection of "
            "driver %s, because a blob is only for the driver that made it: "
            "get the %s anew through that connection",
            name, pileus_connection_driver(from), driver, name);
    }
    *out = pil__object_copy(object, conn);
    return *out == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

pileus_code
pileus_node_rebind(pileus_node **out, const pileus_node *node,
                   pileus_connection *conn, pileus_error **err)
{
    pil__object *copy = NULL;
    pileus_code code = rebind(out == NULL ? NULL : &copy, (const void *)node,
                              PILEUS_KIND_NODE, conn, err);

    if (code == PILEUS_OK) {
        *out = (void *)copy;
    }
    return code;
}

pileus_code
pileus_volume_rebind(pileus_volume **out, const pileus_volume *volume,
                     pileus_connection *conn, pileus_error **err)
{
    pil__object *copy = NULL;
    pileus_code code = rebind(out == NULL ? NULL : &copy, (const void *)volume,
                              PILEUS_KIND_VOLUME, conn, err);

    if (code == PILEUS_OK) {
        *out = (void *)copy;
    }
    return code;
}

pileus_code
pileus_snapshot_rebind(pileus_snapshot **out, const pileus_snapshot *snapshot,
                       pileus_connection *conn, pileus_error **err)
{
    pil__object *copy = NULL;
    pileus_code code =
        rebind(out == NULL ? NULL : &copy, (const void *)snapshot,
               PILEUS_KIND_SNAPSHOT, conn, err);

    if (code == PILEUS_OK) {
        *out = (void *)copy;
    }
    return code;
}
