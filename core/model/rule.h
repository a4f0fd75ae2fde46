/* Which fields there are, in which kinds, and what may be said in each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__MODEL_RULE_H
#define PIL__MODEL_RULE_H

#include <pileus/driver.h>

/* What may be said in a field. */
enum pil__shape {
    PIL__SHAPE_STRING = 1,
    PIL__SHAPE_ID = 2,      /* a string that must be clean */
    PIL__SHAPE_ADDRESS = 4, /* a string; the field is repeatable */
    PIL__SHAPE_INTEGER = 8,
    PIL__SHAPE_DOUBLE = 16,
    PIL__SHAPE_RECORD = 32,
    PIL__SHAPE_PAIRS = 64
};

struct pil__rule {
    const char *name; /* for messages */
    uint32_t shape;
    uint32_t kinds; /* 1 << kind, of the kinds that have it */
};

/* The last field and the last kind that this library knows; each begins with
 * 1. */
#define PIL__FIELD_LAST PILEUS_FIELD_POOL
#define PIL__KIND_LAST PILEUS_KIND_ADDRESS

/* The rule of a field; NULL when there is no such field, or not in this kind.
 */
const struct pil__rule *pil__rule(pileus_kind kind, int32_t field);

#endif
