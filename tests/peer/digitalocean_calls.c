/* libcloud's calls of its DigitalOcean driver, made through ours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/digitalocean.h"

#include <stdio.h>
#include <string.h>

/* The call must fail as libcloud's did: with its status and words. */
static void
check_error(struct run *run, pileus_code code, pileus_error *err)
{
    yajl_val wanted = peer_get(run->call, "error");
    yajl_val status = peer_get(wanted, "http_code");
    const char *words = pileus_error_provider_message(err);

    assert_non_null(wanted);
    assert_int_not_equal(code, PILEUS_OK);
    if (status == NULL) {
        status = peer_get(wanted, "code");
    } else {
        assert_int_equal(code, PILEUS_AUTHENTICATION);
    }
    assert_int_equal(pileus_error_status(err), YAJL_GET_INTEGER(status));
    assert_non_null(words);
    assert_non_null(strstr(peer_string(wanted, "message"), words));
    assert_true(strcmp(words, "") != 0);
    run->check.fields += 3;
    pileus_error_free(err);
}

static pileus_node *
the_node(struct run *run)
{
    const char *id = peer_string(peer_get(run->args, "node"), "id");
    pileus_list *list = NULL;
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    done(pileus_node_list(&list, run->conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        if (strcmp(pileus_node_id(pileus_list_node(list, i)), id) == 0) {
            node = pileus_node_ref(pileus_list_node(list, i));
        }
    }
    peer_check_object(&run->check, peer_get(run->args, "node"), node);
    pileus_list_free(list);
    return node;
}

static pileus_volume *
the_volume(struct run *run)
{
    pileus_list *list = NULL;
    pileus_volume *volume;
    pileus_error *err = NULL;

    done(pileus_volume_list(&list, run->conn, NULL, NULL, &err), err);
    volume = pileus_volume_ref(pileus_list_volume(list, 0));
    peer_check_object(&run->check, peer_get(run->args, "volume"), volume);
    pileus_list_free(list);
    return volume;
}

/* ---- listings ------------------------------------------------------------ */

static pileus_query *
query_of(struct run *run)
{
    yajl_val location = peer_get(run->args, "location");
    pileus_query *query = NULL;
    pileus_error *err = NULL;

    done(pileus_query_new(&query, &err), err);
    if (location != NULL) {
        done(
            pileus_query_set_location(query, peer_string(location, "id"), &err),
            err);
    }
    if (YAJL_IS_FALSE(peer_get(run->args, "ex_available"))) {
        done(pileus_query_add_filter(query, "available", "any", &err), err);
    }
    return query;
}

typedef pileus_code (*list_fn)(pileus_list **list, pileus_connection *conn,
                               const pileus_query *query, pileus_call *call,
                               pileus_error **err);

static void
run_list(struct run *run, list_fn list_all)
{
    pileus_query *query = query_of(run);
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    pileus_code code = list_all(&list, run->conn, query, NULL, &err);

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

static void
list_volume_snapshots(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    done(pileus_snapshot_list(&list, run->conn, volume, NULL, NULL, &err), err);
    peer_check_list(&run->check, run->result, list);
    pileus_list_free(list);
    pileus_volume_unref(volume);
}

/* ---- nodes --------------------------------------------------------------- */

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
    done(pileus_node_spec_set_location(
             spec, peer_string(peer_get(run->args, "location"), "id"), &err),
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

static void
get_node(struct run *run)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    done(pileus_node_get(&node, run->conn, peer_string(run->args, "node_id"),
                         PILEUS_NUL_TERMINATED, NULL, &err),
         err);
    peer_check_object(&run->check, run->result, node);
    pileus_node_unref(node);
}

/* A verb, which leaves the node in that state. */
static void
run_verb(struct run *run,
         pileus_code (*verb)(pileus_node *node, uint64_t flags,
                             pileus_call *call, pileus_error **err),
         uint64_t flags, pileus_state after)
{
    pileus_node *node = the_node(run);
    pileus_error *err = NULL;

    assert_true(YAJL_IS_TRUE(run->result));
    done(verb(node, flags, NULL, &err), err);
    assert_int_equal(pileus_node_state(node), after);
    pileus_node_unref(node);
}

static void
reboot_node(struct run *run)
{
    run_verb(run, pileus_node_reboot, 0, PILEUS_STATE_REBOOTING);
}

static void
power_on_node(struct run *run)
{
    run_verb(run, pileus_node_start, 0, PILEUS_STATE_STARTING);
}

static void
shutdown_node(struct run *run)
{
    run_verb(run, pileus_node_stop, PILEUS_SOFT, PILEUS_STATE_STOPPING);
}

static void
destroy_node(struct run *run)
{
    run_verb(run, pileus_node_destroy, 0, PILEUS_STATE_TERMINATED);
}

static void
rename_node(struct run *run)
{
    assert_true(peer_differs(&run->check, run->op, "left out"));
}

/* ---- images -------------------------------------------------------------- */

static void
create_image(struct run *run)
{
    pileus_node *node = the_node(run);
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    assert_true(YAJL_IS_TRUE(run->result));
    assert_true(peer_differs(&run->check, run->op, "result"));
    done(pileus_image_create(&image, node, peer_string(run->args, "name"), NULL,
                             NULL, &err),
         err);
    assert_string_equal(pileus_image_id(image), "12345");
    pileus_image_unref(image);
    pileus_node_unref(node);
}

static pileus_image *
image_of(struct run *run, yajl_val theirs, const char *id)
{
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    done(pileus_image_get(&image, run->conn, id, PILEUS_NUL_TERMINATED, NULL,
                          &err),
         err);
    peer_check_object(&run->check, theirs, image);
    return image;
}

static void
get_image(struct run *run)
{
    char id[32];

    (void)snprintf(id, sizeof id, "%lld",
                   YAJL_GET_INTEGER(peer_get(run->args, "image_id")));
    pileus_image_unref(image_of(run, run->result, id));
}

static void
delete_image(struct run *run)
{
    yajl_val theirs = peer_get(run->args, "image");
    pileus_image *image = image_of(run, theirs, peer_string(theirs, "id"));
    pileus_error *err = NULL;

    assert_true(YAJL_IS_TRUE(run->result));
    done(pileus_image_delete(image, NULL, &err), err);
    pileus_image_unref(image);
}

/* ---- volumes ------------------------------------------------------------- */

static void
create_volume(struct run *run)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    done(pileus_volume_spec_new(&spec, &err), err);
    done(
        pileus_volume_spec_set_name(spec, peer_string(run->args, "name"), &err),
        err);
    done(pileus_volume_spec_set_size(
             spec, YAJL_GET_INTEGER(peer_get(run->args, "size")), &err),
         err);
    done(pileus_volume_spec_set_location(
             spec, peer_string(peer_get(run->args, "location"), "id"), &err),
         err);
    done(pileus_volume_create(&volume, run->conn, spec, NULL, &err), err);
    peer_check_object(&run->check, run->result, volume);
    pileus_volume_unref(volume);
    pileus_volume_spec_free(spec);
}

static void
attach_volume(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_node *node = the_node(run);
    pileus_error *err = NULL;

    assert_true(YAJL_IS_TRUE(run->result));
    assert_true(peer_differs(&run->check, run->op, "request"));
    done(pileus_volume_attach(volume, node, NULL, NULL, &err), err);
    pileus_node_unref(node);
    pileus_volume_unref(volume);
}

static void
detach_volume(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_error *err = NULL;

    assert_true(YAJL_IS_TRUE(run->result));
    assert_int_equal(YAJL_GET_INTEGER(peer_get(run->call, "exchanges")), 0);
    assert_true(peer_differs(&run->check, run->op, "result"));
    assert_int_equal(pileus_volume_detach(volume, NULL, &err), PILEUS_CONFLICT);
    pileus_error_free(err);
    pileus_volume_unref(volume);
}

static void
destroy_volume(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_error *err = NULL;

    assert_true(YAJL_IS_TRUE(run->result));
    done(pileus_volume_destroy(volume, 0, NULL, &err), err);
    pileus_volume_unref(volume);
}

static void
create_volume_snapshot(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    done(pileus_snapshot_create(&snapshot, volume,
                                peer_string(run->args, "name"), NULL, &err),
         err);
    peer_check_object(&run->check, run->result, snapshot);
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(volume);
}

static void
delete_volume_snapshot(struct run *run)
{
    yajl_val theirs = peer_get(run->args, "snapshot");
    pileus_list *volumes = NULL;
    pileus_list *list = NULL;
    pileus_snapshot *snapshot;
    pileus_error *err = NULL;

    done(pileus_volume_list(&volumes, run->conn, NULL, NULL, &err), err);
    done(pileus_snapshot_list(&list, run->conn, pileus_list_volume(volumes, 0),
                              NULL, NULL, &err),
         err);
    snapshot = pileus_list_snapshot(list, 0);
    peer_check_object(&run->check, theirs, snapshot);
    assert_true(YAJL_IS_TRUE(run->result));
    done(pileus_snapshot_destroy(snapshot, NULL, &err), err);
    pileus_list_free(list);
    pileus_list_free(volumes);
}

/* ---- key pairs ----------------------------------------------------------- */

static void
create_key_pair(struct run *run)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    done(pileus_key_pair_import(
             &pair, run->conn, peer_string(run->args, "name"),
             peer_string(run->args, "public_key"), NULL, &err),
         err);
    peer_check_object(&run->check, run->result, pair);
    pileus_key_pair_unref(pair);
}

