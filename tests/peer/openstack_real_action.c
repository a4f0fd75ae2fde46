/* More of a server's life, on a real Nova: what rests, and what is made anew.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

typedef pileus_code (*verb_fn)(pileus_node *node, uint64_t flags,
                               pileus_call *call, pileus_error **err);

static const struct {
    verb_fn rest;
    pileus_state rests;
    verb_fn back;
} rests[] = {
    {pileus_node_pause, PILEUS_STATE_PAUSED, pileus_node_unpause},
    {pileus_node_suspend, PILEUS_STATE_SUSPENDED, pileus_node_resume},
    {pileus_node_shelve, PILEUS_STATE_STOPPED, pileus_node_unshelve},
};

static pileus_node *
create(pileus_connection *conn, const char *name)
{
    pileus_node_spec *spec = real_spec(conn, name);
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    pileus_node_spec_free(spec);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    return node;
}

void
real_rests(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = create(conn, REAL_NAME "rests");
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof rests / sizeof rests[0]; i++) {
        /* Nova lets nothing go on that does not rest. */
        assert_int_equal(rests[i].back(node, 0, NULL, &err), PILEUS_CONFLICT);
        assert_int_equal(pileus_error_status(err), 409);
        assert_non_null(pileus_error_request_id(err));
        expect_error(&err, PILEUS_CONFLICT, "while it is in vm_state active");
        expect_ok(rests[i].rest(node, 0, NULL, &err), err);
        real_expect_state(node, rests[i].rests);
        expect_ok(rests[i].back(node, 0, NULL, &err), err);
        real_expect_state(node, PILEUS_STATE_RUNNING);
    }
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

void
real_rebuild(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = create(conn, REAL_NAME "rebuild");
    pileus_node_spec *spec = NULL;
    pileus_text *log = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_image(
                  spec, pileus_image_id(pileus_node_image(node)), &err),
              err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    pileus_node_spec_free(spec);
    /* The hypervisor of these servers says so for every one of them. */
    expect_ok(pileus_node_console_log(&log, node, 0, NULL, &err), err);
    assert_non_null(strstr(pileus_text_data(log, NULL), "FAKE CONSOLE OUTPUT"));
    pileus_text_free(log);
    expect_ok(pileus_node_console_log(&log, node, 1, NULL, &err), err);
    assert_null(strstr(pileus_text_data(log, NULL), "FAKE CONSOLE OUTPUT"));
    pileus_text_free(log);
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}
