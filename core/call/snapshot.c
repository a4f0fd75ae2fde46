/* One snapshot: get, create, destroy. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/error.h"
#include "core/model/check.h"

#include <pileus/volumes.h>

pileus_code
pileus_snapshot_get(pileus_snapshot **snapshot, pileus_connection *conn,
                    const char *id, size_t length, pileus_call *call,
                    pileus_error **err)
{
    pil__object *object = NULL;
    pileus_code code = pil__get(snapshot == NULL ? NULL : &object, conn,
                                PILEUS_KIND_SNAPSHOT, id, length, call, err);

    if (code == PILEUS_OK) {
        *snapshot = (pileus_snapshot *)object;
    }
    return code;
}

pileus_code
pileus_snapshot_create(pileus_snapshot **snapshot, pileus_volume *volume,
                       const char *name, pileus_call *call, pileus_error **err)
{
    pil__one one;
    pileus_code code = pil__one_place(snapshot, PILEUS_KIND_SNAPSHOT, err);

    if (code == PILEUS_OK && name != NULL) {
        code = pil__check_name("the snapshot's name", name, err);
    }
    if (code == PILEUS_OK) {
        code = pil__enter_verb(&one.operation, volume, PILEUS_KIND_VOLUME,
                               "volumes", "create_snapshot", call, err);
    }
    if (code == PILEUS_OK) {
        code = pil__admit(&one.operation, "name", name, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    pil__one_begin(&one, PILEUS_KIND_SNAPSHOT);
    code = pil__one_end(&one,
                        one.operation.conn->instance->volumes.create_snapshot(
                            one.operation.conn->state, one.operation.call,
                            volume, name, &one.sink),
                        err);
    if (code == PILEUS_OK) {
        *snapshot = (pileus_snapshot *)one.object;
    }
    return code;
}

pileus_code
pileus_snapshot_destroy(pileus_snapshot *snapshot, pileus_call *call,
                        pileus_error **err)
{
    pil__operation operation;
    pileus_code code =
        pil__enter_verb(&operation, snapshot, PILEUS_KIND_SNAPSHOT, "volumes",
                        "destroy_snapshot", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    code = pil__leave(&operation,
                      operation.conn->instance->volumes.destroy_snapshot(
                          operation.conn->state, operation.call, snapshot),
                      err);
    return code != PILEUS_OK
               ? code
               : pil__become(snapshot, PILEUS_VOLUME_DELETED, NULL, err);
}
