/* The public getters: what was set, and what was not said. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/object.h"

static pil__object *
full_node(void)
{
    pil__object *node = new_node("i-1");
    pil__object *size = pil__object_nested(node, PILEUS_FIELD_SIZE);
    pil__object *image = pil__object_nested(node, PILEUS_FIELD_IMAGE);

    pil__object_set_string(node, PILEUS_FIELD_NAME, "web", ALL_OF_IT);
    pil__object_set_integer(node, PILEUS_FIELD_STATE, PILEUS_STATE_PAUSED);
    pil__object_set_string(node, PILEUS_FIELD_PROVIDER_STATE, "HALTED",
                           ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_PUBLIC_IP, "203.0.113.7",
                           ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_PRIVATE_IP, "10.0.0.7",
                           ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_PRIVATE_IP, "fd00::7", ALL_OF_IT);
    pil__object_set_string(size, PILEUS_FIELD_ID, "s1", ALL_OF_IT);
    pil__object_set_string(image, PILEUS_FIELD_ID, "i2", ALL_OF_IT);
    pil__object_set_string(node, PILEUS_FIELD_LOCATION, "l3", ALL_OF_IT);
    pil__object_set_integer(node, PILEUS_FIELD_CREATED_AT, 0);
    pil__object_add_pair(node, PILEUS_FIELD_TAG, "k", 1, "v", 1);
    pil__object_extra_string(node, "foo", ALL_OF_IT, "bar", ALL_OF_IT);
    pil__object_set_blob(node, 3, "blob", 4);
    return finish(node);
}

static void
test_node(void **state)
{
    pileus_node *node = as_node(full_node());
    int64_t created = 1;
    size_t size = 0;
    uint32_t format = 0;

    (void)state;
    assert_ptr_equal(pileus_node_ref(node), node);
    pileus_node_unref(node);
    assert_string_equal(pileus_node_id(node), "i-1");
    assert_string_equal(pileus_node_name(node), "web");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PAUSED);
    assert_string_equal(pileus_node_provider_state(node), "HALTED");
    assert_int_equal(pileus_node_public_ip_count(node), 1);
    assert_string_equal(pileus_node_public_ip(node, 0), "203.0.113.7");
    assert_null(pileus_node_public_ip(node, 1));
    assert_int_equal(pileus_node_private_ip_count(node), 2);
    assert_string_equal(pileus_node_private_ip(node, 1), "fd00::7");
    assert_null(pileus_node_connection(node));
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "s1");
    assert_string_equal(pileus_image_id(pileus_node_image(node)), "i2");
    assert_string_equal(pileus_node_location_id(node), "l3");
    assert_true(pileus_node_created_at(node, &created));
    assert_int_equal(created, 0);
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_node_tags(node), "k")),
        "v");
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_node_extra(node), "foo")),
        "bar");
    assert_memory_equal(pileus_node_blob(node, &size, &format), "blob", 4);
    assert_int_equal(size, 4);
    assert_int_equal(format, 3);
    assert_int_equal(strlen(pileus_node_uuid(node)), 40);
    pileus_node_unref(node);
}

static void
test_node_of_which_nothing_is_said(void **state)
{
    pileus_node *node = as_node(finish(new_object(PILEUS_KIND_NODE)));
    int64_t created = 7;

    (void)state;
    assert_null(pileus_node_id(node));
    assert_null(pileus_node_name(node));
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_UNKNOWN);
    assert_null(pileus_node_provider_state(node));
    assert_int_equal(pileus_node_public_ip_count(node), 0);
    assert_null(pileus_node_public_ip(node, 0));
    assert_int_equal(pileus_node_private_ip_count(node), 0);
    assert_null(pileus_node_private_ip(node, 0));
    assert_null(pileus_node_size(node));
    assert_null(pileus_size_id(pileus_node_size(node)));
    assert_null(pileus_node_image(node));
    assert_null(pileus_image_name(pileus_node_image(node)));
    assert_null(pileus_node_location_id(node));
    assert_false(pileus_node_created_at(node, &created));
    assert_int_equal(created, 7);
    assert_int_equal(pileus_value_type(pileus_node_extra(node)),
                     PILEUS_TYPE_DICT);
    assert_int_equal(pileus_value_type(pileus_node_tags(node)),
                     PILEUS_TYPE_DICT);
    assert_null(pileus_node_blob(node, NULL, NULL));
    assert_null(pileus_node_uuid(node));
    pileus_node_unref(node);
    pileus_node_unref(NULL);
}

static void
test_size(void **state)
{
    pil__object *object = new_object(PILEUS_KIND_SIZE);
    const pileus_size *size = (const pileus_size *)(void *)object;
    int64_t number = 7;
    double price = 7;

    (void)state;
    assert_false(pileus_size_ram(size, &number));
    assert_false(pileus_size_disk(size, &number));
    assert_false(pileus_size_bandwidth(size, &number));
    assert_false(pileus_size_vcpus(size, &number));
    assert_false(pileus_size_price(size, &price));
    assert_true(number == 7 && price == 7);
    pil__object_set_string(object, PILEUS_FIELD_ID, "s1", ALL_OF_IT);
    pil__object_set_string(object, PILEUS_FIELD_NAME, "Small", ALL_OF_IT);
    pil__object_set_integer(object, PILEUS_FIELD_RAM, 128);
    pil__object_set_integer(object, PILEUS_FIELD_DISK, 4);
    pil__object_set_integer(object, PILEUS_FIELD_BANDWIDTH, 500);
    pil__object_set_integer(object, PILEUS_FIELD_VCPUS, 0);
    pil__object_set_double(object, PILEUS_FIELD_PRICE, 0.25);
    pil__object_extra_null(object, "k", 1);
    (void)finish(object);
    assert_ptr_equal(pileus_size_ref(size), size);
    pileus_size_unref(size);
    assert_string_equal(pileus_size_id(size), "s1");
    assert_string_equal(pileus_size_name(size), "Small");
    assert_true(pileus_size_ram(size, &number) && number == 128);
    assert_true(pileus_size_disk(size, &number) && number == 4);
    assert_true(pileus_size_bandwidth(size, &number) && number == 500);
    assert_true(pileus_size_vcpus(size, &number) && number == 0);
    assert_true(pileus_size_price(size, &price) && price == 0.25);
    assert_int_equal(pileus_value_count(pileus_size_extra(size)), 1);
    assert_string_equal(pileus_size_uuid(size),
                        "27439c9b71a3cc8596381c2b265835bf0f131cad");
    assert_null(pileus_size_connection(size));
    pileus_size_unref(size);
}

static void
test_image(void **state)
{
    pil__object *object = new_object(PILEUS_KIND_IMAGE);
    const pileus_image *image = (const pileus_image *)(void *)object;

    (void)state;
    pil__object_set_string(object, PILEUS_FIELD_ID, "i2", ALL_OF_IT);
    pil__object_set_string(object, PILEUS_FIELD_NAME, "Slackware", ALL_OF_IT);
    (void)finish(object);
    assert_ptr_equal(pileus_image_ref(image), image);
    pileus_image_unref(image);
    assert_string_equal(pileus_image_id(image), "i2");
    assert_string_equal(pileus_image_name(image), "Slackware");
    assert_int_equal(pileus_value_count(pileus_image_extra(image)), 0);
    assert_string_equal(pileus_image_uuid(image),
                        "223ec64f4ebd9d8438e83216b77689b563693d94");
    assert_null(pileus_image_connection(image));
    pileus_image_unref(image);
}

static void
test_location(void **state)
{
    pil__object *object = new_object(PILEUS_KIND_LOCATION);
    const pileus_location *location = (const pileus_location *)(void *)object;

    (void)state;
    pil__object_set_string(object, PILEUS_FIELD_ID, "1", ALL_OF_IT);
    pil__object_set_string(object, PILEUS_FIELD_NAME, "Paul's Room", ALL_OF_IT);
    assert_null(pileus_location_country(location));
    pil__object_set_string(object, PILEUS_FIELD_COUNTRY, "US", ALL_OF_IT);
    (void)finish(object);
    assert_ptr_equal(pileus_location_ref(location), location);
    pileus_location_unref(location);
    assert_string_equal(pileus_location_id(location), "1");
    assert_string_equal(pileus_location_name(location), "Paul's Room");
    assert_string_equal(pileus_location_country(location), "US");
    assert_int_equal(pileus_value_count(pileus_location_extra(location)), 0);
    assert_null(pileus_location_connection(location));
    pileus_location_unref(location);
}

/* A copy has all the facts, and the state that the original has come to. */
static void
test_copy(void **state)
{
    pil__object *original = full_node();
    pil__object *copy = pil__object_copy(original, NULL);
    pileus_node *node = as_node(copy);
    pil__object *second;
    int64_t created = 1;
    uint32_t format = 0;

    (void)state;
    assert_int_equal(
        pil__object_change_state(original, PILEUS_STATE_REBOOTING, NULL),
        PILEUS_OK);
    second = pil__object_copy(original, NULL);
    pil__object_unref(original);
    assert_string_equal(pileus_node_id(node), "i-1");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PAUSED);
    assert_string_equal(pileus_node_provider_state(node), "HALTED");
    assert_string_equal(pileus_node_private_ip(node, 1), "fd00::7");
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "s1");
    assert_string_equal(pileus_image_uuid(pileus_node_image(node)),
                        "223ec64f4ebd9d8438e83216b77689b563693d94");
    assert_true(pileus_node_created_at(node, &created) && created == 0);
    assert_int_equal(pileus_value_count(pileus_node_tags(node)), 1);
    assert_int_equal(pileus_value_count(pileus_node_extra(node)), 1);
    assert_memory_equal(pileus_node_blob(node, NULL, &format), "blob", 4);
    assert_int_equal(format, 3);
    pil__object_unref(copy);
    assert_int_equal(pileus_node_state(as_node(second)),
                     PILEUS_STATE_REBOOTING);
    assert_null(pileus_node_provider_state(as_node(second)));
    pil__object_unref(second);

    original = new_object(PILEUS_KIND_SIZE);
    pil__object_set_double(original, PILEUS_FIELD_PRICE, 0.5);
    pil__object_set_string(original, PILEUS_FIELD_ID, "s", 1);
    pil__object_set_string(original, PILEUS_FIELD_ID, "", 0);
    copy = pil__object_copy(finish(original), NULL);
    assert_true(pileus_size_price((pileus_size *)(void *)copy, &(double){0}));
    assert_null(pileus_size_id((pileus_size *)(void *)copy));
    pil__object_unref(original);
    pil__object_unref(copy);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_node),
        cmocka_unit_test(test_node_of_which_nothing_is_said),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_image),
        cmocka_unit_test(test_location),
        cmocka_unit_test(test_copy),
    };

    return cmocka_run_group_tests_name("getters", tests, NULL, NULL);
}
