/* The libvirt driver: create. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Is the text a UUID of version 5? */
static void
assert_uuid(const char *text)
{
    assert_int_equal(strlen(text), 36);
    assert_int_equal(strspn(text, "0123456789abcdef-"), 36);
    assert_int_equal(text[14], '5');
    assert_non_null(strchr("89ab", text[19]));
}

static void
from_image(void **state)
{
    pileus_connection *conn = open_small();
    int64_t begin = (int64_t)time(NULL);
    pileus_node *node;
    pileus_node *again;
    int64_t number;
    int64_t created;
    char *xml;

    add_volume(*state, "base.qcow2", "qcow2", GIB);
    node = create_node(conn, spec_of("web", "small", POOL "/base.qcow2"));
    assert_uuid(pileus_node_id(node));
    assert_string_equal(pileus_node_name(node), "web");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_int_equal(pileus_node_private_ip_count(node), 1);
    assert_int_equal(capacity_of(*state, "web.qcow2"), 2 * GIB);
    assert_int_equal(capacity_of(*state, "base.qcow2"), GIB);

    /* All of it is known to who asks later. */
    again = get_node(conn, pileus_node_id(node));
    assert_string_equal(pileus_size_id(pileus_node_size(again)), "small");
    assert_true(pileus_size_ram(pileus_node_size(again), &number));
    assert_int_equal(number, 64);
    assert_true(pileus_size_vcpus(pileus_node_size(again), &number));
    assert_int_equal(number, 1);
    assert_true(pileus_size_disk(pileus_node_size(again), &number));
    assert_int_equal(number, 2);
    assert_string_equal(pileus_image_id(pileus_node_image(again)),
                        POOL "/base.qcow2");
    assert_string_equal(pileus_image_name(pileus_node_image(again)),
                        "base.qcow2");
    assert_true(pileus_node_created_at(again, &created));
    assert_in_range(created / 1000000000, begin, begin + 60);
    assert_string_equal(
        pileus_value_string(pileus_value_at(
            pileus_value_get(pileus_node_extra(again), "volumes"), 0)),
        POOL "/web.qcow2");
    pileus_node_unref(again);

    xml = xml_of(*state, "web");
    assert_non_null(strstr(xml, "<memory unit='KiB'>65536</memory>"));
    assert_non_null(strstr(xml, "<source file='/default-pool/web.qcow2'/>"));
    assert_non_null(strstr(xml, "<driver type='qcow2'/>"));
    assert_non_null(strstr(xml, "<source network='default'/>"));
    assert_non_null(strstr(xml, "org.qemu.guest_agent.0"));
    assert_non_null(strstr(xml, "<acpi/>"));
    free(xml);

    destroy_node(node);
    assert_int_equal(capacity_of(*state, "web.qcow2"), 0);
    assert_int_equal(capacity_of(*state, "base.qcow2"), GIB);
    assert_int_equal(virConnectNumOfDomains(*state), 1);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    pileus_connection_unref(conn);
}

static void
nothing_said(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node = NULL;
    pileus_node *other = NULL;
    pileus_error *err = NULL;
    char volume[64];

    expect_ok(pileus_node_create(&node, conn, NULL, NULL, &err), err);
    expect_ok(pileus_node_create(&other, conn, NULL, NULL, &err), err);
    assert_memory_equal(pileus_node_name(node), "node-", 5);
    assert_string_not_equal(pileus_node_name(node), pileus_node_name(other));
    assert_string_equal(pileus_size_id(pileus_node_size(node)), "small");
    assert_null(pileus_node_image(node));
    (void)snprintf(volume, sizeof volume, "%s.qcow2", pileus_node_name(node));
    assert_int_equal(capacity_of(*state, volume), 2 * GIB);
    destroy_node(other);
    assert_int_equal(capacity_of(*state, volume), 2 * GIB);
    destroy_node(node);
    assert_int_equal(count_volumes(*state), 0);
    pileus_connection_unref(conn);
}

static void
disks(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node;
    pileus_error *err = NULL;
    char *xml;

    add_volume(*state, "plain.img", "raw", GIB);
    add_volume(*state, "large.vmdk", "vmdk", 3 * GIB);
    add_volume(*state, "cd.iso", "iso", GIB);

    /* A size without a disk: none, or one as large as the image. */
    node = create_node(conn, spec_of("bare", "none", NULL));
    xml = xml_of(*state, "bare");
    assert_null(strstr(xml, "<disk"));
    free(xml);
    destroy_node(node);
    node = create_node(conn, spec_of("raw", "none", POOL "/plain.img"));
    assert_int_equal(capacity_of(*state, "raw.raw"), GIB);
    destroy_node(node);
    assert_int_equal(capacity_of(*state, "raw.raw"), 0);
    /* Another format than these two becomes the better of them. */
    node = create_node(conn, spec_of("odd", "big", POOL "/large.vmdk"));
    assert_int_equal(capacity_of(*state, "odd.qcow2"), 20 * GIB);
    destroy_node(node);

    node = NULL;
    (void)try_create(&node, conn, spec_of("tight", "small", POOL "/large.vmdk"),
                     &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "choose a larger size");
    (void)try_create(&node, conn, spec_of("cd", "small", POOL "/cd.iso"), &err);
    expect_error(&err, PILEUS_INVALID_ARGUMENT, "is a CD");
    assert_null(node);
    assert_int_equal(count_volumes(*state), 3);
    pileus_connection_unref(conn);
}

