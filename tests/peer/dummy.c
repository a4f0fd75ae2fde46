/* The dummy driver against libcloud's: what that answered, field by field. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/objects.h"
#include "tests/plugins/dummy_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * libcloud's answers are in libcloud/dummy/expected.json, in the directory
 * that PILEUS_PEER_DIR names or else ../shared/peer beside the source. The
 * calls there are made again, in their order, and each field of each answer is
 * compared with ours; a field that is not known here is a failure.
 *
 * What differs, and why:
 *
 *   field          libcloud         pileus        because
 *   uuid           sha1(ID:dummy)   sha1(ID:0)    libcloud's type of this
 *                                                 provider was the number 0 in
 *                                                 2012, which its documentation
 *                                                 has its uuids from
 *   result         true             PILEUS_OK     of reboot_node, destroy_node
 *   size, image    not there        NULL          of nodes without them
 *   exchanges      0                -             neither speaks HTTP
 *   _type          class            kind          named after libcloud's class
 */

/* ---- calls --------------------------------------------------------------- */

/* Where the calls have got to. */
struct run {
    struct peer peer;
    const char *scenario;
    pileus_connection *conn;
    pileus_list *nodes; /* as listed last */
};

static void
compare_listing(struct run *run, const char *op, yajl_val theirs)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t count = YAJL_GET_ARRAY(theirs)->len;

    if (strcmp(op, "list_sizes") == 0) {
        assert_done(pileus_size_list(&list, run->conn, NULL, NULL, &err), &err);
    } else if (strcmp(op, "list_images") == 0) {
        assert_done(pileus_image_list(&list, run->conn, NULL, NULL, &err),
                    &err);
    } else {
        assert_string_equal(op, "list_locations");
        assert_done(pileus_location_list(&list, run->conn, NULL, NULL, &err),
                    &err);
    }
    assert_int_equal(pileus_list_count(list), count);
    for (size_t i = 0; i < count; i++) {
        yajl_val their = YAJL_GET_ARRAY(theirs)->values[i];

        if (strcmp(op, "list_sizes") == 0) {
            peer_compare_size(&run->peer, their, pileus_list_size(list, i));
        } else if (strcmp(op, "list_images") == 0) {
            peer_compare_image(&run->peer, their, pileus_list_image(list, i));
        } else {
            peer_compare_location(&run->peer, their,
                                  pileus_list_location(list, i));
        }
    }
    pileus_list_free(list);
}

static void
compare_nodes(struct run *run, yajl_val theirs)
{
    pileus_list_free(run->nodes);
    run->nodes = list_nodes(run->conn);
    assert_int_equal(pileus_list_count(run->nodes),
                     YAJL_GET_ARRAY(theirs)->len);
    for (size_t i = 0; i < pileus_list_count(run->nodes); i++) {
        peer_compare_node(&run->peer, YAJL_GET_ARRAY(theirs)->values[i],
                          pileus_list_node(run->nodes, i));
    }
}

static void
compare_create(struct run *run, yajl_val args, yajl_val theirs)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    assert_done(pileus_node_spec_new(&spec, &err), &err);
    assert_done(
        pileus_node_spec_set_name(spec, peer_string(args, "name"), &err), &err);
    assert_done(pileus_node_spec_set_size(
                    spec, peer_string(peer_get(args, "size"), "id"), &err),
                &err);
    assert_done(pileus_node_spec_set_image(
                    spec, peer_string(peer_get(args, "image"), "id"), &err),
                &err);
    assert_done(pileus_node_create(&node, run->conn, spec, NULL, &err), &err);
    peer_compare_node(&run->peer, theirs, node);
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

/* reboot_node and destroy_node: the handle is as theirs, before and after. */
static void
compare_verb(struct run *run, const char *op, yajl_val call)
{
    yajl_val before = peer_get(peer_get(call, "args"), "node");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    for (size_t i = 0; node == NULL && i < pileus_list_count(run->nodes); i++) {
        pileus_node *one = pileus_list_node(run->nodes, i);

        if (strcmp(pileus_node_name(one), peer_string(before, "name")) == 0) {
            node = one;
        }
    }
    assert_non_null(node);
    peer_compare_node(&run->peer, before, node);
    if (strcmp(op, "reboot_node") == 0) {
        assert_done(pileus_node_reboot(node, 0, NULL, &err), &err);
    } else {
        assert_string_equal(op, "destroy_node");
        assert_done(pileus_node_destroy(node, 0, NULL, &err), &err);
    }
    assert_true(YAJL_IS_TRUE(peer_get(call, "result")));
    peer_compare_node(&run->peer, peer_get(call, "node_after"), node);
}

