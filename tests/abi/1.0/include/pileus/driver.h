/* The driver ABI: what a driver gives the core, and what the core gives it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_DRIVER_H
#define PILEUS_DRIVER_H

/*
 * A driver is one shared object, NAME.so, beside a manifest, NAME.json. It
 * exports one function, made by PILEUS_DRIVER, that returns a constant
 * descriptor. It links nothing of libpileus: everything it needs of the core
 * arrives through the host table, which inline functions wrap.
 *
 * The promise: within one ABI major, a driver compiled today runs under every
 * later core, and under every earlier one as far as both know the calls. So
 * here nothing ever moves or changes its meaning; tables and structs grow at
 * their tails, and each starts with its size. pileus-driver(3) is the guide.
 *
 *   driver.h        descriptor and version
 *   services.h      what a driver gives: tables of calls
 *   args.h          what these calls are asked
 *   driver_call.h   what each gets: log, failures, time, settings
 *   record.h        how objects go back
 *   host.h          the tables behind these functions
 *
 * Drivers that speak HTTP include http.h, too, and perhaps digest.h.
 */

#include <pileus/args.h>
#include <pileus/common.h>
#include <pileus/driver_call.h>
#include <pileus/host.h>
#include <pileus/record.h>
#include <pileus/services.h>

PILEUS_BEGIN_DECLS

#define PILEUS_ABI_MAJOR 1
#define PILEUS_ABI_MINOR 0

/* Compile for an older minor by defining this before the include: the source
 * then sees that minor's calls only, and its module is one of that minor. */
#ifndef PILEUS_DRIVER_API
#define PILEUS_DRIVER_API PILEUS_ABI_MINOR
#endif
#if PILEUS_DRIVER_API > PILEUS_ABI_MINOR
#error "PILEUS_DRIVER_API is newer than these headers: install a newer SDK"
#endif

#define PILEUS_DRIVER_MAGIC UINT32_C(0x554c4950) /* "PILU" in memory */

/* Which calls the core may make at the same time. */
enum {
    PILEUS_THREADS_SERIAL = 1,     /* one at a time in the whole process */
    PILEUS_THREADS_CONNECTION = 2, /* one at a time on each connection */
    PILEUS_THREADS_PARALLEL = 3    /* any number */
};

typedef struct pileus_driver_descriptor {
    /* Filled by PILEUS_DRIVER. */
    uint32_t magic;
    uint32_t struct_size;
    uint32_t abi_major;
    uint32_t abi_minor;
    const char *name; /* as in the manifest and the file's name */

    /* Filled by the author. */
    const char *version;     /* of the driver; anything */
    const char *type;        /* libcloud's type of the provider, for uuids */
    uint32_t host_minor_min; /* lowest minor of the core that it can run on */
    uint32_t thread_model;

    /* Optional: once in each context, before and after all else. What init
     * leaves in *state is handed to the other functions. A failing init leaves
     * nothing behind. call is valid during init only. */
    int32_t (*init)(pileus_call *call, void **state);
    void (*fini)(void *state);

    /* Mandatory: the table of a service, or NULL. It must be constant. */
    const void *(*get_service)(void *state, const char *service,
                               uint32_t version);
} pileus_driver_descriptor;

/*
 * Define the driver. NAME is a C identifier and the stem of the module's file;
 * the rest are designated initialisers of the descriptor:
 *
 *   PILEUS_DRIVER(acme, .version = "1.0", .type = "acme",
 *                 .thread_model = PILEUS_THREADS_PARALLEL,
 *                 .get_service = acme_get_service)
 *
 * The symbol's name carries the driver's, as libltdl wants it for modules that
 * are linked into a program statically.
 */
#define PILEUS_DRIVER(NAME, ...)                                               \
    PILEUS_API const pileus_driver_descriptor *NAME##_LTX_pileus_driver(void); \
    PILEUS_API const pileus_driver_descriptor *NAME##_LTX_pileus_driver(void)  \
    {                                                                          \
        static const pileus_driver_descriptor descriptor = {                   \
            .magic = PILEUS_DRIVER_MAGIC,                                      \
            .struct_size = sizeof(pileus_driver_descriptor),                   \
            .abi_major = PILEUS_ABI_MAJOR,                                     \
            .abi_minor = PILEUS_DRIVER_API,                                    \
            .name = #NAME,                                                     \
            __VA_ARGS__};                                                      \
        return &descriptor;                                                    \
    }

PILEUS_END_DECLS

#endif
