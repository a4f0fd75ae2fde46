/* Tags of what is there, from the application through the core to a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/store.h"

#include <stdio.h>

static const pileus_pair two[] = {{"role", "web"}, {"empty", ""}};

static const char *
tag_of(pileus_connection *conn, const char *id, const char *key)
{
    static char value[64];
    pileus_node *node = store_node(conn, id);
    const pileus_value *found = pileus_value_get(pileus_node_tags(node), key);
    bool there = found != NULL;

    if (there) {
        (void)snprintf(value, sizeof value, "%s", pileus_value_string(found));
    }
    pileus_node_unref(node);
    return there ? value : NULL;
}

static void
test_nodes(void **state)
{
    static const char *const keys[] = {"role", "never"};
    pileus_connection *conn = open_store("store", NULL);
    pileus_node *node = store_node(conn, "n-1");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_set_tags(node, two, 2, NULL, &err), err);
    assert_int_equal(pileus_value_count(pileus_node_tags(node)), 0);
    assert_string_equal(tag_of(conn, "n-1", "role"), "web");
    assert_string_equal(tag_of(conn, "n-1", "empty"), "");
    assert_null(tag_of(conn, "n-2", "role"));
    expect_ok(
        pileus_node_set_tags(node, &(pileus_pair){"role", "db"}, 1, NULL, &err),
        err);
    assert_string_equal(tag_of(conn, "n-1", "role"), "db");
    assert_string_equal(tag_of(conn, "n-1", "empty"), "");
    expect_ok(pileus_node_remove_tags(node, keys, 2, NULL, &err), err);
    assert_null(tag_of(conn, "n-1", "role"));
    assert_string_equal(tag_of(conn, "n-1", "empty"), "");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* What the driver answers about a kind decides. */
static void
test_kinds(void **state)
{
    static const char *const keys[] = {"role"};
    pileus_connection *conn = open_store("store", NULL);
    pileus_volume *volume = NULL;
    pileus_image *image = NULL;
    const pileus_value *tags;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_volume_get(&volume, conn, "v-1", 3, NULL, &err), err);
    expect_ok(pileus_volume_set_tags(volume, two, 2, NULL, &err), err);
    pileus_volume_unref(volume);
    expect_ok(pileus_volume_get(&volume, conn, "v-1", 3, NULL, &err), err);
    tags = pileus_value_get(pileus_volume_extra(volume), "tags");
    assert_int_equal(pileus_value_count(tags), 2);
    expect_ok(pileus_volume_remove_tags(volume, keys, 1, NULL, &err), err);
    pileus_volume_unref(volume);
    expect_ok(pileus_image_get(&image, conn, "i-1", 3, NULL, &err), err);
    (void)pileus_image_set_tags(image, two, 2, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support 'image'");
    (void)pileus_image_remove_tags(image, keys, 1, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support 'image'");
    pileus_image_unref(image);
    pileus_connection_unref(conn);
}

static void
test_wrong(void **state)
{
    static const pileus_pair same[] = {{"a", "1"}, {"b", "2"}, {"a", "3"}};
    static const pileus_pair no_key = {NULL, "1"};
    static const pileus_pair empty_key = {"", "1"};
    static const pileus_pair no_value = {"a", NULL};
    static const pileus_pair odd_value = {"a", "\xff"};
    static const pileus_pair odd_key = {"a\n", ""};
    static const char *const keys[] = {"a", "a"};
    pileus_pair many[PILEUS_TAGS_MAX + 1];
    pileus_connection *conn = open_store("store", NULL);
    pileus_node *node = store_node(conn, "n-1");
    const struct {
        const pileus_pair *tags;
        size_t count;
        const char *says;
    } wrong[] = {
        {two, 0, "takes 1 to 64 tags, not 0"},
        {NULL, 1, "takes 1 to 64 tags, not 0"},
        {many, PILEUS_TAGS_MAX + 1, "not 65"},
        {same, 3, "\"a\" is given twice"},
        {&no_key, 1, "the key of a tag"},
        {&empty_key, 1, "the key of a tag"},
        {&no_value, 1, "the value of a tag"},
        {&odd_value, 1, "the value of a tag"},
        {&odd_key, 1, "the key of a tag"},
    };
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof many / sizeof many[0]; i++) {
        many[i] = two[0];
    }
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        (void)pileus_node_set_tags(node, wrong[i].tags, wrong[i].count, NULL,
                                   &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, wrong[i].says);
    }
    (void)pileus_node_remove_tags(node, keys, 2, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "given twice");
    (void)pileus_node_remove_tags(node, NULL, 1, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "remove_tags takes");
    (void)pileus_node_set_tags(NULL, two, 2, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a node");
    (void)pileus_address_remove_tags(NULL, keys, 1, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs an address");
    assert_null(tag_of(conn, "n-1", "a"));
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* The driver's own failure; and one without the service is not called. */
static void
test_drivers(void **state)
{
    static const pileus_pair five[] = {
        {"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}, {"e", ""}};
    pileus_connection *conn = open_store("store", NULL);
    pileus_connection *probe = open_probe("probe", NULL);
    pileus_node *node = store_node(conn, "n-1");
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_node_set_tags(node, five, 5, NULL, &err);
    expect_error(&err, PILEUS_QUOTA, "too many tags");
    pileus_node_unref(node);
    assert_int_equal(
        pileus_connection_capability(conn, "tags", "set_tags", "node"),
        PILEUS_CAPABILITY_YES);
    assert_int_equal(
        pileus_connection_capability(conn, "tags", "remove_tags", "volume"),
        PILEUS_CAPABILITY_YES);
    assert_int_equal(
        pileus_connection_capability(conn, "tags", "set_tags", "address"),
        PILEUS_CAPABILITY_NO);
    assert_int_equal(
        pileus_connection_capability(probe, "tags", "set_tags", NULL),
        PILEUS_CAPABILITY_NO);
    expect_ok(pileus_node_list(&list, probe, NULL, NULL, &err), err);
    assert_int_not_equal(pileus_list_count(list), 0);
    (void)pileus_node_set_tags(pileus_list_node(list, 0), two, 2, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "set_tags");
    pileus_list_free(list);
    pileus_connection_unref(probe);
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nodes),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_drivers),
    };

    return cmocka_run_group_tests_name("tags", tests, NULL, NULL);
}
