/* More of a server's life, on a real Nova: what rests, and what is made anew.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <unistd.h>

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

static const char *
password_of(const pileus_node *node)
{
    const char *password = pileus_value_string(
        pileus_value_get(pileus_node_extra(node), "password"));

    assert_non_null(password);
    return password;
}

/* With all that it takes. */
static void
rebuild_otherwise(pileus_connection *conn, pileus_node *node,
                  pileus_node_spec *spec)
{
    pileus_node *now = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_set_name(spec, REAL_NAME "rebuilt", &err), err);
    expect_ok(pileus_node_spec_set_password(spec, "s3cr3t-word", &err), err);
    expect_ok(pileus_node_spec_set_ssh_key(spec, REAL_KEY, &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#!/bin/sh\n", 10, &err),
              err);
    expect_ok(pileus_node_spec_set_option(spec, "description", "new", &err),
              err);
    expect_ok(pileus_node_spec_set_option(spec, "hostname", "web-2", &err),
              err);
    expect_ok(pileus_node_rebuild(node, spec, 0, NULL, &err), err);
    assert_string_equal(password_of(node), "s3cr3t-word");
    real_expect_state(node, PILEUS_STATE_RUNNING);
    expect_ok(pileus_node_get(&now, conn, pileus_node_id(node),
                              PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    assert_string_equal(pileus_node_name(now), REAL_NAME "rebuilt");
    assert_null(pileus_value_get(pileus_node_extra(now), "password"));
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_node_extra(now), "description")),
                        "new");
    assert_non_null(pileus_value_string(
        pileus_value_get(pileus_node_extra(now), "key_name")));
    pileus_node_unref(now);
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
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_true(strlen(password_of(node)) > 0);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    rebuild_otherwise(conn, node, spec);
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

/* ---- resize ---------------------------------------------------------------
 */

static const pileus_size *
find_size(const pileus_list *sizes, const char *name)
{
    for (size_t i = 0; i < pileus_list_count(sizes); i++) {
        const pileus_size *size = pileus_list_size(sizes, i);

        if (strcmp(pileus_size_name(size), name) == 0) {
            return size;
        }
    }
    fail_msg("there is no %s", name);
    return NULL;
}

/* Nova has got so far, and the node is of that size. */
static void
await_word(pileus_connection *conn, const pileus_node *node, const char *word,
           const pileus_size *size)
{
    bool there = false;

    for (int looks = 0; !there; looks++) {
        pileus_node *now = NULL;
        pileus_error *err = NULL;

        assert_true(looks < REAL_LOOKS);
        expect_ok(pileus_node_get(&now, conn, pileus_node_id(node),
                                  PILEUS_NUL_TERMINATED, NULL, &err),
                  err);
        assert_int_not_equal(pileus_node_state(now), PILEUS_STATE_ERROR);
        there = strcmp(pileus_node_provider_state(now), word) == 0 &&
                pileus_node_state(now) == PILEUS_STATE_RUNNING;
        if (there) {
            assert_string_equal(pileus_size_id(pileus_node_size(now)),
                                pileus_size_id(size));
        }
        pileus_node_unref(now);
        (void)usleep(REAL_LOOK_US);
    }
}

static void
resize(pileus_connection *conn, pileus_node *node, const pileus_size *size)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_resize(node, pileus_size_id(size), 0, NULL, &err),
              err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    await_word(conn, node, "VERIFY_RESIZE", size);
}

static void
refuse_sizes(pileus_node *node, const pileus_list *sizes, const char *same)
{
    pileus_error *err = NULL;

    (void)pileus_node_resize(node, pileus_size_id(find_size(sizes, same)), 0,
                             NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "must change flavor");
    (void)pileus_node_resize(node, "no-such-flavor", 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "could not be found");
    (void)pileus_node_resize(node, pileus_size_id(find_size(sizes, "m1.huge")),
                             0, NULL, &err);
    expect_error(&err, PILEUS_QUOTA, "Quota exceeded");
    (void)pileus_node_confirm_resize(node, 0, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "vm_state active");
    (void)pileus_node_revert_resize(node, 0, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "vm_state active");
}

/* To another size and kept, to a third and back. */
void
real_resize(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = create(conn, REAL_NAME "resize");
    pileus_list *sizes = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_size_list(&sizes, conn, NULL, NULL, &err), err);
    refuse_sizes(node, sizes, "m1.tiny");
    resize(conn, node, find_size(sizes, "m1.small"));
    expect_ok(pileus_node_confirm_resize(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
    await_word(conn, node, "ACTIVE", find_size(sizes, "m1.small"));
    resize(conn, node, find_size(sizes, "m1.medium"));
    expect_ok(pileus_node_revert_resize(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
    await_word(conn, node, "ACTIVE", find_size(sizes, "m1.small"));
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    pileus_list_free(sizes);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}
