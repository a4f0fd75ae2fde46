/* Floating addresses, on a real Neutron. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/peer/openstack_real.h"

#include <unistd.h>

/* More than Neutron gives the project. */
#define MORE 50

static pileus_address *
create(pileus_connection *conn, const char *pool)
{
    pileus_address *address = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_address_create(&address, conn, pool, NULL, &err), err);
    assert_int_equal(strncmp(pileus_address_ip(address), "203.0.113.", 10), 0);
    assert_string_equal(pileus_address_name(address),
                        pileus_address_ip(address));
    assert_null(pileus_address_node_id(address));
    return address;
}

/* As Neutron has it now. */
static pileus_address *
again(pileus_connection *conn, const pileus_address *address)
{
    pileus_address *now = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_address_get(&now, conn, pileus_address_id(address),
                                 PILEUS_NUL_TERMINATED, NULL, &err),
              err);
    assert_string_equal(pileus_address_ip(now), pileus_address_ip(address));
    return now;
}

static void
expect_node(pileus_connection *conn, const pileus_address *address,
            const char *id)
{
    pileus_address *now = again(conn, address);

    if (id == NULL) {
        assert_null(pileus_address_node_id(now));
    } else {
        assert_string_equal(pileus_address_node_id(now), id);
    }
    pileus_address_unref(now);
}

static void
give_back(pileus_connection *conn, pileus_address *address)
{
    pileus_address *gone = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_address_delete(address, NULL, &err), err);
    (void)pileus_address_get(&gone, conn, pileus_address_id(address),
                             PILEUS_NUL_TERMINATED, NULL, &err);
    assert_null(gone);
    expect_error(&err, PILEUS_NOT_FOUND, pileus_address_id(address));
    (void)pileus_address_delete(address, NULL, &err);
    expect_error(&err, PILEUS_NOT_FOUND, "could not be found");
    pileus_address_unref(address);
}

static pileus_node *
create_node(pileus_connection *conn)
{
    pileus_node_spec *spec = real_spec(conn, REAL_NAME "address");
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_node_create(&node, conn, spec, NULL, &err), err);
    pileus_node_spec_free(spec);
    real_expect_state(node, PILEUS_STATE_RUNNING);
    return node;
}

/* Nova hears of it from Neutron. */
static void
await_public_ip(pileus_connection *conn, const pileus_node *node,
                const char *ip)
{
    bool there = false;

    for (int looks = 0; !there; looks++) {
        pileus_node *now = NULL;
        pileus_error *err = NULL;

        assert_true(looks < REAL_LOOKS);
        expect_ok(pileus_node_get(&now, conn, pileus_node_id(node),
                                  PILEUS_NUL_TERMINATED, NULL, &err),
                  err);
        there = pileus_node_public_ip_count(now) == 1 &&
                strcmp(pileus_node_public_ip(now, 0), ip) == 0;
        pileus_node_unref(now);
        (void)usleep(REAL_LOOK_US);
    }
}

void
real_addresses(void **state)
{
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_node *node = create_node(conn);
    pileus_address *address = create(conn, NULL);
    pileus_address *other = create(conn, "public");
    pileus_error *err = NULL;

    (void)state;
    assert_string_equal(pileus_address_pool(address),
                        pileus_address_pool(other));
    expect_ok(pileus_address_attach(address, node, NULL, &err), err);
    expect_node(conn, address, pileus_node_id(node));
    await_public_ip(conn, node, pileus_address_ip(address));
    (void)pileus_address_attach(address, node, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "detach it first");
    (void)pileus_address_attach(other, node, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "already has a floating IP");
    expect_ok(pileus_address_detach(address, NULL, &err), err);
    expect_node(conn, address, NULL);
    (void)pileus_address_detach(address, NULL, &err);
    expect_error(&err, PILEUS_CONFLICT, "leads nowhere");
    expect_ok(pileus_address_attach(other, node, NULL, &err), err);
    give_back(conn, other); /* detached with it */
    give_back(conn, address);
    expect_ok(pileus_node_destroy(node, 0, NULL, &err), err);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

void
real_address_refusals(void **state)
{
    static const struct {
        const char *pool;
        pileus_code code;
        const char *words;
    } pools[] = {
        {"private", PILEUS_NOT_FOUND, "no external network 'private'"},
        {"11111111-1111-4111-8111-111111111111", PILEUS_NOT_FOUND,
         "could not be found"},
    };
    pileus_connection *conn = real_connect(real_nova_port());
    pileus_address *all[MORE] = {NULL};
    pileus_error *err = NULL;
    int made = 0;

    (void)state;
    for (size_t i = 0; i < sizeof pools / sizeof pools[0]; i++) {
        (void)pileus_address_create(&all[0], conn, pools[i].pool, NULL, &err);
        assert_null(all[0]);
        expect_error(&err, pools[i].code, pools[i].words);
    }
    while (made < MORE && pileus_address_create(&all[made], conn, NULL, NULL,
                                                &err) == PILEUS_OK) {
        made++;
    }
    for (int i = 0; i < made; i++) {
        (void)pileus_address_delete(all[i], NULL, NULL);
        pileus_address_unref(all[i]);
    }
    assert_in_range(made, 1, real_address_quota());
    assert_int_equal(pileus_error_status(err), 409);
    assert_string_equal(pileus_error_provider_code(err), "OverQuota");
    expect_error(&err, PILEUS_QUOTA, "floatingip");
    pileus_connection_unref(conn);
}
