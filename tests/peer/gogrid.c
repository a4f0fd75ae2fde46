/* The GoGrid driver against libcloud's: every call, over real HTTP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/check.h"
#include "tests/peer/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The replay server answers as GoGrid did when libcloud asked. Each call of
 * expected.json is made again through the driver, and each field of each answer
 * compared. What differs on purpose stands here, and nowhere else.
 */

#define API "GoGrid API wiki, "

static const peer_difference differences[] = {
    {"Node", "+extra.isSandbox", "libcloud leaves it out", API "Server"},
    {"Node", "+extra.os", "libcloud leaves it out", API "Server"},
    {"Node", "+extra.type", "libcloud leaves it out", API "Server"},
    {"Node", "+extra.username", "libcloud leaves it out", API "Password"},
    {"NodeImage", "+extra.billingtokens", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.description", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.isActive", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.isPublic", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.location", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.name", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.os", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.owner", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.price", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.state", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.type", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.updatedTime", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.createdTime", "libcloud has no extra", API "Image"},
    {"NodeImage", "+extra.architecture", "libcloud has no extra", API "Image"},
    {"NodeLocation", "+extra.description", "libcloud leaves it out",
     API "Lookups"},
    {"ex_edit_image", "left out", "there is no editing of images in pileus",
     API "grid.image.edit"},
    {"ex_edit_node", "left out", "there is no editing of nodes in pileus",
     API "grid.server.edit"},
    {"ex_list_ips", "left out",
     "there are no addresses by themselves in pileus", API "grid.ip.list"},
    {NULL, NULL, NULL, NULL},
};

/* What we ask and libcloud does not: the server that was made, by its id. */
static const char ours[] =
    "{\"op\": \"ours\", \"scenario\": \"main\", \"request\": {\"method\": "
    "\"GET\", \"host\": \"https://api.gogrid.com\", \"path\": "
    "\"/api/grid/server/get\", \"query\": {\"id\": \"90967\", \"v\": \"1.8\", "
    "\"format\": \"json\"}, \"headers\": "
    "{}, \"body\": \"\"}, \"response\": {\"status\": 200, \"headers\": {}, "
    "\"body\": \"{\\\"status\\\": \\\"success\\\", \\\"list\\\": [{\\\"id\\\": "
    "90967, \\\"name\\\": \\\"test1\\\", \\\"description\\\": \\\"test "
    "server\\\", \\\"ip\\\": {\\\"ip\\\": \\\"192.168.0.202\\\"}, \\\"ram\\\": "
    "{\\\"name\\\": \\\"512MB\\\"}, \\\"state\\\": {\\\"name\\\": "
    "\\\"On\\\"}}]}\"}}\n";

struct run {
    peer_check check;
    replay *server;
    pileus_connection *conn;
    const char *op;
    yajl_val args;
    yajl_val call;
    yajl_val result; /* NULL: it is to fail */
    size_t left_out;
};

static void
done(pileus_code code, const pileus_error *err)
{
    if (code != PILEUS_OK) {
        fail_msg("%s: %s", pileus_code_name(code), pileus_error_message(err));
    }
}

/* ---- failures -------------------------------------------------------------
 */

/* libcloud's classes of errors, or their words, and what we have for them. */
static const struct {
    const char *class;
    pileus_code code;
    int64_t status;
} failures[] = {
    {"InvalidCredsError", PILEUS_AUTHENTICATION, 403},
    {"MalformedResponseError", PILEUS_UNAVAILABLE, 503},
    {"BaseHTTPError", PILEUS_NOT_FOUND, 404},
    {"LibcloudError", PILEUS_QUOTA, 0},
};

static void
check_error(struct run *run, pileus_code code, pileus_error *err)
{
    const char *class = peer_string(peer_get(run->call, "error"), "class");

    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        if (strcmp(failures[i].class, class) == 0) {
            assert_int_equal(code, failures[i].code);
            assert_int_equal(pileus_error_status(err), failures[i].status);
            run->check.fields += 2;
            pileus_error_free(err);
            return;
        }
    }
    fail_msg("nobody knows the error %s", class);
}

/* ---- listings -------------------------------------------------------------
 */

typedef pileus_code (*list_fn)(pileus_list **list, pileus_connection *conn,
                               const pileus_query *query, pileus_call *call,
                               pileus_error **err);

static void
run_list(struct run *run, list_fn list_all)
{
    yajl_val location = peer_get(run->args, "location");
    pileus_query *query = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    done(pileus_query_new(&query, &err), err);
    if (location != NULL) {
        done(
            pileus_query_set_location(query, peer_string(location, "id"), &err),
            err);
    }
    code = list_all(&list, run->conn, query, NULL, &err);
    pileus_query_free(query);
    if (run->result == NULL) {
        check_error(run, code, err);
        return;
    }
    done(code, err);
    peer_check_list(&run->check, run->result, list);
    pileus_list_free(list);
}

static void
list_locations(struct run *run)
{
    run_list(run, pileus_location_list);
}

static void
list_sizes(struct run *run)
{
    run_list(run, pileus_size_list);
}

static void
list_images(struct run *run)
{
    run_list(run, pileus_image_list);
}

static void
list_nodes(struct run *run)
{
    run_list(run, pileus_node_list);
}

/* ---- nodes ----------------------------------------------------------------
 */

