/* One address: get, create, delete, attach, detach. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/error.h"
#include "core/model/check.h"

#include <pileus/addresses.h>

pileus_code
pileus_address_get(pileus_address **address, pileus_connection *conn,
                   const char *id, size_t length, pileus_call *call,
                   pileus_error **err)
{
    pil__object *object = NULL;
    pileus_code code = pil__get(address == NULL ? NULL : &object, conn,
                                PILEUS_KIND_ADDRESS, id, length, call, err);

    if (code == PILEUS_OK) {
        *address = (pileus_address *)object;
    }
    return code;
}

pileus_code
pileus_address_create(pileus_address **address, pileus_connection *conn,
                      const char *pool, pileus_call *call, pileus_error **err)
{
    size_t length = PILEUS_NUL_TERMINATED;
    pil__one one;
    pileus_code code =
        pil__one_place(conn == NULL ? NULL : address, PILEUS_KIND_ADDRESS, err);

    if (code == PILEUS_OK && pool != NULL) {
        code = pil__check_plain("the address's pool", pool, &length,
                                PILEUS_ID_MAX, err);
    }
    if (code == PILEUS_OK) {
        code = pil__enter_call(&one.operation, conn, "addresses",
                               "create_address", call, err);
    }
    if (code == PILEUS_OK) {
        code = pil__admit(&one.operation, "pool", pool, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    pil__one_begin(&one, PILEUS_KIND_ADDRESS);
    code = pil__one_end(&one,
                        conn->instance->addresses.create_address(
                            conn->state, one.operation.call, pool, &one.sink),
                        err);
    if (code == PILEUS_OK) {
        *address = (pileus_address *)one.object;
    }
    return code;
}

pileus_code
pileus_address_delete(pileus_address *address, pileus_call *call,
                      pileus_error **err)
{
    pil__operation operation;
    pileus_code code =
        pil__enter_verb(&operation, address, PILEUS_KIND_ADDRESS, "addresses",
                        "delete_address", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation,
                      operation.conn->instance->addresses.delete_address(
                          operation.conn->state, operation.call, address),
                      err);
}

pileus_code
pileus_address_attach(pileus_address *address, const pileus_node *node,
                      pileus_call *call, pileus_error **err)
{
    pil__operation operation;
    pileus_code code;

    if (address == NULL || node == NULL ||
        pileus_address_connection(address) != pileus_node_connection(node)) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "attach_address needs an address and a node of "
                              "one connection: get both through the same");
    }
    code = pil__enter_verb(&operation, address, PILEUS_KIND_ADDRESS,
                           "addresses", "attach_address", call, err);
    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation,
                      operation.conn->instance->addresses.attach_address(
                          operation.conn->state, operation.call, address, node),
                      err);
}

pileus_code
pileus_address_detach(pileus_address *address, pileus_call *call,
                      pileus_error **err)
{
    pil__operation operation;
    pileus_code code =
        pil__enter_verb(&operation, address, PILEUS_KIND_ADDRESS, "addresses",
                        "detach_address", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation,
                      operation.conn->instance->addresses.detach_address(
                          operation.conn->state, operation.call, address),
                      err);
}
