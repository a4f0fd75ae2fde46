/* Opening the CloudStack driver on its mock. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_CLOUDSTACK_SUPPORT_H
#define TESTS_PLUGINS_CLOUDSTACK_SUPPORT_H

#include "tests/plugins/cloudstack_mock.h"

#include <pileus/pileus.h>

/* With one option more, or another than usual; NULL: none. */
static inline pileus_connection *
connect_with(const cloudstack_mock *mock, const char *option, const char *value)
{
    const char *const pairs[][2] = {
        {"endpoint", mock->endpoint},
        {"key", MOCK_KEY},
        {"secret", MOCK_SECRET},
        {"retries", "0"},
    };
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (option == NULL || strcmp(pairs[i][0], option) != 0) {
            expect_ok(
                pileus_options_set(options, pairs[i][0], pairs[i][1], &err),
                err);
        }
    }
    if (option != NULL) {
        expect_ok(pileus_options_set(options, option, value, &err), err);
    }
    expect_ok(
        pileus_connection_open(&conn, NULL, "cloudstack", options, NULL, &err),
        err);
    pileus_options_free(options);
    return conn;
}

static inline pileus_connection *
connect_to(const cloudstack_mock *mock)
{
    return connect_with(mock, NULL, NULL);
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

/* A spec of a small Debian. */
static inline pileus_node_spec *
spec_named(cloudstack_mock *mock, const char *name)
{
    const char *size = mock_named(mock, MOCK_OFFERING, "small")->id;
    const char *image = mock_named(mock, MOCK_TEMPLATE, "debian")->id;
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, name, &err), err);
    expect_ok(pileus_node_spec_set_size(spec, size, &err), err);
    expect_ok(pileus_node_spec_set_image(spec, image, &err), err);
    return spec;
}

static inline void
expect_asked(const cloudstack_mock *mock, const char *text)
{
    if (strstr(mock->changes, text) == NULL) {
        print_error("not asked: %s\nbut: %s\n", text, mock->changes);
    }
    assert_non_null(strstr(mock->changes, text));
}

static inline void
expect_not_asked(const cloudstack_mock *mock, const char *text)
{
    if (strstr(mock->changes, text) != NULL) {
        print_error("asked: %s\nin: %s\n", text, mock->changes);
    }
    assert_null(strstr(mock->changes, text));
}

#endif