static void
create_node(struct run *run)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    done(pileus_node_spec_new(&spec, &err), err);
    done(pileus_node_spec_set_name(spec, peer_string(run->args, "name"), &err),
         err);
    done(pileus_node_spec_set_size(
             spec, peer_string(peer_get(run->args, "size"), "id"), &err),
         err);
    done(pileus_node_spec_set_image(
             spec, peer_string(peer_get(run->args, "image"), "id"), &err),
         err);
    code = pileus_node_create(&node, run->conn, spec, NULL, &err);
    pileus_node_spec_free(spec);
    if (run->result == NULL) {
        check_error(run, code, err);
        return;
    }
    done(code, err);
    peer_check_object(&run->check, run->result, node);
    pileus_node_unref(node);
}

static pileus_node *
the_node(struct run *run)
{
    yajl_val theirs = peer_get(run->args, "node");
    pileus_list *list = NULL;
    pileus_node *node;
    pileus_error *err = NULL;

    replay_scenario(run->server, "main");
    done(pileus_node_list(&list, run->conn, NULL, NULL, &err), err);
    replay_scenario(run->server, peer_string(run->call, "scenario"));
    node = pileus_node_ref(pileus_list_node(list, 0));
    assert_string_equal(pileus_node_id(node), peer_string(theirs, "id"));
    if (YAJL_IS_STRING(peer_get(theirs, "name"))) {
        peer_check_object(&run->check, theirs, node);
    }
    pileus_list_free(list);
    return node;
}

static void
change(struct run *run,
       pileus_code (*verb)(pileus_node *node, uint64_t flags, pileus_call *call,
                           pileus_error **err))
{
    pileus_node *node = the_node(run);
    pileus_error *err = NULL;
    pileus_code code = verb(node, 0, NULL, &err);

    pileus_node_unref(node);
    if (run->result == NULL) {
        check_error(run, code, err);
    } else {
        done(code, err);
        assert_true(YAJL_IS_TRUE(run->result));
        run->check.fields++;
    }
}

static void
reboot_node(struct run *run)
{
    change(run, pileus_node_reboot);
}

static void
destroy_node(struct run *run)
{
    change(run, pileus_node_destroy);
}

static void
save_image(struct run *run)
{
    pileus_node *node = the_node(run);
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    done(pileus_image_create(&image, node, peer_string(run->args, "name"), NULL,
                             NULL, &err),
         err);
    peer_check_object(&run->check, run->result, image);
    pileus_image_unref(image);
    pileus_node_unref(node);
}

static void
leave_out(struct run *run)
{
    assert_true(peer_differs(&run->check, run->op, "left out"));
    run->left_out++;
}

/* ---- all of them ----------------------------------------------------------
 */

static const struct {
    const char *op;
    void (*run)(struct run *run);
} operations[] = {
    {"list_locations", list_locations}, {"list_sizes", list_sizes},
    {"list_images", list_images},       {"list_nodes", list_nodes},
    {"create_node", create_node},       {"reboot_node", reboot_node},
    {"destroy_node", destroy_node},     {"ex_save_image", save_image},
    {"ex_edit_image", leave_out},       {"ex_edit_node", leave_out},
    {"ex_list_ips", leave_out},
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
        {"retries", "0"},
    };
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)snprintf(endpoint, sizeof endpoint, "%s/api", replay_url(server));
    done(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        done(pileus_options_set(options, pairs[i][0], pairs[i][1], &err), err);
    }
    done(pileus_connection_open(&conn, NULL, "gogrid", options, NULL, &err),
         err);
    pileus_options_free(options);
    return conn;
}

static void
check_summary(replay *server)
{
    yajl_val summary = replay_summary(server);

    assert_int_equal(YAJL_GET_ARRAY(peer_get(summary, "unmatched"))->len, 0);
    assert_int_equal(YAJL_GET_ARRAY(peer_get(summary, "never_asked"))->len, 0);
    yajl_tree_free(summary);
}

static void
test_every_call(void **state)
{
    char *text = replay_read("gogrid", "expected.json");
    struct run now = {.check = {.differences = differences}};
    char wrong[256] = "";
    yajl_val expected;
    yajl_val calls;

    (void)state;
    if (text != NULL) {
        now.server = replay_start("gogrid", ours,
                                  "{\"ignore_query\": [\"num_items\", "
                                  "\"page\"]}");
    }
    if (now.server == NULL) {
        free(text);
        skip();
    }
    expected = yajl_tree_parse(text, wrong, sizeof wrong);
    assert_non_null(expected);
    now.conn = connect_to(now.server, peer_get(expected, "constructor"));
    calls = peer_get(expected, "calls");
    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        now.call = YAJL_GET_ARRAY(calls)->values[i];
        now.op = peer_string(now.call, "op");
        now.args = peer_get(now.call, "args");
        now.result = peer_get(now.call, "result");
        replay_scenario(now.server, peer_string(now.call, "scenario"));
        run_call(&now);
    }
    replay_scenario(now.server, "main");
    check_summary(now.server);
    peer_check_met(&now.check);
    print_message("%zu calls, %zu left out, %zu fields compared\n",
                  YAJL_GET_ARRAY(calls)->len, now.left_out, now.check.fields);
    assert_true(now.check.fields > 100);
    pileus_connection_unref(now.conn);
    replay_stop(now.server);
    yajl_tree_free(expected);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
    };

    return cmocka_run_group_tests_name("peer/gogrid", tests, NULL, NULL);
}
