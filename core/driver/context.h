/* Contexts: one user of libpileus in a process. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_CONTEXT_H
#define PIL__DRIVER_CONTEXT_H

#include "core/driver/manifest.h"

#include <pileus/exchange.h>

#include <pthread.h>
#include <stdatomic.h>

/* Drivers initialised in a context: core/call's own, kept here so that they
 * end with it. */
struct pil__instance;

/* One directory of the search path. */
typedef struct pil__directory {
    char *path;
    bool named; /* by the application */
} pil__directory;

struct pileus_context {
    atomic_size_t references;
    pthread_mutex_t lock; /* of instances; never held while a driver runs */
    struct pil__instance *instances;
    void (*instances_free)(struct pil__instance *instances);

    /* In the order they are searched; the first named_count are named. Set up
     * by one thread, then read by any. */
    pil__directory *directories;
    size_t directory_count;
    size_t directory_capacity;
    size_t named_count;

    pileus_log_level log_level;
    pileus_log_fn log_fn; /* NULL: no log */
    void *log_user;

    /* Exchanges with providers: core/http's own. */
    pileus_trace_fn trace_fn; /* NULL: no trace */
    void *trace_user;
    struct pil__recorder *recorder; /* NULL: nothing is recorded */
    void (*recorder_free)(struct pil__recorder *recorder);
    struct pil__recording *recording; /* NULL: the network is asked */
    void (*recording_free)(struct pil__recording *recording);
};

/* Write a log line; driver NULL for the core's own. */
void pil__context_log(const pileus_context *ctx, pileus_log_level level,
                      const char *driver, const char *message);

/* The manifest of the driver of that name, with a reference of its own. When
 * something of that name was found but cannot be used, the error says why;
 * else PILEUS_NOT_FOUND tells which directories were searched, and the nearest
 * known name. (find.c) */
pileus_code pil__context_find(pileus_driver_info **info, pileus_context *ctx,
                              const char *name, pileus_error **err);

#endif
