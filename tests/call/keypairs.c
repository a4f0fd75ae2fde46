/* Key pairs and images, from the application through the core to a driver; and
 * what a driver with all services says that it can. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/store.h"

static const char *const both[] = {"store", "store_plain"};

static bool
first(void *user, pileus_key_pair *pair)
{
    assert_string_equal(pileus_key_pair_name(pair), "laptop");
    ++*(int *)user;
    return true;
}

static void
test_pair_listings(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_list *list = NULL;
    pileus_iterator *iterator = NULL;
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    int seen = 0;

    (void)state;
    expect_ok(pileus_key_pair_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 1);
    pair = pileus_list_key_pair(list, 0);
    assert_string_equal(pileus_key_pair_fingerprint(pair), "00:11:22:33");
    assert_string_equal(pileus_key_pair_id(pair), "laptop");
    assert_null(pileus_list_volume(list, 0));
    pileus_list_free(list);
    expect_ok(pileus_key_pair_each(conn, NULL, first, &seen, NULL, &err), err);
    assert_int_equal(seen, 1);
    expect_ok(pileus_key_pair_iterate(&iterator, conn, NULL, NULL, &err), err);
    expect_ok(pileus_iterator_next_key_pair(iterator, &pair, &err), err);
    assert_string_equal(pileus_key_pair_name(pair), "laptop");
    pileus_key_pair_unref(pair);
    pileus_iterator_free(iterator);
    pileus_connection_unref(conn);
}

/* With the driver's own call, and by listing. */
static void
test_get(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        pileus_connection *conn = open_store(both[i], NULL);
        pileus_key_pair *pair = NULL;
        pileus_image *image = NULL;
        pileus_error *err = NULL;

        expect_ok(pileus_key_pair_get(&pair, conn, "laptop", NULL, &err), err);
        assert_string_equal(pileus_key_pair_public_key(pair),
                            "ssh-ed25519 AAAA me@laptop");
        assert_null(pileus_key_pair_private_key(pair));
        pileus_key_pair_unref(pair);
        (void)pileus_key_pair_get(&pair, conn, "desk", NULL, &err);
        expect_error(&err, PILEUS_NOT_FOUND,
                     i == 0 ? "the store has no 'desk'"
                            : "no key pair with the name 'desk': 'pileus "
                              "keypair list'");
        expect_ok(pileus_image_get(&image, conn, "i-1", 3, NULL, &err), err);
        assert_string_equal(pileus_image_name(image), "golden");
        pileus_image_unref(image);
        (void)pileus_image_get(&image, conn, "i-2", 3, NULL, &err);
        expect_error(&err, PILEUS_NOT_FOUND,
                     i == 0 ? "the store has no 'i-2'"
                            : "no image with the id 'i-2'");
        (void)pileus_key_pair_get(NULL, conn, "laptop", NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
        (void)pileus_key_pair_get(&pair, conn, "", NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "the name is empty");
        (void)pileus_image_get(&image, NULL, "i-1", 3, NULL, &err);
        expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
        pileus_connection_unref(conn);
    }
}

