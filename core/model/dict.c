/* Lists and dicts: room for their entries, and finding them by key. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/tree.h"

#include <string.h>

/* Room of a container that gets its first entry. */
#define FIRST_CAPACITY 4
/* A dict of more keys than this has an index. */
#define LINEAR_MAX 16
#define NOT_FOUND SIZE_MAX

/*
 * The index is a PATRICIA tree: a lookup follows the bits of the key, so it
 * costs as much as the key is long whatever keys a provider has chosen. That a
 * hash table could promise only with a secret of its own.
 *
 * Entry i has link i, which looks at one bit of the key, counted from 1, and
 * leads on to one of two links. Down the tree the bits rise; a link that does
 * not lead to a higher bit leads to the entry that the key can only be. Link 0
 * looks at no bit and leads, by its child 0, to the top of the tree.
 */
struct pil__link {
    size_t bit;
    size_t child[2];
};

static bool
key_is(const struct pil__entry *entry, const char *key, size_t size)
{
    return strncmp(entry->key, key, size) == 0 && entry->key[size] == '\0';
}

/* Bits beyond the end of a key are 0. */
static size_t
bit_of(const char *key, size_t size, size_t bit)
{
    size_t byte;

    if (bit == 0) {
        return 0;
    }
    byte = (bit - 1) / 8;
    return byte < size ? (uint8_t)key[byte] >> (7 - (bit - 1) % 8) & 1U : 0;
}

/* The first bit in which a key differs from that of an entry, which does. */
static size_t
first_difference(const struct pil__entry *entry, const char *key, size_t size)
{
    size_t byte = 0;
    size_t bit;
    uint8_t difference;

    while (byte < size && entry->key[byte] == key[byte]) {
        byte++;
    }
    difference = (uint8_t)entry->key[byte];
    if (byte < size) {
        difference ^= (uint8_t)key[byte];
    }
    for (bit = byte * 8 + 1; (difference & 0x80) == 0; bit++) {
        difference = (uint8_t)(difference << 1);
    }
    return bit;
}

/* Follow the key down, past all links that look at bits before until. The way
 * came through *above. */
static size_t
descend(const struct pil__entries *entries, const char *key, size_t size,
        size_t until, size_t *above)
{
    const struct pil__link *link = entries->link;
    size_t at = link[0].child[0];

    *above = 0;
    while (link[at].bit > link[*above].bit && link[at].bit < until) {
        *above = at;
        at = link[at].child[bit_of(key, size, link[at].bit)];
    }
    return at;
}

/* Put entry i, whose key is not yet in it, into the index. */
static void
index_add(struct pil__entries *entries, size_t i)
{
    const char *key = entries->entry[i].key;
    size_t size = strlen(key);
    struct pil__link *made = &entries->link[i];
    size_t above;
    size_t at;
    size_t side;

    if (i == 0) {
        *made = (struct pil__link){0};
        return;
    }
    at = descend(entries, key, size, SIZE_MAX, &above);
    made->bit = first_difference(&entries->entry[at], key, size);
    at = descend(entries, key, size, made->bit, &above);
    side = bit_of(key, size, made->bit);
    made->child[side] = i;
    made->child[!side] = at;
    entries->link[above].child[bit_of(key, size, entries->link[above].bit)] = i;
}

/* A larger array with the old one's content in the arena; NULL: no memory. */
static void *
regrow(pil__arena *arena, const void *old, size_t count, size_t capacity,
       size_t size)
{
    void *grown = capacity > SIZE_MAX / size
                      ? NULL
                      : pil__arena_alloc(arena, capacity * size);

    if (grown != NULL && old != NULL) {
        memcpy(grown, old, count * size);
    }
    return grown;
}

bool
pil__value_reserve(pil__arena *arena, pileus_value *container)
{
    struct pil__entries *entries = container->entries;
    struct pil__entry *entry;
    size_t capacity;

    if (entries == NULL) {
        entries = pil__arena_alloc(arena, sizeof *entries);
        if (entries == NULL) {
            return false;
        }
        *entries = (struct pil__entries){0};
        container->entries = entries;
    }
    if (entries->count < entries->capacity) {
        return true;
    }
    capacity = entries->capacity == 0 ? FIRST_CAPACITY : entries->capacity * 2;
    entry =
        regrow(arena, entries->entry, entries->count, capacity, sizeof *entry);
    if (entry == NULL) {
        return false;
    }
    if (container->type == PILEUS_TYPE_DICT && capacity > LINEAR_MAX) {
        bool is_new = entries->link == NULL;
        struct pil__link *link = regrow(arena, entries->link, entries->count,
                                        capacity, sizeof *link);

        if (link == NULL) {
            return false;
        }
        entries->link = link;
        for (size_t i = 0; is_new && i < entries->count; i++) {
            index_add(entries, i);
        }
    }
    entries->entry = entry;
    entries->capacity = capacity;
    return true;
}

/* Place of a key in a dict, or NOT_FOUND. */
static size_t
find(const pileus_value *dict, const char *key, size_t size)
{
    const struct pil__entries *entries = dict->entries;
    size_t above;
    size_t at;

    if (entries == NULL) {
        return NOT_FOUND;
    }
    if (entries->link != NULL) {
        at = descend(entries, key, size, SIZE_MAX, &above);
        return key_is(&entries->entry[at], key, size) ? at : NOT_FOUND;
    }
    for (at = 0; at < entries->count; at++) {
        if (key_is(&entries->entry[at], key, size)) {
            return at;
        }
    }
    return NOT_FOUND;
}

const pileus_value *
pil__value_find(const pileus_value *dict, const char *key, size_t key_size)
{
    size_t at = pileus_value_type(dict) == PILEUS_TYPE_DICT
                    ? find(dict, key, key_size)
                    : NOT_FOUND;

    return at == NOT_FOUND ? NULL : dict->entries->entry[at].value;
}

const pileus_value *
pileus_value_get(const pileus_value *dict, const char *key)
{
    return key == NULL ? NULL : pil__value_find(dict, key, strlen(key));
}

bool
pil__value_set(pil__arena *arena, pileus_value *dict, const char *key,
               size_t key_size, pileus_value *entry)
{
    size_t at;
    const char *copy;

    if (entry == NULL) {
        return false;
    }
    at = find(dict, key, key_size);
    if (at != NOT_FOUND) {
        dict->entries->entry[at].value = entry;
        return true;
    }
    copy = pil__arena_strndup(arena, key, key_size);
    if (copy == NULL || !pil__value_reserve(arena, dict)) {
        return false;
    }
    at = dict->entries->count++;
    dict->entries->entry[at] = (struct pil__entry){copy, entry};
    if (dict->entries->link != NULL) {
        index_add(dict->entries, at);
    }
    return true;
}
