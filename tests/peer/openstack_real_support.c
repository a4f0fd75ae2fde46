/* The OpenStack driver on real servers: what its suites need. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- the servers ----------------------------------------------------------
 */

int
real_nova_port(void)
{
    return (int)strtol(getenv("PILEUS_TEST_NOVA_PORT"), NULL, 10);
}

int
real_token_life(void)
{
    return (int)strtol(getenv("PILEUS_TEST_TOKEN_LIFE"), NULL, 10);
}

int
real_address_quota(void)
{
    return (int)strtol(getenv("PILEUS_TEST_ADDRESSES"), NULL, 10);
}

void
real_nova(const char *script)
{
    char command[512];

    (void)snprintf(command, sizeof command, "sh '%s/%s'",
                   getenv("PILEUS_TEST_FOLDER"), script);
    if (system(command) != 0) { /* not always in the test's own thread */
        (void)fprintf(stderr, "%s fails\n", command);
        abort();
    }
}

pileus_code
real_open(pileus_connection **conn, int port, const char *name,
          const char *value, pileus_error **err)
{
    char url[64];
    pileus_options *options = NULL;
    pileus_code code;

    (void)snprintf(url, sizeof url, "http://127.0.0.1:%d/v2.1", port);
    expect_ok(pileus_options_new(&options, err), *err);
    expect_ok(pileus_options_set(options, "compute-endpoint", url, err), *err);
    expect_ok(pileus_options_set(options, "retries", "1", err), *err);
    if (name != NULL) {
        expect_ok(pileus_options_set(options, name, value, err), *err);
    }
    code = pileus_connection_open(conn, NULL, "openstack", options, NULL, err);
    pileus_options_free(options);
    return code;
}

pileus_connection *
real_connect(int port)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    expect_ok(real_open(&conn, port, NULL, NULL, &err), err);
    return conn;
}

/* ---- what there is to make servers of -------------------------------------
 */

void
real_set_size(pileus_node_spec *spec, pileus_connection *conn, const char *name)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    int64_t ram = 0;

    expect_ok(pileus_size_list(&list, conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const pileus_size *size = pileus_list_size(list, i);

        if (strcmp(pileus_size_name(size), name) == 0) {
            assert_true(pileus_size_ram(size, &ram));
            expect_ok(
                pileus_node_spec_set_size(spec, pileus_size_id(size), &err),
                err);
        }
    }
    assert_true(ram >= 512);
    pileus_list_free(list);
}

static void
set_image(pileus_node_spec *spec, pileus_connection *conn, const char *name)
{
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, name, &err), err);
    expect_ok(pileus_image_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    expect_ok(pileus_node_spec_set_image(
                  spec, pileus_image_id(pileus_list_image(list, 0)), &err),
              err);
    pileus_list_free(list);
    pileus_query_free(query);
}

pileus_node_spec *
real_spec(pileus_connection *conn, const char *name)
{
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, name, &err), err);
    expect_ok(pileus_node_spec_set_token(spec, name, &err), err);
    real_set_size(spec, conn, "m1.tiny");
    set_image(spec, conn, "cirros");
    return spec;
}

/* ---- many of them ---------------------------------------------------------
 */

bool
real_is(const pileus_node *node, const char *begin)
{
    return strncmp(pileus_node_name(node), begin, strlen(begin)) == 0;
}

/* destroys: those, too; Nova takes it twice. */
static size_t
count(pileus_connection *conn, const char *begin, bool destroys)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t found = 0;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        pileus_node *node = pileus_list_node(list, i);

        if (real_is(node, begin)) {
            found++;
            if (destroys) {
                expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
            }
        }
    }
    pileus_list_free(list);
    return found;
}

size_t
real_count(pileus_connection *conn, const char *begin)
{
    return count(conn, begin, false);
}

/* Nova lists one that is being deleted until it is. */
void
real_destroy_all(pileus_connection *conn, const char *begin)
{
    for (int looks = 0; count(conn, begin, looks == 0) > 0; looks++) {
        assert_true(looks < REAL_LOOKS);
        (void)usleep(REAL_LOOK_US);
    }
}

void
real_expect_state(pileus_node *node, pileus_state state)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_wait(NULL, node, state, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), state);
}
