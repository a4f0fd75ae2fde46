/* The walk along a context's search path. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_SEARCH_H
#define PIL__DRIVER_SEARCH_H

#include "core/driver/context.h"

/* Something that was found under a name. */
typedef struct pil__found {
    char *name;
    char *path;               /* of the manifest */
    pileus_driver_info *info; /* NULL: an empty file, which hides the name */
} pil__found;

struct pileus_drivers {
    pil__found *found; /* as it was found; sorted when the walk is over */
    size_t found_count;
    size_t found_capacity;
    const pileus_driver_info **infos; /* those of found that have one */
    size_t info_count;
    char **notes;
    size_t note_count;
    size_t note_capacity;
    pileus_error *refusal; /* of a walk for one name: why it cannot be used */
};

/* Walk the search path, for all drivers or, only being not NULL, for that
 * name. Fails for want of memory only: all else is a note. */
pileus_code pil__search(pileus_drivers **drivers, const pileus_context *ctx,
                        const char *only, pileus_error **err);

#endif
