/* Connections: opening and closing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/connection.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/config/options.h"

#include <string.h>

/* ---- the object
 * ------------------------------------------------------------------ */

/* A connection without a driver's state, closed; NULL: no memory. */
static pileus_connection *
new_connection(pileus_context *ctx, const char *name)
{
    pileus_connection *conn = pil__calloc(1, sizeof *conn);

    if (conn == NULL) {
        return NULL;
    }
    atomic_init(&conn->references, 1);
    conn->name = pil__strdup(name);
    conn->closing = true;
    conn->closed = true;
    if (conn->name == NULL || pthread_mutex_init(&conn->lock, NULL) != 0) {
        pil__free(conn->name);
        pil__free(conn);
        return NULL;
    }
    if (pthread_cond_init(&conn->changed, NULL) != 0) {
        (void)pthread_mutex_destroy(&conn->lock);
        pil__free(conn->name);
        pil__free(conn);
        return NULL;
    }
    conn->context = pileus_context_ref(ctx);
    return conn;
}

static void
free_connection(pileus_connection *conn)
{
    pil__settings_free(conn->settings);
    pil__gate_free(conn->gate);
    pileus_context_unref(conn->context);
    (void)pthread_cond_destroy(&conn->changed);
    (void)pthread_mutex_destroy(&conn->lock);
    pil__free(conn->name);
    pil__free(conn);
}

pileus_connection *
pileus_connection_ref(pileus_connection *conn)
{
    if (conn != NULL) {
        (void)atomic_fetch_add_explicit(&conn->references, 1,
                                        memory_order_relaxed);
    }
    return conn;
}

void
pileus_connection_unref(pileus_connection *conn)
{
    if (conn == NULL || atomic_fetch_sub_explicit(&conn->references, 1,
                                                  memory_order_acq_rel) != 1) {
        return;
    }
    pileus_connection_close(conn);
    free_connection(conn);
}

/* ---- opening
 * ---------------------------------------------------------------------- */

static pileus_code
settle(pileus_connection *conn, const pileus_options *options,
       pileus_error **err)
{
    const pileus_driver_info *info = conn->instance->info;

    if (conn->instance->module->descriptor.thread_model ==
        PILEUS_THREADS_CONNECTION) {
        conn->gate = pil__gate_new();
        if (conn->gate == NULL) {
            return pil__error_no_memory(err);
        }
    }
    return pil__settings_new(&conn->settings, info->name, info->options,
                             info->option_count, options, err);
}

/* Let the driver open. */
static pileus_code
drive_open(pileus_connection *conn, pileus_call *call, pileus_error **err)
{
    pil__gate *gate = NULL;
    pileus_code code = pil__instance_gate(&gate, conn->instance, err);

    if (code == PILEUS_OK && gate != NULL) {
        code = pil__gate_enter(gate, call, err);
    }
    if (code != PILEUS_OK) {
        return code;
    }
    call->what = "open";
    call->settings = conn->settings;
    call->ways = &conn->ways;
    call->opening = true;
    code = pil__call_result(call,
                            conn->instance->connection.open(
                                conn->instance->state, call, &conn->state),
                            err);
    call->opening = false;
    call->ways = NULL;
    call->settings = NULL;
    if (gate != NULL) {
        pil__gate_leave(gate);
    }
    if (code == PILEUS_OK) {
        conn->closing = false;
        conn->closed = false;
    }
    return code;
}

static pileus_code
open_with(pileus_connection **conn, pileus_context *ctx, const char *driver,
          const pileus_options *options, pileus_call *call, pileus_error **err)
{
    const char *name = options == NULL ? NULL : options->profile_name;
    pileus_connection *made = NULL;
    pil__instance *instance = NULL;
    pileus_code code = pil__instance_get(&instance, ctx, driver, call, err);

    if (code != PILEUS_OK) {
        return code;
    }
    made = new_connection(ctx, name == NULL ? driver : name);
    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    made->instance = instance;
    code = settle(made, options, err);
    if (code == PILEUS_OK) {
        code = drive_open(made, call, err);
    }
    if (code != PILEUS_OK) {
        pileus_connection_unref(made);
        return code;
    }
    *conn = made;
    return PILEUS_OK;
}

