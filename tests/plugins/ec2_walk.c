/* A user's walk at EC2, or at any service that speaks its API. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_walk.h"

#include <stdlib.h>
#include <unistd.h>

/*
 * Without PILEUS_TEST_EC2_ENDPOINT it is walked at the suite's own EC2, which
 * complains of what a good client never asks. With it, the same is done there,
 * and all that was made is destroyed in the end; it may cost money. Further
 * variables: PILEUS_TEST_EC2_KEY, _SECRET, _REGION, _IMAGE, _SIZE, _LOCATION
 * and _OTHER_SIZE, which the node is resized to, and PILEUS_TEST_EC2_SKIP for
 * steps that the service cannot do, with blanks between, by their names below.
 */

#define TIMEOUT_MS 600000

static const char *
setting(const char *name, const char *otherwise)
{
    const char *value = getenv(name);

    return value == NULL ? otherwise : value;
}

static void
begin(walk *at)
{
    const char *endpoint = getenv("PILEUS_TEST_EC2_ENDPOINT");
    const char *pairs[][2] = {
        {"endpoint", endpoint},
        {"region", setting("PILEUS_TEST_EC2_REGION", MOCK_REGION)},
        {"key", setting("PILEUS_TEST_EC2_KEY", MOCK_KEY)},
        {"secret", setting("PILEUS_TEST_EC2_SECRET", MOCK_SECRET)},
    };
    pileus_options *options = NULL;
    pileus_error *err = NULL;

    if (endpoint == NULL) {
        at->mock = mock_start(1);
        at->mock->goes_on = true;
        at->mock->console = "bG9naW46IA==";
        pairs[0][1] = server_url(at->mock->web);
    }
    (void)snprintf(at->name, sizeof at->name, "pileus-walk-%ld",
                   (long)getpid());
    expect_ok(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        expect_ok(pileus_options_set(options, pairs[i][0], pairs[i][1], &err),
                  err);
    }
    expect_ok(
        pileus_connection_open(&at->conn, NULL, "ec2", options, NULL, &err),
        err);
    pileus_options_free(options);
    expect_ok(pileus_call_new(&at->call, &err), err);
    pileus_call_set_timeout(at->call, TIMEOUT_MS);
}

/* ---- what is on offer, and a key ------------------------------------------
 */

static void
look_around(walk *at)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_location_list(&list, at->conn, NULL, at->call, &err), err);
    assert_true(pileus_list_count(list) > 0);
    at->location = setting("PILEUS_TEST_EC2_LOCATION",
                           at->mock == NULL ? NULL : "eu-test-1a");
    pileus_list_free(list);
    expect_ok(pileus_size_list(&list, at->conn, NULL, at->call, &err), err);
    assert_true(pileus_list_count(list) > 0);
    pileus_list_free(list);
    expect_ok(pileus_image_list(&list, at->conn, NULL, at->call, &err), err);
    pileus_list_free(list);
}

static void
make_key(walk *at)
{
    pileus_key_pair *found = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_key_pair_create(&at->pair, at->conn, at->name, at->call, &err),
        err);
    assert_non_null(pileus_key_pair_private_key(at->pair));
    expect_ok(pileus_key_pair_get(&found, at->conn, at->name, at->call, &err),
              err);
    assert_string_equal(pileus_key_pair_name(found), at->name);
    pileus_key_pair_unref(found);
}

/* ---- a node ---------------------------------------------------------------
 */

static void
become(walk *at, pileus_state wanted)
{
    pileus_node *now = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_wait(&now, at->node, wanted, at->call, &err), err);
    if (now != NULL) {
        pileus_node_unref(at->node);
        at->node = now;
    }
}

static void
create(walk *at)
{
    const char *size = setting("PILEUS_TEST_EC2_SIZE", "t3.micro");
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_name(spec, at->name, &err), err);
    expect_ok(pileus_node_spec_set_size(spec, size, &err), err);
    expect_ok(pileus_node_spec_set_image(
                  spec, setting("PILEUS_TEST_EC2_IMAGE", "ami-7"), &err),
              err);
    if (at->location != NULL) {
        expect_ok(pileus_node_spec_set_location(spec, at->location, &err), err);
    }
    if (at->pair != NULL) {
        expect_ok(pileus_node_spec_set_key_name(spec, at->name, &err), err);
    }
    expect_ok(pileus_node_spec_set_user_data(spec, "#!/bin/sh\n", 10, &err),
              err);
    expect_ok(pileus_node_spec_add_tag(spec, "walk", "here", &err), err);
    expect_ok(pileus_node_create(&at->node, at->conn, spec, at->call, &err),
              err);
    pileus_node_spec_free(spec);
    become(at, PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_name(at->node), at->name);
    assert_string_equal(pileus_size_id(pileus_node_size(at->node)), size);
    assert_non_null(pileus_node_location_id(at->node));
}

static size_t
count_nodes(walk *at, const char *tag)
{
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t count;

    expect_ok(pileus_query_new(&query, &err), err);
    expect_ok(pileus_query_set_name(query, at->name, &err), err);
    expect_ok(pileus_query_add_tag(query, tag, NULL, &err), err);
    expect_ok(pileus_node_list(&list, at->conn, query, at->call, &err), err);
    count = pileus_list_count(list);
    pileus_list_free(list);
    pileus_query_free(query);
    return count;
}

