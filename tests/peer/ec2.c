/* The EC2 driver against libcloud's: every call, over real HTTP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/ec2.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The replay server answers as EC2 did when libcloud asked. Each call of
 * expected.json is made again through the driver, and each field of each answer
 * compared. What differs on purpose stands in ec2_differences.c, and nowhere
 * else.
 */

void
ec2_done(pileus_code code, const pileus_error *err)
{
    if (code != PILEUS_OK) {
        fail_msg("%s: %s", pileus_code_name(code), pileus_error_message(err));
    }
}

void
ec2_leave_out(struct run *run)
{
    if (!peer_differs(&run->check, run->op, "left out")) {
        fail_msg("%s is left out, and the table does not say why", run->op);
    }
    run->left_out++;
}

/* libcloud itself refuses, before it asks anything. */
bool
ec2_is_its_own_refusal(struct run *run)
{
    const char *class = "";

    if (run->result == NULL) {
        class = peer_string(peer_get(run->call, "error"), "class");
    }
    if (strcmp(class, "ValueError") != 0) {
        return false;
    }
    if (!peer_differs(&run->check, run->op, class)) {
        fail_msg("%s refuses, and the table does not say why", run->op);
    }
    run->left_out++;
    return true;
}

void
ec2_check_true(struct run *run, pileus_code code, const pileus_error *err)
{
    ec2_done(code, err);
    assert_true(YAJL_IS_TRUE(run->result));
    run->check.fields++;
}

/* ---- listings -------------------------------------------------------------
 */

typedef pileus_code (*list_fn)(pileus_list **list, pileus_connection *conn,
                               const pileus_query *query, pileus_call *call,
                               pileus_error **err);

/* The recording answers with more nodes than were asked for: ours are those,
 * and are as theirs are. */
static void
check_asked(struct run *run, const pileus_list *list)
{
    size_t found = 0;

    for (size_t i = 0; i < YAJL_GET_ARRAY(run->result)->len; i++) {
        yajl_val theirs = YAJL_GET_ARRAY(run->result)->values[i];

        for (size_t n = 0; n < pileus_list_count(list); n++) {
            const pileus_node *node = pileus_list_node(list, n);

            if (strcmp(pileus_node_id(node), peer_string(theirs, "id")) == 0) {
                peer_check_object(&run->check, theirs, node);
                found++;
            }
        }
    }
    assert_int_equal(found, pileus_list_count(list));
    assert_int_equal(found,
                     YAJL_GET_ARRAY(peer_get(run->args, "ex_node_ids"))->len);
}

static void
run_list(struct run *run, list_fn list_all)
{
    yajl_val ids = peer_get(run->args, "ex_node_ids");
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_query_new(&query, &err), err);
    for (size_t i = 0; ids != NULL && i < YAJL_GET_ARRAY(ids)->len; i++) {
        ec2_done(pileus_query_add_id(
                     query, YAJL_GET_STRING(YAJL_GET_ARRAY(ids)->values[i]),
                     PILEUS_NUL_TERMINATED, &err),
                 err);
    }
    ec2_done(list_all(&list, run->conn, query, NULL, &err), err);
    pileus_query_free(query);
    if (ids == NULL) {
        peer_check_list(&run->check, run->result, list);
    } else {
        check_asked(run, list);
    }
    pileus_list_free(list);
}

static void
list_locations(struct run *run)
{
    run_list(run, pileus_location_list);
}

static void
list_images(struct run *run)
{
    run_list(run, pileus_image_list);
}

/* Is it an address that libcloud's node has? */
static bool
has_address(yajl_val node, const pileus_address *address)
{
    yajl_val ips = peer_get(node, "public_ips");

    for (size_t i = 0; i < YAJL_GET_ARRAY(ips)->len; i++) {
        const char *ip = YAJL_GET_STRING(YAJL_GET_ARRAY(ips)->values[i]);

        if (ip != NULL && strcmp(ip, pileus_address_ip(address)) == 0) {
            return true;
        }
    }
    return false;
}

