/* One volume: get, attach, detach, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/error.h"
#include "core/model/check.h"

#include <pileus/volumes.h>

pileus_code
pileus_volume_get(pileus_volume **volume, pileus_connection *conn,
                  const char *id, size_t length, pileus_call *call,
                  pileus_error **err)
{
    pil__object *object = NULL;
    pileus_code code = pil__get(volume == NULL ? NULL : &object, conn,
                                PILEUS_KIND_VOLUME, id, length, call, err);

    if (code == PILEUS_OK) {
        *volume = (pileus_volume *)object;
    }
    return code;
}

pileus_code
pileus_volume_destroy(pileus_volume *volume, uint64_t flags, pileus_call *call,
                      pileus_error **err)
{
    pil__operation operation;
    pileus_code code;

    if (flags != 0) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "destroy_volume takes no flags yet: give 0");
    }
    code = pil__enter_verb(&operation, volume, PILEUS_KIND_VOLUME, "volumes",
                           "destroy_volume", call, err);
    if (code != PILEUS_OK) {
        return code;
    }
    code = pil__leave(&operation,
                      operation.conn->instance->volumes.destroy_volume(
                          operation.conn->state, operation.call, volume, flags),
                      err);
    return code != PILEUS_OK
               ? code
               : pil__become(volume, PILEUS_VOLUME_DELETED, NULL, err);
}

/* Volume and node belong together, and the device is one. */
static pileus_code
check_attachment(const pileus_volume *volume, const pileus_node *node,
                 const char *device, pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;

    if (volume == NULL || node == NULL ||
        pileus_volume_connection(volume) != pileus_node_connection(node)) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "attach_volume needs a volume and a node of one "
                              "connection: get both through the same");
    }
    return device == NULL ? PILEUS_OK
                          : pil__check_plain("the device", device, &length,
                                             PILEUS_OPTION_MAX, err);
}

pileus_code
pileus_volume_attach(pileus_volume *volume, const pileus_node *node,
                     const char *device, pileus_call *call, pileus_error **err)
{
    pil__operation operation;
    pileus_code code = check_attachment(volume, node, device, err);

    if (code == PILEUS_OK) {
        code = pil__enter_verb(&operation, volume, PILEUS_KIND_VOLUME,
                               "volumes", "attach_volume", call, err);
    }
    if (code == PILEUS_OK) {
        code = pil__admit(&operation, "device", device, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(
        &operation,
        operation.conn->instance->volumes.attach_volume(
            operation.conn->state, operation.call, volume, node, device),
        err);
}

pileus_code
pileus_volume_detach(pileus_volume *volume, pileus_call *call,
                     pileus_error **err)
{
    pil__operation operation;
    pileus_code code = pil__enter_verb(&operation, volume, PILEUS_KIND_VOLUME,
                                       "volumes", "detach_volume", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation,
                      operation.conn->instance->volumes.detach_volume(
                          operation.conn->state, operation.call, volume),
                      err);
}