static void
find(walk *at)
{
    assert_int_equal(count_nodes(at, "walk"), 1);
    assert_int_equal(count_nodes(at, "run"), 0);
}

static void
tag(walk *at)
{
    static const char *const keys[] = {"run"};
    pileus_error *err = NULL;

    expect_ok(pileus_node_set_tags(at->node, &(pileus_pair){"run", "there"}, 1,
                                   at->call, &err),
              err);
    assert_int_equal(count_nodes(at, "run"), 1);
    expect_ok(pileus_node_remove_tags(at->node, keys, 1, at->call, &err), err);
    assert_int_equal(count_nodes(at, "run"), 0);
}

/* ---- the node's life ------------------------------------------------------
 */

static void
stop(walk *at)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_stop(at->node, 0, at->call, &err), err);
    become(at, PILEUS_STATE_STOPPED);
}

static void
resize(walk *at)
{
    const char *size = setting("PILEUS_TEST_EC2_OTHER_SIZE", "t3.small");
    pileus_error *err = NULL;

    expect_ok(pileus_node_resize(at->node, size, 0, at->call, &err), err);
    become(at, PILEUS_STATE_STOPPED);
    assert_string_equal(pileus_size_id(pileus_node_size(at->node)), size);
}

static void
start(walk *at)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_start(at->node, 0, at->call, &err), err);
    become(at, PILEUS_STATE_RUNNING);
}

static void
reboot(walk *at)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_reboot(at->node, 0, at->call, &err), err);
    become(at, PILEUS_STATE_RUNNING);
}

static void
read_console(walk *at)
{
    pileus_text *log = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_console_log(&log, at->node, 0, at->call, &err), err);
    if (at->mock != NULL) {
        assert_string_equal(pileus_text_data(log, NULL), "login: ");
    }
    pileus_text_free(log);
}

static void
destroy(walk *at)
{
    pileus_error *err = NULL;

    expect_ok(pileus_node_destroy(at->node, 0, at->call, &err), err);
    become(at, PILEUS_STATE_TERMINATED);
    assert_int_equal(count_nodes(at, "walk"), 0);
    pileus_node_unref(at->node);
    at->node = NULL;
}

static void
delete_key(walk *at)
{
    pileus_error *err = NULL;

    if (at->pair != NULL) {
        expect_ok(pileus_key_pair_delete(at->pair, at->call, &err), err);
        pileus_key_pair_unref(at->pair);
        at->pair = NULL;
    }
}

/* ---- all of it ------------------------------------------------------------
 */

static const struct {
    const char *name;
    void (*walk)(walk *at);
} steps[] = {
    {"offer", look_around},
    {"key", make_key},
    {"create", create},
    {"find", find},
    {"tag", tag},
    {"volume", walk_use_volume},
    {"snapshot", walk_use_snapshot},
    {"destroy-volume", walk_destroy_volume},
    {"address", walk_use_address},
    {"console", read_console},
    {"reboot", reboot},
    {"stop", stop},
    {"resize", resize},
    {"start", start},
    {"destroy", destroy},
    {"delete-key", delete_key},
};

static bool
is_skipped(const char *name)
{
    char *skipped = strdup(setting("PILEUS_TEST_EC2_SKIP", ""));
    char *rest = NULL;
    bool found = false;

    assert_non_null(skipped);
    for (char *word = strtok_r(skipped, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest)) {
        found = found || strcmp(word, name) == 0;
    }
    free(skipped);
    return found;
}

static void
test_walk(void **state)
{
    walk *at = *state;

    begin(at);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (is_skipped(steps[i].name)) {
            print_message("%s is left out\n", steps[i].name);
            continue;
        }
        if (at->mock == NULL) {
            print_message("%s\n", steps[i].name);
        }
        steps[i].walk(at);
    }
}

static int
set_up(void **state)
{
    *state = calloc(1, sizeof(walk));
    return *state == NULL;
}

/* Whatever a step that failed has left. */
static int
clean_up(void **state)
{
    walk *at = *state;

    if (at->node != NULL) {
        (void)pileus_node_destroy(at->node, 0, NULL, NULL);
    }
    if (at->snapshot != NULL) {
        (void)pileus_snapshot_destroy(at->snapshot, NULL, NULL);
    }
    if (at->address != NULL) {
        (void)pileus_address_detach(at->address, NULL, NULL);
        (void)pileus_address_delete(at->address, NULL, NULL);
    }
    if (at->volume != NULL) {
        (void)pileus_volume_detach(at->volume, NULL, NULL);
        (void)pileus_volume_destroy(at->volume, 0, NULL, NULL);
    }
    if (at->pair != NULL) {
        (void)pileus_key_pair_delete(at->pair, NULL, NULL);
    }
    pileus_node_unref(at->node);
    pileus_snapshot_unref(at->snapshot);
    pileus_address_unref(at->address);
    pileus_volume_unref(at->volume);
    pileus_key_pair_unref(at->pair);
    pileus_call_free(at->call);
    pileus_connection_unref(at->conn);
    if (at->mock != NULL) {
        mock_stop(at->mock);
    }
    free(at);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_walk, set_up, clean_up),
    };

    return cmocka_run_group_tests_name("plugins/ec2_walk", tests, NULL, NULL);
}
