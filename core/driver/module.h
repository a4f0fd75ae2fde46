/* Modules: drivers that are loaded. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_MODULE_H
#define PIL__DRIVER_MODULE_H

#include "core/driver/loader.h"
#include "core/driver/manifest.h"

#include <sys/types.h>

/* A loaded module. What is loaded stays loaded, once a process, so these live
 * for ever and may be used from any thread. */
typedef struct pil__module {
    pileus_driver_descriptor descriptor; /* negotiated: ours, gaps zeroed */
    const char *path;
    struct pil__module *next;
    pil__module_entry entry;
    bool has_file; /* else it was linked into the program */
    dev_t device;  /* of the file, with inode */
    ino_t inode;
    /* One for the whole process, for drivers that want to be called by one
     * thread at a time: core/call's, made at first use, under its own lock. */
    void *gate;
} pil__module;

/* Load the module that a manifest names, or find it loaded already, and check
 * its descriptor against the ABI and the manifest. Errors are PILEUS_DRIVER
 * with the file, the true reason and what to do. No driver code but the
 * descriptor function runs, and not while a lock is held. */
pileus_code pil__module_load(pil__module **module,
                             const pileus_driver_info *info,
                             pileus_error **err);

/* ---- negotiation (negotiate.c) ------------------------------------------- */

/* Can this libpileus run a driver of that ABI? The error names the file, both
 * versions and which side to upgrade. */
pileus_code pil__negotiate_abi(uint32_t major, uint32_t minor, const char *path,
                               pileus_error **err);

/* Copy what a driver gave into zeroed tables of the core's own, the smaller
 * size, after checking it: sizes, versions, mandatory calls. path is for the
 * messages. given may be NULL: the driver has no such service, which for
 * "connection" is an error, as is a "compute" without list_nodes. Without any
 * other service its table is all NULL. */
pileus_code pil__negotiate_descriptor(pileus_driver_descriptor *descriptor,
                                      const pileus_driver_descriptor *given,
                                      const pileus_driver_info *info,
                                      pileus_error **err);
pileus_code pil__negotiate_connection(pileus_connection_service *service,
                                      const pileus_connection_service *given,
                                      const char *path, pileus_error **err);
pileus_code pil__negotiate_compute(pileus_compute_service *service,
                                   const pileus_compute_service *given,
                                   const char *path, pileus_error **err);
/* For a service, by its name, whose calls are all optional: its table of size
 * bytes, of which the first release had so many. */
pileus_code pil__negotiate_service(void *service, size_t size,
                                   const void *given, size_t first,
                                   const char *name, const char *path,
                                   pileus_error **err);

#endif
