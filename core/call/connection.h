/* Connections, and what happens on one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_CONNECTION_H
#define PIL__CALL_CONNECTION_H

#include "core/call/instance.h"
#include "core/call/sink.h"

/* Something under way on a connection: on the stack of the thread that does
 * it, from pil__enter to pil__leave. */
typedef struct pil__operation {
    pileus_call *call;
    pileus_call own_call;    /* used when the application gave none */
    const char *service;     /* of a call of the driver; else NULL */
    pileus_connection *conn; /* a reference */
    pil__gate *gate;         /* passed; NULL for a parallel driver */
    pthread_t thread;
    struct pil__operation *next; /* others on the connection */
} pil__operation;

struct pileus_connection {
    atomic_size_t references;
    pileus_context *context;
    pil__instance *instance;
    pil__settings *settings;
    char *name;
    pil__gate *gate;   /* of its own, for a driver that wants one; or NULL */
    void *state;       /* the driver's own */
    pileus_http *ways; /* that it made to its provider, if it speaks HTTP */

    pthread_mutex_t lock; /* of what follows; never held in a driver */
    pthread_cond_t changed;
    pil__operation *operations;
    bool closing; /* no new operations */
    bool closed;  /* the driver has let it go */
};

/* Begin something: take the call (NULL: a fresh one) into use, see that the
 * connection is open, and keep the driver's thread model. On failure nothing
 * is begun. */
pileus_code pil__enter(pil__operation *operation, pileus_connection *conn,
                       const char *what, pileus_call *call, pileus_error **err);

/* The same for a call of one of the driver's services: PILEUS_NOT_SUPPORTED
 * when it does not have it. */
pileus_code pil__enter_call(pil__operation *operation, pileus_connection *conn,
                            const char *service, const char *what,
                            pileus_call *call, pileus_error **err);
/* The same for a call about an object, on the object's own connection; NULL is
 * the application's error. */
pileus_code pil__enter_verb(pil__operation *operation, const void *object,
                            pileus_kind kind, const char *service,
                            const char *what, pileus_call *call,
                            pileus_error **err);

/* End it, with what the driver returned. */
pileus_code pil__leave(pil__operation *operation, int32_t code,
                       pileus_error **err);
/* End it without having called the driver. */
void pil__give_up(pil__operation *operation);

/* A sink for objects of a kind, put by this operation. */
pileus_sink pil__operation_sink(const pil__operation *operation,
                                pileus_kind kind, const pileus_query *query,
                                pil__sink_fn fn, void *user);

/* See that an argument of the call has an effect; warn when it is ignored. */
pileus_code pil__require_argument(const pil__operation *operation,
                                  const char *argument, pileus_error **err);
/* The same for an argument that may be NULL; on failure the operation is given
 * up. */
pileus_code pil__admit(pil__operation *operation, const char *argument,
                       const void *value, pileus_error **err);

#endif
