/* Blobs: only the driver that made one can read it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/call.h"
#include "core/call/host.h"

#include "tests/support/probe.h"

static void
test_only_its_own_driver(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);
    pileus_call call;
    pileus_error *err = NULL;
    uint64_t size = 0;
    uint32_t format = 0;

    (void)state;
    expect_ok(pil__call_init(&call, &err), err);
    call.driver = "probe";
    assert_memory_equal(pileus_object_blob(&call, node, &size, &format),
                        "opaque", 6);
    assert_int_equal(size, 6);
    assert_int_equal(format, 7);

    call.driver = "probe_serial";
    assert_null(pileus_object_blob(&call, node, &size, &format));
    assert_int_equal(pil__call_result(&call, PILEUS_INVALID_ARGUMENT, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "made by driver 'probe', and only that one can read it");
    pil__call_destroy(&call);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* An application may copy a blob, and see its size and format. */
static void
test_as_bytes(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_connection *other = open_probe("probe", NULL);
    pileus_node *node = first_node(conn);
    pileus_node *moved = NULL;
    pileus_error *err = NULL;
    size_t size = 0;
    uint32_t format = 0;

    (void)state;
    expect_ok(pileus_node_rebind(&moved, node, other, &err), err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    assert_memory_equal(pileus_node_blob(moved, &size, &format), "opaque", 6);
    assert_int_equal(size, 6);
    assert_int_equal(format, 7);
    assert_string_equal(pileus_node_id(moved), "0");
    expect_ok(pileus_node_reboot(moved, 0, NULL, &err), err);
    pileus_node_unref(moved);
    pileus_connection_unref(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_its_own_driver),
        cmocka_unit_test(test_as_bytes),
    };

    return cmocka_run_group_tests_name("blob", tests, NULL, NULL);
}
