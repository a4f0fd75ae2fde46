/* Lists of objects. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/list.h"

#include "core/base/alloc.h"

struct pileus_list {
    pil__object **objects;
    size_t count;
    size_t capacity;
};

pileus_list *
pil__list_new(void)
{
    return pil__calloc(1, sizeof(pileus_list));
}

bool
pil__list_add(pileus_list *list, pil__object *object)
{
    void *objects = list->objects;

    if (!pil__grow(&objects, &list->capacity, list->count,
                   sizeof(pil__object *))) {
        return false;
    }
    list->objects = objects;
    list->objects[list->count++] = pil__object_ref(object);
    return true;
}

void
pileus_list_free(pileus_list *list)
{
    if (list == NULL) {
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        pil__object_unref(list->objects[i]);
    }
    pil__free(list->objects);
    pil__free(list);
}

size_t
pileus_list_count(const pileus_list *list)
{
    return list == NULL ? 0 : list->count;
}

pil__object *
pil__list_at(const pileus_list *list, size_t i)
{
    return i < pileus_list_count(list) ? list->objects[i] : NULL;
}

/* Entry i if it is of this kind; NULL otherwise. */
static void *
entry_at(const pileus_list *list, size_t i, pileus_kind kind)
{
    return i < pileus_list_count(list) &&
                   pil__object_kind(list->objects[i]) == kind
               ? list->objects[i]
               : NULL;
}

pileus_node *
pileus_list_node(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_NODE);
}

pileus_size *
pileus_list_size(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_SIZE);
}

pileus_image *
pileus_list_image(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_IMAGE);
}

pileus_location *
pileus_list_location(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_LOCATION);
}

pileus_volume *
pileus_list_volume(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_VOLUME);
}

pileus_snapshot *
pileus_list_snapshot(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_SNAPSHOT);
}

pileus_key_pair *
pileus_list_key_pair(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_KEY_PAIR);
}

pileus_address *
pileus_list_address(const pileus_list *list, size_t i)
{
    return entry_at(list, i, PILEUS_KIND_ADDRESS);
}
