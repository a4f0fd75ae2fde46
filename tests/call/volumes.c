/* Volumes and snapshots, from the application through the core to a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/probe.h"
#include "tests/support/store.h"

/* ---- listings -------------------------------------------------------------
 */

static bool
count(void *user, pileus_volume *volume)
{
    int *seen = user;

    assert_non_null(pileus_volume_id(volume));
    return ++*seen < 2;
}

static void
test_listings(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_list *list = NULL;
    pileus_iterator *iterator = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    int seen = 0;

    (void)state;
    expect_ok(pileus_volume_list(&list, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 3);
    assert_string_equal(pileus_volume_name(pileus_list_volume(list, 0)),
                        "data");
    assert_null(pileus_list_snapshot(list, 0));
    assert_null(pileus_list_node(list, 0));
    pileus_list_free(list);

    expect_ok(pileus_volume_each(conn, NULL, count, &seen, NULL, &err), err);
    assert_int_equal(seen, 2);

    expect_ok(pileus_volume_iterate(&iterator, conn, NULL, NULL, &err), err);
    for (int i = 0; i < 3; i++) {
        expect_ok(pileus_iterator_next_volume(iterator, &volume, &err), err);
        assert_non_null(volume);
        pileus_volume_unref(volume);
    }
    expect_ok(pileus_iterator_next_volume(iterator, &volume, &err), err);
    assert_null(volume);
    pileus_iterator_free(iterator);
    pileus_connection_unref(conn);
}

static void
expect_count(pileus_connection *conn, const pileus_volume *volume,
             const pileus_query *query, size_t wanted)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_snapshot_list(&list, conn, volume, query, NULL, &err),
              err);
    assert_int_equal(pileus_list_count(list), wanted);
    for (size_t i = 0; volume != NULL && i < wanted; i++) {
        assert_string_equal(
            pileus_snapshot_volume_id(pileus_list_snapshot(list, i)),
            pileus_volume_id(volume));
    }
    pileus_list_free(list);
}

static bool
take(void *user, pileus_snapshot *snapshot)
{
    const char **id = user;

    assert_null(*id);
    *id = strcmp(pileus_snapshot_id(snapshot), "s-2") == 0 ? "s-2" : "?";
    return true;
}

/* Of one volume, or of all; the volume must be of the connection. */
static void
test_snapshots_of_a_volume(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_connection *other = open_store("store", NULL);
    pileus_volume *volume = store_volume(conn, "v-2");
    pileus_iterator *iterator = NULL;
    pileus_snapshot *snapshot = NULL;
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    const char *id = NULL;

    (void)state;
    expect_count(conn, NULL, NULL, 2);
    expect_count(conn, volume, NULL, 1);
    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, "nightly", &err), err);
    expect_count(conn, NULL, query, 1);
    expect_count(conn, volume, query, 0);
    pileus_query_free(query);

    expect_ok(pileus_snapshot_each(conn, volume, NULL, take, &id, NULL, &err),
              err);
    assert_string_equal(id, "s-2");
    expect_ok(
        pileus_snapshot_iterate(&iterator, conn, volume, NULL, NULL, &err),
        err);
    pileus_volume_unref(volume); /* the iterator has its own */
    expect_ok(pileus_iterator_next_snapshot(iterator, &snapshot, &err), err);
    assert_string_equal(pileus_snapshot_id(snapshot), "s-2");
    pileus_snapshot_unref(snapshot);
    pileus_iterator_free(iterator);

    volume = store_volume(other, "v-2");
    assert_int_equal(
        pileus_snapshot_list(&list, conn, volume, NULL, NULL, &err),
        PILEUS_INVALID_ARGUMENT);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "of another connection");
    pileus_volume_unref(volume);
    pileus_connection_unref(other);
    pileus_connection_unref(conn);
}

/* What a query asks of a volume. */
static void
test_queries(void **state)
{
    static const struct {
        pileus_storage_state state;
        const char *location;
        size_t count;
    } rows[] = {
        {PILEUS_VOLUME_IN_USE, NULL, 1},
        {99, NULL, 1},
        {PILEUS_VOLUME_ERROR, NULL, 0},
        {PILEUS_VOLUME_AVAILABLE, "here", 1},
        {99, "here", 0},
    };
    pileus_connection *conn = open_store("store", NULL);

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pileus_query *query = NULL;
        pileus_list *list = NULL;
        pileus_error *err = NULL;

        expect_ok(pileus_query_new(&query, &err), err);
        expect_ok(pileus_query_add_state(query, rows[i].state, &err), err);
        if (rows[i].location != NULL) {
            expect_ok(pileus_query_set_location(query, rows[i].location, &err),
                      err);
        }
        expect_ok(pileus_volume_list(&list, conn, query, NULL, &err), err);
        assert_int_equal(pileus_list_count(list), rows[i].count);
        pileus_list_free(list);
        if (rows[i].location != NULL) { /* a snapshot has none */
            assert_int_equal(
                pileus_snapshot_list(&list, conn, NULL, query, NULL, &err),
                PILEUS_NOT_SUPPORTED);
            expect_error(&err, PILEUS_NOT_SUPPORTED, "'location'");
        }
        pileus_query_free(query);
    }
    pileus_connection_unref(conn);
}

