/* The EC2 driver against a provider of its own: tags of what is there. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_support.h"

static const pileus_pair two[] = {{"Name", "front"}, {"empty", ""}};
static const char *const keys[] = {"role", "empty"};

static const char *
tag_of(const pileus_node *node, const char *key)
{
    return pileus_value_string(pileus_value_get(pileus_node_tags(node), key));
}

static void
test_nodes(void **state)
{
    ec2_mock *mock = mock_start(2);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-1");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_set_tags(node, two, 2, NULL, &err), err);
    expect_param(mock->last, "Action=CreateTags");
    expect_param(mock->last, "ResourceId.1=i-1");
    expect_param(mock->last, "Tag.2.Key=empty");
    expect_param(mock->last, "Tag.2.Value=");
    pileus_node_unref(node);
    node = get_node(conn, "i-1");
    assert_string_equal(pileus_node_name(node), "front");
    assert_string_equal(tag_of(node, "Name"), "front");
    assert_string_equal(tag_of(node, "empty"), "");
    expect_ok(pileus_node_remove_tags(node, keys, 2, NULL, &err), err);
    expect_param(mock->last, "Action=DeleteTags");
    expect_param(mock->last, "Tag.1.Key=role");
    assert_null(strstr(mock->last, "Value"));
    pileus_node_unref(node);
    node = get_node(conn, "i-1");
    assert_null(tag_of(node, "empty"));
    assert_string_equal(tag_of(node, "Name"), "front");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

/* One of each kind, by the id that Amazon tags it by. */
static void
test_kinds(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_volume *volume = make_volume(conn);
    pileus_snapshot *snapshot = NULL;
    pileus_address *address = NULL;
    pileus_key_pair *pair = NULL;
    pileus_list *images = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_volume_set_tags(volume, two, 2, NULL, &err), err);
    assert_non_null(strstr(mock->last, "\nResourceId.1=vol-"));
    expect_ok(pileus_snapshot_create(&snapshot, volume, NULL, NULL, &err), err);
    expect_ok(pileus_snapshot_remove_tags(snapshot, keys, 2, NULL, &err), err);
    assert_non_null(strstr(mock->last, "\nResourceId.1=snap-"));
    expect_ok(pileus_address_create(&address, conn, NULL, NULL, &err), err);
    expect_ok(pileus_address_set_tags(address, two, 2, NULL, &err), err);
    assert_non_null(strstr(mock->last, "\nResourceId.1=eipalloc-"));
    expect_ok(pileus_image_list(&images, conn, NULL, NULL, &err), err);
    assert_int_not_equal(pileus_list_count(images), 0);
    expect_ok(
        pileus_image_set_tags(pileus_list_image(images, 0), two, 2, NULL, &err),
        err);
    assert_non_null(strstr(mock->last, "\nResourceId.1=ami-"));
    expect_ok(pileus_key_pair_get(&pair, conn, "mine", NULL, &err), err);
    assert_string_equal(
        pileus_value_string(pileus_value_get(
            pileus_value_get(pileus_key_pair_extra(pair), "tags"), "team")),
        "a");
    expect_ok(pileus_key_pair_set_tags(pair, two, 2, NULL, &err), err);
    expect_param(mock->last, "ResourceId.1=key-0");
    pileus_key_pair_unref(pair);
    pileus_list_free(images);
    pileus_address_unref(address);
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(volume);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

static void
test_failures(void **state)
{
    ec2_mock *mock = mock_start(1);
    pileus_connection *conn = connect_with(mock, NULL, NULL);
    pileus_node *node = get_node(conn, "i-0");
    pileus_error *err = NULL;

    (void)state;
    mock->fails = 1;
    mock->status = 400;
    mock->code = "TagLimitExceeded";
    (void)pileus_node_set_tags(node, two, 2, NULL, &err);
    assert_string_equal(pileus_error_provider_code(err), "TagLimitExceeded");
    expect_error(&err, PILEUS_QUOTA, "TagLimitExceeded");
    mock->fails = 1;
    mock->code = "InvalidInstanceID.NotFound";
    (void)pileus_node_remove_tags(node, keys, 2, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    mock_stop(mock);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nodes),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_failures),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
