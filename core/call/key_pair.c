/* One key pair: get, create, import, delete. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/one.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/model/check.h"

#include <pileus/keypairs.h>

pileus_code
pileus_key_pair_get(pileus_key_pair **pair, pileus_connection *conn,
                    const char *name, pileus_call *call, pileus_error **err)
{
    pil__object *object = NULL;
    pileus_code code =
        pil__get(pair == NULL ? NULL : &object, conn, PILEUS_KIND_KEY_PAIR,
                 name, PILEUS_NUL_TERMINATED, call, err);

    if (code == PILEUS_OK) {
        *pair = (pileus_key_pair *)object;
    }
    return code;
}

/* Begin a call that makes a pair of this name. */
static pileus_code
begin(pil__one *one, pileus_key_pair **pair, pileus_connection *conn,
      const char *what, const char *name, pileus_call *call, pileus_error **err)
{
    pileus_code code =
        pil__one_place(conn == NULL ? NULL : pair, PILEUS_KIND_KEY_PAIR, err);

    if (code == PILEUS_OK) {
        code = pil__check_name("the key pair's name", name, err);
    }
    if (code == PILEUS_OK) {
        code =
            pil__enter_call(&one->operation, conn, "keypairs", what, call, err);
    }
    if (code == PILEUS_OK) {
        pil__one_begin(one, PILEUS_KIND_KEY_PAIR);
    }
    return code;
}

/* End it. */
static pileus_code
end(pil__one *one, pileus_key_pair **pair, int32_t code, pileus_error **err)
{
    pileus_code result = pil__one_end(one, code, err);

    if (result == PILEUS_OK) {
        *pair = (pileus_key_pair *)one->object;
    }
    return result;
}

pileus_code
pileus_key_pair_create(pileus_key_pair **pair, pileus_connection *conn,
                       const char *name, pileus_call *call, pileus_error **err)
{
    pil__one one;
    pileus_code code =
        begin(&one, pair, conn, "create_key_pair", name, call, err);

    return code != PILEUS_OK
               ? code
               : end(&one, pair,
                     conn->instance->keypairs.create_key_pair(
                         conn->state, one.operation.call, name, &one.sink),
                     err);
}

pileus_code
pileus_key_pair_import(pileus_key_pair **pair, pileus_connection *conn,
                       const char *name, const char *public_key,
                       pileus_call *call, pileus_error **err)
{
    size_t length = 0;
    char *key = NULL;
    pil__one one;
    pileus_code code = pil__check_public_key(public_key, &length, err);

    if (code != PILEUS_OK) {
        return code;
    }
    key = pil__strndup(public_key, length); /* without the end of its line */
    if (key == NULL) {
        return pil__error_no_memory(err);
    }
    code = begin(&one, pair, conn, "import_key_pair", name, call, err);
    if (code == PILEUS_OK) {
        code = end(&one, pair,
                   conn->instance->keypairs.import_key_pair(
                       conn->state, one.operation.call, name, key, &one.sink),
                   err);
    }
    pil__free(key);
    return code;
}

pileus_code
pileus_key_pair_delete(pileus_key_pair *pair, pileus_call *call,
                       pileus_error **err)
{
    pil__operation operation;
    pileus_code code =
        pil__enter_verb(&operation, pair, PILEUS_KIND_KEY_PAIR, "keypairs",
                        "delete_key_pair", call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    return pil__leave(&operation,
                      operation.conn->instance->keypairs.delete_key_pair(
                          operation.conn->state, operation.call, pair),
                      err);
}
