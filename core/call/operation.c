/* Operations: what is under way on a connection. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/connection.h"

#include "core/base/error.h"
#include "core/call/host.h"

#include <string.h>

/* Register with the connection, unless it is closed. */
static pileus_code
join(pil__operation *operation, pileus_error **err)
{
    pileus_connection *conn = operation->conn;
    bool closing;

    (void)pthread_mutex_lock(&conn->lock);
    closing = conn->closing;
    if (!closing) {
        operation->thread = pthread_self();
        operation->next = conn->operations;
        conn->operations = operation;
    }
    (void)pthread_mutex_unlock(&conn->lock);
    if (closing) {
        return pil__error_set(err, PILEUS_CLOSED,
                              "%s: connection '%s' is closed: open a new one",
                              operation->call->what, conn->name);
    }
    return PILEUS_OK;
}

static void
part(pil__operation *operation)
{
    pileus_connection *conn = operation->conn;
    pil__operation **at = &conn->operations;

    (void)pthread_mutex_lock(&conn->lock);
    while (*at != operation) {
        at = &(*at)->next;
    }
    *at = operation->next;
    (void)pthread_cond_broadcast(&conn->changed);
    (void)pthread_mutex_unlock(&conn->lock);
}

static pileus_code
begin_call(pil__operation *operation, const char *what, pileus_call *call,
           pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    operation->call = call;
    if (call == NULL) {
        code = pil__call_init(&operation->own_call, err);
        operation->call = &operation->own_call;
    }
    if (code == PILEUS_OK) {
        code = pil__call_begin(operation->call, what, err);
        if (code != PILEUS_OK && call == NULL) {
            pil__call_destroy(&operation->own_call);
        }
    }
    return code;
}

static void
end_call(pil__operation *operation)
{
    pil__call_end(operation->call);
    if (operation->call == &operation->own_call) {
        pil__call_destroy(&operation->own_call);
    }
}

/* The gate to pass, by the driver's thread model; NULL for none. */
static pileus_code
choose_gate(pil__operation *operation, pileus_error **err)
{
    pileus_connection *conn = operation->conn;

    operation->gate = conn->gate;
    return conn->gate != NULL
               ? PILEUS_OK
               : pil__instance_gate(&operation->gate, conn->instance, err);
}

pileus_code
pil__enter(pil__operation *operation, pileus_connection *conn, const char *what,
           pileus_call *call, pileus_error **err)
{
    pileus_code code = begin_call(operation, what, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    operation->service = NULL;
    operation->conn = pileus_connection_ref(conn);
    operation->call->driver = conn->instance->name;
    operation->call->context = conn->context;
    operation->call->settings = conn->settings;
    code = join(operation, err);
    if (code != PILEUS_OK) {
        goto not_joined;
    }
    code = choose_gate(operation, err);
    if (code == PILEUS_OK && operation->gate != NULL) {
        code = pil__gate_enter(operation->gate, operation->call, err);
    }
    if (code == PILEUS_OK) {
        return PILEUS_OK;
    }
    part(operation);
not_joined:
    end_call(operation);
    pileus_connection_unref(conn);
    return code;
}

pileus_code
pil__leave(pil__operation *operation, int32_t code, pileus_error **err)
{
    pileus_connection *conn = operation->conn;
    pileus_code result = pil__call_result(operation->call, code, err);

    if (operation->gate != NULL) {
        pil__gate_leave(operation->gate);
    }
    part(operation);
    end_call(operation);
    pileus_connection_unref(conn);
    return result;
}

void
pil__give_up(pil__operation *operation)
{
    (void)pil__leave(operation, PILEUS_OK, NULL);
}

pileus_sink
pil__operation_sink(const pil__operation *operation, pileus_kind kind,
                    const pileus_query *query, pil__sink_fn fn, void *user)
{
    return (pileus_sink){
        .host = &pil__host,
        .call = operation->call,
        .conn = operation->conn,
        .type = operation->conn->instance->info->type,
        .kind = kind,
        .query = query,
        .fn = fn,
        .user = user,
    };
}
