/* Manifests: what a driver says of itself without being loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_MANIFEST_H
#define PIL__DRIVER_MANIFEST_H

#include "core/base/arena.h"
#include "core/config/option.h"

#include <pileus/driver.h>
#include <pileus/driver_list.h>

/* A manifest larger than this is refused. */
#define PIL__MANIFEST_MAX 262144
/* The version of the manifest's own format: the value of its key "pileus". */
#define PIL__MANIFEST_FORMAT 1

/* One reference-counted manifest; strings are in its arena. */
struct pileus_driver_info {
    pil__arena arena;
    int references; /* atomic, see manifest.c */
    const char *name;
    const char *title;
    const char *version;
    const char *website; /* NULL: none */
    const char *type;
    const char *abi; /* "1.0" */
    uint32_t abi_major;
    uint32_t abi_minor;
    uint32_t thread_model; /* PILEUS_THREADS_… */
    const char *manifest_path;
    const char *module_path;
    size_t option_count;
    const pileus_option_info *options;
    size_t call_count;
    const char *const *calls; /* "service.call" */
};

/* Read DIRECTORY/FILE into *info, with one reference. All that is wrong with
 * it, and a file or directory that others can write, is a
 * PILEUS_CONFIGURATION error that names the file and what to do. */
pileus_code pil__manifest_read(pileus_driver_info **info, const char *directory,
                               const char *file, pileus_error **err);
pileus_driver_info *pil__manifest_ref(const pileus_driver_info *info);
void pil__manifest_unref(const pileus_driver_info *info);

/* The option of that name; NULL if the driver has none. */
const pileus_option_info *pil__manifest_option(const pileus_driver_info *info,
                                               const char *name);

#endif