static void
delete_key_pair(struct run *run)
{
    yajl_val theirs = peer_get(run->args, "key");
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    done(pileus_key_pair_get(&pair, run->conn, peer_string(theirs, "name"),
                             NULL, &err),
         err);
    peer_check_object(&run->check, theirs, pair);
    assert_true(YAJL_IS_TRUE(run->result));
    done(pileus_key_pair_delete(pair, NULL, &err), err);
    pileus_key_pair_unref(pair);
}

/* ---- all of them --------------------------------------------------------- */

static const struct {
    const char *op;
    void (*run)(struct run *run);
} operations[] = {
    {"list_locations", list_locations},
    {"list_sizes", list_sizes},
    {"list_images", list_images},
    {"list_nodes", list_nodes},
    {"create_node", create_node},
    {"ex_get_node_details", get_node},
    {"reboot_node", reboot_node},
    {"ex_power_on_node", power_on_node},
    {"ex_shutdown_node", shutdown_node},
    {"ex_rename_node", rename_node},
    {"destroy_node", destroy_node},
    {"create_image", create_image},
    {"get_image", get_image},
    {"delete_image", delete_image},
    {"list_volumes", list_volumes},
    {"create_volume", create_volume},
    {"attach_volume", attach_volume},
    {"detach_volume", detach_volume},
    {"destroy_volume", destroy_volume},
    {"list_volume_snapshots", list_volume_snapshots},
    {"create_volume_snapshot", create_volume_snapshot},
    {"delete_volume_snapshot", delete_volume_snapshot},
    {"list_key_pairs", list_key_pairs},
    {"create_key_pair", create_key_pair},
    {"delete_key_pair", delete_key_pair},
};

void
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
