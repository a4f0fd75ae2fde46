/* The OpenStack driver against libcloud's: images, volumes, key pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack.h"

#include <stdio.h>
#include <string.h>

/* ---- images ---------------------------------------------------------------
 */

static pileus_image *
get_image(os_run *run, const char *id)
{
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_image_get(&image, run->conn, id, PILEUS_NUL_TERMINATED,
                               NULL, &err),
              err);
    return image;
}

void
os_get_image(os_run *run)
{
    pileus_image *image;

    if (os_left_to_nova(run)) {
        return;
    }
    image = get_image(run, peer_string(run->args, "image_id"));
    peer_check_object(&run->check, run->result, image);
    pileus_image_unref(image);
}

void
os_create_image(os_run *run)
{
    pileus_node *node;
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    if (os_left_to_nova(run)) {
        return;
    }
    node = os_the_node(run, "ACTIVE");
    expect_ok(pileus_image_create(&image, node, peer_string(run->args, "name"),
                                  NULL, NULL, &err),
              err);
    peer_check_object(&run->check, run->result, image);
    pileus_image_unref(image);
    pileus_node_unref(node);
}

void
os_delete_image(os_run *run)
{
    pileus_image *image;
    pileus_error *err = NULL;

    if (os_left_to_nova(run)) {
        return;
    }
    image = get_image(run, peer_string(peer_get(run->args, "image"), "id"));
    os_check_true(run, pileus_image_delete(image, NULL, &err), &err);
    pileus_image_unref(image);
}

/* ---- volumes --------------------------------------------------------------
 */

/* The volume of that id, in a state: "available" or "in-use". */
static pileus_volume *
the_volume(os_run *run, const char *id, const char *status)
{
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    char scenario[64];

    (void)snprintf(scenario, sizeof scenario, OS_SCENARIO "%s", status);
    replay_scenario(run->server,
                    strncmp(id, "cd76", 4) == 0 ? scenario : "main");
    expect_ok(pileus_volume_get(&volume, run->conn, id, PILEUS_NUL_TERMINATED,
                                NULL, &err),
              err);
    replay_scenario(run->server, run->scenario);
    return volume;
}

static pileus_volume *
asked_volume(os_run *run)
{
    yajl_val theirs = peer_get(run->args, "volume");
    yajl_val extra = peer_get(theirs, "extra");

    return the_volume(run, peer_string(theirs, "id"),
                      strcmp(run->op, "detach_volume") == 0
                          ? "in-use"
                          : peer_string(extra, "state"));
}

void
os_get_volume(os_run *run)
{
    pileus_volume *volume;

    if (os_left_to_nova(run)) {
        return;
    }
    volume = the_volume(run, peer_string(run->result, "id"),
                        peer_string(peer_get(run->result, "extra"), "state"));
    peer_check_object(&run->check, run->result, volume);
    pileus_volume_unref(volume);
}

void
os_create_volume(os_run *run)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    if (os_left_to_nova(run)) {
        return;
    }
    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(
        pileus_volume_spec_set_name(spec, peer_string(run->args, "name"), &err),
        err);
    expect_ok(pileus_volume_spec_set_size(
                  spec, YAJL_GET_INTEGER(peer_get(run->args, "size")), &err),
              err);
    expect_ok(pileus_volume_create(&volume, run->conn, spec, NULL, &err), err);
    peer_check_object(&run->check, run->result, volume);
    pileus_volume_unref(volume);
    pileus_volume_spec_free(spec);
}

static pileus_code
attach(os_run *run, pileus_volume *volume, pileus_error **err)
{
    const char *device = peer_string(run->args, "device");
    pileus_node *node = os_the_node(run, "ACTIVE");
    pileus_code code = pileus_volume_attach(
        volume, node, strcmp(device, "auto") == 0 ? NULL : device, NULL, err);

    pileus_node_unref(node);
    return code;
}

/* Attach, detach, destroy. */
void
os_change_volume(os_run *run)
{
    bool attaches = strcmp(run->op, "attach_volume") == 0;
    pileus_volume *volume;
    pileus_error *err = NULL;
    pileus_code code;

    if (strcmp(run->op, "destroy_volume") == 0 && os_left_to_nova(run)) {
        return;
    }
    volume = asked_volume(run);
    if (attaches) {
        code = attach(run, volume, &err);
    } else if (strcmp(run->op, "detach_volume") == 0) {
        code = pileus_volume_detach(volume, NULL, &err);
    } else {
        code = pileus_volume_destroy(volume, 0, NULL, &err);
    }
    os_check_true(run, code, &err);
    pileus_volume_unref(volume);
}

