/* The drivers that were found: what an application sees of a walk. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/driver/search.h"

#include <string.h>

pileus_code
pileus_drivers_find(pileus_drivers **drivers, pileus_context *ctx,
                    pileus_error **err)
{
    if (drivers == NULL || ctx == NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "pileus_drivers_find: %s is NULL",
                              drivers == NULL ? "drivers" : "ctx");
    }
    return pil__search(drivers, ctx, NULL, err);
}

void
pileus_drivers_free(pileus_drivers *drivers)
{
    if (drivers == NULL) {
        return;
    }
    for (size_t i = 0; i < drivers->found_count; i++) {
        pil__free(drivers->found[i].name);
        pil__free(drivers->found[i].path);
        pil__manifest_unref(drivers->found[i].info);
    }
    for (size_t i = 0; i < drivers->note_count; i++) {
        pil__free(drivers->notes[i]);
    }
    pil__free(drivers->found);
    pil__free(drivers->infos);
    pil__free(drivers->notes);
    pileus_error_free(drivers->refusal);
    pil__free(drivers);
}

size_t
pileus_drivers_count(const pileus_drivers *drivers)
{
    return drivers == NULL ? 0 : drivers->info_count;
}

const pileus_driver_info *
pileus_drivers_at(const pileus_drivers *drivers, size_t i)
{
    return i < pileus_drivers_count(drivers) ? drivers->infos[i] : NULL;
}

const pileus_driver_info *
pileus_drivers_get(const pileus_drivers *drivers, const char *name)
{
    for (size_t i = 0; name != NULL && i < pileus_drivers_count(drivers); i++) {
        if (strcmp(drivers->infos[i]->name, name) == 0) {
            return drivers->infos[i];
        }
    }
    return NULL;
}

size_t
pileus_drivers_note_count(const pileus_drivers *drivers)
{
    return drivers == NULL ? 0 : drivers->note_count;
}

const char *
pileus_drivers_note(const pileus_drivers *drivers, size_t i)
{
    return i < pileus_drivers_note_count(drivers) ? drivers->notes[i] : NULL;
}
