/* The OpenStack driver against libcloud's: nodes and sizes. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack.h"

#include <stdio.h>
#include <string.h>

/* A thing's id, where libcloud is given the thing or the id. */
static const char *
id_of(yajl_val thing)
{
    return YAJL_IS_STRING(thing) ? YAJL_GET_STRING(thing)
                                 : peer_string(thing, "id");
}

static pileus_node *
get(os_run *run, const char *id)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_get(&node, run->conn, id, PILEUS_NUL_TERMINATED, NULL,
                              &err),
              err);
    return node;
}

/* The one of that id in the listing of this scenario. */
static pileus_node *
find(os_run *run, const char *id)
{
    pileus_list *list = NULL;
    pileus_node *found = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_list(&list, run->conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        if (strcmp(pileus_node_id(pileus_list_node(list, i)), id) == 0) {
            found = pileus_node_ref(pileus_list_node(list, i));
        }
    }
    assert_non_null(found);
    pileus_list_free(list);
    return found;
}

pileus_node *
os_the_node(os_run *run, const char *status)
{
    const char *id = id_of(peer_get(run->args, "node"));
    char scenario[64];
    pileus_node *node;

    if (strcmp(run->scenario, "keystone_v3") == 0) {
        return find(run, id);
    }
    (void)snprintf(scenario, sizeof scenario, OS_SCENARIO "%s", status);
    replay_scenario(run->server, scenario);
    node = get(run, id);
    assert_string_equal(pileus_node_provider_state(node), status);
    replay_scenario(run->server, run->scenario);
    return node;
}

/* ---- create ---------------------------------------------------------------
 */

/* Arguments that are words in both. */
static bool
set_word(pileus_node_spec *spec, const char *name, const char *word)
{
    pileus_error *err = NULL;

    if (strcmp(name, "name") == 0) {
        expect_ok(pileus_node_spec_set_name(spec, word, &err), err);
    } else if (strcmp(name, "ex_availability_zone") == 0) {
        expect_ok(pileus_node_spec_set_location(spec, word, &err), err);
    } else if (strcmp(name, "ex_keyname") == 0) {
        expect_ok(pileus_node_spec_set_key_name(spec, word, &err), err);
    } else if (strcmp(name, "ex_userdata") == 0) {
        expect_ok(
            pileus_node_spec_set_user_data(spec, word, strlen(word), &err),
            err);
    } else if (strcmp(name, "ex_disk_config") == 0) {
        expect_ok(pileus_node_spec_set_option(spec, "disk-config", word, &err),
                  err);
    } else {
        return false;
    }
    return true;
}

static bool
set_argument(pileus_node_spec *spec, const char *name, yajl_val value)
{
    pileus_error *err = NULL;

    if (YAJL_IS_STRING(value)) {
        return set_word(spec, name, YAJL_GET_STRING(value));
    }
    if (strcmp(name, "size") == 0) {
        expect_ok(pileus_node_spec_set_size(spec, id_of(value), &err), err);
    } else if (strcmp(name, "image") == 0) {
        expect_ok(pileus_node_spec_set_image(spec, id_of(value), &err), err);
    } else if (strcmp(name, "ex_config_drive") == 0) {
        assert_true(YAJL_IS_TRUE(value));
        expect_ok(
            pileus_node_spec_set_option(spec, "config-drive", "true", &err),
            err);
    } else if (strcmp(name, "ex_blockdevicemappings") == 0) {
        yajl_val volume = YAJL_GET_ARRAY(value)->values[0];

        assert_true(YAJL_IS_FALSE(peer_get(volume, "delete_on_termination")));
        expect_ok(pileus_node_spec_set_option(
                      spec, "boot-volume", peer_string(volume, "uuid"), &err),
                  err);
    } else {
        return false;
    }
    return true;
}

void
os_create_node(os_run *run)
{
    pileus_node_spec *spec = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    for (size_t i = 0; i < YAJL_GET_OBJECT(run->args)->len; i++) {
        const char *name = YAJL_GET_OBJECT(run->args)->keys[i];

        if (!set_argument(spec, name, YAJL_GET_OBJECT(run->args)->values[i]) &&
            !peer_differs(&run->check, run->op, name)) {
            fail_msg("create_node's %s is not tried here", name);
        }
    }
    if (os_check_outcome(run,
                         pileus_node_create(&node, run->conn, spec, NULL, &err),
                         &err)) {
        peer_check_object(&run->check, run->result, node);
    }
    pileus_node_unref(node);
    pileus_node_spec_free(spec);
}

/* ---- get, verbs -----------------------------------------------------------
 */

