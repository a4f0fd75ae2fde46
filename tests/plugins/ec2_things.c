/* The EC2 driver against a provider of its own: all that is no instance. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- what is on offer -----------------------------------------------------
 */

static void
test_catalogue(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_list *list = NULL;
    const pileus_size *size;
    int64_t number = -1;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_location_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    assert_string_equal(pileus_location_id(pileus_list_location(list, 0)),
                        "eu-test-1a");
    pileus_list_free(list);
    expect_ok(pileus_size_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 2);
    size = pileus_list_size(list, 0);
    assert_string_equal(pileus_size_id(size), "t3.micro");
    assert_true(pileus_size_ram(size, &number));
    assert_int_equal(number, 1024);
    assert_true(pileus_size_disk(size, &number));
    assert_int_equal(number, 0);
    assert_true(pileus_size_vcpus(size, &number));
    assert_int_equal(number, 2);
    assert_string_equal(
        pileus_value_string(pileus_value_at(
            pileus_value_get(pileus_size_extra(size), "architectures"), 0)),
        "x86_64");
    assert_true(pileus_size_disk(pileus_list_size(list, 1), &number));
    assert_int_equal(number, 75);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_images(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, "owners", "self, 42");
    pileus_node *node = get_node(conn, "i-0");
    pileus_image *image = NULL;
    pileus_list *list = NULL;
    pileus_query *query = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_image_list(&list, conn, NULL, NULL, &err), err);
    expect_param(mock->asked, "Owner.1=self");
    expect_param(mock->asked, "Owner.2=42");
    assert_string_equal(pileus_image_name(pileus_list_image(list, 0)),
                        "seven & more");
    pileus_list_free(list);

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_add_filter(query, "owner-alias", "amazon", &err),
              err);
    expect_ok(pileus_image_list(&list, conn, query, NULL, &err), err);
    assert_null(strstr(mock->asked, "Owner.1"));
    expect_param(mock->asked, "Filter.1.Value.1=amazon");
    pileus_list_free(list);
    pileus_query_free(query);

    expect_ok(pileus_image_get(&image, conn, "ami-7", PILEUS_NUL_TERMINATED,
                               NULL, &err),
              err);
    expect_param(mock->asked, "ImageId.1=ami-7");
    pileus_image_unref(image);
    expect_ok(pileus_image_create(&image, node, "saved", "words", NULL, &err),
              err);
    expect_param(mock->last, "NoReboot=true");
    expect_param(mock->last, "Description=words");
    assert_string_equal(pileus_image_id(image), "ami-8");
    expect_ok(pileus_image_delete(image, NULL, &err), err);
    expect_param(mock->last, "ImageId=ami-8");
    pileus_image_unref(image);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- volumes --------------------------------------------------------------
 */

static pileus_volume *
make_typed_volume(pileus_connection *conn)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_name(spec, "data", &err), err);
    expect_ok(pileus_volume_spec_set_size(spec, 10, &err), err);
    assert_int_equal(pileus_volume_create(&volume, conn, spec, NULL, &err),
                     PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "in one location");
    expect_ok(pileus_volume_spec_set_location(spec, "eu-test-1a", &err), err);
    expect_ok(pileus_volume_spec_set_option(spec, "type", "gp3", &err), err);
    expect_ok(pileus_volume_create(&volume, conn, spec, NULL, &err), err);
    pileus_volume_spec_free(spec);
    return volume;
}

