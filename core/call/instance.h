/* Instances: drivers that are loaded and initialised in a context. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_INSTANCE_H
#define PIL__CALL_INSTANCE_H

#include "core/call/gate.h"
#include "core/driver/module.h"

#include <pileus/driver.h>

/* It lives as long as its context does. */
typedef struct pil__instance {
    struct pil__instance *next;
    char *name;
    pil__gate *gate; /* while it is made ready; then only as the lock of it */
    bool ready;
    pileus_driver_info *info;
    pil__module *module;
    void *state; /* the driver's own */
    pileus_connection_service connection;
    pileus_compute_service compute;
    pileus_volumes_service volumes;
    pileus_keypairs_service keypairs;
    pileus_images_service images;
    pileus_lifecycle_service lifecycle;
    pileus_addresses_service addresses;
    pileus_tags_service tags;
} pil__instance;

/* The instance of the driver of that name, made ready at first use: found,
 * loaded, negotiated, initialised. */
pileus_code pil__instance_get(pil__instance **instance, pileus_context *ctx,
                              const char *name, pileus_call *call,
                              pileus_error **err);

/* The gate of the whole process for a driver that wants to be called by one
 * thread at a time; NULL, and no error, for any other driver. */
pileus_code pil__instance_gate(pil__gate **gate, pil__instance *instance,
                               pileus_error **err);

#endif
