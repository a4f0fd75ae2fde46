/* The dummy driver as libcloud's: create, verbs, catalogue, connections. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/dummy_support.h"

#include <stdio.h>
#include <string.h>

/* ---- create ------------------------------------------------------------- */

static void
test_create(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = create_node(conn);
    const pileus_size *size = pileus_node_size(node);
    const pileus_image *image = pileus_node_image(node);
    const pileus_value *extra = pileus_node_extra(node);
    int64_t number = -1;
    double price = -1;

    (void)state;
    assert_string_equal(pileus_node_id(node), "3");
    assert_string_equal(pileus_node_name(node), "dummy-3");
    assert_string_equal(pileus_node_public_ip(node, 0), "127.0.0.3");
    assert_null(pileus_node_public_ip(node, 1));
    assert_int_equal(pileus_node_private_ip_count(node), 0);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_uuid(node),
                        "d3748461511d8b9b0e0bfa0d4d3383a619a2bb9f");
    assert_int_equal(pileus_value_count(extra), 1);
    assert_string_equal(pileus_value_string(pileus_value_get(extra, "foo")),
                        "bar");

    assert_string_equal(pileus_size_id(size), "s1");
    assert_string_equal(pileus_size_name(size), "foo");
    assert_true(pileus_size_ram(size, &number));
    assert_int_equal(number, 2048);
    assert_true(pileus_size_disk(size, &number));
    assert_int_equal(number, 160);
    assert_true(pileus_size_price(size, &price));
    assert_true(price >= 0 && price <= 0);
    assert_false(pileus_size_bandwidth(size, &number));
    assert_false(pileus_size_vcpus(size, &number));
    assert_string_equal(pileus_image_id(image), "i2");
    assert_string_equal(pileus_image_name(image), "image");

    assert_ids(conn, "1 2 3");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* What libcloud takes and ignores is ignored; the rest is refused. */
static void
test_create_arguments(void **state)
{
    static const struct {
        const char *argument;
        pileus_capability capability;
    } cases[] = {
        {"name", PILEUS_CAPABILITY_IGNORED},
        {"size", PILEUS_CAPABILITY_IGNORED},
        {"image", PILEUS_CAPABILITY_IGNORED},
        {"location", PILEUS_CAPABILITY_IGNORED},
        {"ssh_key", PILEUS_CAPABILITY_IGNORED},
        {"password", PILEUS_CAPABILITY_IGNORED},
        {"key_name", PILEUS_CAPABILITY_NO},
        {"user_data", PILEUS_CAPABILITY_NO},
        {"tags", PILEUS_CAPABILITY_NO},
        {"token", PILEUS_CAPABILITY_NO},
        {"colour", PILEUS_CAPABILITY_NO},
        {NULL, PILEUS_CAPABILITY_YES},
    };
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(pileus_connection_capability(
                             conn, "compute", "create_node", cases[i].argument),
                         cases[i].capability);
    }
    assert_int_equal(pileus_node_spec_new(&spec, &err), PILEUS_OK);
    assert_int_equal(pileus_node_spec_set_name(spec, "web", &err), PILEUS_OK);
    assert_int_equal(pileus_node_spec_set_size(spec, "99", &err), PILEUS_OK);
    assert_int_equal(pileus_node_spec_set_image(spec, "none", &err), PILEUS_OK);
    assert_int_equal(pileus_node_spec_set_location(spec, "2", &err), PILEUS_OK);
    assert_done(pileus_node_create(&node, conn, spec, NULL, &err), &err);
    assert_string_equal(pileus_node_name(node), "dummy-3");
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "s1");
    pileus_node_unref(node);
    node = NULL;

    assert_int_equal(pileus_node_spec_add_tag(spec, "a", "b", &err), PILEUS_OK);
    assert_failed(PILEUS_NOT_SUPPORTED,
                  pileus_node_create(&node, conn, spec, NULL, &err), &err,
                  "tag");
    assert_null(node);
    assert_ids(conn, "1 2 3");
    pileus_node_spec_free(spec);
    pileus_connection_unref(conn);
}

