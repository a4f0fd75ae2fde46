/* Drivers that are linked into the program, and are no files beside it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_LINKED_H
#define PILEUS_LINKED_H

#include <pileus/error.h>

PILEUS_BEGIN_DECLS

/*
 * An archive, NAME.a, holds a driver and its manifest. A program that links it
 * declares it once and hands it over before it opens connections:
 *
 *   PILEUS_LINKED_DRIVER(dummy);
 *
 *   code = pileus_driver_link(PILEUS_LINKED(dummy), &err);
 *
 * From then on the driver is found like any other, by all contexts of the
 * process: after those in directories that the application has added, and
 * before those on PILEUS_DRIVER_PATH and in the directories of the user and of
 * the system. No file of it is looked at, so its manifest_path and module_path
 * are NULL.
 *
 * What libtool has preopened (-dlpreopen NAME.la, and
 * LTDL_SET_PRELOADED_SYMBOLS before any function of libpileus is called) need
 * not be handed over.
 */

/* What PILEUS_DRIVER makes, which driver.h knows. */
struct pileus_driver_descriptor;

typedef struct pileus_linked_driver {
    uint64_t struct_size;
    const char *name;
    const struct pileus_driver_descriptor *(*descriptor)(void);
    const char *manifest; /* the text of NAME.json */
} pileus_linked_driver;

/* The address of the one that is linked in under this name, and its
 * declaration, which is followed by a semicolon. */
#define PILEUS_LINKED(NAME) (&NAME##_LTX_pileus_linked)
#ifdef __cplusplus
#define PILEUS_LINKED_DRIVER(NAME)                                             \
    extern "C" PILEUS_API const pileus_linked_driver NAME##_LTX_pileus_linked
#else
#define PILEUS_LINKED_DRIVER(NAME)                                             \
    extern PILEUS_API const pileus_linked_driver NAME##_LTX_pileus_linked
#endif

/* Have a driver that is linked into the program found by its name. It must
 * stay where it is for as long as the process runs, and so must what it points
 * to; handing it over again does nothing. No code of the driver runs. It may
 * be called from any thread, at any time; what was found before stays as it is.
 *
 * PILEUS_INVALID_ARGUMENT: driver is NULL or lacks something, or another one
 * of its name is linked in. PILEUS_CONFIGURATION: its manifest is broken, or
 * another driver's. Whether driver and libpileus fit together is seen when a
 * connection is opened, as it is with any driver. */
PILEUS_API pileus_code pileus_driver_link(const pileus_linked_driver *driver,
                                          pileus_error **err);

PILEUS_END_DECLS

#endif
