/* Opening the driver of the HTTP suites. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_HTTP_WEB_H
#define TESTS_HTTP_WEB_H

#include "tests/support/expect.h"
#include "tests/support/server.h"

#include <pileus/pileus.h>

#include <time.h>

static inline int64_t
now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static inline pileus_context *
web_context(void)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_context_new(&ctx, &err), err);
    expect_ok(
        pileus_context_add_directory(ctx, BUILDDIR "/tests/http/drivers", &err),
        err);
    return ctx;
}

/* A connection to the endpoint; pairs: names and values, ended by NULL. ctx
 * may be NULL. */
static inline pileus_connection *
open_web_in(pileus_context *ctx, const char *endpoint, const char *const *pairs)
{
    pileus_context *own = ctx == NULL ? web_context() : pileus_context_ref(ctx);
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "endpoint", endpoint, &err), err);
    for (; pairs != NULL && *pairs != NULL; pairs += 2) {
        expect_ok(pileus_options_set(options, pairs[0], pairs[1], &err), err);
    }
    expect_ok(pileus_connection_open(&conn, own, "web", options, NULL, &err),
              err);
    pileus_options_free(options);
    pileus_context_unref(own);
    return conn;
}

#define open_web(endpoint, ...)                                                \
    open_web_in(NULL, endpoint, (const char *const[]){__VA_ARGS__, NULL})

/* Ask for the node of an id, once; its error in *err. */
static inline pileus_code
get_node(pileus_connection *conn, const char *id, pileus_call *call,
         pileus_error **err)
{
    pileus_node *node = NULL;
    pileus_code code =
        pileus_node_get(&node, conn, id, PILEUS_NUL_TERMINATED, call, err);

    pileus_node_unref(node);
    return code;
}

#endif
