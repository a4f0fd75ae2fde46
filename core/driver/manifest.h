/* Manifests: what a driver says of itself without being loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_MANIFEST_H
#define PIL__DRIVER_MANIFEST_H

#include "core/base/arena.h"
#include "core/config/option.h"

#include <pileus/driver.h>
#include <pileus/driver_list.h>

#include <stdatomic.h>

/* A manifest larger than this is refused. */
#define PIL__MANIFEST_MAX 262144
/* The version of the manifest's own format: the value of its key "pileus". */
#define PIL__MANIFEST_FORMAT 1
/* Bytes of a driver's or an option's name. */
#define PIL__NAME_MAX 63
/* What a manifest's file is called: the driver's name, then this. */
#define PIL__MANIFEST_SUFFIX ".json"

/* The function that PILEUS_DRIVER makes. */
typedef const pileus_driver_descriptor *(*pil__module_entry)(void);

/* One reference-counted manifest; strings are in its arena. */
struct pileus_driver_info {
    pil__arena arena;
    atomic_size_t references;
    const char *name;
    const char *title;
    const char *version;
    const char *website; /* NULL: none */
    const char *type;
    const char *abi; /* "1.0" */
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t thread_model; /* PILEUS_THREADS_… */
    /* Of a driver that is linked in, the names that these files would have. */
    const char *manifest_path;
    const char *module_path;
    pil__module_entry linked; /* NULL: it is not */
    size_t option_count;
    const pileus_option_info *options;
    size_t call_count;
    const char *const *calls; /* "service.call" */
};

/* Read DIRECTORY/FILE into *info, with one reference. An empty file, which
 * hides the drivers of its name that are found later, gives NULL. All that is
 * wrong with it, and a file or directory that others can write, is a
 * PILEUS_CONFIGURATION error that names the file and what to do. */
pileus_code pil__manifest_read(pileus_driver_info **info, const char *directory,
                               const char *file, pileus_error **err);
/* The same from the text of the manifest of a driver that is linked in. */
pileus_code pil__manifest_linked(pileus_driver_info **info, const char *name,
                                 const char *text, pileus_error **err);
pileus_driver_info *pil__manifest_ref(const pileus_driver_info *info);
void pil__manifest_unref(const pileus_driver_info *info);

/* The option of that name; NULL if the driver has none. */
const pileus_option_info *pil__manifest_option(const pileus_driver_info *info,
                                               const char *name);

/* Is it a driver's name: a lower-case letter, then those, digits and
 * underscores, at most PIL__NAME_MAX bytes? */
bool pil__driver_name_valid(const char *name);

/* "serial", "connection", "parallel"; NULL for an unknown number. */
const char *pil__thread_model_name(uint32_t thread_model);

#endif