/* libcloud adds the addresses that lead to a node to those that it has. */
static void
check_addresses(struct run *run)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t found = 0;

    ec2_done(pileus_address_list(&list, run->conn, NULL, NULL, &err), err);
    assert_int_equal(pileus_list_count(list), 3);
    for (size_t i = 0; i < YAJL_GET_ARRAY(run->result)->len; i++) {
        yajl_val node = YAJL_GET_ARRAY(run->result)->values[i];

        for (size_t n = 0; n < pileus_list_count(list); n++) {
            const pileus_address *address = pileus_list_address(list, n);

            if (strcmp(pileus_address_node_id(address),
                       peer_string(node, "id")) == 0) {
                assert_true(has_address(node, address));
                found++;
            }
        }
    }
    assert_int_equal(found, 1); /* the others are of nodes that it leaves out */
    run->check.fields += found;
    pileus_list_free(list);
}

static void
list_nodes(struct run *run)
{
    run_list(run, pileus_node_list);
    check_addresses(run);
}

static void
list_volumes(struct run *run)
{
    run_list(run, pileus_volume_list);
}

static void
list_key_pairs(struct run *run)
{
    run_list(run, pileus_key_pair_list);
}

/* ---- nodes ----------------------------------------------------------------
 */

static void
create_node(struct run *run)
{
    pileus_node_spec *spec;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    bool whole = false;

    if (ec2_is_its_own_refusal(run)) {
        return;
    }
    spec = ec2_spec_of(&run->check, run->args, &whole);
    if (run->result == NULL) { /* for what we cannot ask */
        assert_false(whole);
        run->left_out++;
    } else {
        ec2_done(pileus_node_create(&node, run->conn, spec, NULL, &err), err);
        peer_check_object(&run->check, run->result, node);
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

/* The one of that id, from a listing. */
pileus_node *
ec2_the_node(struct run *run)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    replay_scenario(run->server, "main");
    ec2_done(pileus_node_get(&node, run->conn,
                             peer_string(peer_get(run->args, "node"), "id"),
                             PILEUS_NUL_TERMINATED, NULL, &err),
             err);
    replay_scenario(run->server, peer_string(run->call, "scenario"));
    return node;
}

static void
change(struct run *run,
       pileus_code (*verb)(pileus_node *node, uint64_t flags, pileus_call *call,
                           pileus_error **err))
{
    pileus_node *node = ec2_the_node(run);
    pileus_error *err = NULL;

    ec2_check_true(run, verb(node, 0, NULL, &err), err);
    pileus_node_unref(node);
}

static void
reboot_node(struct run *run)
{
    change(run, pileus_node_reboot);
}

static void
start_node(struct run *run)
{
    change(run, pileus_node_start);
}

static void
stop_node(struct run *run)
{
    change(run, pileus_node_stop);
}

static void
destroy_node(struct run *run)
{
    change(run, pileus_node_destroy);
}

/* ---- all of them ----------------------------------------------------------
 */

static const struct {
    const char *op;
    void (*run)(struct run *run);
} operations[] = {
    {"attach_volume", ec2_attach_volume},
    {"copy_image", ec2_leave_out},
    {"create_image", ec2_create_image},
    {"create_key_pair", ec2_create_key_pair},
    {"create_node", create_node},
    {"create_volume", ec2_create_volume},
    {"create_volume_snapshot", ec2_create_snapshot},
    {"delete_key_pair", ec2_delete_key_pair},
    {"destroy_node", destroy_node},
    {"destroy_volume", ec2_destroy_volume},
    {"destroy_volume_snapshot", ec2_destroy_snapshot},
    {"detach_volume", ec2_detach_volume},
    {"ex_start_node", start_node},
    {"ex_stop_node", stop_node},
    {"get_image", ec2_get_image},
    {"get_key_pair", ec2_get_key_pair},
    {"import_key_pair_from_file", ec2_import_key_pair},
    {"import_key_pair_from_string", ec2_import_key_pair},
    {"list_images", list_images},
    {"list_key_pairs", list_key_pairs},
    {"list_locations", list_locations},
    {"list_nodes", list_nodes},
    {"list_sizes", ec2_list_sizes},
    {"list_snapshots", ec2_list_snapshots},
    {"list_volume_snapshots", ec2_list_volume_snapshots},
    {"list_volumes", list_volumes},
    {"reboot_node", reboot_node},
    {"start_node", start_node},
    {"stop_node", stop_node},
};

static void
run_call(struct run *run)
{
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        if (strcmp(operations[i].op, run->op) == 0) {
            operations[i].run(run);
            return;
        }
    }
    fail_msg("%s is not tried here", run->op);
}