static void
test_volumes(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_volume *volume = make_typed_volume(conn);
    pileus_node *node = get_node(conn, "i-0");
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_param(mock->last, "VolumeType=gp3");
    expect_param(mock->last, "TagSpecification.1.Tag.1.Value=data");
    assert_string_equal(pileus_volume_name(volume), "data");
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_CREATING);
    expect_ok(pileus_volume_attach(volume, node, NULL, NULL, &err), err);
    expect_param(mock->last, "Device=/dev/sdh"); /* f and g are taken */
    expect_ok(pileus_volume_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_volume_state(pileus_list_volume(list, 0)),
                     PILEUS_VOLUME_IN_USE);
    assert_string_equal(pileus_volume_node_id(pileus_list_volume(list, 0)),
                        "i-0");
    pileus_list_free(list);
    assert_int_equal(pileus_volume_destroy(volume, 0, NULL, &err),
                     PILEUS_CONFLICT);
    pileus_error_free(err);
    err = NULL;
    expect_ok(pileus_volume_detach(volume, NULL, &err), err);
    assert_int_equal(pileus_volume_detach(volume, NULL, &err), PILEUS_CONFLICT);
    pileus_error_free(err);
    err = NULL;
    expect_ok(pileus_volume_attach(volume, node, "/dev/sdp", NULL, &err), err);
    expect_param(mock->last, "Device=/dev/sdp");
    expect_ok(pileus_volume_detach(volume, NULL, &err), err);
    expect_param(mock->last, "Action=DetachVolume");
    expect_ok(pileus_volume_destroy(volume, 0, NULL, &err), err);
    expect_param(mock->last, "VolumeId=vol-1");
    expect_ok(pileus_volume_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    pileus_node_unref(node);
    pileus_volume_unref(volume);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_snapshots(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_volume *volume = make_typed_volume(conn);
    pileus_snapshot *snapshot = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_snapshot_create(&snapshot, volume, "then", NULL, &err),
              err);
    expect_param(mock->last, "TagSpecification.1.ResourceType=snapshot");
    assert_string_equal(pileus_snapshot_name(snapshot), "then");
    expect_ok(pileus_snapshot_list(&list, conn, volume, NULL, NULL, &err), err);
    expect_param(mock->asked, "Owner.1=self");
    expect_param(mock->asked, "Filter.1.Name=volume-id");
    assert_int_equal(pileus_snapshot_state(pileus_list_snapshot(list, 0)),
                     PILEUS_VOLUME_CREATING);
    pileus_list_free(list);
    expect_ok(pileus_snapshot_destroy(snapshot, NULL, &err), err);
    expect_param(mock->last, "SnapshotId=snap-1");
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(volume);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- key pairs ------------------------------------------------------------
 */

static void
test_keys(void **state)
{
    ec2_mock *mock = mock_start(0);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_key_pair_create(&pair, conn, "mine", NULL, &err), err);
    assert_string_equal(pileus_key_pair_private_key(pair),
                        "-----BEGIN\nsesame");
    assert_string_equal(pileus_key_pair_fingerprint(pair), "00:11");
    pileus_key_pair_unref(pair);
    expect_ok(pileus_key_pair_import(&pair, conn, "mine",
                                     "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA"
                                     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                                     NULL, &err),
              err);
    assert_non_null(strstr(mock->last, "PublicKeyMaterial=c3NoLWVk"));
    pileus_key_pair_unref(pair);
    expect_ok(pileus_key_pair_get(&pair, conn, "mine", NULL, &err), err);
    expect_param(mock->asked, "KeyName.1=mine");
    assert_string_equal(pileus_key_pair_public_key(pair),
                        "ssh-ed25519 AAAA mine");
    expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
    expect_param(mock->last, "KeyName=mine");
    pileus_key_pair_unref(pair);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* ---- where it is ----------------------------------------------------------
 */

static pileus_code
open_in(const char *region, pileus_error **err)
{
    pileus_connection *conn = NULL;
    pileus_options *options = NULL;
    pileus_code code;

    expect_ok(pileus_options_new(&options, err), *err);
    expect_ok(pileus_options_set(options, "key", MOCK_KEY, err), *err);
    expect_ok(pileus_options_set(options, "secret", MOCK_SECRET, err), *err);
    expect_ok(pileus_options_set(options, "region", region, err), *err);
    code = pileus_connection_open(&conn, NULL, "ec2", options, NULL, err);
    pileus_options_free(options);
    pileus_connection_unref(conn);
    return code;
}

static void
test_region(void **state)
{
    static const char *const wrong[] = {"",    "eu/..", "x.invalid/?",
                                        "a:1", "a@b",   "{key}"};
    pileus_error *err = NULL;

    (void)state;
    expect_ok(open_in("eu-central-1", &err), err);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_int_equal(open_in(wrong[i], &err), PILEUS_CONFIGURATION);
        expect_error(&err, PILEUS_CONFIGURATION, "region");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_catalogue), cmocka_unit_test(test_images),
        cmocka_unit_test(test_volumes),   cmocka_unit_test(test_snapshots),
        cmocka_unit_test(test_keys),      cmocka_unit_test(test_region),
    };

    return cmocka_run_group_tests_name("plugins/ec2_things", tests, NULL, NULL);
}
