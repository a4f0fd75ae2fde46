/* libcloud's calls about CloudStack's nodes, made again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/cloudstack.h"

#include <stdio.h>
#include <string.h>

/* The ids or names of a list, with commas between; "" when it is not there. */
static void
join(char *text, size_t size, yajl_val list, const char *key)
{
    size_t used = 0;

    *text = '\0';
    for (size_t i = 0; list != NULL && i < YAJL_GET_ARRAY(list)->len; i++) {
        yajl_val item = YAJL_GET_ARRAY(list)->values[i];
        yajl_val value = key == NULL ? item : peer_get(item, key);
        const char *string = YAJL_IS_NUMBER(value) ? YAJL_GET_NUMBER(value)
                                                   : YAJL_GET_STRING(value);

        used += (size_t)snprintf(text + used, size - used, "%s%s",
                                 i == 0 ? "" : ",", string);
        assert_true(used < size);
    }
}

static void
set_option(pileus_node_spec *spec, const char *name, const char *value)
{
    pileus_error *err = NULL;

    if (value != NULL && *value != '\0') {
        expect_ok(pileus_node_spec_set_option(spec, name, value, &err), err);
    }
}

static void
set_options(const peer_run *run, pileus_node_spec *spec)
{
    char text[256];
    yajl_val project = peer_get(run->args, "project");

    join(text, sizeof text, peer_get(run->args, "networks"), "id");
    set_option(spec, "networks", text);
    join(text, sizeof text, peer_get(run->args, "ex_security_groups"), NULL);
    set_option(spec, "security-groups", text);
    set_option(spec, "ip-address",
               YAJL_GET_STRING(peer_get(run->args, "ex_ip_address")));
    set_option(spec, "root-disk-size",
               YAJL_GET_STRING(peer_get(run->args, "ex_rootdisksize")));
    if (peer_get(run->args, "ex_start_vm") != NULL) {
        assert_true(YAJL_IS_FALSE(peer_get(run->args, "ex_start_vm")));
        set_option(spec, "start", "false");
    }
    if (project != NULL) {
        set_option(spec, "project", peer_string(project, "id"));
    }
}

/* A spec of all that the call says; an argument that is not known here is a
 * failure. */
static pileus_node_spec *
make_spec(const peer_run *run)
{
    static const char *const known[] = {"name",
                                        "size",
                                        "image",
                                        "location",
                                        "networks",
                                        "ex_keyname",
                                        "ex_ip_address",
                                        "ex_rootdisksize",
                                        "ex_start_vm",
                                        "project",
                                        "ex_security_groups",
                                        "ex_userdata"};
    const char *key = YAJL_GET_STRING(peer_get(run->args, "ex_keyname"));
    const char *data = YAJL_GET_STRING(peer_get(run->args, "ex_userdata"));
    yajl_val location = peer_get(run->args, "location");
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    for (size_t i = 0; i < YAJL_GET_OBJECT(run->args)->len; i++) {
        bool found = false;

        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
            found |= strcmp(known[k], YAJL_GET_OBJECT(run->args)->keys[i]) == 0;
        }
        assert_true(found);
    }
    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(
        pileus_node_spec_set_name(spec, peer_string(run->args, "name"), &err),
        err);
    expect_ok(pileus_node_spec_set_size(
                  spec, peer_string(peer_get(run->args, "size"), "id"), &err),
              err);
    expect_ok(pileus_node_spec_set_image(
                  spec, peer_string(peer_get(run->args, "image"), "id"), &err),
              err);
    if (location != NULL) {
        expect_ok(pileus_node_spec_set_location(
                      spec, peer_string(location, "id"), &err),
                  err);
    }
    if (key != NULL) {
        expect_ok(pileus_node_spec_set_key_name(spec, key, &err), err);
    }
    if (data != NULL) {
        expect_ok(
            pileus_node_spec_set_user_data(spec, data, strlen(data), &err),
            err);
    }
    set_options(run, spec);
    return spec;
}

void
run_create_node(peer_run *run)
{
    pileus_node_spec *spec = make_spec(run);
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_create(&node, run->conn, spec, NULL, &err);

    if (code == PILEUS_FAILED) { /* in its job, when there was an id already */
        assert_string_equal(pileus_error_made_id(err), "2602");
    }
    if (check_outcome(run, code, &err)) {
        peer_check_object(&run->check, run->result, node);
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

pileus_node *
get_node(const peer_run *run)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_get(&node, run->conn,
                              peer_string(peer_get(run->args, "node"), "id"),
                              PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    return node;
}

void
run_verb(peer_run *run)
{
    static const struct {
        const char *op;
        pileus_code (*verb)(pileus_node *node, uint64_t flags,
                            pileus_call *call, pileus_error **err);
        const char *word; /* of the state that its job comes to */
    } verbs[] = {
        {"reboot_node", pileus_node_reboot, "Running"},
        {"ex_stop", pileus_node_stop, "Stopped"},
        {"ex_start", pileus_node_start, "Starting"},
        {"destroy_node", pileus_node_destroy, "Destroyed"},
    };
    bool expunge = peer_get(run->args, "ex_expunge") != NULL;
    pileus_connection *conn = run->conn;
    pileus_node *node;
    pileus_error *err = NULL;
    size_t i = 0;

    run->conn = expunge
                    ? open_cloudstack(replay_url(run->server), API_PATH, true)
                    : conn;
    node = get_node(run);
    while (strcmp(verbs[i].op, peer_string(run->call, "op")) != 0) {
        i++;
        assert_true(i < sizeof verbs / sizeof verbs[0]);
    }
    expect_ok(verbs[i].verb(node, 0, NULL, &err), err);
    assert_string_equal(pileus_node_provider_state(node), verbs[i].word);
    if (YAJL_IS_STRING(run->result)) {
        assert_string_equal(YAJL_GET_STRING(run->result), verbs[i].word);
    } else {
        assert_true(YAJL_IS_TRUE(run->result));
    }
    pileus_node_unref(node);
    if (expunge) {
        pileus_connection_unref(run->conn);
    }
    run->conn = conn;
}

/* libcloud takes whatever comes for what it asked for; so does its suite, with
 * ids of which there is nothing. */
void
run_get(peer_run *run)
{
    yajl_val id = peer_get(run->args, "node_id");
    bool volume = id == NULL;
    pileus_volume *got = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    const char *text;
    pileus_code code;

    id = volume ? peer_get(run->args, "volume_id") : id;
    text = YAJL_IS_NUMBER(id) ? YAJL_GET_NUMBER(id) : YAJL_GET_STRING(id);
    code = volume ? pileus_volume_get(&got, run->conn, text,
                                      PILEUS_NUL_TERMINATED, NULL, &err)
                  : pileus_node_get(&node, run->conn, text,
                                    PILEUS_NUL_TERMINATED, NULL, &err);
    if (strcmp(text, peer_string(run->result, "id")) != 0) {
        assert_int_equal(code, PILEUS_NOT_FOUND);
        expect_error(&err, PILEUS_NOT_FOUND, text);
        assert_true(peer_differs(&run->check, peer_string(run->result, "_type"),
                                 "another"));
    } else {
        expect_ok(code, err);
        peer_check_object(&run->check, run->result, node);
    }
    pileus_node_unref(node);
    pileus_volume_unref(got);
}
