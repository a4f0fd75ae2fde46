/* Drivers that are linked into the program: the process-wide table of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_LINKED_H
#define PIL__DRIVER_LINKED_H

#include "core/driver/manifest.h"

/* One of them. It is never changed nor freed, so it may be used by any thread.
 */
typedef struct pil__linked {
    const struct pil__linked *next;
    const pileus_driver_info *info;
} pil__linked;

/* The first of those there are by now; NULL: none. What libtool has preopened
 * joins them at the first call, and what of it cannot be used is an error of
 * that call. */
pileus_code pil__linked_first(const pil__linked **first, pileus_error **err);

#endif
