/* Tokens that end, by a real Keystone's clock. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <stdlib.h>
#include <unistd.h>

static pileus_connection *
connect_short(const proxy *between)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(real_open(&conn, server_port(between->server), "endpoint",
                        getenv("PILEUS_TEST_KEYSTONE"), &err),
              err);
    return conn;
}

/* Count those of this suite; at the first one let a token's life pass. */
typedef struct counting {
    size_t count;
    bool sleeps;
} counting;

static bool
count_node(void *user, pileus_node *node)
{
    counting *to = user;

    if (real_is(node, REAL_NAME "page-")) {
        to->count++;
    }
    if (to->sleeps) {
        to->sleeps = false;
        (void)sleep((unsigned)real_token_life());
    }
    return true;
}

static void
list_all(pileus_connection *conn, bool sleeps)
{
    counting to = {.sleeps = sleeps};
    pileus_error *err = NULL;

    expect_ok(pileus_node_each(conn, NULL, count_node, &to, NULL, &err), err);
    assert_int_equal(to.count, REAL_SERVERS);
}

/* Renewed ahead: Nova never sees one that is over. */
void
real_ended_between(void **state)
{
    pileus_connection *conn;
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_NONE, "GET", "", 0);
    conn = connect_short(&between);
    list_all(conn, false);
    (void)sleep((unsigned)real_token_life());
    list_all(conn, false);
    assert_true(between.tokens >= 2);
    assert_int_equal(between.refused, 0);
    pileus_connection_unref(conn);
    proxy_stop(&between);
}

void
real_ended_in_list(void **state)
{
    pileus_connection *conn;
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_NONE, "GET", "", 0);
    conn = connect_short(&between);
    list_all(conn, true);
    assert_true(between.tokens >= 2);
    assert_int_equal(between.refused, 0);
    pileus_connection_unref(conn);
    proxy_stop(&between);
}

/* One that was good when the request was sent, and is not when Nova looks. */
void
real_ended_underway(void **state)
{
    pileus_connection *conn;
    proxy between;

    (void)state;
    proxy_start(&between, PROXY_HOLD, "GET", "marker=", 1);
    conn = connect_short(&between);
    list_all(conn, false);
    assert_int_equal(between.met, 1);
    assert_true(between.refused >= 1);
    assert_true(between.tokens >= 2);
    pileus_connection_unref(conn);
    proxy_stop(&between);
}