static void
run_close(struct run *run)
{
    pileus_list_free(run->nodes);
    pileus_connection_unref(run->conn);
    run->nodes = NULL;
    run->conn = NULL;
}

/* A scenario is a connection of its own: "main", or "creds=" and the creds. */
static void
run_scenario(struct run *run, const char *scenario, const char *creds)
{
    if (run->scenario != NULL && strcmp(run->scenario, scenario) == 0) {
        return;
    }
    run_close(run);
    run->scenario = scenario;
    if (strcmp(scenario, "main") != 0) {
        assert_int_equal(strncmp(scenario, "creds=", 6), 0);
        creds = scenario + 6;
    }
    run->conn = OPEN("creds", creds);
}

static void
compare_call(struct run *run, yajl_val call)
{
    static const char *const known[] = {
        "call", "scenario", "op", "args", "result", "node_after", "exchanges"};
    const char *op = peer_string(call, "op");
    yajl_val result = peer_get(call, "result");

    for (size_t i = 0; i < YAJL_GET_OBJECT(call)->len; i++) {
        bool found = false;

        for (size_t j = 0; j < sizeof known / sizeof *known; j++) {
            found |= strcmp(YAJL_GET_OBJECT(call)->keys[i], known[j]) == 0;
        }
        assert_true(found);
    }
    assert_int_equal(YAJL_GET_INTEGER(peer_get(call, "exchanges")), 0);
    if (strcmp(op, "list_nodes") == 0) {
        compare_nodes(run, result);
    } else if (strncmp(op, "list_", 5) == 0) {
        compare_listing(run, op, result);
    } else if (strcmp(op, "create_node") == 0) {
        compare_create(run, peer_get(call, "args"), result);
    } else {
        compare_verb(run, op, call);
    }
}

/* ---- the file ------------------------------------------------------------ */

static yajl_val
read_expected(void)
{
    const char *directory = getenv("PILEUS_PEER_DIR");
    char path[4096];
    char wrong[256] = "";
    FILE *in;
    char *text;
    size_t size = 0;
    yajl_val tree;

    (void)snprintf(path, sizeof path, "%s/libcloud/dummy/expected.json",
                   directory == NULL ? SRCDIR "/../shared/peer" : directory);
    in = fopen(path, "rb");
    if (in == NULL) {
        print_message("skipped: %s is not there; PILEUS_PEER_DIR names its "
                      "directory\n",
                      path);
        return NULL;
    }
    (void)fclose(in);
    text = read_file(path, &size);
    tree = yajl_tree_parse(text, wrong, sizeof wrong);
    free(text);
    if (tree == NULL) {
        fail_msg("%s: %s", path, wrong);
    }
    return tree;
}

static void
test_every_call(void **state)
{
    yajl_val expected = read_expected();
    struct run run = {{"dummy", "0", 0}, NULL, NULL, NULL};
    yajl_val calls;
    const char *creds;

    (void)state;
    if (expected == NULL) {
        skip();
    }
    assert_string_equal(peer_string(expected, "provider_type"),
                        run.peer.their_type);
    creds = peer_string(peer_get(expected, "constructor"), "creds");
    calls = peer_get(expected, "calls");
    assert_true(YAJL_IS_ARRAY(calls));
    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        yajl_val call = YAJL_GET_ARRAY(calls)->values[i];

        run_scenario(&run, peer_string(call, "scenario"), creds);
        compare_call(&run, call);
    }
    print_message("%zu calls, %zu fields compared\n",
                  YAJL_GET_ARRAY(calls)->len, run.peer.fields);
    assert_true(YAJL_GET_ARRAY(calls)->len > 0 && run.peer.fields > 0);
    run_close(&run);
    yajl_tree_free(expected);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
    };

    return cmocka_run_group_tests_name("peer/dummy", tests, NULL, NULL);
}
