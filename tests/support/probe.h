/* Opening the probe drivers, for suites about calls. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_PROBE_H
#define TESTS_SUPPORT_PROBE_H

#include "tests/support/expect.h"

#include <pileus/pileus.h>

#define PROBE_DIRECTORY BUILDDIR "/tests/call/drivers"

static inline pileus_context *
probe_context(void)
{
    pileus_context *ctx = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_context_new(&ctx, &err), err);
    expect_ok(pileus_context_add_directory(ctx, PROBE_DIRECTORY, &err), err);
    return ctx;
}

/* A connection of a probe driver that acts so (NULL: well). */
static inline pileus_connection *
open_probe(const char *driver, const char *act)
{
    pileus_context *ctx = probe_context();
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    if (act != NULL) {
        expect_ok(pileus_options_set(options, "act", act, &err), err);
    }
    expect_ok(pileus_options_set(options, "secret", "tell-nobody", &err), err);
    expect_ok(pileus_connection_open(&conn, ctx, driver, options, NULL, &err),
              err);
    pileus_options_free(options);
    pileus_context_unref(ctx);
    return conn;
}

/* The first node of a connection, a new reference. */
static inline pileus_node *
first_node(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_node *node;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_true(pileus_list_count(list) > 0);
    node = pileus_node_ref(pileus_list_node(list, 0));
    pileus_list_free(list);
    return node;
}

#endif
