/* What the suites of the OpenStack driver have in common. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLUGINS_OPENSTACK_SUPPORT_H
#define TESTS_PLUGINS_OPENSTACK_SUPPORT_H

#include "tests/plugins/openstack_mock.h"

#include <pileus/pileus.h>

#define PAIRS_MAX 12

static const char *const by_password[] = {
    "username", "me", "password", "sesame", "project", "demo", NULL};

static inline pileus_code
try_with(pileus_connection **conn, const openstack_mock *mock,
         const char *const *pairs, pileus_error **err)
{
    pileus_options *options = NULL;
    pileus_code code;

    expect_ok(pileus_options_new(&options, err), *err);
    expect_ok(pileus_options_set(options, "endpoint", mock->endpoint, err),
              *err);
    for (size_t i = 0; pairs[i] != NULL; i += 2) {
        expect_ok(pileus_options_set(options, pairs[i], pairs[i + 1], err),
                  *err);
    }
    code = pileus_connection_open(conn, NULL, "openstack", options, NULL, err);
    pileus_options_free(options);
    return code;
}

static inline pileus_connection *
connect_to(const openstack_mock *mock)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(try_with(&conn, mock, by_password, &err), err);
    return conn;
}

static inline void
expect_servers(pileus_connection *conn, size_t count)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), count);
    pileus_list_free(list);
}

static inline pileus_node *
first_node(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_node *node;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    node = pileus_node_ref(pileus_list_node(list, 0));
    pileus_list_free(list);
    return node;
}

#endif
