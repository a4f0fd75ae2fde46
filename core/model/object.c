/* Objects: their memory, their references, their end of building. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include "core/base/alloc.h"
#include "core/base/error.h"

#include <pileus/connection.h>

#include <string.h>

/* ---- a new one, and its references --------------------------------------- */

/* An object with its body, as they lie in the arena. */
struct whole {
    struct pil__body body;
    pil__object object;
};

static void
init(pil__object *object, struct pil__body *body, pileus_kind kind,
     const pileus_host *host)
{
    memset(object, 0, sizeof *object);
    object->head.host = host;
    object->body = body;
    object->draft = pil__value_empty_dict;
    object->kind = kind;
    atomic_init(&object->unpacked, NULL);
    atomic_init(&object->state, NULL);
    atomic_init(&object->uuid, NULL);
}

pil__object *
pil__object_new(pileus_kind kind, const pileus_host *host, void *owner,
                pil__arena arena, pil__arena *scratch)
{
    struct whole *whole = pil__arena_alloc(&arena, sizeof *whole);

    if (whole == NULL) {
        return NULL;
    }
    memset(&whole->body, 0, sizeof whole->body);
    atomic_init(&whole->body.references, 1);
    whole->body.arena = arena;
    whole->body.root = &whole->object;
    whole->body.room = PIL__OBJECT_MAX;
    whole->body.scratch = scratch != NULL ? scratch : &whole->body.own_scratch;
    atomic_init(&whole->body.form, PIL__DRAFT);
    init(&whole->object, &whole->body, kind, host);
    whole->object.head.owner = owner;
    return &whole->object;
}

size_t
pil__object_size(const pil__object *object)
{
    return pil__arena_used(&object->body->arena);
}

pil__object *
pil__object_new_nested(pil__object *outer, pileus_kind kind)
{
    pil__object *object = pil__arena_alloc(&outer->body->arena, sizeof *object);

    if (object != NULL) {
        init(object, outer->body, kind, outer->head.host);
        object->head.owner = outer->head.owner;
    }
    return object;
}

pil__object *
pil__object_ref(const pil__object *object)
{
    if (object != NULL) {
        (void)pil__object_keep(object);
        (void)atomic_fetch_add_explicit(&object->body->references, 1,
                                        memory_order_relaxed);
    }
    return (pil__object *)object;
}

/* Not by way of each other, for there may be many. */
static void
free_answers(pil__object *object)
{
    pil__object *answer = atomic_exchange(&object->answer, NULL);

    while (answer != NULL) {
        pil__object *before = atomic_exchange(&answer->answer, NULL);

        pil__object_unref(answer);
        answer = before;
    }
}

/* Free what is not in the arena, because it was made after the building. */
static void
free_late_parts(pil__object *object)
{
    struct pil__state *state = atomic_load(&object->state);

    while (state != NULL) {
        struct pil__state *before = state->before;

        pil__free(state->word);
        pil__free(state);
        state = before;
    }
    pil__free(atomic_load(&object->uuid));
    free_answers(object);
    pil__object_free_extra(object);
    for (size_t i = 0; i < object->field_count; i++) {
        const struct pil__field *field = &object->fields[i];

        if (pil__rule(object->kind, field->number)->shape ==
            PIL__SHAPE_RECORD) {
            free_late_parts(field->record);
        }
    }
}

void
pil__object_unref(const pil__object *object)
{
    pil__arena arena;
    pileus_connection *conn;

    if (object == NULL ||
        atomic_fetch_sub_explicit(&object->body->references, 1,
                                  memory_order_acq_rel) != 1) {
        return;
    }
    free_late_parts(object->body->root);
    pil__object_free_scratch(object->body);
    conn = object->body->conn;
    arena = object->body->arena;
    if (object->body->root->kind == PILEUS_KIND_KEY_PAIR) {
        pil__arena_wipe(&arena);
    }
    pil__arena_free(&arena);
    if (conn != NULL) {
        pileus_connection_unref(conn);
    }
}

/* ---- answers --------------------------------------------------------------
 */

void
pil__object_take_answer(pil__object *object, pil__object *answer)
{
    pil__object *before =
        atomic_load_explicit(&object->answer, memory_order_relaxed);

    (void)pil__object_ref(answer);
    do {
        atomic_store_explicit(&answer->answer, before, memory_order_relaxed);
    } while (!atomic_compare_exchange_weak_explicit(
        &object->answer, &before, answer, memory_order_release,
        memory_order_relaxed));
}

const pil__object *
pil__object_answer(const pil__object *object)
{
    const pil__object *answer =
        object == NULL
            ? NULL
            : atomic_load_explicit(&object->answer, memory_order_acquire);

    return answer == NULL ? object : answer;
}

/* ---- the end of the building --------------------------------------------- */

static void
check_closed(pil__object *object)
{
    if (object->open != NULL) {
        pil__object_mark(object, "extra", "has a list or dict left open");
    }
    for (size_t i = 0; i < object->field_count; i++) {
        const struct pil__field *field = &object->fields[i];

        if (pil__rule(object->kind, field->number)->shape ==
            PIL__SHAPE_RECORD) {
            check_closed(field->record);
        }
    }
}

/* The error that tells what a broken object was marked with. */
static pileus_code
report(const pil__object *object, pileus_error **err)
{
    const struct pil__body *body = object->body;
    const char *id = pil__object_string(body->root, PILEUS_FIELD_ID, 0);

    if (body->failed == PILEUS_NO_MEMORY) {
        return pil__error_no_memory(err);
    }
    return pil__error_set(err, body->failed,
                          "the driver gave a broken %s%s%s%s: its %s %s; tell "
                          "this to the driver's author",
                          pil__kind_name(body->root->kind),
                          id == NULL ? "" : " \"", id == NULL ? "" : id,
                          id == NULL ? "" : "\"", body->part, body->problem);
}

pileus_code
pil__object_finish(pil__object *object, pileus_connection *conn,
                   const char *type, pileus_error **err)
{
    struct pil__body *body = object->body;

    if (object->kind == PILEUS_KIND_KEY_PAIR &&
        pil__object_string(object, PILEUS_FIELD_ID, 0) == NULL) {
        pil__object_set_string(object, PILEUS_FIELD_ID,
                               pil__object_string(object, PILEUS_FIELD_NAME, 0),
                               PILEUS_NUL_TERMINATED);
    }
    if (object->kind == PILEUS_KIND_ADDRESS &&
        pil__object_string(object, PILEUS_FIELD_NAME, 0) == NULL) {
        pil__object_set_string(object, PILEUS_FIELD_NAME,
                               pil__object_string(object, PILEUS_FIELD_IP, 0),
                               PILEUS_NUL_TERMINATED);
    }
    check_closed(object);
    if (body->failed != PILEUS_OK) {
        return report(object, err);
    }
    if (type != NULL) {
        body->type = pil__arena_strndup(&body->arena, type, strlen(type));
        if (body->type == NULL) {
            return pil__error_no_memory(err);
        }
    }
    if (conn != NULL) {
        body->conn = pileus_connection_ref(conn);
    }
    return PILEUS_OK;
}
