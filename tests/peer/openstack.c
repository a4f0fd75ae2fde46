/* The OpenStack driver against libcloud's: every call, over real HTTP. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The replay server answers as OpenStack, and Rackspace's cloud, did when
 * libcloud asked. Each call of expected.json is made again through the driver,
 * and each field of each answer compared. What differs on purpose stands in
 * openstack_differences.c, and nowhere else.
 */

/* What may differ in a request:
 *   name       the look before a create asks for the name alone
 *   volume_id  Cinder sorts snapshots out; libcloud does it itself
 * and the catalogue is to name the replay server. */
#define MATCH                                                                  \
    "{\"ignore_query\": [\"name\", \"volume_id\"], "                           \
    "\"rewrite_hosts\": [\"^/v3/auth/tokens\"]}"

void
os_leave_out(os_run *run)
{
    if (!peer_differs(&run->check, run->op, "left out")) {
        fail_msg("%s is left out, and the table does not say why", run->op);
    }
    run->left_out++;
}

bool
os_left_to_nova(os_run *run)
{
    if (!run->old) {
        return false;
    }
    if (!peer_differs(&run->check, run->op, "left out of Nova")) {
        fail_msg("%s is left out, and the table does not say why", run->op);
    }
    run->left_out++;
    return true;
}

bool
os_check_outcome(os_run *run, pileus_code code, pileus_error **err)
{
    static const struct {
        const char *class;
        pileus_code code;
        int64_t status;
    } failures[] = {
        {"KeyPairDoesNotExistError", PILEUS_NOT_FOUND, 404},
        {"BaseHTTPError", PILEUS_AUTHENTICATION, 401},
    };
    yajl_val error = peer_get(run->call, "error");

    if (error == NULL) {
        expect_ok(code, *err);
        return true;
    }
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        if (strcmp(peer_string(error, "class"), failures[i].class) == 0) {
            assert_int_equal(code, failures[i].code);
            assert_int_equal(pileus_error_status(*err), failures[i].status);
            run->check.fields += 2;
            pileus_error_free(*err);
            *err = NULL;
            return false;
        }
    }
    fail_msg("libcloud's %s is compared with nothing",
             peer_string(error, "class"));
    return false;
}

void
os_check_true(os_run *run, pileus_code code, pileus_error **err)
{
    expect_ok(code, *err);
    assert_true(YAJL_IS_TRUE(run->result));
    run->check.fields++;
}

/* ---- names ----------------------------------------------------------------
 */

/* Our extras have OpenStack's names, libcloud's have its own: the values of
 * both are compared by giving libcloud's ours. */
static const struct {
    const char *class;
    const char *theirs;
    const char *ours;
} names[] = {
    {"Node", "access_ip", "accessIPv4"},
    {"Node", "access_ipv6", "accessIPv6"},
    {"Node", "availability_zone", "OS-EXT-AZ:availability_zone"},
    {"Node", "disk_config", "OS-DCF:diskConfig"},
    {"Node", "flavor_details", "flavor"},
    {"Node", "power_state", "OS-EXT-STS:power_state"},
    {"Node", "task_state", "OS-EXT-STS:task_state"},
    {"Node", "tenantId", "tenant_id"},
    {"Node", "userId", "user_id"},
    {"Node", "vm_state", "OS-EXT-STS:vm_state"},
    {"Node", "volumes_attached", "os-extended-volumes:volumes_attached"},
    {"NodeImage", "created", "created_at"},
    {"NodeImage", "minDisk", "min_disk"},
    {"NodeImage", "minRam", "min_ram"},
    {"NodeImage", "updated", "updated_at"},
    {"StorageVolume", "location", "availability_zone"},
    {"VolumeSnapshot", "created", "created_at"},
};

static void
rename_key(yajl_val object, const char *from, const char *to)
{
    for (size_t i = 0; i < YAJL_GET_OBJECT(object)->len; i++) {
        const char **key = &YAJL_GET_OBJECT(object)->keys[i];

        if (strcmp(*key, from) == 0) {
            free((void *)(uintptr_t)*key);
            *key = strdup(to);
            assert_non_null(*key);
        }
    }
}

static void
rename_keys(os_run *run, yajl_val thing, const char *class)
{
    yajl_val extra = peer_get(thing, "extra");

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].class, class) == 0 && YAJL_IS_OBJECT(extra)) {
            rename_key(extra, names[i].theirs, names[i].ours);
        }
    }
    /* A type is what check.c does not look at. */
    if (run->rackspace && peer_differs(&run->check, "rackspace", "uuid")) {
        rename_key(thing, "uuid", "_type");
    }
}

/* In a thing of libcloud's, or a list of such. */
static void
rename_in(os_run *run, yajl_val thing)
{
    if (YAJL_IS_ARRAY(thing)) {
        for (size_t i = 0; i < YAJL_GET_ARRAY(thing)->len; i++) {
            rename_in(run, YAJL_GET_ARRAY(thing)->values[i]);
        }
    } else if (YAJL_IS_OBJECT(thing) && peer_get(thing, "_type") != NULL) {
        rename_keys(run, thing, peer_string(thing, "_type"));
    }
}

