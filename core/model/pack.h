/* Extras as bytes: small, and values only when somebody looks. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_PACK_H
#define PIL__MODEL_PACK_H

#include "core/model/value.h"

/*
 * A node's extra is often larger than all the rest of it, and most
 * applications look at none of it. So it is kept as bytes: of each value a
 * byte of what it is, and what belongs to it. Keys that many nodes have stand
 * there as numbers (base/name.h), so the bytes are of this process only.
 * Strings end with a NUL, so that a value can point at them.
 */
typedef struct pil__packed {
    const uint8_t *bytes; /* the entries of a dict, and nothing around them */
    uint32_t size;
} pil__packed;

/* Where it is made. Zeroed, it is empty and ready. */
typedef struct pil__packer {
    uint8_t *bytes;
    size_t size;
    size_t capacity;
} pil__packer;

/* Pack a dict. False: no memory. */
bool pil__pack(pil__packer *packer, const pileus_value *dict);
/* Its bytes, in the arena. False: no memory. */
bool pil__pack_end(const pil__packer *packer, pil__arena *arena,
                   pil__packed *packed);
void pil__pack_drop(pil__packer *packer);

/* The dict again, in the arena; its strings are those of the bytes, which must
 * live as long. NULL: no memory. */
const pileus_value *pil__pack_read(const pil__packed *packed,
                                   pil__arena *arena);

#endif
