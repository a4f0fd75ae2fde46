/* Microversions, on a real Nova. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <stdio.h>

/* ---- creates --------------------------------------------------------------
 */

/* What there is of this name with that tag. */
static size_t
count_tagged(pileus_connection *conn, const char *name, const char *tag)
{
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t count;

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, name, &err), err);
    expect_ok(pileus_query_add_filter(query, "server-tags", tag, &err), err);
    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    count = pileus_list_count(list);
    pileus_list_free(list);
    pileus_query_free(query);
    return count;
}

static const char *
extra_string(const pileus_node *node, const char *key)
{
    return pileus_value_string(pileus_value_get(pileus_node_extra(node), key));
}

void
real_new_create(void **state)
{
    static const char name[] = REAL_NAME "new";
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node_spec *spec = real_spec(conn, name);
    pileus_node *node = NULL;
    pileus_node *newest = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_set_option(spec, "description", "mine", &err),
              err);
    expect_ok(pileus_node_spec_set_option(spec, "hostname", "web-1", &err),
              err);
    expect_ok(
        pileus_node_spec_set_option(spec, "server-tags", "blue,green", &err),
        err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    pileus_node_spec_free(spec);
    expect_ok(pileus_node_wait(&newest, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);
    assert_string_equal(extra_string(newest, "description"), "mine");
    assert_int_equal(
        pileus_value_count(pileus_value_get(pileus_node_extra(newest), "tags")),
        2);
    assert_int_equal(pileus_value_type(
                         pileus_value_get(pileus_node_extra(newest), "locked")),
                     PILEUS_TYPE_BOOL);
    assert_non_null(pileus_size_id(pileus_node_size(newest)));
    assert_int_equal(count_tagged(conn, name, "blue"), 1);
    assert_int_equal(count_tagged(conn, name, "blue,green"), 1);
    assert_int_equal(count_tagged(conn, name, "red"), 0);
    expect_ok(pileus_node_destroy(newest, 0, NULL, &err), err);
    pileus_node_unref(newest);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* Of a Nova that may be asked for less. */
void
real_old_create(void **state)
{
    static const char name[] = REAL_NAME "old";
    pileus_connection *conn = NULL;
    pileus_node_spec *spec;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(
        real_open(&conn, real_nova_port(), "compute-api-version", "2.1", &err),
        err);
    spec = real_spec(conn, name);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    assert_null(pileus_value_get(pileus_node_extra(node), "locked"));
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    pileus_node_unref(node);
    node = NULL;
    /* Another one, for the first may be there for a while yet. */
    expect_ok(pileus_node_spec_set_token(spec, REAL_NAME "new", &err), err);
    expect_ok(pileus_node_spec_set_option(spec, "hostname", "web-1", &err),
              err);
    (void)pileus_node_create(&node, conn, spec, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "needs version 2.90");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    /* One that it has not got, whatever the option says. */
    expect_ok(real_open(&conn, real_nova_port(), "compute-api-version",
                        "2.4000", &err),
              err);
    assert_int_equal(count_tagged(conn, name, "blue"), 0);
    pileus_connection_unref(conn);
}

/* ---- key pairs ------------------------------------------------------------
 */

/* Over REAL_PAGE of them, which Nova lists in pages. */
void
real_key_pages(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_key_pair *pair = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    char name[64];
    int found = 0;

    (void)state;
    for (int i = 0; i < 2 * REAL_PAGE; i++) {
        (void)snprintf(name, sizeof name, REAL_NAME "page@%d", i);
        if (pileus_key_pair_get(&pair, conn, name, NULL, NULL) != PILEUS_OK) {
            expect_ok(
                pileus_key_pair_import(&pair, conn, name, REAL_KEY, NULL, &err),
                err);
        }
        pileus_key_pair_unref(pair);
        pair = NULL;
    }
    expect_ok(pileus_key_pair_list(&list, conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        pair = pileus_list_key_pair(list, i);
        if (strncmp(pileus_key_pair_name(pair), REAL_NAME "page@",
                    sizeof REAL_NAME "page@" - 1) == 0) {
            assert_string_equal(pileus_value_string(pileus_value_get(
                                    pileus_key_pair_extra(pair), "type")),
                                "ssh");
            expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
            found++;
        }
    }
    assert_int_equal(found, 2 * REAL_PAGE);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}