/* Ids come back after a destroy, as libcloud's do; a handle finds its own node
 * all the same. */
static void
test_ids_repeat(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *older = create_node(conn);
    pileus_node *newer = NULL;
    pileus_node *found = NULL;
    pileus_list *list = list_nodes(conn);
    pileus_error *err = NULL;

    (void)state;
    assert_done(pileus_node_destroy(pileus_list_node(list, 0), 0, NULL, &err),
                &err);
    newer = create_node(conn);
    assert_string_equal(pileus_node_id(newer), "3");
    assert_ids(conn, "2 3 3");

    assert_done(pileus_node_reboot(newer, 0, NULL, &err), &err);
    pileus_list_free(list);
    list = list_nodes(conn);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 1)),
                     PILEUS_STATE_RUNNING);
    assert_int_equal(pileus_node_state(pileus_list_node(list, 2)),
                     PILEUS_STATE_REBOOTING);

    /* By its id, the first. */
    assert_done(
        pileus_node_get(&found, conn, "3", PILEUS_NUL_TERMINATED, NULL, &err),
        &err);
    assert_int_equal(pileus_node_state(found), PILEUS_STATE_RUNNING);

    /* The older is gone, and its handle does not turn to the newer. */
    assert_done(pileus_node_destroy(older, 0, NULL, &err), &err);
    assert_failed(PILEUS_NOT_FOUND, pileus_node_destroy(older, 0, NULL, &err),
                  &err, "dummy-3");
    assert_ids(conn, "2 3");
    assert_done(pileus_node_destroy(newer, 0, NULL, &err), &err);
    assert_ids(conn, "2");
    pileus_node_unref(found);
    pileus_node_unref(older);
    pileus_node_unref(newer);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* ---- get ---------------------------------------------------------------- */

static void
test_get(void **state)
{
    static const char *const wrong[] = {
        "0", "3", "02", "2x", "-1", "+2", " 2", "18446744073709551618"};
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_done(
        pileus_node_get(&node, conn, "2", PILEUS_NUL_TERMINATED, NULL, &err),
        &err);
    assert_string_equal(pileus_node_name(node), "dummy-2");
    pileus_node_unref(node);
    node = NULL;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_failed(PILEUS_NOT_FOUND,
                      pileus_node_get(&node, conn, wrong[i],
                                      PILEUS_NUL_TERMINATED, NULL, &err),
                      &err, wrong[i]);
        assert_null(node);
    }
    pileus_connection_unref(conn);
}

/* ---- verbs -------------------------------------------------------------- */

/* The state of the first node of the list. */
static pileus_state
first_state(pileus_connection *conn)
{
    pileus_list *list = list_nodes(conn);
    pileus_state state = pileus_node_state(pileus_list_node(list, 0));

    pileus_list_free(list);
    return state;
}

