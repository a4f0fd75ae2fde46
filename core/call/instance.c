/* Instances: drivers that are loaded and initialised in a context. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/instance.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/driver/abi.h"

#include <string.h>

/* Guards the gates of all modules while they are made. */
static pthread_mutex_t gates_lock = PTHREAD_MUTEX_INITIALIZER;

pileus_code
pil__instance_gate(pil__gate **gate, pil__instance *instance,
                   pileus_error **err)
{
    pil__module *module = instance->module;

    *gate = NULL;
    if (module->descriptor.thread_model != PILEUS_THREADS_SERIAL) {
        return PILEUS_OK;
    }
    (void)pthread_mutex_lock(&gates_lock);
    if (module->gate == NULL) {
        module->gate = pil__gate_new();
    }
    *gate = module->gate;
    (void)pthread_mutex_unlock(&gates_lock);
    return *gate == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

/* ---- the end
 * ---------------------------------------------------------------------- */

/* Let the driver end. The gate of a serial driver exists by now, since init
 * passed it. */
static void
finish(pil__instance *instance)
{
    const pileus_driver_descriptor *descriptor = &instance->module->descriptor;
    pil__gate *gate = NULL;
    pileus_call call;

    if (descriptor->fini == NULL || pil__call_init(&call, NULL) != PILEUS_OK) {
        return;
    }
    pileus_call_set_timeout(&call, -1);
    call.what = "fini";
    if (pil__instance_gate(&gate, instance, NULL) == PILEUS_OK &&
        (gate == NULL || pil__gate_enter(gate, &call, NULL) == PILEUS_OK)) {
        descriptor->fini(instance->state);
        if (gate != NULL) {
            pil__gate_leave(gate);
        }
    }
    pil__call_destroy(&call);
}

static void
free_instances(pil__instance *instances)
{
    while (instances != NULL) {
        pil__instance *next = instances->next;

        if (instances->ready) {
            finish(instances);
        }
        pil__manifest_unref(instances->info);
        pil__gate_free(instances->gate);
        pil__free(instances->name);
        pil__free(instances);
        instances = next;
    }
}

/* ---- making one ready
 * --------------------------------------------------------------- */

/* The context's instance of that name, perhaps one not ready yet. */
static pileus_code
find_or_add(pil__instance **found, pileus_context *ctx, const char *name,
            pileus_error **err)
{
    pil__instance *at;

    (void)pthread_mutex_lock(&ctx->lock);
    at = ctx->instances;
    while (at != NULL && strcmp(at->name, name) != 0) {
        at = at->next;
    }
    if (at == NULL) {
        at = pil__calloc(1, sizeof *at);
        if (at != NULL) {
            at->name = pil__strdup(name);
            at->gate = pil__gate_new();
        }
        if (at != NULL && (at->name == NULL || at->gate == NULL)) {
            free_instances(at);
            at = NULL;
        }
        if (at != NULL) {
            at->next = ctx->instances;
            ctx->instances = at;
            ctx->instances_free = free_instances;
        }
    }
    (void)pthread_mutex_unlock(&ctx->lock);
    *found = at;
    return at == NULL ? pil__error_no_memory(err) : PILEUS_OK;
}

static pileus_code
negotiate_services(pil__instance *instance, pileus_error **err)
{
    const pileus_driver_descriptor *descriptor = &instance->module->descriptor;
    const struct {
        const char *name;
        void *table;
        size_t size;
        size_t first;
    } optional[] = {
        {"volumes", &instance->volumes, sizeof instance->volumes,
         PIL__VOLUMES_1_0},
        {"keypairs", &instance->keypairs, sizeof instance->keypairs,
         PIL__KEYPAIRS_1_0},
        {"images", &instance->images, sizeof instance->images, PIL__IMAGES_1_0},
        {"lifecycle", &instance->lifecycle, sizeof instance->lifecycle,
         PIL__LIFECYCLE_1_0},
        {"addresses", &instance->addresses, sizeof instance->addresses,
         PIL__ADDRESSES_1_0},
        {"tags", &instance->tags, sizeof instance->tags, PIL__TAGS_1_0},
    };
    const char *path = instance->info->module_path;
    pileus_code code = pil__negotiate_connection(
        &instance->connection,
        descriptor->get_service(instance->state, "connection", 1), path, err);

    if (code == PILEUS_OK) {
        code = pil__negotiate_compute(
            &instance->compute,
            descriptor->get_service(instance->state, "compute", 1), path, err);
    }
    for (size_t i = 0;
         code == PILEUS_OK && i < sizeof optional / sizeof optional[0]; i++) {
        code = pil__negotiate_service(
            optional[i].table, optional[i].size,
            descriptor->get_service(instance->state, optional[i].name, 1),
            optional[i].first, optional[i].name, path, err);
    }
    return code;
}

static pileus_code
initialise(pil__instance *instance, pileus_call *call, pileus_error **err)
{
    const pileus_driver_descriptor *descriptor = &instance->module->descriptor;
    pileus_code code;

    if (descriptor->init != NULL) {
        call->what = "init";
        code = pil__call_result(call, descriptor->init(call, &instance->state),
                                err);
        if (code != PILEUS_OK) {
            return code;
        }
    }
    code = negotiate_services(instance, err);
    if (code != PILEUS_OK && descriptor->fini != NULL) {
        descriptor->fini(instance->state);
    }
    return code;
}

static pileus_code
make_ready(pil__instance *instance, pileus_context *ctx, pileus_call *call,
           pileus_error **err)
{
    pil__gate *gate = NULL;
    pileus_code code =
        pil__context_find(&instance->info, ctx, instance->name, err);

    if (code == PILEUS_OK) {
        code = pil__module_load(&instance->module, instance->info, err);
    }
    if (code == PILEUS_OK) {
        code = pil__instance_gate(&gate, instance, err);
    }
    if (code == PILEUS_OK && gate != NULL) {
        code = pil__gate_enter(gate, call, err);
    }
    if (code == PILEUS_OK) {
        code = initialise(instance, call, err);
        if (gate != NULL) {
            pil__gate_leave(gate);
        }
    }
    if (code != PILEUS_OK) { /* the next to come tries anew */
        pil__manifest_unref(instance->info);
        instance->info = NULL;
        instance->module = NULL;
        instance->state = NULL;
    }
    instance->ready = code == PILEUS_OK;
    return code;
}

pileus_code
pil__instance_get(pil__instance **instance, pileus_context *ctx,
                  const char *name, pileus_call *call, pileus_error **err)
{
    pil__instance *found = NULL;
    pileus_code code = find_or_add(&found, ctx, name, err);

    if (code == PILEUS_OK) {
        code = pil__gate_enter(found->gate, call, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    call->driver = found->name;
    call->context = ctx;
    if (!found->ready) {
        code = make_ready(found, ctx, call, err);
    }
    pil__gate_leave(found->gate);
    *instance = found;
    return code;
}