static pileus_connection *
connect_to(const replay *server, yajl_val constructor)
{
    char endpoint[128];
    const char *const pairs[][2] = {
        {"endpoint", endpoint},
        {"key", peer_string(constructor, "key")},
        {"secret", peer_string(constructor, "secret")},
        {"region", peer_string(constructor, "region")},
        {"retries", "0"},
    };
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)snprintf(endpoint, sizeof endpoint, "%s" EC2_OURS,
                   replay_url(server));
    ec2_done(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        ec2_done(pileus_options_set(options, pairs[i][0], pairs[i][1], &err),
                 err);
    }
    ec2_done(pileus_connection_open(&conn, NULL, "ec2", options, NULL, &err),
             err);
    pileus_options_free(options);
    return conn;
}

/* All that libcloud asked was asked, but for what the table says. */
static void
check_summary(struct run *run, const ec2_exchanges *exchanges)
{
    yajl_val summary;
    yajl_val never;

    replay_scenario(run->server, "main");
    summary = replay_summary(run->server);
    never = peer_get(summary, "never_asked");
    assert_int_equal(YAJL_GET_ARRAY(peer_get(summary, "unmatched"))->len, 0);
    for (size_t i = 0; i < YAJL_GET_ARRAY(never)->len; i++) {
        size_t n = (size_t)YAJL_GET_INTEGER(
            peer_get(YAJL_GET_ARRAY(never)->values[i], "n"));

        if (n >= exchanges->first &&
            !peer_differs(&run->check, exchanges->actions[n - exchanges->first],
                          "never asked")) {
            fail_msg("nobody asked %s",
                     exchanges->actions[n - exchanges->first]);
        }
    }
    yajl_tree_free(summary);
}

static void
run_all(struct run *run, yajl_val calls)
{
    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        run->call = YAJL_GET_ARRAY(calls)->values[i];
        run->op = peer_string(run->call, "op");
        run->args = peer_get(run->call, "args");
        run->result = peer_get(run->call, "result");
        if (YAJL_IS_NULL(run->result)) {
            run->result = NULL;
        }
        replay_scenario(run->server, peer_string(run->call, "scenario"));
        run_call(run);
    }
}

static void
test_every_call(void **state)
{
    /* Pages, filters and such are asked otherwise; that they are is tried with
     * the mock. */
    static const char match[] =
        "{\"ignore_query\": [\"maxresults\", \"owner.1\", \"executableby.1\", "
        "\"imageid.1\", \"instanceid.1\", \"instanceid.2\", \"keyname\", "
        "\"keyname.1\", \"includepublickey\", \"filter.1.name\", "
        "\"filter.2.name\", \"filter.1.value.1\", \"filter.1.value.2\", "
        "\"filter.1.value.3\", \"filter.1.value.4\", \"filter.1.value.5\", "
        "\"filter.2.value.1\"]}";
    char *text = replay_read("ec2", "expected.json");
    struct run now = {.check = {.differences = ec2_differences}};
    ec2_exchanges exchanges = {0};
    yajl_val expected = NULL;

    (void)state;
    if (text != NULL && ec2_exchanges_read(&exchanges)) {
        expected = yajl_tree_parse(text, NULL, 0);
        assert_non_null(expected);
        ec2_exchanges_add_sizes(&exchanges, expected);
        now.server = replay_start("ec2", exchanges.text, match);
    }
    if (now.server == NULL) {
        yajl_tree_free(expected);
        ec2_exchanges_free(&exchanges);
        free(text);
        skip();
    }
    now.conn = connect_to(now.server, peer_get(expected, "constructor"));
    run_all(&now, peer_get(expected, "calls"));
    check_summary(&now, &exchanges);
    peer_check_met(&now.check);
    print_message("%zu calls, %zu left out, %zu fields compared\n",
                  YAJL_GET_ARRAY(peer_get(expected, "calls"))->len,
                  now.left_out, now.check.fields);
    assert_true(now.check.fields > 1000);
    pileus_connection_unref(now.conn);
    replay_stop(now.server);
    yajl_tree_free(expected);
    ec2_exchanges_free(&exchanges);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
    };

    return cmocka_run_group_tests_name("peer/ec2", tests, NULL, NULL);
}