static void
bad_arguments(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node_spec *spec;
    pileus_error *err = NULL;
    char name[300];

    expect_no_create(conn, spec_of("a", "tiny", NULL), PILEUS_NOT_FOUND,
                     "no size tiny");
    expect_no_create(conn, spec_of("a", NULL, "base.qcow2"), PILEUS_NOT_FOUND,
                     "POOL/VOLUME");
    expect_no_create(conn, spec_of("a", NULL, POOL "/nothing"),
                     PILEUS_NOT_FOUND, POOL "/nothing");
    expect_no_create(conn, spec_of("a", NULL, "nowhere/base.qcow2"),
                     PILEUS_NOT_FOUND, "nowhere/base.qcow2");
    expect_no_create(conn, spec_of("../a", NULL, NULL), PILEUS_INVALID_ARGUMENT,
                     "'/'");
    expect_no_create(conn, spec_of(".a", NULL, NULL), PILEUS_INVALID_ARGUMENT,
                     "dot");
    memset(name, 'n', 201);
    name[201] = '\0';
    expect_no_create(conn, spec_of(name, NULL, NULL), PILEUS_INVALID_ARGUMENT,
                     "200 bytes");
    spec = new_spec("a");
    expect_ok(pileus_node_spec_set_location(spec, "elsewhere", &err), err);
    expect_no_create(conn, spec, PILEUS_NOT_FOUND, "no location elsewhere");
    spec = new_spec("a");
    set_option(spec, "colour", "red");
    expect_no_create(conn, spec, PILEUS_NOT_SUPPORTED, "colour");
    spec = new_spec("a");
    set_option(spec, "pool", "nowhere");
    expect_no_create(conn, spec, PILEUS_NOT_FOUND, "nowhere");
    spec = new_spec("a");
    set_option(spec, "network", "nowhere");
    expect_no_create(conn, spec, PILEUS_NOT_FOUND, "nowhere");
    assert_int_equal(count_volumes(*state), 0);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    pileus_connection_unref(conn);
}

/* What is in the way is named, and nothing is left behind. */
static void
in_the_way(void **state)
{
    pileus_connection *conn = open_small();
    pileus_node *node = create_node(conn, spec_of("web", NULL, NULL));

    expect_no_create(conn, spec_of("web", NULL, NULL), PILEUS_CONFLICT,
                     "a node named web already");
    expect_no_create(conn, spec_of("test", NULL, NULL), PILEUS_CONFLICT,
                     "a node named test already");
    destroy_node(node);
    add_volume(*state, "web.qcow2", "qcow2", GIB);
    expect_no_create(conn, spec_of("web", NULL, NULL), PILEUS_CONFLICT,
                     "exists already");
    assert_int_equal(capacity_of(*state, "web.qcow2"), GIB);
    assert_int_equal(virConnectNumOfDefinedDomains(*state), 0);
    pileus_connection_unref(conn);
}

/* Names and tags of all kinds come back as they went in, whatever they would
 * mean in XML. */
static void
odd_texts(void **state)
{
    static const char name[] = "a<b>&\"c' d\xc3\xa9";
    pileus_connection *conn = open_small();
    pileus_node_spec *spec = new_spec(name);
    pileus_error *err = NULL;
    pileus_node *node;
    pileus_node *again;

    (void)state;
    expect_ok(pileus_node_spec_add_tag(spec, "</pileus:node>", "]]>", &err),
              err);
    expect_ok(pileus_node_spec_add_tag(spec, "role", "web\n\t server", &err),
              err);
    node = create_node(conn, spec);
    again = get_node(conn, pileus_node_id(node));
    assert_string_equal(pileus_node_name(again), name);
    assert_int_equal(pileus_value_count(pileus_node_tags(again)), 2);
    assert_string_equal(extra_string(pileus_node_tags(again), "</pileus:node>"),
                        "]]>");
    assert_string_equal(extra_string(pileus_node_tags(again), "role"),
                        "web\n\t server");
    pileus_node_unref(again);
    destroy_node(node);
    pileus_connection_unref(conn);
}

static void
networks(void **state)
{
    static const struct {
        const char *network;
        const char *part; /* of the domain's XML */
    } good[] = {
        {"default", "<source network='default'/>"},
        {"bridge:br7", "<source bridge='br7'/>"},
        {"user", "<interface type='user'>"},
        {"none", NULL},
    };
    pileus_connection *conn = open_small();
    virNetworkPtr network = virNetworkLookupByName(*state, "default");
    pileus_node_spec *spec;
    pileus_node *node;
    char *xml;

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        spec = new_spec("net");
        set_option(spec, "network", good[i].network);
        node = create_node(conn, spec);
        xml = xml_of(*state, "net");
        assert_int_equal(strstr(xml, "<interface") != NULL,
                         good[i].part != NULL);
        assert_true(good[i].part == NULL || strstr(xml, good[i].part) != NULL);
        free(xml);
        destroy_node(node);
    }
    /* One that is off is refused when asked for, and done without if not. */
    assert_non_null(network);
    assert_int_equal(virNetworkDestroy(network), 0);
    spec = new_spec("net");
    set_option(spec, "network", "default");
    expect_no_create(conn, spec, PILEUS_CONFLICT, "virsh net-start default");
    node = create_node(conn, new_spec("net"));
    xml = xml_of(*state, "net");
    assert_null(strstr(xml, "<interface"));
    free(xml);
    destroy_node(node);
    (void)virNetworkFree(network);
    pileus_connection_unref(conn);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        DEFAULT_TEST(from_image), DEFAULT_TEST(nothing_said),
        DEFAULT_TEST(disks),      DEFAULT_TEST(bad_arguments),
        DEFAULT_TEST(in_the_way), DEFAULT_TEST(odd_texts),
        DEFAULT_TEST(networks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
