/* uuids, as libcloud's get_uuid computes them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/inside.h"

#include "core/base/alloc.h"
#include "core/base/text.h"
#include "core/data/digest.h"

/* What stands for the object at the provider; NULL: nothing does. */
static const char *
key_of(const pil__object *object)
{
    const char *key = pil__object_string(object, PILEUS_FIELD_UUID_KEY, 0);

    if (key == NULL) {
        key = pil__object_string(object, PILEUS_FIELD_ID, 0);
    }
    if (key == NULL) {
        key = pil__object_string(object, PILEUS_FIELD_PUBLIC_IP, 0);
    }
    return key;
}

/* The uuid in memory of its own; NULL: no memory. */
static char *
make(const char *key, const char *type)
{
    pil__text text = {0};
    char *hex = NULL;

    pil__text_puts(&text, key);
    pil__text_puts(&text, ":");
    pil__text_puts(&text, type);
    if (!text.failed) {
        hex = pil__malloc(PIL__SHA1_HEX_SIZE);
    }
    if (hex != NULL && !pil__sha1_hex(text.data, text.length, hex)) {
        pil__free(hex);
        hex = NULL;
    }
    pil__text_free(&text);
    return hex;
}

const char *
pil__object_uuid(const pil__object *object)
{
    /* Not a change: who asks a second time is told the same. */
    pil__object *keeper = (pil__object *)object;
    const char *key = key_of(object);
    char *uuid;
    char *other = NULL;

    if (key == NULL || object->body->type == NULL) {
        return NULL;
    }
    uuid = atomic_load_explicit(&keeper->uuid, memory_order_acquire);
    if (uuid != NULL) {
        return uuid;
    }
    uuid = make(key, object->body->type);
    if (uuid != NULL && !atomic_compare_exchange_strong_explicit(
                            &keeper->uuid, &other, uuid, memory_order_acq_rel,
                            memory_order_acquire)) {
        pil__free(uuid); /* another thread was faster */
        uuid = other;
    }
    return uuid;
}
