/* Names with their values: tags, filters, options of a create. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/model/pairs.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/wipe.h"

#include <string.h>

pileus_code
pil__pairs_add(struct pil__pairs *pairs, const char *name, const char *value,
               pileus_error **err)
{
    void *array = pairs->pair;
    pileus_pair pair = {0};

    if (!pil__grow(&array, &pairs->capacity, pairs->count, sizeof pair)) {
        return pil__error_no_memory(err);
    }
    pairs->pair = array;
    pair.name = pil__strdup(name);
    pair.value = value == NULL ? NULL : pil__strdup(value);
    if (pair.name == NULL || (value != NULL && pair.value == NULL)) {
        pil__free((char *)pair.name);
        pil__wipe_free((char *)pair.value);
        return pil__error_no_memory(err);
    }
    pairs->pair[pairs->count++] = pair;
    return PILEUS_OK;
}

bool
pil__pairs_has(const struct pil__pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++) {
        if (strcmp(pairs->pair[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

bool
pil__pairs_copy(struct pil__pairs *pairs, const struct pil__pairs *other)
{
    for (size_t i = 0; i < other->count; i++) {
        if (pil__pairs_add(pairs, other->pair[i].name, other->pair[i].value,
                           NULL) != PILEUS_OK) {
            return false;
        }
    }
    return true;
}

/* A driver's own option may be a secret, so values are wiped. */
void
pil__pairs_free(struct pil__pairs *pairs)
{
    for (size_t i = 0; i < pairs->count; i++) {
        pil__free((char *)pairs->pair[i].name);
        pil__wipe_free((char *)pairs->pair[i].value);
    }
    pil__free(pairs->pair);
    *pairs = (struct pil__pairs){0};
}