static void
test_verbs(void **state)
{
    pileus_connection *conn = OPEN("creds", "0");
    pileus_list *list = list_nodes(conn);
    pileus_node *node = pileus_node_ref(pileus_list_node(list, 0));
    pileus_error *err = NULL;

    (void)state;
    assert_failed(PILEUS_CONFLICT, pileus_node_start(node, 0, NULL, &err), &err,
                  "dummy-1 is running");
    assert_done(pileus_node_reboot(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    assert_string_equal(pileus_node_provider_state(node), "rebooting");
    assert_int_equal(first_state(conn), PILEUS_STATE_REBOOTING);
    /* It stays so until someone does something about it. */
    assert_done(pileus_node_reboot(node, PILEUS_HARD, NULL, &err), &err);
    assert_int_equal(first_state(conn), PILEUS_STATE_REBOOTING);
    assert_done(pileus_node_start(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_int_equal(first_state(conn), PILEUS_STATE_RUNNING);

    assert_done(pileus_node_stop(node, PILEUS_SOFT, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    assert_int_equal(first_state(conn), PILEUS_STATE_STOPPED);
    assert_failed(PILEUS_CONFLICT, pileus_node_stop(node, 0, NULL, &err), &err,
                  "dummy-1 is stopped");
    assert_failed(PILEUS_CONFLICT, pileus_node_reboot(node, 0, NULL, &err),
                  &err, "start it instead");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPED);
    assert_done(pileus_node_start(node, 0, NULL, &err), &err);
    assert_int_equal(first_state(conn), PILEUS_STATE_RUNNING);

    assert_done(pileus_node_stop(node, PILEUS_HARD, NULL, &err), &err);
    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    assert_string_equal(pileus_node_provider_state(node), "terminated");
    assert_ids(conn, "2");
    assert_failed(PILEUS_NOT_FOUND, pileus_node_start(node, 0, NULL, &err),
                  &err, "dummy-1");
    assert_failed(PILEUS_NOT_FOUND, pileus_node_destroy(node, 0, NULL, &err),
                  &err, "dummy-1");
    pileus_node_unref(node);
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

/* ---- catalogue ---------------------------------------------------------- */

static void
test_sizes(void **state)
{
    static const struct {
        const char *name;
        int64_t numbers[3]; /* ram, disk, bandwidth */
        double price;
    } wanted[] = {{"Small", {128, 4, 500}, 4},
                  {"Medium", {512, 16, 1500}, 8},
                  {"Big", {4096, 32, 2500}, 32},
                  {"XXL Big", {8192, 128, 7500}, 64}};
    pileus_connection *conn = OPEN("creds", "0");
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_done(pileus_size_list(&list, conn, NULL, NULL, &err), &err);
    assert_int_equal(pileus_list_count(list), 4);
    for (size_t i = 0; i < 4; i++) {
        const pileus_size *size = pileus_list_size(list, i);
        int64_t numbers[3] = {-1, -1, -1};
        char id[8];
        double price = -1;

        (void)snprintf(id, sizeof id, "%zu", i + 1);
        assert_string_equal(pileus_size_id(size), id);
        assert_string_equal(pileus_size_name(size), wanted[i].name);
        assert_true(pileus_size_ram(size, &numbers[0]));
        assert_true(pileus_size_disk(size, &numbers[1]));
        assert_true(pileus_size_bandwidth(size, &numbers[2]));
        assert_memory_equal(numbers, wanted[i].numbers, sizeof numbers);
        assert_false(pileus_size_vcpus(size, &numbers[0]));
        assert_true(pileus_size_price(size, &price));
        assert_true(price >= wanted[i].price && price <= wanted[i].price);
        assert_int_equal(pileus_value_count(pileus_size_extra(size)), 0);
        assert_ptr_equal(pileus_size_connection(size), conn);
    }
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
test_images_and_locations(void **state)
{
    static const char *const images[] = {"Ubuntu 9.10", "Ubuntu 9.04",
                                         "Slackware 4"};
    static const char *const locations[][2] = {{"Paul's Room", "US"},
                                               {"London Loft", "GB"},
                                               {"Island Datacenter", "FJ"}};
    pileus_connection *conn = OPEN("creds", "0");
    pileus_list *image_list = NULL;
    pileus_list *location_list = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_done(pileus_image_list(&image_list, conn, NULL, NULL, &err), &err);
    assert_done(pileus_location_list(&location_list, conn, NULL, NULL, &err),
                &err);
    assert_int_equal(pileus_list_count(image_list), 3);
    assert_int_equal(pileus_list_count(location_list), 3);
    for (size_t i = 0; i < 3; i++) {
        const pileus_image *image = pileus_list_image(image_list, i);
        const pileus_location *location =
            pileus_list_location(location_list, i);
        char id[8];

        (void)snprintf(id, sizeof id, "%zu", i + 1);
        assert_string_equal(pileus_image_id(image), id);
        assert_string_equal(pileus_image_name(image), images[i]);
        assert_string_equal(pileus_location_id(location), id);
        assert_string_equal(pileus_location_name(location), locations[i][0]);
        assert_string_equal(pileus_location_country(location), locations[i][1]);
    }
    pileus_list_free(image_list);
    pileus_list_free(location_list);
    pileus_connection_unref(conn);
}

/* ---- connections -------------------------------------------------------- */

static void
test_two_connections(void **state)
{
    pileus_connection *a = OPEN("creds", "0");
    pileus_connection *b = OPEN("creds", "3");
    pileus_node *of_a = create_node(a);
    pileus_list *of_b = list_nodes(b);
    pileus_error *err = NULL;

    (void)state;
    assert_ids(a, "1 2 3");
    assert_ids(b, "- 1 2");
    assert_ptr_equal(pileus_node_connection(of_a), a);
    assert_ptr_equal(pileus_node_connection(pileus_list_node(of_b, 0)), b);
    assert_string_equal(pileus_connection_option(a, "creds", NULL), "0");
    assert_string_equal(pileus_connection_option(b, "creds", NULL), "3");

    assert_done(pileus_node_destroy(pileus_list_node(of_b, 1), 0, NULL, &err),
                &err);
    assert_ids(a, "1 2 3");
    assert_ids(b, "- 2");
    pileus_node_unref(of_a);
    pileus_list_free(of_b);
    pileus_connection_unref(a);
    pileus_connection_unref(b);
}

/* A node taken over by another connection is not there, whatever else is. */
static void
test_rebound(void **state)
{
    pileus_connection *a = OPEN("creds", "0");
    pileus_connection *b = OPEN("creds", "3");
    pileus_node *node = create_node(a); /* its serial is that of b's third */
    pileus_node *there = NULL;
    pileus_error *err = NULL;

    (void)state;
    assert_done(pileus_node_rebind(&there, node, b, &err), &err);
    assert_failed(PILEUS_NOT_FOUND, pileus_node_destroy(there, 0, NULL, &err),
                  &err, "dummy-3");
    assert_ids(b, "- 1 2");
    pileus_node_unref(there);
    pileus_node_unref(node);
    pileus_connection_unref(a);
    pileus_connection_unref(b);
}

/* The blob is eight bytes, the serial, the lowest first. */
static void
test_blob(void **state)
{
    static const unsigned char serial[8] = {3};
    pileus_connection *conn = OPEN("creds", "0");
    pileus_node *node = create_node(conn);
    uint32_t format = 0;
    size_t size = 0;
    const void *blob = pileus_node_blob(node, &size, &format);

    (void)state;
    assert_int_equal(format, 1);
    assert_int_equal(size, sizeof serial);
    assert_memory_equal(blob, serial, sizeof serial);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* A callback may change what is being listed. */
static bool
destroy_it(void *user, pileus_node *node)
{
    pileus_error *err = NULL;

    assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    ++*(size_t *)user;
    return true;
}

static void
test_destroy_while_listing(void **state)
{
    pileus_connection *conn = OPEN("creds", "20");
    pileus_error *err = NULL;
    size_t seen = 0;

    (void)state;
    assert_done(pileus_node_each(conn, NULL, destroy_it, &seen, NULL, &err),
                &err);
    assert_int_equal(seen, 20);
    assert_ids(conn, "");
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_create_arguments),
        cmocka_unit_test(test_ids_repeat),
        cmocka_unit_test(test_get),
        cmocka_unit_test(test_verbs),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_images_and_locations),
        cmocka_unit_test(test_two_connections),
        cmocka_unit_test(test_rebound),
        cmocka_unit_test(test_blob),
        cmocka_unit_test(test_destroy_while_listing),
    };

    return cmocka_run_group_tests_name("plugins/dummy", tests, NULL, NULL);
}
