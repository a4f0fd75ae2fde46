/* A user's walk at EC2: a volume, a snapshot, an address. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/ec2_walk.h"

#include <poll.h>

#define LOOKS 120 /* at a volume that is on its way */

/* ---- a volume -------------------------------------------------------------
 */

static pileus_storage_state
state_of(walk *at, pileus_volume **volume)
{
    pileus_volume *now = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_get(&now, at->conn, pileus_volume_id(*volume),
                                PILEUS_NUL_TERMINATED, at->call, &err),
              err);
    pileus_volume_unref(*volume);
    *volume = now;
    return pileus_volume_state(now);
}

static void
settle(walk *at, pileus_storage_state wanted)
{
    int looks = 0;

    while (state_of(at, &at->volume) != wanted) {
        assert_true(++looks < LOOKS);
        (void)poll(NULL, 0, at->mock == NULL ? 2000 : 1);
    }
}

void
walk_use_volume(walk *at)
{
    pileus_volume_spec *spec = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_volume_spec_new(&spec, &err), err);
    expect_ok(pileus_volume_spec_set_name(spec, at->name, &err), err);
    expect_ok(pileus_volume_spec_set_size(spec, 1, &err), err);
    expect_ok(pileus_volume_spec_set_location(
                  spec, pileus_node_location_id(at->node), &err),
              err);
    expect_ok(pileus_volume_create(&at->volume, at->conn, spec, at->call, &err),
              err);
    pileus_volume_spec_free(spec);
    settle(at, PILEUS_VOLUME_AVAILABLE);
    assert_string_equal(pileus_volume_name(at->volume), at->name);
    expect_ok(pileus_volume_attach(at->volume, at->node, NULL, at->call, &err),
              err);
    settle(at, PILEUS_VOLUME_IN_USE);
    assert_string_equal(pileus_volume_node_id(at->volume),
                        pileus_node_id(at->node));
    expect_ok(pileus_volume_detach(at->volume, at->call, &err), err);
    settle(at, PILEUS_VOLUME_AVAILABLE);
}

void
walk_use_snapshot(walk *at)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;

    if (at->volume == NULL) {
        return;
    }
    expect_ok(pileus_snapshot_create(&at->snapshot, at->volume, at->name,
                                     at->call, &err),
              err);
    expect_ok(
        pileus_snapshot_list(&list, at->conn, at->volume, NULL, at->call, &err),
        err);
    assert_int_equal(pileus_list_count(list), 1);
    pileus_list_free(list);
    expect_ok(pileus_snapshot_destroy(at->snapshot, at->call, &err), err);
    pileus_snapshot_unref(at->snapshot);
    at->snapshot = NULL;
}

void
walk_destroy_volume(walk *at)
{
    pileus_error *err = NULL;

    if (at->volume != NULL) {
        expect_ok(pileus_volume_destroy(at->volume, 0, at->call, &err), err);
        pileus_volume_unref(at->volume);
        at->volume = NULL;
    }
}

/* ---- an address -----------------------------------------------------------
 */

void
walk_use_address(walk *at)
{
    pileus_address *now = NULL;
    pileus_error *err = NULL;

    expect_ok(
        pileus_address_create(&at->address, at->conn, NULL, at->call, &err),
        err);
    expect_ok(pileus_address_attach(at->address, at->node, at->call, &err),
              err);
    expect_ok(pileus_address_get(&now, at->conn, pileus_address_id(at->address),
                                 PILEUS_NUL_TERMINATED, at->call, &err),
              err);
    assert_string_equal(pileus_address_node_id(now), pileus_node_id(at->node));
    assert_string_equal(pileus_address_ip(now), pileus_address_ip(at->address));
    pileus_address_unref(now);
    expect_ok(pileus_address_detach(at->address, at->call, &err), err);
    expect_ok(pileus_address_delete(at->address, at->call, &err), err);
    pileus_address_unref(at->address);
    at->address = NULL;
}
