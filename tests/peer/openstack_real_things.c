/* The OpenStack driver on real servers: images, volumes, key pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <unistd.h>

/* ---- volumes --------------------------------------------------------------
 */

/* Look again until the volume is in that state; the newest in *volume. */
static void
await_volume(pileus_connection *conn, pileus_volume **volume,
             pileus_storage_state state)
{
    pileus_error *err = NULL;

    for (int looks = 0; pileus_volume_state(*volume) != state; looks++) {
        pileus_volume *newest = NULL;

        assert_true(looks < REAL_LOOKS);
        (void)usleep(REAL_LOOK_US);
        expect_ok(pileus_volume_get(&newest, conn, pileus_volume_id(*volume),
                                    PILEUS_NUL_TERMINATED, NULL, &err),
                  err);
        pileus_volume_unref(*volume);
        *volume = newest;
    }
}

static pileus_volume *
create_volume(pileus_connection *conn)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    int64_t gb = 0;

    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_name(spec, REAL_NAME "volume", &err), err);
    expect_ok(pileus_volume_spec_set_size(spec, 2, &err), err);
    expect_ok(pileus_volume_create(&volume, conn, spec, NULL, &err), err);
    pileus_volume_spec_free(spec);
    await_volume(conn, &volume, PILEUS_VOLUME_AVAILABLE);
    assert_true(pileus_volume_size(volume, &gb));
    assert_int_equal(gb, 2);
    return volume;
}

/* Any of the servers. */
static pileus_node *
any_node(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, conn, NULL, NULL, &err), err);
    for (size_t i = 0; node == NULL && i < pileus_list_count(list); i++) {
        if (real_is(pileus_list_node(list, i), REAL_NAME "page-")) {
            node = pileus_node_ref(pileus_list_node(list, i));
        }
    }
    assert_non_null(node);
    pileus_list_free(list);
    return node;
}

