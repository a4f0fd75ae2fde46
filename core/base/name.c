/* Names that come again and again, each kept once for the whole process. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/name.h"

#include "core/base/small.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define SLOTS (2 * PIL__NAMES_MAX)
/* Slots that are looked at for a name. */
#define PROBES 4
/* A name begins where its number may. */
#define ALIGNMENT _Alignof(pil__name)

_Static_assert((SLOTS & (SLOTS - 1)) == 0, "a power of two");

_Alignas(pil__name) char pil__names[PIL__NAMES_SIZE];
static _Atomic(const pil__name *) slots[SLOTS];
static _Atomic(const pil__name *) numbered[PIL__NAMES_MAX + 1];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static size_t used;                                      /* of pil__names */
static uint16_t count;

/* Of length, first and last bytes: that tells apart what people name. */
static uint32_t
hash_of(const char *text, size_t size)
{
    uint64_t first = 0;
    uint64_t last = 0;

    if (size >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + size - sizeof last, sizeof last);
    } else {
        for (size_t i = 0; i < size; i++) {
            first = first << 8 | (uint8_t)text[i];
        }
    }
    first = (first ^ (last << 1 | last >> 63) ^ size) *
            UINT64_C(0x9E3779B97F4A7C15);
    return (uint32_t)(first >> 32);
}

/* The name, or in *free the first slot that has room for it, if any. */
static const pil__name *
look_up(const char *text, size_t size, _Atomic(const pil__name *) **free)
{
    uint32_t hash = hash_of(text, size);

    *free = NULL;
    for (uint32_t i = 0; i < PROBES; i++) {
        _Atomic(const pil__name *) *slot = &slots[(hash + i) % SLOTS];
        const pil__name *name =
            atomic_load_explicit(slot, memory_order_acquire);

        if (name == NULL) {
            *free = slot;
            return NULL;
        }
        if (name->size == size && pil__small_equal(name->text, text, size)) {
            return name;
        }
    }
    return NULL;
}

const pil__name *
pil__name_find(const char *text, size_t size)
{
    _Atomic(const pil__name *) *free;

    return look_up(text, size, &free);
}

/* Pointers that are told apart. */
#define RECALLED 256

const pil__name *
pil__name_recall(const char *text)
{
    static _Atomic(const pil__name *) recalled[RECALLED];
    uintptr_t at = (uintptr_t)text;
    _Atomic(const pil__name *) *slot = &recalled[(at ^ at >> 8) % RECALLED];
    const pil__name *name = atomic_load_explicit(slot, memory_order_acquire);

    if (name == NULL || strcmp(name->text, text) != 0) {
        name = pil__name_find(text, strlen(text));
        if (name != NULL) {
            atomic_store_explicit(slot, name, memory_order_release);
        }
    }
    return name;
}

/* A new name in the store; NULL: it is full. */
static const pil__name *
add(const char *text, size_t size)
{
    size_t whole = sizeof(pil__name) + size + 1;
    pil__name *name;

    whole = (whole + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
    if (count == PIL__NAMES_MAX || whole > PIL__NAMES_SIZE - used) {
        return NULL;
    }
    name = (pil__name *)(void *)(pil__names + used);
    used += whole;
    name->number = ++count;
    name->size = (uint8_t)size;
    memcpy(name->text, text, size);
    name->text[size] = '\0';
    atomic_store_explicit(&numbered[name->number], name, memory_order_release);
    return name;
}

const pil__name *
pil__name_keep(const char *text, size_t size)
{
    _Atomic(const pil__name *) *free;
    const pil__name *name = look_up(text, size, &free);

    if (name != NULL || free == NULL || size > PIL__NAME_LENGTH_MAX) {
        return name;
    }
    (void)pthread_mutex_lock(&lock);
    name = look_up(text, size, &free); /* another thread may have been faster */
    if (name == NULL && free != NULL) {
        name = add(text, size);
        if (name != NULL) {
            atomic_store_explicit(free, name, memory_order_release);
        }
    }
    (void)pthread_mutex_unlock(&lock);
    return name;
}

const pil__name *
pil__name_at(uint16_t number)
{
    return number > PIL__NAMES_MAX
               ? NULL
               : atomic_load_explicit(&numbered[number], memory_order_acquire);
}
