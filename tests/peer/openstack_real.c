/* The OpenStack driver on real servers; openstack_real.sh starts them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define KEY_NAME "pileus-1a-cb-c6-20-7f-6a-24-64-4e-b2-74-68-2d-bb-50-b1"

/* ---- the servers ----------------------------------------------------------
 */

/* REAL_SERVERS servers, which run. */
static int
make_servers(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *nodes[REAL_SERVERS] = {NULL};
    pileus_error *err = NULL;
    char name[64];

    (void)state;
    real_destroy_all(conn, REAL_NAME); /* of one that was broken off */
    for (int i = 0; i < REAL_SERVERS; i++) {
        pileus_node_spec *spec;

        (void)snprintf(name, sizeof name, REAL_NAME "page-%d", i);
        spec = real_spec(conn, name);
        expect_ok(pileus_node_create(&nodes[i], conn, spec, NULL, &err), err);
        pileus_node_spec_free(spec);
    }
    for (int i = 0; i < REAL_SERVERS; i++) {
        expect_ok(
            pileus_node_wait(NULL, nodes[i], PILEUS_STATE_RUNNING, NULL, &err),
            err);
        pileus_node_unref(nodes[i]);
    }
    pileus_connection_unref(conn);
    return 0;
}

static int
destroy_servers(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());

    (void)state;
    real_destroy_all(conn, REAL_NAME);
    pileus_connection_unref(conn);
    return 0;
}

/* ---- a server's life ------------------------------------------------------
 */

static pileus_node *
create_whole(pileus_connection *conn)
{
    pileus_node_spec *spec = real_spec(conn, REAL_NAME "life");
    pileus_node *node = NULL;
    pileus_node *newest = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_set_ssh_key(spec, REAL_KEY, &err), err);
    expect_ok(pileus_node_spec_set_user_data(spec, "#!/bin/sh\n", 10, &err),
              err);
    expect_ok(pileus_node_spec_set_location(spec, "nova", &err), err);
    expect_ok(pileus_node_spec_add_tag(spec, "role", "test", &err), err);
    expect_ok(
        pileus_node_spec_set_option(spec, "security-groups", "default", &err),
        err);
    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    pileus_node_spec_free(spec);
    assert_non_null(pileus_value_string(
        pileus_value_get(pileus_node_extra(node), "password")));
    expect_ok(pileus_node_wait(&newest, node, PILEUS_STATE_RUNNING, NULL, &err),
              err);
    pileus_node_unref(node);
    return newest;
}

static void
expect_facts(const pileus_node *node)
{
    int64_t ns = 0;

    assert_string_equal(pileus_node_name(node), REAL_NAME "life");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_provider_state(node), "ACTIVE");
    assert_int_equal(pileus_node_private_ip_count(node), 1);
    assert_int_equal(strncmp(pileus_node_private_ip(node, 0), "10.77.0.", 8),
                     0);
    assert_int_equal(pileus_node_public_ip_count(node), 0);
    assert_string_equal(pileus_node_location_id(node), "nova");
    assert_true(pileus_node_created_at(node, &ns));
    assert_non_null(pileus_node_size(node));
    assert_non_null(pileus_node_image(node));
    assert_string_equal(
        pileus_value_string(pileus_value_get(pileus_node_tags(node), "role")),
        "test");
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_node_extra(node), "key_name")),
                        KEY_NAME);
}

static void
expect_deleting(const pileus_node *node)
{
    const char *word = pileus_node_provider_state(node);

    if (pileus_node_state(node) == PILEUS_STATE_TERMINATED) {
        assert_string_equal(word, "DELETED");
    } else {
        assert_int_equal(pileus_node_state(node), PILEUS_STATE_STOPPING);
        assert_string_equal(word, "deleting");
    }
}

/* While Nova still lists it, it is being deleted, whatever its status is. */
static void
expect_gone(pileus_connection *conn, const char *id)
{
    pileus_error *err = NULL;

    for (int looks = 0; err == NULL; looks++) {
        pileus_node *node = NULL;

        assert_true(looks < REAL_LOOKS);
        if (pileus_node_get(&node, conn, id, PILEUS_NUL_TERMINATED, NULL,
                            &err) == PILEUS_OK) {
            expect_deleting(node);
            pileus_node_unref(node);
            (void)usleep(REAL_LOOK_US / 5);
        }
    }
    expect_error(&err, PILEUS_NOT_FOUND, id);
}