/* The private key is where it was made, and nowhere else. */
static void
test_create_pair(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_key_pair *pair = NULL;
    pileus_key_pair *again = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_key_pair_create(&pair, conn, "new", NULL, &err), err);
    assert_non_null(strstr(pileus_key_pair_private_key(pair), "tell-nobody"));
    expect_ok(pileus_key_pair_get(&again, conn, "new", NULL, &err), err);
    assert_null(pileus_key_pair_private_key(again));
    pileus_key_pair_unref(again);
    (void)pileus_key_pair_create(&again, conn, "new", NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "choose another name");
    (void)pileus_key_pair_create(&again, conn, "a\tb", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the key pair's name");
    (void)pileus_key_pair_create(&again, NULL, "x", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    /* The driver does not get it back. */
    expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
    (void)pileus_key_pair_delete(pair, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "'new' is not there");
    (void)pileus_key_pair_delete(NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a key pair");
    pileus_key_pair_unref(pair);
    pileus_connection_unref(conn);
}

static void
test_import_pair(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    (void)state;
    /* as it stands in a file */
    expect_ok(pileus_key_pair_import(&pair, conn, "mine", "ssh-rsa CCCC me\n",
                                     NULL, &err),
              err);
    assert_string_equal(pileus_key_pair_public_key(pair), "ssh-rsa CCCC me");
    pileus_key_pair_unref(pair);
    (void)pileus_key_pair_import(&pair, conn, "secret",
                                 "-----BEGIN PRIVATE KEY-----", NULL, &err);
    assert_null(strstr(pileus_error_message(err), "BEGIN"));
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "private SSH key");
    (void)pileus_key_pair_import(&pair, conn, "two", "ssh-rsa A\nssh-rsa B\n",
                                 NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "several lines");
    (void)pileus_key_pair_import(&pair, conn, "none", NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the SSH key is empty");
    (void)pileus_key_pair_import(&pair, conn, NULL, "ssh-rsa A", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the key pair's name");
    pileus_connection_unref(conn);
}

static void
count_warnings(void *user, pileus_log_level level, const char *driver,
               const char *message)
{
    (void)driver;
    if (level == PILEUS_LOG_WARNING) {
        assert_non_null(strstr(message, "ignores 'description'"));
        ++*(int *)user;
    }
}

static void
test_images(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_node *node = store_node(conn, "n-2");
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_image_create(&image, node, "of-db", NULL, NULL, &err),
              err);
    assert_string_equal(pileus_image_name(image), "of-db");
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_image_extra(image), "node")),
                        "n-2");
    expect_ok(pileus_image_delete(image, NULL, &err), err);
    (void)pileus_image_delete(image, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "is not there");
    pileus_image_unref(image);
    (void)pileus_image_create(&image, node, NULL, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the image's name is empty");
    (void)pileus_image_create(&image, NULL, "x", NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a node");
    (void)pileus_image_create(&image, node, "x", "bad\xFF", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the image's description");
    (void)pileus_image_delete(NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs an image");
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* The driver says that it ignores the description: there is a warning. */
static void
test_ignored(void **state)
{
    pileus_context *ctx = NULL;
    pileus_connection *conn = NULL;
    pileus_node *node;
    pileus_image *image = NULL;
    pileus_error *err = NULL;
    int warnings = 0;

    (void)state;
    expect_ok(pileus_context_new(&ctx, &err), err);
    expect_ok(pileus_context_add_directory(ctx, STORE_DIRECTORY, &err), err);
    pileus_context_set_log(ctx, PILEUS_LOG_WARNING, count_warnings, &warnings);
    expect_ok(pileus_connection_open(&conn, ctx, "store", NULL, NULL, &err),
              err);
    node = store_node(conn, "n-1");
    expect_ok(pileus_image_create(&image, node, "x", "of old", NULL, &err),
              err);
    assert_int_equal(warnings, 1);
    pileus_image_unref(image);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
    pileus_context_unref(ctx);
}

/* ---- capabilities ---------------------------------------------------------
 */

static void
test_capabilities(void **state)
{
    static const struct {
        const char *service;
        const char *name;
        const char *argument;
        pileus_capability store;
        pileus_capability plain;
    } rows[] = {
        {"volumes", "list_volumes", NULL, 1, 1},
        {"volumes", "list_volumes", "state", 2, 2},
        {"volumes", "list_volumes", "location", 2, 2},
        {"volumes", "list_volumes", "tag", 0, 0},
        {"volumes", "list_snapshots", "state", 2, 2},
        {"volumes", "list_snapshots", "location", 0, 0},
        {"volumes", "create_volume", "snapshot", 1, 1},
        {"volumes", "create_volume", "kind", 1, 1},
        {"volumes", "create_volume", "token", 0, 0},
        {"volumes", "attach_volume", "device", 1, 1},
        {"volumes", "attach_volume", "speed", 0, 0},
        {"volumes", "create_snapshot", "name", 1, 1},
        {"volumes", "destroy_snapshot", NULL, 1, 1},
        {"volumes", "resize_volume", NULL, 0, 0},
        {"volumes", "list_nodes", NULL, 0, 0},
        {"keypairs", "list_key_pairs", "name", 2, 2},
        {"keypairs", "get_key_pair", NULL, 1, 2},
        {"keypairs", "delete_key_pair", NULL, 1, 1},
        {"images", "get_image", NULL, 1, 2},
        {"images", "create_image", "description", 3, 3},
        {"images", "list_images", NULL, 0, 0},
        {"compute", "list_images", NULL, 1, 1},
        {"compute", "create_node", NULL, 0, 0},
        {"nothing", "list_volumes", NULL, 0, 0},
    };
    pileus_connection *store = open_store("store", NULL);
    pileus_connection *plain = open_store("store_plain", NULL);
    pileus_connection *probe = open_probe("probe", NULL);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pileus_capability of_store = pileus_connection_capability(
            store, rows[i].service, rows[i].name, rows[i].argument);
        pileus_capability of_plain = pileus_connection_capability(
            plain, rows[i].service, rows[i].name, rows[i].argument);

        if (of_store != rows[i].store || of_plain != rows[i].plain) {
            print_error("row %zu: %d and %d\n", i, of_store, of_plain);
        }
        assert_int_equal(of_store, rows[i].store);
        assert_int_equal(of_plain, rows[i].plain);
        if (strcmp(rows[i].service, "compute") != 0) {
            assert_int_equal(pileus_connection_capability(
                                 probe, rows[i].service, rows[i].name, NULL),
                             PILEUS_CAPABILITY_NO);
        }
    }
    pileus_connection_unref(probe);
    pileus_connection_unref(plain);
    pileus_connection_unref(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pair_listings),
        cmocka_unit_test(test_get),
        cmocka_unit_test(test_create_pair),
        cmocka_unit_test(test_import_pair),
        cmocka_unit_test(test_images),
        cmocka_unit_test(test_ignored),
        cmocka_unit_test(test_capabilities),
    };

    return cmocka_run_group_tests_name("key pairs and images", tests, NULL,
                                       NULL);
}