static pileus_code
open_in_call(pileus_connection **conn, pileus_context *ctx, const char *driver,
             const pileus_options *options, pileus_call *call,
             pileus_error **err)
{
    pileus_code code = pil__call_begin(call, "open", err);

    if (code == PILEUS_OK) {
        code = open_with(conn, ctx, driver, options, call, err);
        pil__call_end(call);
    }
    return code;
}

pileus_code
pileus_connection_open(pileus_connection **conn, pileus_context *ctx,
                       const char *driver, const pileus_options *options,
                       pileus_call *call, pileus_error **err)
{
    pileus_context *context = pileus_context_ref(ctx);
    pileus_call own_call;
    pileus_code code = PILEUS_OK;

    if (driver == NULL || *driver == '\0') {
        code = pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "no driver is named: give the name of one, as "
                              "'pileus driver list' shows them");
    }
    if (code == PILEUS_OK && context == NULL) {
        code = pileus_context_new(&context, err);
    }
    if (code != PILEUS_OK) {
        goto out;
    }
    if (call != NULL) {
        code = open_in_call(conn, context, driver, options, call, err);
        goto out;
    }
    code = pil__call_init(&own_call, err);
    if (code == PILEUS_OK) {
        code = open_in_call(conn, context, driver, options, &own_call, err);
        pil__call_destroy(&own_call);
    }
out:
    pileus_context_unref(context);
    return code;
}

/* ---- closing
 * ---------------------------------------------------------------------- */

/* Is the calling thread in the middle of something on this connection? */
static bool
is_inside(const pileus_connection *conn)
{
    for (const pil__operation *at = conn->operations; at != NULL;
         at = at->next) {
        if (pthread_equal(at->thread, pthread_self())) {
            return true;
        }
    }
    return false;
}

/* Let the driver close. Nothing is under way on the connection; a serial
 * driver may be at work on another. */
static void
drive_close(pileus_connection *conn)
{
    pil__gate *gate = NULL;
    pileus_call call;

    (void)pil__instance_gate(&gate, conn->instance, NULL);
    if (gate == NULL || pil__call_init(&call, NULL) != PILEUS_OK) {
        conn->instance->connection.close(conn->state);
        return;
    }
    pileus_call_set_timeout(&call, -1);
    call.what = "close";
    /* Busy: from within this driver, on another connection: inside already. */
    if (pil__gate_enter(gate, &call, NULL) == PILEUS_OK) {
        conn->instance->connection.close(conn->state);
        pil__gate_leave(gate);
    } else {
        conn->instance->connection.close(conn->state);
    }
    pil__call_destroy(&call);
}

void
pileus_connection_close(pileus_connection *conn)
{
    bool mine;

    if (conn == NULL) {
        return;
    }
    (void)pthread_mutex_lock(&conn->lock);
    conn->closing = true;
    if (is_inside(conn)) { /* the last reference will close */
        (void)pthread_mutex_unlock(&conn->lock);
        return;
    }
    while (conn->operations != NULL) {
        (void)pthread_cond_wait(&conn->changed, &conn->lock);
    }
    mine = !conn->closed;
    conn->closed = true;
    (void)pthread_mutex_unlock(&conn->lock);
    if (mine) {
        drive_close(conn);
    }
}

/* ---- asking
 * ----------------------------------------------------------------------- */

const char *
pileus_connection_driver(const pileus_connection *conn)
{
    return conn->instance->name;
}

const char *
pileus_connection_name(const pileus_connection *conn)
{
    return conn->name;
}

const char *
pileus_connection_option(const pileus_connection *conn, const char *name,
                         const char **source)
{
    const pil__setting *setting = pil__settings_get(conn->settings, name);

    if (setting == NULL || setting->option->secret) {
        return NULL;
    }
    if (source != NULL) {
        *source = setting->source;
    }
    return setting->value;
}