static void
expect_tag(pileus_connection *conn, const pileus_node *old, const char *key,
           const char *value)
{
    pileus_node *node = NULL;
    const char *found;
    pileus_error *err = NULL;

    expect_ok(pileus_node_get(&node, conn, pileus_node_id(old),
                              PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    found = pileus_value_string(pileus_value_get(pileus_node_tags(node), key));
    if (value == NULL) {
        assert_null(found);
    } else {
        assert_string_equal(found, value);
    }
    pileus_node_unref(node);
}

static void
change_tags(pileus_connection *conn, pileus_node *node)
{
    static const pileus_pair tags[] = {{"role", "web"}, {"a b.c", ""}};
    static const char *const keys[] = {"a b.c", "never"};
    pileus_error *err = NULL;

    expect_ok(pileus_node_set_tags(node, tags, 2, NULL, &err), err);
    expect_tag(conn, node, "role", "web");
    expect_tag(conn, node, "a b.c", "");
    expect_ok(pileus_node_remove_tags(node, keys, 2, NULL, &err), err);
    expect_tag(conn, node, "a b.c", NULL);
    expect_tag(conn, node, "role", "web");
}

static void
test_life(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = create_whole(conn);
    pileus_error *err = NULL;

    (void)state;
    expect_facts(node);
    change_tags(conn, node);
    expect_ok(pileus_node_reboot(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_REBOOTING);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    expect_ok(pileus_node_reboot(node, PILEUS_HARD, NULL, &err), err);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    expect_ok(pileus_node_stop(node, 0, NULL, &err), err);
    real_expect_state(node, PILEUS_STATE_STOPPED);
    assert_int_equal(pileus_node_stop(node, 0, NULL, &err), PILEUS_CONFLICT);
    expect_error(&err, PILEUS_CONFLICT, "vm_state stopped");
    expect_ok(pileus_node_start(node, 0, NULL, &err), err);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_TERMINATED);
    expect_gone(conn, pileus_node_id(node));
    real_expect_state(node, PILEUS_STATE_TERMINATED);
    assert_int_equal(real_count(conn, REAL_NAME "life"), 0);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* Listed by name: Nova is handed a pattern, and others are not in it. */
static void
test_by_name(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, REAL_NAME "page-5", &err), err);
    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    assert_string_equal(pileus_node_name(pileus_list_node(list, 0)),
                        REAL_NAME "page-5");
    pileus_list_free(list);
    pileus_query_free(query);
    pileus_connection_unref(conn);
}

/* ---- refusals -------------------------------------------------------------
 */

static void
test_credentials(void **state)
{
    static const char *const wrong[][2] = {
        {"password", "wrong-secret"},
        {"username", "nobody"},
        {"project", "empty"},
        {"project", "no-such-project"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pileus_connection *conn = NULL;
        pileus_error *err = NULL;

        assert_int_equal(
            real_open(&conn, real_nova_port(), wrong[i][0], wrong[i][1], &err),
            PILEUS_AUTHENTICATION);
        assert_null(conn);
        assert_int_equal(pileus_error_status(err), 401);
        assert_non_null(pileus_error_request_id(err));
        assert_null(strstr(pileus_error_message(err), "secret"));
        assert_false(pileus_error_retryable(err));
        pileus_error_free(err);
    }
}

static void
refuse(pileus_connection *conn, pileus_node_spec *spec, pileus_code code,
       int64_t status, const char *words)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    assert_int_equal(pileus_node_create(&node, conn, spec, NULL, &err), code);
    assert_null(node);
    assert_int_equal(pileus_error_status(err), status);
    assert_non_null(strstr(pileus_error_provider_message(err), words));
    assert_false(pileus_error_retryable(err));
    assert_false(pileus_error_may_have_happened(err));
    expect_error(&err, code, words);
    pileus_node_spec_free(spec);
    assert_int_equal(real_count(conn, REAL_NAME "no"), 0);
}

static void
test_refusals(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node_spec *spec = real_spec(conn, REAL_NAME "no");
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_node_spec_set_size(spec, "no-such-flavor", &err), err);
    refuse(conn, spec, PILEUS_INVALID_ARGUMENT, 400,
           "Flavor no-such-flavor could not be found");
    spec = real_spec(conn, REAL_NAME "no");
    expect_ok(pileus_node_spec_set_image(
                  spec, "11111111-1111-4111-8111-111111111111", &err),
              err);
    refuse(conn, spec, PILEUS_INVALID_ARGUMENT, 400, "image");
    spec = real_spec(conn, REAL_NAME "no");
    expect_ok(pileus_node_spec_set_key_name(spec, "no-such-key", &err), err);
    refuse(conn, spec, PILEUS_INVALID_ARGUMENT, 400, "key");
    spec = real_spec(conn, REAL_NAME "no");
    real_set_size(spec, conn, "m1.huge");
    refuse(conn, spec, PILEUS_QUOTA, 403, "Quota exceeded for cores");
    pileus_connection_unref(conn);
}

/* What needs no API that has just been started comes first. */
int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_by_name),
        cmocka_unit_test(real_new_create),
        cmocka_unit_test(real_old_create),
        cmocka_unit_test(real_key_pages),
        cmocka_unit_test(real_addresses),
        cmocka_unit_test(real_address_refusals),
        cmocka_unit_test(real_rests),
        cmocka_unit_test(real_rebuild),
        cmocka_unit_test(real_resize),
        cmocka_unit_test(test_credentials),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(real_volumes),
        cmocka_unit_test(real_key_pairs),
        cmocka_unit_test(real_images),
        cmocka_unit_test(real_pages),
        cmocka_unit_test(real_revoked),
        cmocka_unit_test(real_ended_between),
        cmocka_unit_test(real_ended_in_list),
        cmocka_unit_test(real_ended_underway),
        cmocka_unit_test(real_cut),
        cmocka_unit_test(real_cut_off),
        cmocka_unit_test(real_lost_create),
        cmocka_unit_test(real_killed_list),
        cmocka_unit_test(real_killed_create),
    };

    if (getenv("PILEUS_TEST_NOVA_PORT") == NULL ||
        getenv("PILEUS_TEST_FOLDER") == NULL) {
        print_message("skipped: openstack_real.sh runs this\n");
        return 77;
    }
    return cmocka_run_group_tests_name("peer/openstack_real", tests,
                                       make_servers, destroy_servers);
}