/* ---- snapshots ------------------------------------------------------------
 */

void
os_create_snapshot(os_run *run)
{
    pileus_volume *volume;
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    if (os_left_to_nova(run)) {
        return;
    }
    if (strcmp(peer_string(run->result, "_type"), "MagicMock") == 0) {
        os_leave_out(run);
        return;
    }
    volume = asked_volume(run);
    expect_ok(pileus_snapshot_create(&snapshot, volume,
                                     peer_string(run->args, "name"), NULL,
                                     &err),
              err);
    peer_check_object(&run->check, run->result, snapshot);
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(volume);
}

/* The recording does not narrow down, as Cinder does: ours are those of the
 * volume. */
void
os_list_snapshots(os_run *run)
{
    pileus_volume *volume;
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t found = 0;

    if (os_left_to_nova(run)) {
        return;
    }
    volume = asked_volume(run);
    expect_ok(pileus_snapshot_list(&list, run->conn, volume, NULL, NULL, &err),
              err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        const pileus_snapshot *snapshot = pileus_list_snapshot(list, i);

        if (strcmp(pileus_snapshot_volume_id(snapshot),
                   pileus_volume_id(volume)) == 0) {
            assert_true(found < YAJL_GET_ARRAY(run->result)->len);
            peer_check_object(&run->check,
                              YAJL_GET_ARRAY(run->result)->values[found++],
                              snapshot);
        }
    }
    assert_int_equal(found, YAJL_GET_ARRAY(run->result)->len);
    run->check.fields++;
    pileus_list_free(list);
    pileus_volume_unref(volume);
}

void
os_destroy_snapshot(os_run *run)
{
    yajl_val theirs = peer_get(run->args, "snapshot");
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    if (os_left_to_nova(run)) {
        return;
    }
    expect_ok(pileus_snapshot_get(&snapshot, run->conn,
                                  peer_string(theirs, "id"),
                                  PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    peer_check_object(&run->check, theirs, snapshot);
    os_check_true(run, pileus_snapshot_destroy(snapshot, NULL, &err), &err);
    pileus_snapshot_unref(snapshot);
}

/* ---- key pairs ------------------------------------------------------------
 */

void
os_get_key_pair(os_run *run)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_key_pair_get(
        &pair, run->conn, peer_string(run->args, "name"), NULL, &err);

    if (os_check_outcome(run, code, &err)) {
        peer_check_object(&run->check, run->result, pair);
    }
    pileus_key_pair_unref(pair);
}

void
os_create_key_pair(os_run *run)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_key_pair_create(
                  &pair, run->conn, peer_string(run->args, "name"), NULL, &err),
              err);
    peer_check_object(&run->check, run->result, pair);
    pileus_key_pair_unref(pair);
}

/* What libcloud's file has is in its result, but for the end of the line. */
void
os_import_key_pair(os_run *run)
{
    const char *key = peer_string(run->result, "public_key");
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    char line[1024];

    (void)snprintf(line, sizeof line, "%.*s", (int)strcspn(key, "\n"), key);
    expect_ok(pileus_key_pair_import(&pair, run->conn,
                                     peer_string(run->args, "name"), line, NULL,
                                     &err),
              err);
    peer_check_object(&run->check, run->result, pair);
    pileus_key_pair_unref(pair);
}

/* Of libcloud's own making, but for its name: found in the listing. */
void
os_delete_key_pair(os_run *run)
{
    const char *name = peer_string(peer_get(run->args, "key_pair"), "name");
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    bool found = false;

    expect_ok(pileus_key_pair_list(&list, run->conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        pileus_key_pair *pair = pileus_list_key_pair(list, i);

        if (strcmp(pileus_key_pair_name(pair), name) == 0) {
            os_check_true(run, pileus_key_pair_delete(pair, NULL, &err), &err);
            found = true;
        }
    }
    assert_true(found);
    pileus_list_free(list);
}
