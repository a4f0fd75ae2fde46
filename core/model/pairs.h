/* Names with their values: tags, filters, options of a create. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_PAIRS_H
#define PIL__MODEL_PAIRS_H

#include <pileus/driver.h>
#include <pileus/error.h>

/* Zeroed, there are none. */
struct pil__pairs {
    pileus_pair *pair;
    size_t count;
    size_t capacity;
};

/* Add a copy of both; value may be NULL. PILEUS_OK or PILEUS_NO_MEMORY. */
pileus_code pil__pairs_add(struct pil__pairs *pairs, const char *name,
                           const char *value, pileus_error **err);
bool pil__pairs_has(const struct pil__pairs *pairs, const char *name);
/* Add copies of the pairs of another; false: no memory. */
bool pil__pairs_copy(struct pil__pairs *pairs, const struct pil__pairs *other);
void pil__pairs_free(struct pil__pairs *pairs);

#endif
