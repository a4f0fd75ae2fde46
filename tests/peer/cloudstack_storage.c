/* libcloud's calls about CloudStack's volumes and key pairs, made again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/cloudstack.h"

#include <stdio.h>
#include <string.h>

/* ---- volumes, snapshots -------------------------------------------------- */

static pileus_code
create_volume(const peer_run *run, pileus_volume **volume, const char *name,
              const char *type, int64_t gb, pileus_error **err)
{
    pileus_volume_spec *spec = NULL;
    pileus_code code;

    expect_ok(pileus_volume_spec_new(&spec, err), *err);
    expect_ok(pileus_volume_spec_set_size(spec, gb, err), *err);
    expect_ok(pileus_volume_spec_set_location(spec, "1", err), *err);
    if (name != NULL) {
        expect_ok(pileus_volume_spec_set_name(spec, name, err), *err);
    }
    if (type != NULL) {
        expect_ok(
            pileus_volume_spec_set_option(spec, "disk-offering", type, err),
            *err);
    }
    code = pileus_volume_create(volume, run->conn, spec, NULL, err);
    pileus_volume_spec_free(spec);
    return code;
}

void
run_create_volume(peer_run *run)
{
    yajl_val size = peer_get(run->args, "size");
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;
    /* The calls that fail have the size at the place of the location. */
    int64_t gb = YAJL_GET_INTEGER(
        YAJL_IS_INTEGER(size) ? size : peer_get(run->args, "location"));
    pileus_code code = create_volume(
        run, &volume, YAJL_GET_STRING(peer_get(run->args, "name")),
        YAJL_GET_STRING(peer_get(run->args, "ex_volume_type")), gb, &err);

    if (check_outcome(run, code, &err)) {
        peer_check_object(&run->check, run->result, volume);
    }
    pileus_volume_unref(volume);
}

/* The volume that the call is about: it is listed, or was made. */
static pileus_volume *
get_volume(const peer_run *run)
{
    const char *id = peer_string(peer_get(run->args, "volume"), "id");
    pileus_list *list = NULL;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_list(&list, run->conn, NULL, NULL, &err), err);
    for (size_t i = 0; i < pileus_list_count(list); i++) {
        pileus_volume *one = pileus_list_volume(list, i);

        if (strcmp(pileus_volume_id(one), id) == 0) {
            volume = pileus_volume_ref(one);
        }
    }
    pileus_list_free(list);
    if (volume == NULL) {
        expect_ok(create_volume(run, &volume, "vol-0", NULL, 10, &err), err);
        assert_string_equal(pileus_volume_id(volume), id);
    }
    return volume;
}

void
run_volume_verb(peer_run *run)
{
    const char *op = peer_string(run->call, "op");
    pileus_volume *volume = get_volume(run);
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    if (strcmp(op, "attach_volume") == 0) {
        pileus_node *node = get_node(run);

        expect_ok(pileus_volume_attach(volume, node, NULL, NULL, &err), err);
        pileus_node_unref(node);
    } else if (strcmp(op, "detach_volume") == 0) {
        expect_ok(pileus_volume_detach(volume, NULL, &err), err);
    } else if (strcmp(op, "destroy_volume") == 0) {
        expect_ok(pileus_volume_destroy(volume, 0, NULL, &err), err);
    } else {
        assert_string_equal(op, "create_volume_snapshot");
        expect_ok(pileus_snapshot_create(&snapshot, volume, NULL, NULL, &err),
                  err);
        peer_check_object(&run->check, run->result, snapshot);
        pileus_snapshot_unref(snapshot);
    }
    assert_true(snapshot != NULL || YAJL_IS_TRUE(run->result));
    pileus_volume_unref(volume);
}

void
run_destroy_snapshot(peer_run *run)
{
    yajl_val id = peer_get(peer_get(run->args, "snapshot"), "id");
    pileus_snapshot *snapshot = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_snapshot_get(&snapshot, run->conn, YAJL_GET_NUMBER(id),
                                  PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    expect_ok(pileus_snapshot_destroy(snapshot, NULL, &err), err);
    assert_true(YAJL_IS_TRUE(run->result));
    pileus_snapshot_unref(snapshot);
}

/* ---- key pairs ----------------------------------------------------------- */

void
run_key_pair(peer_run *run)
{
    const char *op = peer_string(run->call, "op");
    const char *name = YAJL_GET_STRING(peer_get(run->args, "name"));
    const char *key = YAJL_GET_STRING(peer_get(run->args, "key_material"));
    pileus_key_pair *pair = NULL;
    pileus_error *err = NULL;
    pileus_code code;

    if (strcmp(op, "get_key_pair") == 0) {
        code = pileus_key_pair_get(&pair, run->conn, name, NULL, &err);
    } else if (strcmp(op, "create_key_pair") == 0) {
        code = pileus_key_pair_create(&pair, run->conn, name, NULL, &err);
    } else if (strcmp(op, "delete_key_pair") == 0) {
        name = peer_string(peer_get(run->args, "key_pair"), "name");
        expect_ok(pileus_key_pair_get(&pair, run->conn, name, NULL, &err), err);
        expect_ok(pileus_key_pair_delete(pair, NULL, &err), err);
        assert_true(YAJL_IS_TRUE(run->result));
        pileus_key_pair_unref(pair);
        return;
    } else {
        code = pileus_key_pair_import(&pair, run->conn, name,
                                      key == NULL ? FILE_KEY : key, NULL, &err);
    }
    if (check_outcome(run, code, &err)) {
        peer_check_object(&run->check, run->result, pair);
    }
    pileus_key_pair_unref(pair);
}
