/* The loader: from a file to the one function that a driver exports. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_LOADER_H
#define PIL__DRIVER_LOADER_H

#include "core/driver/manifest.h"

#include <pileus/linked.h>

/* Load the file of the module, for ever, and find its function. */
pileus_code pil__loader_open(pil__module_entry *entry,
                             const pileus_driver_info *info,
                             pileus_error **err);

/* The same for a module that was linked into the program (libtool -dlpreopen),
 * which has no file. *entry is NULL when there is none of that name. */
pileus_code pil__loader_open_preloaded(pil__module_entry *entry,
                                       const pileus_driver_info *info,
                                       pileus_error **err);

/* Call found with the record of each driver that libtool has preopened, under
 * a lock that keeps other threads from this file's functions. */
pileus_code
pil__loader_preopened(void (*found)(const pileus_linked_driver *driver),
                      pileus_error **err);

/* Load a file of pileus's own, which is installed in the folder "pileus" beside
 * libpileus, for ever, and find a symbol of it. */
pileus_code pil__loader_open_own(void **symbol, const char *file,
                                 const char *name, pileus_error **err);

#endif
