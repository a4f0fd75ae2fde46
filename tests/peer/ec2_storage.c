/* The EC2 driver against libcloud's: images, volumes, snapshots, key pairs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/ec2.h"

#include <string.h>

/* ---- images ---------------------------------------------------------------
 */

void
ec2_get_image(struct run *run)
{
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_image_get(&image, run->conn,
                              peer_string(run->args, "image_id"),
                              PILEUS_NUL_TERMINATED, NULL, &err),
             err);
    peer_check_object(&run->check, run->result, image);
    pileus_image_unref(image);
}

void
ec2_create_image(struct run *run)
{
    pileus_node *node = ec2_the_node(run);
    pileus_image *image = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_image_create(&image, node, peer_string(run->args, "name"),
                                 peer_string(run->args, "description"), NULL,
                                 &err),
             err);
    peer_check_object(&run->check, run->result, image);
    pileus_image_unref(image);
    pileus_node_unref(node);
}

/* ---- volumes and snapshots ------------------------------------------------
 */

void
ec2_create_volume(struct run *run)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    if (ec2_is_its_own_refusal(run)) {
        return;
    }
    ec2_done(pileus_volume_spec_new(&spec, &err), err);
    ec2_done(
        pileus_volume_spec_set_name(spec, peer_string(run->args, "name"), &err),
        err);
    ec2_done(pileus_volume_spec_set_size(
                 spec, YAJL_GET_INTEGER(peer_get(run->args, "size")), &err),
             err);
    ec2_done(
        pileus_volume_spec_set_location(
            spec, peer_string(peer_get(run->args, "location"), "name"), &err),
        err);
    if (peer_get(run->args, "ex_encrypted") != NULL) {
        ec2_done(pileus_volume_spec_set_option(spec, "encrypted", "true", &err),
                 err);
        ec2_done(
            pileus_volume_spec_set_option(
                spec, "kms-key", peer_string(run->args, "ex_kms_key_id"), &err),
            err);
    }
    ec2_done(pileus_volume_create(&volume, run->conn, spec, NULL, &err), err);
    peer_check_object(&run->check, run->result, volume);
    pileus_volume_unref(volume);
    pileus_volume_spec_free(spec);
}

/* NULL, and left out, when no listing has it. */
static pileus_volume *
the_volume(struct run *run)
{
    const char *id = peer_string(peer_get(run->args, "volume"), "id");
    pileus_volume *found = NULL;
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    replay_scenario(run->server, "main");
    ec2_done(pileus_volume_list(&list, run->conn, NULL, NULL, &err), err);
    replay_scenario(run->server, peer_string(run->call, "scenario"));
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        pileus_volume *volume = pileus_list_volume(list, i);

        if (strcmp(pileus_volume_id(volume), id) == 0) {
            found = pileus_volume_ref(volume);
        }
    }
    pileus_list_free(list);
    if (found == NULL) {
        ec2_leave_out(run);
    }
    return found;
}

void
ec2_attach_volume(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_node *node;
    pileus_error *err = NULL;

    if (volume != NULL) {
        node = ec2_the_node(run);
        ec2_check_true(run,
                       pileus_volume_attach(volume, node,
                                            peer_string(run->args, "device"),
                                            NULL, &err),
                       err);
        pileus_node_unref(node);
    }
    pileus_volume_unref(volume);
}

void
ec2_detach_volume(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_error *err = NULL;

    if (volume != NULL) {
        ec2_check_true(run, pileus_volume_detach(volume, NULL, &err), err);
    }
    pileus_volume_unref(volume);
}

void
ec2_destroy_volume(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_error *err = NULL;

    if (volume != NULL) {
        ec2_check_true(run, pileus_volume_destroy(volume, 0, NULL, &err), err);
    }
    pileus_volume_unref(volume);
}

void
ec2_create_snapshot(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    if (volume != NULL) {
        ec2_done(pileus_snapshot_create(&snapshot, volume,
                                        peer_string(run->args, "name"), NULL,
                                        &err),
                 err);
        peer_check_object(&run->check, run->result, snapshot);
    }
    pileus_snapshot_unref(snapshot);
    pileus_volume_unref(volume);
}

void
ec2_list_snapshots(struct run *run)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_snapshot_list(&list, run->conn, NULL, NULL, NULL, &err),
             err);
    peer_check_list(&run->check, run->result, list);
    pileus_list_free(list);
}

/* The recording does not narrow down: ours are those of the volume. */
void
ec2_list_volume_snapshots(struct run *run)
{
    pileus_volume *volume = the_volume(run);
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    size_t found = 0;

    assert_non_null(volume);
    ec2_done(pileus_snapshot_list(&list, run->conn, volume, NULL, NULL, &err),
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
    pileus_list_free(list);
    pileus_volume_unref(volume);
}

void
ec2_destroy_snapshot(struct run *run)
{
    const char *id = peer_string(peer_get(run->args, "snapshot"), "id");
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_snapshot_get(&snapshot, run->conn, id,
                                 PILEUS_NUL_TERMINATED, NULL, &err),
             err);
    ec2_check_true(run, pileus_snapshot_destroy(snapshot, NULL, &err), err);
    pileus_snapshot_unref(snapshot);
}

/* ---- key pairs ------------------------------------------------------------
 */

void
ec2_get_key_pair(struct run *run)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_key_pair_get(
        &pair, run->conn, peer_string(run->args, "name"), NULL, &err);

    if (run->result == NULL) {
        assert_string_equal(peer_string(peer_get(run->call, "error"), "class"),
                            "KeyPairDoesNotExistError");
        assert_int_equal(code, PILEUS_NOT_FOUND);
        pileus_error_free(err);
        run->check.fields++;
    } else {
        ec2_done(code, err);
        peer_check_object(&run->check, run->result, pair);
    }
    pileus_key_pair_unref(pair);
}

void
ec2_create_key_pair(struct run *run)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_key_pair_create(&pair, run->conn,
                                    peer_string(run->args, "name"), NULL, &err),
             err);
    peer_check_object(&run->check, run->result, pair);
    pileus_key_pair_unref(pair);
}

void
ec2_import_key_pair(struct run *run)
{
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    ec2_done(
        pileus_key_pair_import(&pair, run->conn, peer_string(run->args, "name"),
                               "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfkrIM4lJ"
                               "o2s6cBWKqtiuZAQjYy3ew1HE3iHrnKZpwt",
                               NULL, &err),
        err);
    peer_check_object(&run->check, run->result, pair);
    pileus_key_pair_unref(pair);
}

void
ec2_delete_key_pair(struct run *run)
{
    const char *name = peer_string(peer_get(run->args, "key_pair"), "name");
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;

    ec2_done(pileus_key_pair_get(&pair, run->conn, name, NULL, &err), err);
    ec2_check_true(run, pileus_key_pair_delete(pair, NULL, &err), err);
    pileus_key_pair_unref(pair);
}