/* ---- listings -------------------------------------------------------------
 */

typedef pileus_code (*list_fn)(pileus_list **list, pileus_connection *conn,
                               const pileus_query *query, pileus_call *call,
                               pileus_error **err);

static void
run_list(os_run *run, list_fn list_all)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    if (os_check_outcome(run, list_all(&list, run->conn, NULL, NULL, &err),
                         &err)) {
        peer_check_list(&run->check, run->result, list);
    }
    pileus_list_free(list);
}

static void
list_sizes(os_run *run)
{
    run_list(run, pileus_size_list);
}

/* A page that leads to itself is an error, and not the end. */
static void
list_images(os_run *run)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    if (os_left_to_nova(run)) {
        return;
    }
    if (strstr(run->scenario, "infinite_loop") == NULL) {
        run_list(run, pileus_image_list);
        return;
    }
    assert_true(peer_differs(&run->check, run->op, "the same page again"));
    assert_int_equal(pileus_image_list(&list, run->conn, NULL, NULL, &err),
                     PILEUS_PROTOCOL);
    expect_error(&err, PILEUS_PROTOCOL, "page");
    run->check.fields++;
}

static void
list_nodes(os_run *run)
{
    run_list(run, pileus_node_list);
}

static void
list_volumes(os_run *run)
{
    if (!os_left_to_nova(run)) {
        run_list(run, pileus_volume_list);
    }
}

static void
list_key_pairs(os_run *run)
{
    run_list(run, pileus_key_pair_list);
}

/* ---- all of them ----------------------------------------------------------
 */

static const struct {
    const char *op;
    void (*run)(os_run *run);
} operations[] = {
    {"attach_volume", os_change_volume},
    {"create_image", os_create_image},
    {"create_key_pair", os_create_key_pair},
    {"create_node", os_create_node},
    {"create_volume", os_create_volume},
    {"create_volume_snapshot", os_create_snapshot},
    {"delete_image", os_delete_image},
    {"delete_key_pair", os_delete_key_pair},
    {"destroy_node", os_change_node},
    {"destroy_volume", os_change_volume},
    {"destroy_volume_snapshot", os_destroy_snapshot},
    {"detach_volume", os_change_volume},
    {"ex_get_node_details", os_get_node},
    {"ex_get_size", os_get_size},
    {"ex_get_snapshot", os_leave_out},
    {"ex_get_volume", os_get_volume},
    {"ex_hard_reboot_node", os_change_node},
    {"ex_pause_node", os_change_node},
    {"ex_rebuild", os_rebuild_node},
    {"ex_resize", os_resize_node},
    {"ex_resume_node", os_change_node},
    {"ex_soft_reboot_node", os_change_node},
    {"ex_start_node", os_change_node},
    {"ex_stop_node", os_change_node},
    {"ex_suspend_node", os_change_node},
    {"ex_unpause_node", os_change_node},
    {"get_image", os_get_image},
    {"get_key_pair", os_get_key_pair},
    {"import_key_pair_from_file", os_import_key_pair},
    {"import_key_pair_from_string", os_import_key_pair},
    {"list_images", list_images},
    {"list_key_pairs", list_key_pairs},
    {"list_locations", os_leave_out},
    {"list_nodes", list_nodes},
    {"list_sizes", list_sizes},
    {"list_volume_snapshots", os_list_snapshots},
    {"list_volumes", list_volumes},
    {"reboot_node", os_change_node},
    {"start_node", os_change_node},
    {"stop_node", os_change_node},
};

static void
run_call(os_run *run)
{
    for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
        if (strcmp(operations[i].op, run->op) == 0) {
            operations[i].run(run);
            return;
        }
    }
    fail_msg("%s is not tried here", run->op);
}

/* nova: the path of Nova; NULL: all by the catalogue, as libcloud's scenario
 * for that has it. */
static pileus_connection *
connect_to(const replay *server, const char *nova)
{
    char endpoint[128];
    char compute[128];
    char images[128];
    char volumes[128];
    const char *const pairs[][2] = {
        {"endpoint", endpoint},
        {"username", "user_name"},
        {"user-domain", "test_domain"},
        {"password", "api_key"},
        {"project", "test_tenant"},
        {"project-domain-id", "test_tenant_domain_id"},
        {"region", "regionOne"},
        {"compute-endpoint", nova == NULL ? NULL : compute},
        {"image-endpoint", nova == NULL ? NULL : images},
        {"volume-endpoint", nova == NULL ? NULL : volumes},
    };
    pileus_options *options = NULL;
    pileus_connection *conn = NULL;
    pileus_error *err = NULL;

    (void)snprintf(endpoint, sizeof endpoint, "%s/v3", replay_url(server));
    (void)snprintf(compute, sizeof compute, "%s%s", replay_url(server), nova);
    (void)snprintf(images, sizeof images, "%s" OS_NOVA "/v2",
                   replay_url(server));
    (void)snprintf(volumes, sizeof volumes, "%s" OS_CINDER, replay_url(server));
    expect_ok(pileus_options_new(&options, &err), err);
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (pairs[i][1] != NULL) {
            expect_ok(
                pileus_options_set(options, pairs[i][0], pairs[i][1], &err),
                err);
        }
    }
    expect_ok(
        pileus_connection_open(&conn, NULL, "openstack", options, NULL, &err),
        err);
    pileus_options_free(options);
    return conn;
}

