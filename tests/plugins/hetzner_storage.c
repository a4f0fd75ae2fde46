/* The Hetzner Cloud driver against a strict mock: volumes, images, keys. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/hetzner_support.h"

static pileus_volume *
only_volume(pileus_connection *conn)
{
    pileus_list *list = NULL;
    pileus_volume *volume;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    volume = pileus_volume_ref(pileus_list_volume(list, 0));
    pileus_list_free(list);
    return volume;
}

static void
test_volume(void **state)
{
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1001");
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_volume *attached;
    pileus_error *err = NULL;
    int64_t gb = 0;

    (void)state;
    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_name(spec, "data", &err), err);
    expect_ok(pileus_volume_spec_set_location(spec, "fsn1", &err), err);
    expect_ok(pileus_volume_spec_set_option(spec, "format", "ext4", &err), err);
    expect_ok(pileus_volume_create(&volume, conn, spec, NULL, &err), err);
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_AVAILABLE);
    assert_true(pileus_volume_size(volume, &gb) && gb == 10);
    assert_string_equal(pileus_volume_location_id(volume), "fsn1");
    assert_null(pileus_volume_node_id(volume));
    expect_ok(pileus_volume_attach(volume, node, NULL, NULL, &err), err);
    attached = only_volume(conn);
    assert_int_equal(pileus_volume_state(attached), PILEUS_VOLUME_IN_USE);
    assert_string_equal(pileus_volume_provider_state(attached), "available");
    assert_string_equal(pileus_volume_node_id(attached), "1001");
    (void)pileus_volume_attach(volume, node, NULL, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "");
    expect_ok(pileus_volume_detach(attached, NULL, &err), err);
    expect_ok(pileus_volume_destroy(volume, 0, NULL, &err), err);
    (void)pileus_volume_destroy(volume, 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "");
    assert_int_equal(
        pileus_connection_capability(conn, "volumes", "create_snapshot", NULL),
        PILEUS_CAPABILITY_NO);
    pileus_volume_unref(attached);
    pileus_volume_unref(volume);
    pileus_volume_spec_free(spec);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_image(void **state)
{
    hetzner_mock *mock = mock_start(1);
    pileus_connection *conn = connect_to(mock);
    pileus_node *node = get_node(conn, "1001");
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_image_create(&image, node, "before the upgrade", NULL,
                                  NULL, &err),
              err);
    assert_string_equal(pileus_image_id(image), "900");
    assert_string_equal(pileus_image_name(image), "before the upgrade");
    pileus_image_unref(image);
    image = NULL;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_filter(query, "type", "snapshot", &err), err);
    expect_ok(pileus_image_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    pileus_query_free(query);
    expect_ok(pileus_image_get(&image, conn, "900", PILEUS_NUL_TERMINATED, NULL,
                               &err),
              err);
    expect_ok(pileus_image_delete(image, NULL, &err), err);
    (void)pileus_image_delete(image, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "");
    pileus_image_unref(image);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_key_pair(void **state)
{
    hetzner_mock *mock = mock_start(0);
    pileus_connection *conn = connect_to(mock);
    pileus_key_pair *pair = NULL;
    pileus_key_pair *found = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(
        pileus_key_pair_import(&pair, conn, "mine", PUBLIC_KEY, NULL, &err),
        err);
    expect_ok(pileus_key_pair_get(&found, conn, "mine", NULL, &err), err);
    assert_string_equal(pileus_key_pair_id(found), "1001");
    assert_string_equal(pileus_key_pair_public_key(found), PUBLIC_KEY);
    assert_string_equal(pileus_key_pair_fingerprint(found),
                        "4b:3e:84:d5:04:8d:a6:65:8c:02:4f:3b:37:64:e6:b8");
    expect_ok(pileus_key_pair_delete(found, NULL, &err), err);
    pileus_key_pair_unref(found);
    found = NULL;
    (void)pileus_key_pair_get(&found, conn, "mine", NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "mine");
    pileus_key_pair_unref(pair);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_volume),
        cmocka_unit_test(test_image),
        cmocka_unit_test(test_key_pair),
    };

    return cmocka_run_group_tests_name("plugins/hetzner_storage", tests, NULL,
                                       NULL);
}
