/* A walk through everything that takes memory, for suites in which it fails. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SUPPORT_WALK_H
#define TESTS_SUPPORT_WALK_H

#include <pileus/pileus.h>

#include <unistd.h>

/* Set the options that make the dummy driver do all it can. */
static inline pileus_code
walk_set_options(pileus_options *options, const char *file, pileus_error **err)
{
    pileus_code code = pileus_options_set(options, "creds", "5", err);

    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "idempotent", "true", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_options_set(options, "fail", "get_node:failed", err);
    }
    if (code == PILEUS_OK && file != NULL) {
        (void)unlink(file); /* of the walk before */
        code = pileus_options_set(options, "state", file, err);
    }
    return code;
}

/* Open, list, create, reboot, destroy, close, on the dummy driver, with its
 * nodes in a file if one is named. */
static inline pileus_code
walk_through_all(const char *file, pileus_error **err)
{
    pileus_context *ctx = NULL;
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_node_spec *spec = NULL;
    pileus_list *list = NULL;
    pileus_node *node = NULL;
    pileus_call *call = NULL;
    pileus_code code = pileus_context_new(&ctx, err);

    if (code == PILEUS_OK) {
        code = pileus_options_new(&options, err);
    }
    if (code == PILEUS_OK) {
        code = walk_set_options(options, file, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_call_new(&call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_connection_open(&conn, ctx, "dummy", options, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_list(&list, conn, NULL, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_new(&spec, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_name(spec, "web", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_create(&node, conn, spec, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_reboot(node, 0, call, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_destroy(node, 0, call, err);
    }
    pileus_node_unref(node);
    pileus_list_free(list);
    pileus_node_spec_free(spec);
    pileus_call_free(call);
    pileus_options_free(options);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
    return code;
}

#endif
