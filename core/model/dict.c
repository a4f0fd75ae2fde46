/* Lists and dicts: room for their entries, and finding them by key. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/tree.h"

#include <stdatomic.h>
#include <string.h>

/* Room of a container that gets its first entry. */
#define FIRST_CAPACITY 4
#define NOT_FOUND SIZE_MAX
/* What a container's count can tell. */
#define COUNT_MAX (UINT32_MAX / 2)

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
struct link {
    size_t bit;
    size_t child[2];
};

_Static_assert((PIL__LINEAR_MAX & (PIL__LINEAR_MAX - 1)) == 0 &&
                   PIL__LINEAR_MAX >= FIRST_CAPACITY,
               "a dict grows when it gets its index");

/* A container has room for a power of two; the index of a dict stands behind
 * that room. */
static size_t
capacity_of(size_t count)
{
    size_t capacity = FIRST_CAPACITY;

    while (capacity < count) {
        capacity *= 2;
    }
    return count == 0 ? 0 : capacity;
}

/* The index; NULL while the dict is small. */
static struct link *
index_of(const pileus_value *dict)
{
    return dict->count <= PIL__LINEAR_MAX
               ? NULL
               : (struct link *)(void *)(dict->entry +
                                         capacity_of(dict->count));
}

static bool
key_is(const struct pil__entry *entry, const char *key, size_t size)
{
    /* Most keys differ in their first byte. */
    return (size == 0 || entry->key[0] == key[0]) &&
           strncmp(entry->key, key, size) == 0 && entry->key[size] == '\0';
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
descend(const struct link *link, const char *key, size_t size, size_t until,
        size_t *above)
{
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
index_add(struct link *link, const struct pil__entry *entry, size_t i)
{
    const char *key = entry[i].key;
    size_t size = strlen(key);
    struct link *made = &link[i];
    size_t above;
    size_t at;
    size_t side;

    if (i == 0) {
        *made = (struct link){0};
        return;
    }
    at = descend(link, key, size, SIZE_MAX, &above);
    made->bit = first_difference(&entry[at], key, size);
    at = descend(link, key, size, made->bit, &above);
    side = bit_of(key, size, made->bit);
    made->child[side] = i;
    made->child[!side] = at;
    link[above].child[bit_of(key, size, link[above].bit)] = i;
}

bool
pil__value_reserve(pil__arena *arena, pileus_value *container)
{
    size_t count = container->count;
    size_t capacity = capacity_of(count + 1);
    bool indexed =
        container->type == PILEUS_TYPE_DICT && capacity > PIL__LINEAR_MAX;
    size_t entries = capacity * sizeof(struct pil__entry);
    char *grown;

    if (capacity == capacity_of(count)) {
        return true;
    }
    if (count > COUNT_MAX) {
        return false;
    }
    grown = pil__arena_alloc(
        arena, entries + (indexed ? capacity * sizeof(struct link) : 0));
    if (grown == NULL) {
        return false;
    }
    if (count > 0) {
        memcpy(grown, container->entry, count * sizeof(struct pil__entry));
    }
    if (indexed && count > PIL__LINEAR_MAX) {
        memcpy(grown + entries, index_of(container),
               count * sizeof(struct link));
    }
    container->entry = (struct pil__entry *)(void *)grown;
    if (indexed && count == PIL__LINEAR_MAX) {
        for (size_t i = 0; i < count; i++) {
            index_add((struct link *)(void *)(grown + entries),
                      container->entry, i);
        }
    }
    return true;
}

static size_t
find_linear(const struct pil__entry *entry, size_t count, const char *key,
            size_t size)
{
    const char first = size == 0 ? '\0' : *key;

    for (size_t at = 0; at < count; at++) {
        const char *other = entry[at].key;
        size_t same = 1;

        if (*other != first) { /* most do */
            continue;
        }
        while (same < size && other[same] == key[same]) {
            same++;
        }
        if (same >= size && other[size] == '\0') {
            return at;
        }
    }
    return NOT_FOUND;
}

/* Where keys were found the last time. A program asks for them by the same
 * pointers again and again, of dicts of the same shape; what stands here is
 * only ever a guess. */
#define GUESSES 256
static _Atomic(uint8_t) guesses[GUESSES];

_Static_assert(PIL__LINEAR_MAX <= UINT8_MAX, "a place is a byte");

static size_t
find_again(const struct pil__entry *entry, size_t count, const char *key,
           size_t size)
{
    uintptr_t pointer = (uintptr_t)key;
    _Atomic(uint8_t) *guess = &guesses[(pointer ^ pointer >> 8) % GUESSES];
    size_t at = atomic_load_explicit(guess, memory_order_relaxed);

    if (at < count && key_is(&entry[at], key, size)) {
        return at;
    }
    at = find_linear(entry, count, key, size);
    if (at != NOT_FOUND) {
        atomic_store_explicit(guess, (uint8_t)at, memory_order_relaxed);
    }
    return at;
}

/* Place of a key in a dict, or NOT_FOUND. */
static size_t
find(const pileus_value *dict, const char *key, size_t size)
{
    const struct link *link = index_of(dict);
    size_t above;
    size_t at;

    if (link != NULL) {
        at = descend(link, key, size, SIZE_MAX, &above);
        return key_is(&dict->entry[at], key, size) ? at : NOT_FOUND;
    }
    return find_again(dict->entry, dict->count, key, size);
}

const pileus_value *
pil__value_find(const pileus_value *dict, const char *key, size_t key_size)
{
    size_t at = pileus_value_type(dict) == PILEUS_TYPE_DICT
                    ? find(dict, key, key_size)
                    : NOT_FOUND;

    return at == NOT_FOUND ? NULL : &dict->entry[at].value;
}

const pileus_value *
pileus_value_get(const pileus_value *dict, const char *key)
{
    return key == NULL ? NULL : pil__value_find(dict, key, strlen(key));
}

/* The new entry of a key that is not there yet. NULL: no memory. */
static pileus_value *
add(pil__arena *arena, pileus_value *dict, const char *key)
{
    struct pil__entry *added;

    if (key == NULL || !pil__value_reserve(arena, dict)) {
        return NULL;
    }
    added = &dict->entry[dict->count++];
    *added = (struct pil__entry){.key = key};
    if (index_of(dict) != NULL) {
        index_add(index_of(dict), dict->entry, dict->count - 1);
    }
    return &added->value;
}

pileus_value *
pil__value_entry(pil__arena *arena, pileus_value *dict, const char *key,
                 size_t key_size)
{
    size_t at = find(dict, key, key_size);

    return at == NOT_FOUND ? add(arena, dict, key) : &dict->entry[at].value;
}

pileus_value *
pil__value_named(pil__arena *arena, pileus_value *dict, const char *name)
{
    if (index_of(dict) != NULL) {
        return pil__value_entry(arena, dict, name, strlen(name));
    }
    for (size_t i = 0; i < dict->count; i++) {
        if (dict->entry[i].key == name) {
            return &dict->entry[i].value;
        }
    }
    return add(arena, dict, name);
}

pileus_value *
pil__value_set(pil__arena *arena, pileus_value *dict, const char *key,
               size_t key_size, const pileus_value *entry)
{
    size_t at;
    pileus_value *value;

    if (entry == NULL) {
        return NULL;
    }
    at = find(dict, key, key_size);
    value = at == NOT_FOUND
                ? add(arena, dict, pil__arena_strndup(arena, key, key_size))
                : &dict->entry[at].value;
    if (value != NULL) {
        *value = *entry;
    }
    return value;
}
