/* All that a CloudStack can change, and one of each thing. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/cloudstack_all.h"

static pileus_volume *
get_volume(all *have, const char *name)
{
    const char *id = mock_named(have->mock, MOCK_VOLUME, name)->id;
    pileus_volume *volume = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_get(&volume, have->conn, id, PILEUS_NUL_TERMINATED,
                                NULL, &err),
              err);
    return volume;
}

all
all_begin(const char *option, const char *value)
{
    all have = {.mock = mock_start(2)};
    pileus_error *err = NULL;

    have.conn = connect_with(have.mock, option, value);
    have.node = get_node(have.conn, "virtualmachine-1");
    have.root = get_volume(&have, "root");
    have.data = get_volume(&have, "data");
    expect_ok(
        pileus_snapshot_get(&have.snapshot, have.conn,
                            mock_named(have.mock, MOCK_SNAPSHOT, "s1")->id,
                            PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    expect_ok(
        pileus_image_get(&have.image, have.conn,
                         mock_named(have.mock, MOCK_TEMPLATE, "debian")->id,
                         PILEUS_NUL_TERMINATED, NULL, &err),
        err);
    expect_ok(pileus_key_pair_get(&have.pair, have.conn, "mine", NULL, &err),
              err);
    return have;
}

void
all_end(all *have)
{
    pileus_node_unref(have->node);
    pileus_volume_unref(have->root);
    pileus_volume_unref(have->data);
    pileus_snapshot_unref(have->snapshot);
    pileus_image_unref(have->image);
    pileus_key_pair_unref(have->pair);
    pileus_connection_unref(have->conn);
    mock_stop(have->mock);
}

/* ---- every change -----------------------------------------------------------
 */

pileus_code
create_node(all *have, pileus_call *call, pileus_error **err)
{
    pileus_node_spec *spec = spec_named(have->mock, "new");
    pileus_node *made = NULL;
    pileus_code code = pileus_node_create(&made, have->conn, spec, call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_node_name(made), "new");
        assert_int_equal(pileus_node_state(made), PILEUS_STATE_RUNNING);
    }
    pileus_node_unref(made);
    pileus_node_spec_free(spec);
    return code;
}

pileus_code
start_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_start(have->node, 0, call, err);
}

static pileus_code
stop_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_stop(have->node, 0, call, err);
}

static pileus_code
reboot_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_reboot(have->node, 0, call, err);
}

static pileus_code
destroy_node(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_node_destroy(have->node, 0, call, err);
}

static pileus_code
create_image(all *have, pileus_call *call, pileus_error **err)
{
    pileus_image *made = NULL;
    pileus_code code =
        pileus_image_create(&made, have->node, "saved", NULL, call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_image_name(made), "saved");
    }
    pileus_image_unref(made);
    return code;
}

static pileus_code
delete_image(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_image_delete(have->image, call, err);
}

static pileus_code
create_volume(all *have, pileus_call *call, pileus_error **err)
{
    pileus_volume_spec *spec = NULL;
    pileus_volume *made = NULL;
    pileus_code code;

    expect_ok(pileus_volume_spec_new(&spec, err), *err);
    expect_ok(pileus_volume_spec_set_name(spec, "more", err), *err);
    expect_ok(pileus_volume_spec_set_size(spec, 5, err), *err);
    code = pileus_volume_create(&made, have->conn, spec, call, err);
    if (code == PILEUS_OK) {
        assert_string_equal(pileus_volume_name(made), "more");
    }
    pileus_volume_unref(made);
    pileus_volume_spec_free(spec);
    return code;
}

static pileus_code
destroy_volume(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_volume_destroy(have->data, 0, call, err);
}

static pileus_code
attach_volume(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_volume_attach(have->data, have->node, NULL, call, err);
}

static pileus_code
detach_volume(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_volume_detach(have->root, call, err);
}

static pileus_code
create_snapshot(all *have, pileus_call *call, pileus_error **err)
{
    pileus_snapshot *made = NULL;
    pileus_code code =
        pileus_snapshot_create(&made, have->data, "now", call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_snapshot_name(made), "now");
        assert_string_equal(pileus_snapshot_volume_id(made),
                            pileus_volume_id(have->data));
    }
    pileus_snapshot_unref(made);
    return code;
}

static pileus_code
destroy_snapshot(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_snapshot_destroy(have->snapshot, call, err);
}

static pileus_code
create_key_pair(all *have, pileus_call *call, pileus_error **err)
{
    pileus_key_pair *made = NULL;
    pileus_code code =
        pileus_key_pair_create(&made, have->conn, "new", call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_key_pair_private_key(made), "PRIVATE");
    }
    pileus_key_pair_unref(made);
    return code;
}

static pileus_code
import_key_pair(all *have, pileus_call *call, pileus_error **err)
{
    pileus_key_pair *made = NULL;
    pileus_code code = pileus_key_pair_import(
        &made, have->conn, "new", "ssh-rsa AAAA+/== me@home", call, err);

    if (code == PILEUS_OK) {
        assert_string_equal(pileus_key_pair_fingerprint(made), "00:11");
        assert_null(pileus_key_pair_private_key(made));
    }
    pileus_key_pair_unref(made);
    return code;
}

static pileus_code
delete_key_pair(all *have, pileus_call *call, pileus_error **err)
{
    return pileus_key_pair_delete(have->pair, call, err);
}

const change changes[CHANGES] = {
    {"deployVirtualMachine", create_node, MOCK_NODE, "new", "Running", true},
    {"startVirtualMachine", start_node, MOCK_NODE, "n1", "Running", true},
    {"stopVirtualMachine", stop_node, MOCK_NODE, "n1", "Stopped", true},
    {"rebootVirtualMachine", reboot_node, MOCK_NODE, "n1", "Running", true},
    {"destroyVirtualMachine", destroy_node, MOCK_NODE, "n1", "Destroyed", true},
    {"createTemplate", create_image, MOCK_TEMPLATE, "saved", "Ready", true},
    {"deleteTemplate", delete_image, MOCK_TEMPLATE, "debian", NULL, true},
    {"createVolume", create_volume, MOCK_VOLUME, "more", "Allocated", true},
    {"deleteVolume", destroy_volume, MOCK_VOLUME, "data", NULL, false},
    {"attachVolume", attach_volume, MOCK_VOLUME, "data", "Ready", true},
    {"detachVolume", detach_volume, MOCK_VOLUME, "root", "Ready", true},
    {"createSnapshot", create_snapshot, MOCK_SNAPSHOT, "now", "BackedUp", true},
    {"deleteSnapshot", destroy_snapshot, MOCK_SNAPSHOT, "s1", NULL, true},
    {"createSSHKeyPair", create_key_pair, MOCK_KEY_PAIR, "new", "", false},
    {"registerSSHKeyPair", import_key_pair, MOCK_KEY_PAIR, "new", "", false},
    {"deleteSSHKeyPair", delete_key_pair, MOCK_KEY_PAIR, "mine", NULL, false},
};
