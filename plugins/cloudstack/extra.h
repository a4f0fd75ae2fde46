/* Extra entries that are taken over as they are. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOUDSTACK_EXTRA_H
#define CLOUDSTACK_EXTRA_H

#include "cloudstack.h"

/* CloudStack's name for a fact, and libcloud's or ours. An id is text, whatever
 * it is to CloudStack, which had numbers once. */
typedef struct cs_extra {
    const char *theirs;
    const char *key;
    bool id;
} cs_extra;

/* Those that CloudStack tells. */
void cs_set_extra(pileus_call *call, pileus_record *record,
                  const pileus_value *object, const cs_extra *extras,
                  size_t count);

#endif