/* With a connection of its own where libcloud had another Nova. */
static void
run_connected(os_run *run, pileus_connection *usual)
{
    bool catalogue = strcmp(run->scenario, "keystone_v3") == 0;
    bool forced = strstr(run->scenario, "ex_force_auth_token") != NULL;

    run->conn = usual;
    if (catalogue || forced) {
        run->conn = connect_to(run->server, catalogue ? NULL : "/v1.1/slug");
    }
    run_call(run);
    if (run->conn != usual) {
        pileus_connection_unref(run->conn);
    }
}

/* ---- what was asked -------------------------------------------------------
 */

/* Of what libcloud asked in a scenario, all was asked but for what the table
 * says. */
static void
check_asked(os_run *run, const char *scenario, bool old)
{
    yajl_val summary;
    yajl_val never;

    replay_scenario(run->server, scenario);
    summary = replay_summary(run->server);
    never = peer_get(summary, "never_asked");
    assert_int_equal(YAJL_GET_ARRAY(peer_get(summary, "unmatched"))->len, 0);
    for (size_t i = 0; i < YAJL_GET_ARRAY(never)->len; i++) {
        yajl_val exchange = YAJL_GET_ARRAY(never)->values[i];
        const char *path = peer_string(exchange, "path");
        const char *op = peer_string(exchange, "op");

        if (strcmp(op, "ours") != 0 &&
            !peer_differs(&run->check, path, "never asked") &&
            !peer_differs(&run->check, op, "left out") &&
            !(old && peer_differs(&run->check, op, "left out of Nova"))) {
            fail_msg("%s: nobody asked %s, for %s", scenario, path, op);
        }
    }
    yajl_tree_free(summary);
}

static void
check_all_asked(os_run *run, yajl_val calls)
{
    const char *last = "";

    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        yajl_val call = YAJL_GET_ARRAY(calls)->values[i];
        const char *scenario = peer_string(call, "scenario");

        if (strcmp(scenario, last) != 0) {
            check_asked(run, scenario,
                        run->rackspace || peer_get(call, "class") != NULL);
        }
        last = scenario;
    }
}

/* ---- the packs ------------------------------------------------------------
 */

static void
run_calls(os_run *run, yajl_val expected, pileus_connection *usual)
{
    yajl_val calls = peer_get(expected, "calls");

    run->rackspace = strcmp(peer_string(expected, "driver"), "rackspace") == 0;
    for (size_t i = 0; i < YAJL_GET_ARRAY(calls)->len; i++) {
        run->call = YAJL_GET_ARRAY(calls)->values[i];
        run->op = peer_string(run->call, "op");
        run->scenario = peer_string(run->call, "scenario");
        run->args = peer_get(run->call, "args");
        run->result = peer_get(run->call, "result");
        run->old = run->rackspace || peer_get(run->call, "class") != NULL;
        if (YAJL_IS_NULL(run->result)) {
            run->result = NULL;
        }
        rename_in(run, run->result);
        rename_in(run, peer_get(run->args, "snapshot"));
        replay_scenario(run->server, run->scenario);
        run_connected(run, usual);
    }
    check_all_asked(run, calls);
}

/* False: the pack is not there. */
static bool
run_pack(os_run *run, const char *pack, const char *ours)
{
    char *text = replay_read(pack, "expected.json");
    pileus_connection *usual;
    yajl_val expected;

    run->server = text == NULL ? NULL : replay_start(pack, ours, MATCH);
    if (run->server == NULL) {
        free(text);
        return false;
    }
    expected = yajl_tree_parse(text, NULL, 0);
    assert_non_null(expected);
    usual = connect_to(run->server, OS_NOVA);
    run_calls(run, expected, usual);
    print_message("%s: %zu calls\n", pack,
                  YAJL_GET_ARRAY(peer_get(expected, "calls"))->len);
    pileus_connection_unref(usual);
    replay_stop(run->server);
    yajl_tree_free(expected);
    free(text);
    return true;
}

static void
test_every_call(void **state)
{
    os_run now = {.check = {.differences = openstack_differences}};
    char *ours = os_exchanges();

    (void)state;
    if (ours == NULL || !run_pack(&now, "openstack", ours) ||
        !run_pack(&now, "rackspace", ours)) {
        free(ours);
        skip();
    }
    peer_check_met(&now.check);
    print_message("%zu calls left out, %zu fields compared\n", now.left_out,
                  now.check.fields);
    assert_true(now.check.fields > 1000);
    free(ours);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_call),
    };

    return cmocka_run_group_tests_name("peer/openstack", tests, NULL, NULL);
}
