/* The libvirt driver: destroy, and what goes with a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <stdlib.h>

/* Only what was made for the node goes with it. */
static void
destroy_foreign(void **state)
{
    pileus_connection *conn = open_small();
    pileus_list *list = list_nodes(conn);
    pileus_node *node = pileus_node_ref(find_node(list, "test"));
    pileus_node *same = get_node(conn, TEST_UUID);
    pileus_error *err = NULL;

    pileus_list_free(list);
    destroy_node(node);
    assert_int_equal(virConnectNumOfDomains(*state), 0);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    (void)pileus_node_destroy(same, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_NOT_FOUND, "destroy", "VIR_ERR_NO_DOMAIN");
    pileus_node_unref(same);
    pileus_connection_unref(conn);
}

/* A copy of a node's document does not own the node's disk. */
static void
destroy_copy(void **state)
{
    static const char copy_uuid[] = "00000000-0000-4000-8000-000000000001";
    pileus_connection *conn = open_small();
    pileus_node *node = create_node(conn, new_spec("web"));
    pileus_node *copy;
    char *xml = xml_of(*state, "web");
    char *at = strstr(xml, "<name>web");
    virDomainPtr domain;

    memcpy(at + 6, "wib", 3);
    at = strstr(xml, "<uuid>");
    memcpy(at + 6, copy_uuid, 36);
    /* One MAC address may not be there twice. */
    at = strstr(xml, "<mac address='");
    memcpy(at + 14, "52:54:00:aa:aa:aa", 17);
    domain = virDomainDefineXML(*state, xml);
    assert_non_null(domain);
    (void)virDomainFree(domain);
    free(xml);
    copy = get_node(conn, copy_uuid);
    assert_null(pileus_node_size(copy));
    destroy_node(copy);
    assert_int_equal(capacity_of(*state, "web.qcow2"), 2 * GIB);
    destroy_node(node);
    assert_int_equal(capacity_of(*state, "web.qcow2"), 0);
    pileus_connection_unref(conn);
}

/* A disk that somebody else has deleted is no obstacle; one that cannot be
 * deleted is, and the node stays in sight until it can. */
static void
destroy_disk(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node = create_node(conn, new_spec("web"));
    virStoragePoolPtr pool = virStoragePoolLookupByName(*state, POOL);
    virStorageVolPtr volume;
    pileus_error *err = NULL;

    assert_non_null(pool);
    volume = virStorageVolLookupByName(pool, "web.qcow2");
    assert_non_null(volume);
    assert_int_equal(virStorageVolDelete(volume, 0), 0);
    (void)virStorageVolFree(volume);
    destroy_node(node);

    node = create_node(conn, new_spec("web"));
    assert_int_equal(virStoragePoolDestroy(pool), 0);
    (void)pileus_node_destroy(node, 0, NULL, &err);
    expect_libvirt(&err, PILEUS_CONFLICT, "web.qcow2",
                   "VIR_ERR_OPERATION_INVALID");
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 1);
    assert_int_equal(virStoragePoolCreate(pool, 0), 0);
    destroy_node(node);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    (void)virStoragePoolFree(pool);
    pileus_connection_unref(conn);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        DEFAULT_TEST(destroy_foreign),
        DEFAULT_TEST(destroy_copy),
        DEFAULT_TEST(destroy_disk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
