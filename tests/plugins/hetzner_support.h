/* Opening the Hetzner Cloud driver on its mock. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_HETZNER_SUPPORT_H
#define TESTS_PLUGINS_HETZNER_SUPPORT_H

#include "tests/plugins/hetzner_mock.h"

#include <pileus/pileus.h>

/* What the mock knows the fingerprint of. */
#define PUBLIC_KEY                                                             \
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAFhEWuWYStDA3dY+EmtERTQHD0SuK6XtA+"  \
    "GKpb7a0jG me@home"

static inline pileus_connection *
connect_with(const hetzner_mock *mock, const char *token,
             const char *stop_timeout)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    expect_ok(pileus_options_set(options, "endpoint", mock->endpoint, &err),
              err);
    expect_ok(pileus_options_set(options, "token", token, &err), err);
    expect_ok(pileus_options_set(options, "stop-timeout", stop_timeout, &err),
              err);
    expect_ok(
        pileus_connection_open(&conn, NULL, "hetzner", options, NULL, &err),
        err);
    pileus_options_free(options);
    return conn;
}

static inline pileus_connection *
connect_to(const hetzner_mock *mock)
{
    return connect_with(mock, MOCK_TOKEN, "5s");
}

static inline pileus_node *
get_node(pileus_connection *conn, const char *id)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_node_get(&node, conn, id, PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    return node;
}

/* A spec of a node of that name. */
static inline pileus_node_spec *
spec_named(const char *name)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, name, &err), err);
    expect_ok(pileus_node_spec_set_size(spec, "cx22", &err), err);
    expect_ok(pileus_node_spec_set_image(spec, "debian-12", &err), err);
    return spec;
}

#endif
