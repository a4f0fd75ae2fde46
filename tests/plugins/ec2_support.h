/* What the suites of the EC2 driver share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_EC2_SUPPORT_H
#define TESTS_PLUGINS_EC2_SUPPORT_H

#include "tests/plugins/ec2_mock.h"

#include <pileus/pileus.h>

#include <stdio.h>

/* A connection, with one option more, or another, or NULL. */
static inline pileus_connection *
connect_with(const ec2_mock *mock, const char *option, const char *value)
{
    const char *const pairs[][2] = {
        {"endpoint", server_url(mock->web)},
        {"region", MOCK_REGION},
        {"key", MOCK_KEY},
        {"secret", MOCK_SECRET},
        {"retries", "0"},
        {option, value},
    };
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        bool another = i + 1 < sizeof pairs / sizeof pairs[0] &&
                       option != NULL && strcmp(option, pairs[i][0]) == 0;

        if (pairs[i][0] != NULL && !another) {
            expect_ok(
                pileus_options_set(options, pairs[i][0], pairs[i][1], &err),
                err);
        }
    }
    expect_ok(pileus_connection_open(&conn, NULL, "ec2", options, NULL, &err),
              err);
    pileus_options_free(options);
    return conn;
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

/* One of 10 GB. */
static inline pileus_volume *
make_volume(pileus_connection *conn)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_size(spec, 10, &err), err);
    expect_ok(pileus_volume_spec_set_location(spec, "eu-test-1a", &err), err);
    expect_ok(pileus_volume_create(&volume, conn, spec, NULL, &err), err);
    pileus_volume_spec_free(spec);
    return volume;
}

static inline const char *
extra_string(const pileus_value *extra, const char *key)
{
    return pileus_value_string(pileus_value_get(extra, key));
}

/* Was that a parameter: "NAME=VALUE"? */
static inline void
expect_param(const char *params, const char *param)
{
    char line[256];

    (void)snprintf(line, sizeof line, "\n%s\n", param);
    if (strstr(params, line) == NULL) {
        print_error("%s is not in%s", param, params);
    }
    assert_non_null(strstr(params, line));
}

#endif
