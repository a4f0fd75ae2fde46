/* Calls that give one object. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_ONE_H
#define PIL__CALL_ONE_H

#include "core/call/connection.h"

/* Such a call: on the stack of the thread that makes it. */
typedef struct pil__one {
    pil__operation operation;
    pileus_sink sink;
    pil__object *object; /* what the driver put */
    size_t count;
} pil__one;

/* Is there a place for what it gives? That there is none, or no connection to
 * make it on, is the application's error. */
pileus_code pil__one_place(const void *place, pileus_kind kind,
                           pileus_error **err);
/* Begin it, once the operation has been entered. */
void pil__one_begin(pil__one *one, pileus_kind kind);
/* End it, with what the driver returned. On success the object is the
 * caller's; else there is none. */
pileus_code pil__one_end(pil__one *one, int32_t code, pileus_error **err);

/* What a verb leaves in the handle: a state, with the provider's word. */
pileus_code pil__become(void *object, int32_t state, const char *word,
                        pileus_error **err);

/* Get an object by its id, a key pair by its name, with the driver's call, or
 * else by listing. object NULL, or conn, is the application's error. */
pileus_code pil__get(pil__object **object, pileus_connection *conn,
                     pileus_kind kind, const char *id, size_t length,
                     pileus_call *call, pileus_error **err);

#endif
