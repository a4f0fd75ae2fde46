/* The OpenStack driver on real servers that break in the middle of a call. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <stdio.h>

/* What asks for a page but the first. */
#define LATER_PAGE "marker="

/* ---- listings -------------------------------------------------------------
 */

/* All of them, each once. */
static void
expect_all(const pileus_list *list)
{
    bool seen[REAL_SERVERS] = {false};
    size_t found = 0;

    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const char *name = pileus_node_name(pileus_list_node(list, i));
        int number = -1;

        if (sscanf(name, REAL_NAME "page-%d", &number) == 1) {
            assert_in_range(number, 0, REAL_SERVERS - 1);
            assert_false(seen[number]);
            seen[number] = true;
            found++;
        }
    }
    assert_int_equal(found, REAL_SERVERS);
}

/* A listing by the proxy is whole. */
static void
expect_whole(const proxy *between)
{
    pileus_connection *conn = real_connect(server_port(between->server));
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    expect_all(list);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

void
real_pages(void **state)
{
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_NONE, "GET", LATER_PAGE, 1000);
    expect_whole(&between);
    assert_true(between.met >= (REAL_SERVERS - 1) / REAL_PAGE);
    proxy_stop(&between);
}

/* A token that ends between two pages: another one is fetched, and the list
 * goes on. */
void
real_revoked(void **state)
{
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_REVOKE, "GET", LATER_PAGE, 1);
    expect_whole(&between);
    assert_int_equal(between.met, 1);
    proxy_stop(&between);
}

/* A connection that breaks once in the middle of a page. */
void
real_cut(void **state)
{
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_CUT, "GET", LATER_PAGE, 1);
    expect_whole(&between);
    assert_int_equal(between.met, 1);
    proxy_stop(&between);
}

/* One that breaks whenever it is tried: no list is better than half a list. */
void
real_cut_off(void **state)
{
    pileus_connection *conn;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_CUT, "GET", LATER_PAGE, 1000);
    conn = real_connect(server_port(between.server));
    assert_int_equal(pileus_node_list(&list, conn, NULL, NULL, &err),
                     PILEUS_UNAVAILABLE);
    assert_null(list);
    assert_true(pileus_error_retryable(err));
    assert_false(pileus_error_may_have_happened(err));
    assert_int_equal(between.met, 2); /* it was tried again */
    pileus_error_free(err);
    pileus_connection_unref(conn);
    proxy_stop(&between);
}

/* Kill the API as the first node arrives. */
static bool
kill_once(void *user, pileus_node *node)
{
    size_t *count = user;

    (void)node;
    if ((*count)++ == 0) {
        real_nova("stop");
    }
    return true;
}

void
real_killed_list(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(
        pileus_node_each(conn, NULL, kill_once, &count, NULL, &err),
        PILEUS_UNAVAILABLE);
    assert_in_range(count, 1, REAL_SERVERS - 1);
    assert_true(pileus_error_retryable(err));
    pileus_error_free(err);
    err = NULL;
    real_nova("start");
    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    expect_all(list);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* ---- creates --------------------------------------------------------------
 */

/* A create that fails, but may have happened. */
static void
create_badly(proxy_fault fault, const char *name)
{
    pileus_connection *conn;
    pileus_node_spec *spec;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    proxy between;

    proxy_start(&between, fault, "POST", "/servers", 1000);
    conn = real_connect(server_port(between.server));
    spec = real_spec(conn, name);
    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err),
                     PILEUS_UNAVAILABLE);
    assert_null(node);
    assert_true(pileus_error_may_have_happened(err));
    assert_int_equal(between.met, 1); /* and was not tried again blindly */
    pileus_error_free(err);
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
    proxy_stop(&between);
}

/* The same again is the same server, or the only one. */
static void
create_again(const char *name, size_t before)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node_spec *spec = real_spec(conn, name);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    assert_in_range(real_count(conn, name), before, 1);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    expect_ok(pileus_node_wait(NULL, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);
    assert_string_equal(pileus_node_name(node), name);
    assert_int_equal(real_count(conn, name), 1);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
    real_destroy_all(conn, name);
    pileus_connection_unref(conn);
}

/* Nova makes it, and nobody hears of it. */
void
real_lost_create(void **state)
{
    (void)state;
    create_badly(PROXY_LOSE, REAL_NAME "lost");
    create_again(REAL_NAME "lost", 1);
}

/* Nova may have got so far as to make it, or not. */
void
real_killed_create(void **state)
{
    (void)state;
    create_badly(PROXY_KILL, REAL_NAME "killed");
    real_nova("start");
    create_again(REAL_NAME "killed", 0);
}
