/* Keys that come again and again, each kept once. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_keys.h"

#include <string.h>

/* Slots that are looked at for a key. Whoever makes keys that all want the
 * same ones only has them not kept. */
#define PROBES 4

_Static_assert((PIL__KEYS_MAX & (PIL__KEYS_MAX - 1)) == 0, "a power of two");

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

const char *
pil__keys_find(const struct pil__keys *keys, const char *text, size_t size)
{
    uint32_t hash = hash_of(text, size);

    for (uint32_t i = 0; i < PROBES; i++) {
        const struct pil__key *key = &keys->slot[(hash + i) % PIL__KEYS_MAX];

        if (key->text == NULL) {
            return NULL;
        }
        if (key->hash == hash && key->size == size &&
            memcmp(key->text, text, size) == 0) {
            return key->text;
        }
    }
    return NULL;
}

bool
pil__keys_keep(struct pil__keys *keys, pil__arena *arena, const char *text,
               size_t size, const char **kept)
{
    uint32_t hash = hash_of(text, size);

    *kept = NULL;
    for (uint32_t i = 0; size <= PIL__KEY_MAX && i < PROBES; i++) {
        struct pil__key *key = &keys->slot[(hash + i) % PIL__KEYS_MAX];

        if (key->text == NULL) {
            key->text = pil__arena_strndup(arena, text, size);
            key->hash = hash;
            key->size = (uint32_t)size;
            *kept = key->text;
            return key->text != NULL;
        }
    }
    return true;
}