void
os_get_node(os_run *run)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        pileus_node_get(&node, run->conn, id_of(peer_get(run->args, "node_id")),
                        PILEUS_NUL_TERMINATED, NULL, &err);

    if (run->result == NULL) { /* None: there is no such node */
        assert_int_equal(code, PILEUS_NOT_FOUND);
        expect_error(&err, PILEUS_NOT_FOUND, "does-not-exist");
        run->check.fields++;
    } else {
        expect_ok(code, err);
        peer_check_object(&run->check, run->result, node);
    }
    pileus_node_unref(node);
}

static const struct {
    const char *op;
    const char *status; /* of the node */
    pileus_code (*verb)(pileus_node *node, uint64_t flags, pileus_call *call,
                        pileus_error **err);
    uint64_t flags;
    pileus_state after;
} verbs[] = {
    {"reboot_node", "ACTIVE", pileus_node_reboot, PILEUS_HARD,
     PILEUS_STATE_REBOOTING},
    {"ex_hard_reboot_node", "ACTIVE", pileus_node_reboot, PILEUS_HARD,
     PILEUS_STATE_REBOOTING},
    {"ex_soft_reboot_node", "ACTIVE", pileus_node_reboot, PILEUS_SOFT,
     PILEUS_STATE_REBOOTING},
    {"start_node", "SHUTOFF", pileus_node_start, 0, PILEUS_STATE_STARTING},
    {"ex_start_node", "SHUTOFF", pileus_node_start, 0, PILEUS_STATE_STARTING},
    {"ex_pause_node", "ACTIVE", pileus_node_pause, 0, PILEUS_STATE_UPDATING},
    {"ex_unpause_node", "PAUSED", pileus_node_unpause, 0,
     PILEUS_STATE_STARTING},
    {"ex_suspend_node", "ACTIVE", pileus_node_suspend, 0,
     PILEUS_STATE_UPDATING},
    {"ex_resume_node", "SUSPENDED", pileus_node_resume, 0,
     PILEUS_STATE_STARTING},
    {"stop_node", "ACTIVE", pileus_node_stop, 0, PILEUS_STATE_STOPPING},
    {"ex_stop_node", "ACTIVE", pileus_node_stop, 0, PILEUS_STATE_STOPPING},
    {"destroy_node", "ACTIVE", pileus_node_destroy, 0, PILEUS_STATE_TERMINATED},
};

void
os_change_node(os_run *run)
{
    pileus_error *err = NULL;

    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verbs[i].op, run->op) == 0) {
            pileus_node *node = os_the_node(run, verbs[i].status);

            os_check_true(run, verbs[i].verb(node, verbs[i].flags, NULL, &err),
                          &err);
            assert_int_equal(pileus_node_state(node), verbs[i].after);
            pileus_node_unref(node);
            return;
        }
    }
    fail_msg("%s is no verb", run->op);
}

void
os_resize_node(os_run *run)
{
    pileus_node *node = os_the_node(run, "ACTIVE");
    const char *size = peer_string(peer_get(run->args, "size"), "id");
    pileus_error *err = NULL;

    os_check_true(run, pileus_node_resize(node, size, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RECONFIGURING);
    pileus_node_unref(node);
}

/* libcloud also sends a flavor, which a rebuild has not got, the name that the
 * node has, no metadata at all, and whether there is a drive for them, which
 * stays as it is. */
void
os_rebuild_node(os_run *run)
{
    pileus_node *node = os_the_node(run, "ACTIVE");
    const char *image = peer_string(peer_get(run->args, "image"), "id");
    yajl_val disk = peer_get(run->args, "ex_disk_config");
    pileus_node_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_spec_new(&spec, &err), err);
    expect_ok(pileus_node_spec_set_image(spec, image, &err), err);
    if (disk != NULL) {
        expect_ok(pileus_node_spec_set_option(spec, "disk-config",
                                              YAJL_GET_STRING(disk), &err),
                  err);
    }
    os_check_true(run, pileus_node_rebuild(node, spec, 0, NULL, &err), &err);
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_PENDING);
    assert_string_equal(pileus_node_provider_state(node), "REBUILD");
    pileus_node_spec_free(spec);
    pileus_node_unref(node);
}

/* ---- sizes ----------------------------------------------------------------
 */

/* The one of the listing. */
void
os_get_size(os_run *run)
{
    const char *id = peer_string(run->args, "size_id");
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    bool found = false;

    expect_ok(pileus_size_list(&list, run->conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const pileus_size *size = pileus_list_size(list, i);

        if (strcmp(pileus_size_id(size), id) == 0) {
            peer_check_object(&run->check, run->result, size);
            found = true;
        }
    }
    assert_true(found);
    pileus_list_free(list);
}
