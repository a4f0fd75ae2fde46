/* Opening the store, for suites about volumes, key pairs and images. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_STORE_H
#define TESTS_SUPPORT_STORE_H

#include "tests/support/expect.h"

#include <pileus/pileus.h>

#define STORE_DIRECTORY BUILDDIR "/tests/store/drivers"

/* A connection of the store, whose creates act so (NULL: well). */
static inline pileus_code
try_store(pileus_connection **conn, const char *driver, const char *act,
          pileus_error **err)
{
    pileus_context *ctx = NULL;
    pileus_options *options = NULL;
    pileus_code code = pileus_context_new(&ctx, err);

    if (code == PILEUS_OK) {
        code = pileus_context_add_directory(ctx, STORE_DIRECTORY, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_new(&options, err);
    }
    if (code == PILEUS_OK && act != NULL) {
        code = pileus_options_set(options, "act", act, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(conn, ctx, driver, options, NULL, err);
    }
    pileus_options_free(options);
    pileus_context_unref(ctx);
    return code;
}

static inline pileus_connection *
open_store(const char *driver, const char *act)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_store(&conn, driver, act, &err), err);
    return conn;
}

static inline pileus_volume *
store_volume(pileus_connection *conn, const char *id)
{
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_volume_get(&volume, conn, id, PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    return volume;
}

static inline pileus_node *
store_node(pileus_connection *conn, const char *id)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, id, PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    return node;
}

#endif
