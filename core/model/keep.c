/* Keeping an extra beyond its scratch memory, and reading it again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include <pthread.h>

/* ---- keeping ------------------------------------------------------------- */

static bool
pack(pil__object *object)
{
    pil__packer packer = {0};
    bool done = pil__pack(&packer, &object->draft) &&
                pil__pack_end(&packer, &object->body->arena, &object->packed);

    pil__pack_drop(&packer);
    for (size_t i = 0; done && i < object->field_count; i++) {
        const struct pil__field *field = &object->fields[i];

        if (pil__rule(object->kind, field->number)->shape ==
            PIL__SHAPE_RECORD) {
            done = pack(field->record);
        }
    }
    return done;
}

bool
pil__object_keep(const pil__object *object)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    struct pil__body *body = object->body;
    int form = atomic_load_explicit(&body->form, memory_order_acquire);

    if (form == PIL__DRAFT) {
        (void)pthread_mutex_lock(&lock);
        form = atomic_load_explicit(&body->form, memory_order_relaxed);
        if (form == PIL__DRAFT) {
            form = pack(body->root) ? PIL__KEPT : PIL__LOST;
            pil__arena_settle(&body->arena);
            if (body->scratch == &body->own_scratch) {
                pil__object_free_scratch(body);
            }
            atomic_store_explicit(&body->form, form, memory_order_release);
        }
        (void)pthread_mutex_unlock(&lock);
    }
    return form == PIL__KEPT;
}

bool
pil__object_is_lost(const pil__object *object)
{
    return atomic_load_explicit(&object->body->form, memory_order_acquire) ==
           PIL__LOST;
}

void
pil__object_free_scratch(struct pil__body *body)
{
    if (body->root->kind == PILEUS_KIND_KEY_PAIR) {
        pil__arena_wipe(&body->own_scratch);
    }
    pil__arena_free(&body->own_scratch);
}

/* ---- reading ------------------------------------------------------------- */

/* The extra as values, made when it is first asked for. */
struct pil__unpacked {
    pil__arena arena;
    const pileus_value *dict;
};

static void
unpacked_free(struct pil__unpacked *made, bool wipe)
{
    pil__arena arena = made->arena;

    if (wipe) {
        pil__arena_wipe(&arena);
    }
    pil__arena_free(&arena);
}

static struct pil__unpacked *
unpack(const pil__object *object)
{
    pil__arena arena = {0};
    struct pil__unpacked *made = pil__arena_alloc(&arena, sizeof *made);

    if (made == NULL) {
        return NULL;
    }
    made->dict = pil__pack_read(&object->packed, &arena);
    made->arena = arena;
    if (made->dict == NULL) {
        unpacked_free(made, false);
        return NULL;
    }
    return made;
}

void
pil__object_free_extra(pil__object *object)
{
    struct pil__unpacked *made = atomic_load(&object->unpacked);

    if (made != NULL) {
        unpacked_free(made, object->kind == PILEUS_KIND_KEY_PAIR);
    }
}

const pileus_value *
pil__object_extra(const pil__object *object)
{
    pil__object *own = (pil__object *)(uintptr_t)object;
    struct pil__unpacked *found = NULL;
    struct pil__unpacked *made;

    if (object == NULL || object->body->failed != PILEUS_OK) {
        return &pil__value_empty_dict;
    }
    if (!pil__object_keep(object)) {
        return NULL;
    }
    if (object->packed.size == 0) {
        return &pil__value_empty_dict;
    }
    found = atomic_load_explicit(&own->unpacked, memory_order_acquire);
    if (found != NULL) {
        return found->dict;
    }
    made = unpack(object);
    if (made != NULL &&
        !atomic_compare_exchange_strong(&own->unpacked, &found, made)) {
        unpacked_free(made, false); /* another thread was faster */
        made = found;
    }
    return made == NULL ? NULL : made->dict;
}
