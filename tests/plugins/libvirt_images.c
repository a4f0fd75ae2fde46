/* The libvirt driver: images, from storage volumes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

static const pileus_image *
find_image(const pileus_list *list, const char *id)
{
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const pileus_image *image = pileus_list_image(list, i);

        if (strcmp(pileus_image_id(image), id) == 0) {
            return image;
        }
    }
    return NULL;
}

static void
images(void **state)
{
    pileus_connection *conn = open_small();
    pileus_list *list;
    const pileus_image *image;
    const pileus_value *extra;

    add_volume(*state, "base.qcow2", "qcow2", GIB);
    add_volume(*state, "plain.img", "raw", GIB);
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 2);
    image = find_image(list, POOL "/base.qcow2");
    assert_non_null(image);
    assert_string_equal(pileus_image_name(image), "base.qcow2");
    extra = pileus_image_extra(image);
    assert_string_equal(extra_string(extra, "pool"), POOL);
    assert_string_equal(extra_string(extra, "path"),
                        "/default-pool/base.qcow2");
    assert_string_equal(extra_string(extra, "key"), "/default-pool/base.qcow2");
    assert_string_equal(extra_string(extra, "type"), "file");
    assert_string_equal(extra_string(extra, "format"), "qcow2");
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "capacity"), 0), GIB);
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "allocation"), 0), GIB);
    assert_int_equal(pileus_value_count(pileus_value_get(extra, "used_by")), 0);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
image_pools(void **state)
{
    pileus_connection *conn;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    virStoragePoolPtr pool = virStoragePoolDefineXML(
        *state,
        "<pool type='dir'><name>second</name><target><path>/second</path>"
        "</target></pool>",
        0);

    assert_non_null(pool);
    add_volume(*state, "base.qcow2", "qcow2", GIB);

    /* One that is not active has no images, unless it is asked for. */
    conn = open_small();
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    conn = OPEN("uri", "test:///default", "pool", "second");
    list = NULL;
    (void)pileus_image_list(&list, conn, NULL, NULL, &err);
    assert_null(list);
    expect_error(&err, PILEUS_CONFLICT, "virsh pool-start second");
    assert_int_equal(virStoragePoolCreate(pool, 0), 0);
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    pileus_connection_unref(conn);

    conn = OPEN("uri", "test:///default", "pool", POOL);
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    conn = OPEN("uri", "test:///default", "pool", "third");
    list = NULL;
    (void)pileus_image_list(&list, conn, NULL, NULL, &err);
    expect_libvirt(&err, PILEUS_NOT_FOUND, "third", "VIR_ERR_NO_STORAGE_POOL");
    pileus_connection_unref(conn);
    (void)virStoragePoolFree(pool);
}

/* Another's disk is an image, marked as used; a node's own is none. */
static void
images_in_use(void **state)
{
    static const char user[] =
        "<domain type='test'><name>user</name><memory>65536</memory>"
        "<os><type>hvm</type></os><devices>"
        "<disk type='file'><source file='/default-pool/base.qcow2'/>"
        "<target dev='vda'/></disk>"
        "<disk type='volume'><source pool='" POOL "' volume='base.qcow2'/>"
        "<target dev='vdb'/></disk>"
        "<disk type='volume'><source pool='" POOL "' volume='other.qcow2'/>"
        "<target dev='vdc'/></disk></devices></domain>";
    pileus_connection *conn = open_small();
    virDomainPtr domain = virDomainDefineXML(*state, user);
    pileus_node *node;
    pileus_list *list;
    const pileus_value *used;

    assert_non_null(domain);
    (void)virDomainFree(domain);
    add_volume(*state, "base.qcow2", "qcow2", GIB);
    add_volume(*state, "other.qcow2", "qcow2", GIB);
    node = create_node(conn, spec_of("own", "small", POOL "/base.qcow2"));
    assert_int_equal(count_volumes(*state), 3);
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 2);
    used = pileus_value_get(
        pileus_image_extra(find_image(list, POOL "/base.qcow2")), "used_by");
    assert_int_equal(pileus_value_count(used), 2);
    assert_string_equal(pileus_value_string(pileus_value_at(used, 0)), "user");
    used = pileus_value_get(
        pileus_image_extra(find_image(list, POOL "/other.qcow2")), "used_by");
    assert_int_equal(pileus_value_count(used), 1);
    pileus_list_free(list);
    destroy_node(node);
    pileus_connection_unref(conn);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        DEFAULT_TEST(images),
        DEFAULT_TEST(image_pools),
        DEFAULT_TEST(images_in_use),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
