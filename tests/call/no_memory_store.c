/* Memory that runs out while volumes, key pairs and images are handled. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/alloc.h"
#include "tests/support/store.h"

static pileus_code
make_volume(pileus_volume **volume, pileus_connection *conn, pileus_error **err)
{
    pileus_volume_spec *spec = NULL;
    pileus_code code = pileus_volume_spec_new(&spec, err);

    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_name(spec, "data", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_location(spec, "here", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_snapshot(spec, "s-1", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_token(spec, "once", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_spec_set_option(spec, "kind", "fast", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_create(volume, conn, spec, NULL, err);
    }
    pileus_volume_spec_free(spec);
    return code;
}

static pileus_code
use_volumes(pileus_connection *conn, pileus_error **err)
{
    pileus_volume *volume = NULL;
    pileus_volume *moved = NULL;
    pileus_snapshot *snapshot = NULL;
    pileus_node *node = NULL;
    pileus_list *list = NULL;
    pileus_code code = make_volume(&volume, conn, err);

    if (code == PILEUS_OK) {
        code = pileus_node_get(&node, conn, "n-1", 3, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_attach(volume, node, "/dev/vdb", NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_detach(volume, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_snapshot_create(&snapshot, volume, "now", NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_snapshot_list(&list, conn, volume, NULL, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_rebind(&moved, volume, conn, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_snapshot_destroy(snapshot, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_volume_destroy(volume, 0, NULL, err);
    }
    pileus_list_free(list);
    pileus_node_unref(node);
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(moved);
    pileus_volume_unref(volume);
    return code;
}

static pileus_code
use_pairs_and_images(pileus_connection *conn, pileus_error **err)
{
    pileus_key_pair *made = NULL;
    pileus_key_pair *imported = NULL;
    pileus_key_pair *got = NULL;
    pileus_image *image = NULL;
    pileus_node *node = NULL;
    pileus_code code = pileus_key_pair_create(&made, conn, "made", NULL, err);

    if (code == PILEUS_OK) {
        code = pileus_key_pair_import(&imported, conn, "mine", "ssh-rsa C\n",
                                      NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_key_pair_get(&got, conn, "mine", NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_key_pair_delete(got, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_get(&node, conn, "n-1", 3, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_image_create(&image, node, "x", NULL, NULL, err);
    }
    pileus_image_unref(image);
    image = NULL;
    if (code == PILEUS_OK) {
        code = pileus_image_get(&image, conn, "i-1", 3, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_image_delete(image, NULL, err);
    }
    pileus_image_unref(image);
    pileus_node_unref(node);
    pileus_key_pair_unref(got);
    pileus_key_pair_unref(imported);
    pileus_key_pair_unref(made);
    return code;
}

static pileus_code
use_addresses(pileus_connection *conn, pileus_error **err)
{
    pileus_address *address = NULL;
    pileus_address *other = NULL;
    pileus_node *node = NULL;
    pileus_code code =
        pileus_address_create(&address, conn, "public", NULL, err);

    if (code == PILEUS_OK) {
        code = pileus_node_get(&node, conn, "n-1", 3, NULL, err);
    }
    if (code == PILEUS_OK) {
        code =
            pileus_node_set_tags(node, &(pileus_pair){"a", "b"}, 1, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_attach(address, node, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_get(&other, conn, "a-2", 3, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_detach(other, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_address_delete(address, NULL, err);
    }
    pileus_node_unref(node);
    pileus_address_unref(other);
    pileus_address_unref(address);
    return code;
}

static pileus_code
use_a_life(pileus_connection *conn, pileus_error **err)
{
    pileus_node *node = NULL;
    pileus_node_spec *spec = NULL;
    pileus_text *log = NULL;
    pileus_code code = pileus_node_get(&node, conn, "n-1", 3, NULL, err);

    if (code == PILEUS_OK) {
        code = pileus_node_pause(node, 0, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_new(&spec, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_image(spec, "i-1", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_spec_set_password(spec, "s3cr3t", err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_rebuild(node, spec, 0, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_resize(node, "large", 0, NULL, err);
    }
    if (code == PILEUS_OK) {
        code = pileus_node_console_log(&log, node, 1, NULL, err);
    }
    pileus_text_free(log);
    pileus_node_spec_free(spec);
    pileus_node_unref(node);
    return code;
}

/* user: the driver's name */
static pileus_code
walk(void *user)
{
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;
    pileus_code code = try_store(&conn, user, NULL, &err);

    if (code == PILEUS_OK) {
        code = use_volumes(conn, &err);
    }
    if (code == PILEUS_OK) {
        code = use_pairs_and_images(conn, &err);
    }
    if (code == PILEUS_OK) {
        code = use_a_life(conn, &err);
    }
    if (code == PILEUS_OK) {
        code = use_addresses(conn, &err);
    }
    pileus_connection_unref(conn);
    pileus_error_free(err);
    return code;
}

static void
test_store(void **state)
{
    char name[] = "store";

    (void)state;
    fail_each_allocation(walk, name);
}

static void
test_plain_store(void **state)
{
    char name[] = "store_plain";

    (void)state;
    fail_each_allocation(walk, name);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_store),
        cmocka_unit_test(test_plain_store),
    };

    return cmocka_run_group_tests_name("no memory for the store", tests, NULL,
                                       NULL);
}