/* ---- verbs ----------------------------------------------------------------
 */

static void
test_get(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_volume *volume = NULL;
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_volume_get(&volume, conn, "v-1+more", 3, NULL, &err), err);
    assert_string_equal(pileus_volume_name(volume), "data");
    pileus_volume_unref(volume);
    (void)pileus_volume_get(&volume, conn, "v-9", 3, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND,
                 "store: there is no volume with the id 'v-9': 'pileus volume "
                 "list' shows those there are");
    (void)pileus_volume_get(&volume, conn, "a\nb", 3, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the id");
    (void)pileus_volume_get(NULL, conn, "v-1", 3, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    (void)pileus_volume_get(&volume, NULL, "v-1", 3, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    expect_ok(pileus_snapshot_get(&snapshot, conn, "s-1", 3, NULL, &err), err);
    assert_string_equal(pileus_snapshot_name(snapshot), "nightly");
    pileus_snapshot_unref(snapshot);
    (void)pileus_snapshot_get(&snapshot, conn, "v-1", 3, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "no snapshot with the id 'v-1'");
    pileus_connection_unref(conn);
}

static void
test_create(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    int64_t gb = 0;

    (void)state;
    expect_ok(pileus_volume_create(&volume, conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_CREATING);
    pileus_volume_unref(volume);

    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_name(spec, "db", &err), err);
    expect_ok(pileus_volume_spec_set_snapshot(spec, "s-2", &err), err);
    expect_ok(pileus_volume_spec_set_location(spec, "there", &err), err);
    expect_ok(pileus_volume_spec_set_option(spec, "kind", "fast", &err), err);
    expect_ok(pileus_volume_create(&volume, conn, spec, NULL, &err), err);
    assert_string_equal(pileus_volume_name(volume), "db");
    assert_string_equal(pileus_volume_location_id(volume), "there");
    assert_true(pileus_volume_size(volume, &gb));
    assert_int_equal(gb, 20); /* the snapshot's */
    pileus_volume_unref(volume);

    expect_ok(pileus_volume_spec_set_size(spec, 50, &err), err);
    expect_ok(pileus_volume_create(&volume, conn, spec, NULL, &err), err);
    assert_true(pileus_volume_size(volume, &gb));
    assert_int_equal(gb, 50);
    pileus_volume_unref(volume);

    expect_ok(pileus_volume_spec_set_option(spec, "colour", "red", &err), err);
    (void)pileus_volume_create(&volume, conn, spec, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED,
                 "create_volume does not support 'colour'");
    (void)pileus_volume_create(NULL, conn, spec, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    pileus_volume_spec_free(spec);
    pileus_connection_unref(conn);
}

static void
keep_id(void *user, pileus_kind kind, const char *id)
{
    assert_int_equal(kind, PILEUS_KIND_VOLUME);
    assert_string_equal(id, "v-new-1");
    *(bool *)user = true;
}

/* What was made and then failed is named; none or two instead of one is the
 * driver's fault. */
static void
test_bad_creates(void **state)
{
    pileus_connection *conn = open_store("store", "made-and-failed");
    pileus_volume *volume = NULL;
    pileus_snapshot *snapshot = NULL;
    pileus_call *call = NULL;
    pileus_error *err = NULL;
    bool told = false;

    (void)state;
    expect_ok(pileus_call_new(&call, &err), err);
    pileus_call_set_made(call, keep_id, &told);
    (void)pileus_volume_create(&volume, conn, NULL, call, &err);
    assert_true(told);
    assert_string_equal(pileus_error_made_id(err), "v-new-1");
    expect_error(&err, PILEUS_UNAVAILABLE, "went dead");
    pileus_call_free(call);
    pileus_connection_unref(conn);

    conn = open_store("store", "none");
    (void)pileus_volume_create(&volume, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_DRIVER, "gave 0 volumes instead of one");
    pileus_connection_unref(conn);
    conn = open_store("store", "two");
    (void)pileus_volume_create(&volume, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_DRIVER, "gave 2 volumes instead of one");
    assert_null(volume);
    volume = store_volume(conn, "v-1");
    (void)pileus_snapshot_create(&snapshot, volume, "x", NULL, &err);
    expect_error(&err, PILEUS_DRIVER, "gave 2 snapshots instead of one");
    assert_null(snapshot);
    pileus_volume_unref(volume);
    pileus_connection_unref(conn);
}

static void
test_attach_and_detach(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_volume *volume = store_volume(conn, "v-1");
    pileus_node *node = store_node(conn, "n-2");
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_volume_attach(volume, node, "a\nb", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the device");
    expect_ok(pileus_volume_attach(volume, node, "/dev/vdb", NULL, &err), err);
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_AVAILABLE);
    pileus_volume_unref(volume);
    volume = store_volume(conn, "v-1");
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_IN_USE);
    assert_string_equal(pileus_volume_provider_state(volume), "in-use");
    assert_string_equal(pileus_volume_node_id(volume), "n-2");
    assert_string_equal(pileus_value_string(pileus_value_get(
                            pileus_volume_extra(volume), "device")),
                        "/dev/vdb");
    (void)pileus_volume_attach(volume, node, NULL, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "attached already");
    (void)pileus_volume_destroy(volume, 0, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "detach it first");
    expect_ok(pileus_volume_detach(volume, NULL, &err), err);
    pileus_volume_unref(volume);
    volume = store_volume(conn, "v-1");
    assert_null(pileus_volume_node_id(volume));
    pileus_volume_unref(volume);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

/* Volume and node go together, or not at all. */
static void
test_wrong_arguments(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_connection *other = open_store("store", NULL);
    pileus_volume *volume = store_volume(conn, "v-1");
    pileus_volume *moved = NULL;
    pileus_node *node = store_node(other, "n-1");
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_volume_attach(volume, node, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "of one connection");
    expect_ok(pileus_volume_rebind(&moved, volume, other, &err), err);
    expect_ok(pileus_volume_attach(moved, node, NULL, NULL, &err), err);
    (void)pileus_volume_attach(NULL, node, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "attach_volume needs");
    (void)pileus_volume_detach(NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT,
                 "detach_volume needs a volume: give one");
    (void)pileus_volume_destroy(NULL, 0, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a volume");
    (void)pileus_volume_destroy(volume, PILEUS_HARD, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give 0");
    (void)pileus_snapshot_create(&snapshot, NULL, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a volume");
    (void)pileus_snapshot_create(&snapshot, volume, "", NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "the snapshot's name is empty");
    (void)pileus_snapshot_create(NULL, volume, NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "give both");
    (void)pileus_snapshot_destroy(NULL, NULL, &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "needs a snapshot");
    pileus_node_unref(node);
    pileus_volume_unref(moved);
    pileus_volume_unref(volume);
    pileus_connection_unref(other);
    pileus_connection_unref(conn);
}

static void
test_snapshots_and_the_end(void **state)
{
    pileus_connection *conn = open_store("store", NULL);
    pileus_volume *volume = store_volume(conn, "v-1");
    pileus_snapshot *snapshot = NULL;
    pileus_snapshot *moved = NULL;
    pileus_error *err = NULL;

    (void)state;
    expect_ok(pileus_snapshot_create(&snapshot, volume, NULL, NULL, &err), err);
    assert_string_equal(pileus_snapshot_name(snapshot), "unnamed");
    pileus_snapshot_unref(snapshot);
    expect_ok(pileus_snapshot_create(&snapshot, volume, "first", NULL, &err),
              err);
    assert_string_equal(pileus_snapshot_name(snapshot), "first");
    assert_string_equal(pileus_snapshot_volume_id(snapshot), "v-1");
    expect_ok(pileus_volume_destroy(volume, 0, NULL, &err), err);
    assert_int_equal(pileus_volume_state(volume), PILEUS_VOLUME_DELETED);
    (void)pileus_volume_destroy(volume, 0, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "'v-1' is not there");
    expect_ok(pileus_snapshot_rebind(&moved, snapshot, conn, &err), err);
    expect_ok(pileus_snapshot_destroy(snapshot, NULL, &err), err);
    assert_int_equal(pileus_snapshot_state(snapshot), PILEUS_VOLUME_DELETED);
    assert_null(pileus_snapshot_provider_state(snapshot));
    assert_int_equal(pileus_snapshot_state(moved), PILEUS_VOLUME_AVAILABLE);
    (void)pileus_snapshot_destroy(moved, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "is not there");
    pileus_snapshot_unref(moved);
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(volume);
    pileus_connection_unref(conn);
}

/* A driver without the service. */
static void
test_not_supported(void **state)
{
    pileus_connection *conn = open_probe("probe", NULL);
    pileus_list *list = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_volume_list(&list, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support list_volumes");
    (void)pileus_snapshot_list(&list, conn, NULL, NULL, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support list_snapshots");
    (void)pileus_volume_get(&volume, conn, "v", 1, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support list_volumes");
    (void)pileus_volume_create(&volume, conn, NULL, NULL, &err);
    expect_error(&err, PILEUS_NOT_SUPPORTED, "does not support create_volume");
    pileus_connection_unref(conn);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_listings),
        cmocka_unit_test(test_snapshots_of_a_volume),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_get),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_bad_creates),
        cmocka_unit_test(test_attach_and_detach),
        cmocka_unit_test(test_wrong_arguments),
        cmocka_unit_test(test_snapshots_and_the_end),
        cmocka_unit_test(test_not_supported),
    };

    return cmocka_run_group_tests_name("volumes", tests, NULL, NULL);
}
