/* Contexts: one user of libpileus in a process. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DRIVER_CONTEXT_H
#define PIL__DRIVER_CONTEXT_H

#include "core/driver/manifest.h"

#include <pthread.h>
#include <stdatomic.h>

/* Drivers initialised in a context: core/call's own, kept here so that they
 * end with it. */
struct pil__instance;

struct pileus_context {
    atomic_size_t references;
    pthread_mutex_t lock; /* of instances; never held while a driver runs */
    struct pil__instance *instances;
    void (*instances_free)(struct pil__instance *instances);

    char **directories; /* in the order they are searched */
    size_t directory_count;
    size_t directory_capacity;
    size_t named_count; /* how many of them the application named: the first */

    pileus_log_level log_level;
    pileus_log_fn log_fn; /* NULL: no log */
    void *log_user;
};

/* Write a log line; driver NULL for the core's own. */
void pil__context_log(const pileus_context *ctx, pileus_log_level level,
                      const char *driver, const char *message);

/* The manifest of the driver of that name, with a reference of its own. When
 * there is none, PILEUS_NOT_FOUND tells which directories were searched, what
 * was passed over there that had this name, and the nearest known name. */
pileus_code pil__context_find(pileus_driver_info **info, pileus_context *ctx,
                              const char *name, pileus_error **err);

#endif