/* A snapshot, which has the volume to itself as long as it is there. */
static void
snapshot(pileus_connection *conn, pileus_volume *volume)
{
    pileus_snapshot *made = NULL;
    pileus_snapshot *newest = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    bool destroyed = false;

    expect_ok(
        pileus_snapshot_create(&made, volume, REAL_NAME "snap", NULL, &err),
        err);
    expect_ok(pileus_snapshot_list(&list, conn, volume, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    assert_string_equal(pileus_snapshot_id(pileus_list_snapshot(list, 0)),
                        pileus_snapshot_id(made));
    pileus_list_free(list);
    for (int looks = 0; err == NULL; looks++) {
        assert_true(looks < REAL_LOOKS);
        if (pileus_snapshot_get(&newest, conn, pileus_snapshot_id(made),
                                PILEUS_NUL_TERMINATED, NULL,
                                &err) == PILEUS_OK &&
            !destroyed &&
            pileus_snapshot_state(newest) == PILEUS_VOLUME_AVAILABLE) {
            expect_ok(pileus_snapshot_destroy(newest, NULL, &err), err);
            destroyed = true;
        }
        pileus_snapshot_unref(newest);
        newest = NULL;
        (void)usleep(REAL_LOOK_US);
    }
    assert_true(destroyed);
    expect_error(&err, PILEUS_NOT_FOUND, pileus_snapshot_id(made));
    pileus_snapshot_unref(made);
}

static const pileus_value *
tags_of(pileus_connection *conn, pileus_volume **volume)
{
    pileus_volume *newest = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_get(&newest, conn, pileus_volume_id(*volume),
                                PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    pileus_volume_unref(*volume);
    *volume = newest;
    return pileus_value_get(pileus_volume_extra(newest), "metadata");
}

static void
change_tags(pileus_connection *conn, pileus_volume *volume)
{
    static const pileus_pair tags[] = {{"role", "data"}, {"a b", "1"}};
    static const char *const keys[] = {"a b"};
    pileus_volume *newest = pileus_volume_ref(volume);
    pileus_error *err = NULL;

    expect_ok(pileus_volume_set_tags(volume, tags, 2, NULL, &err), err);
    assert_string_equal(
        pileus_value_string(pileus_value_get(tags_of(conn, &newest), "a b")),
        "1");
    expect_ok(pileus_volume_remove_tags(volume, keys, 1, NULL, &err), err);
    assert_null(pileus_value_get(tags_of(conn, &newest), "a b"));
    assert_non_null(pileus_value_get(tags_of(conn, &newest), "role"));
    pileus_volume_unref(newest);
}

void
real_volumes(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = any_node(conn);
    pileus_volume *volume = create_volume(conn);
    pileus_volume *gone = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    (void)state;
    change_tags(conn, volume);
    snapshot(conn, volume);
    expect_ok(pileus_volume_attach(volume, node, NULL, NULL, &err), err);
    await_volume(conn, &volume, PILEUS_VOLUME_IN_USE);
    assert_string_equal(pileus_volume_node_id(volume), pileus_node_id(node));
    assert_int_not_equal(pileus_volume_destroy(volume, 0, NULL, &err),
                         PILEUS_OK);
    pileus_error_free(err);
    err = NULL;
    expect_ok(pileus_volume_detach(volume, NULL, &err), err);
    await_volume(conn, &volume, PILEUS_VOLUME_AVAILABLE);
    assert_null(pileus_volume_node_id(volume));
    expect_ok(pileus_volume_destroy(volume, 0, NULL, &err), err);
    for (int looks = 0; looks < REAL_LOOKS; looks++) {
        code = pileus_volume_get(&gone, conn, pileus_volume_id(volume),
                                 PILEUS_NUL_TERMINATED, NULL, &err);
        if (code != PILEUS_OK) {
            break;
        }
        pileus_volume_unref(gone);
        gone = NULL;
        (void)usleep(REAL_LOOK_US);
    }
    expect_error(&err, PILEUS_NOT_FOUND, pileus_volume_id(volume));
    pileus_volume_unref(volume);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* ---- key pairs, images ----------------------------------------------------
 */

void
real_key_pairs(void **state)
{
    static const char name[] = REAL_NAME "key";
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    (void)state;
    if (pileus_key_pair_get(&pair, conn, name, NULL, NULL) == PILEUS_OK) {
        expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
        pileus_key_pair_unref(pair);
        pair = NULL;
    }
    expect_ok(pileus_key_pair_import(&pair, conn, name, REAL_KEY, NULL, &err),
              err);
    assert_string_equal(pileus_key_pair_fingerprint(pair), REAL_FINGERPRINT);
    pileus_key_pair_unref(pair);
    pair = NULL;
    assert_int_equal(
        pileus_key_pair_import(&pair, conn, name, REAL_KEY, NULL, &err),
        PILEUS_CONFLICT);
    expect_error(&err, PILEUS_CONFLICT, name);
    expect_ok(pileus_key_pair_get(&pair, conn, name, NULL, &err), err);
    assert_string_equal(pileus_key_pair_fingerprint(pair), REAL_FINGERPRINT);
    expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
    pileus_key_pair_unref(pair);
    pair = NULL;
    expect_ok(pileus_key_pair_create(&pair, conn, name, NULL, &err), err);
    assert_non_null(
        strstr(pileus_key_pair_private_key(pair), "PRIVATE KEY-----"));
    expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
    pileus_key_pair_unref(pair);
    pileus_connection_unref(conn);
}

/* Of a server, as it runs. */
void
real_images(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = any_node(conn);
    pileus_image *image = NULL;
    pileus_image *same = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(
        pileus_image_create(&image, node, REAL_NAME "image", NULL, NULL, &err),
        err);
    assert_string_equal(pileus_image_name(image), REAL_NAME "image");
    expect_ok(pileus_image_get(&same, conn, pileus_image_id(image),
                               PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    assert_string_equal(pileus_image_name(same), REAL_NAME "image");
    real_expect_state(node, PILEUS_STATE_RUNNING);
    expect_ok(pileus_image_delete(same, NULL, &err), err);
    pileus_image_unref(same);
    pileus_image_unref(image);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}
