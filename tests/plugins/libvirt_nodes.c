/* The libvirt driver: listing nodes, their states, addresses and facts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/plugins/libvirt_support.h"

#include <stdio.h>

/* ---- test:///default --------------------------------------------------- */

static void
one_domain(void **state)
{
    pileus_connection *conn = OPEN_DEFAULT();
    pileus_list *list = list_nodes(conn);
    pileus_node *node = pileus_list_node(list, 0);
    const pileus_value *extra = pileus_node_extra(node);
    int64_t created;

    (void)state;
    assert_int_equal(pileus_list_count(list), 1);
    assert_string_equal(pileus_node_id(node), TEST_UUID);
    assert_string_equal(pileus_node_name(node), "test");
    assert_int_equal(pileus_node_state(node), PILEUS_STATE_RUNNING);
    assert_string_equal(pileus_node_provider_state(node), "running");
    assert_int_equal(pileus_node_public_ip_count(node), 0);
    assert_int_equal(pileus_node_private_ip_count(node), 1);
    assert_string_equal(pileus_node_private_ip(node, 0), "192.168.122.3");
    assert_ptr_equal(pileus_node_connection(node), conn);
    assert_null(pileus_node_size(node));
    assert_null(pileus_node_image(node));
    assert_false(pileus_node_created_at(node, &created));
    /* SHA-1 of "6695eb01-f6a4-8304-79aa-97f2502e193f:libvirt" */
    assert_string_equal(pileus_node_uuid(node),
                        "8bae01093396374a9d80ada96bf77c8b085f1d18");
    assert_string_equal(extra_string(extra, "uuid"), TEST_UUID);
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "domain_id"), 0), 1);
    assert_string_equal(extra_string(extra, "os_type"), "hvm");
    assert_string_equal(extra_string(extra, "arch"), "i686");
    assert_string_equal(extra_string(extra, "types"), "TEST");
    assert_string_equal(extra_string(extra, "domain_type"), "test");
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "vcpu_count"), 0), 2);
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "used_memory"), 0), 2048);
    assert_int_equal(
        pileus_value_integer(pileus_value_get(extra, "max_memory"), 0), 8192);
    assert_true(
        pileus_value_integer(pileus_value_get(extra, "used_cpu_time"), -1) > 0);
    assert_true(
        pileus_value_bool(pileus_value_get(extra, "persistent"), false));
    assert_false(pileus_value_bool(pileus_value_get(extra, "autostart"), true));
    pileus_list_free(list);
    pileus_connection_unref(conn);
}

static void
devices(void **state)
{
    pileus_connection *conn = OPEN_DEFAULT();
    pileus_node *node = get_node(conn, TEST_UUID);
    const pileus_value *extra = pileus_node_extra(node);
    const pileus_value *disk =
        pileus_value_at(pileus_value_get(extra, "disks"), 0);
    const pileus_value *interface =
        pileus_value_at(pileus_value_get(extra, "interfaces"), 0);

    (void)state;
    assert_string_equal(extra_string(disk, "type"), "file");
    assert_string_equal(extra_string(disk, "device"), "disk");
    assert_string_equal(extra_string(disk, "source"), "/guest/diskimage1");
    assert_string_equal(extra_string(disk, "target"), "vda");
    assert_string_equal(extra_string(disk, "bus"), "virtio");
    assert_string_equal(extra_string(interface, "type"), "network");
    assert_string_equal(extra_string(interface, "source"), "default");
    assert_string_equal(extra_string(interface, "mac"), "aa:bb:cc:dd:ee:ff");
    assert_int_equal(pileus_value_count(pileus_value_get(extra, "volumes")), 0);
    pileus_node_unref(node);
    pileus_connection_unref(conn);
}

static void
no_such_node(void **state)
{
    static const char *const not_uuids[] = {
        "test",
        "1",
        "6695EB01-F6A4-8304-79AA-97F2502E193F",
        "6695eb01f6a4830479aa97f2502e193f",
        "6695eb01-f6a4-8304-79aa-97f2502e193f0",
    };
    pileus_connection *conn = OPEN_DEFAULT();
    pileus_node *node = NULL;
    pileus_error *err = NULL;

    (void)state;
    (void)pileus_node_get(&node, conn, "6695eb01-f6a4-8304-79aa-000000000000",
                          PILEUS_NUL_TERMINATED, NULL, &err);
    assert_false(pileus_error_may_have_happened(err));
    expect_libvirt(&err, PILEUS_NOT_FOUND,
                   "6695eb01-f6a4-8304-79aa-000000000000", "VIR_ERR_NO_DOMAIN");
    for (size_t i = 0; i < sizeof not_uuids / sizeof not_uuids[0]; i++) {
        (void)pileus_node_get(&node, conn, not_uuids[i], PILEUS_NUL_TERMINATED,
                              NULL, &err);
        expect_error(&err, PILEUS_NOT_FOUND, "UUID");
        assert_null(node);
    }
    pileus_connection_unref(conn);
}

/* ---- a host with every state ------------------------------------------- */

#define DOMAIN(NAME, DIGIT, STATE, REST)                                       \
    "<domain type='test' "                                                     \
    "xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>"                 \
    "<name>" NAME "</name>"                                                    \
    "<uuid>00000000-0000-4000-8000-00000000000" DIGIT "</uuid>"                \
    "<memory unit='MiB'>64</memory><vcpu>1</vcpu>"                             \
    "<os><type arch='i686'>hvm</type></os>" REST "<test:runstate>" STATE       \
    "</test:runstate></domain>"
#define ID(DIGIT) "00000000-0000-4000-8000-00000000000" DIGIT

static const char all_states[] = DOMAIN("nostate", "0", "0", "")
    DOMAIN("running", "1", "1", "") DOMAIN("blocked", "2", "2", "")
        DOMAIN("paused", "3", "3", "") DOMAIN("shutdown", "4", "4", "")
            DOMAIN("shutoff", "5", "5", "") DOMAIN("crashed", "6", "6", "")
                DOMAIN("pmsuspended", "7", "7", "");

static const struct {
    const char *word;
    pileus_state state;
} expected_states[] = {
    {"nostate", PILEUS_STATE_UNKNOWN},
    {"running", PILEUS_STATE_RUNNING},
    {"blocked", PILEUS_STATE_RUNNING},
    {"paused", PILEUS_STATE_PAUSED},
    {"shutdown", PILEUS_STATE_STOPPING},
    {"shutoff", PILEUS_STATE_STOPPED},
    {"crashed", PILEUS_STATE_ERROR},
    {"pmsuspended", PILEUS_STATE_SUSPENDED},
};

#define STATE_COUNT (sizeof expected_states / sizeof expected_states[0])

static void
every_state(void **state)
{
    world host;
    pileus_connection *conn;
    pileus_list *list;

    (void)state;
    world_begin(&host, all_states);
    conn = OPEN("uri", host.uri);
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), STATE_COUNT);
    for (size_t i = 0; i < STATE_COUNT; i++) {
        pileus_node *listed = find_node(list, expected_states[i].word);
        pileus_node *got;

        assert_non_null(listed);
        got = get_node(conn, pileus_node_id(listed));
        assert_int_equal(pileus_node_state(listed), expected_states[i].state);
        assert_string_equal(pileus_node_provider_state(listed),
                            expected_states[i].word);
        assert_int_equal(pileus_node_state(got), expected_states[i].state);
        assert_string_equal(pileus_node_provider_state(got),
                            expected_states[i].word);
        pileus_node_unref(got);
    }
    pileus_list_free(list);
    pileus_connection_unref(conn);
    world_end(&host);
}

static void
expect_names(pileus_connection *conn, pileus_query *query, const char *names)
{
    pileus_list *list = NULL;
    pileus_error *err = NULL;
    char text[256] = "";
    size_t length = 0;

    expect_ok(pileus_node_list(&list, conn, query, NULL, &err), err);
    for (size_t i = 0; i < STATE_COUNT; i++) {
        if (find_node(list, expected_states[i].word) != NULL) {
            length += (size_t)snprintf(text + length, sizeof text - length,
                                       "%s ", expected_states[i].word);
        }
    }
    assert_string_equal(text, names);
    pileus_list_free(list);
    pileus_query_free(query);
}

static pileus_query *
new_query(void)
{
    pileus_query *query = NULL;
    pileus_error *err = NULL;

    expect_ok(pileus_query_new(&query, &err), err);
    return query;
}

static void
queries(void **state)
{
    world host;
    pileus_connection *conn;
    pileus_query *query;
    pileus_error *err = NULL;

    (void)state;
    world_begin(&host, all_states);
    conn = OPEN("uri", host.uri);

    query = new_query();
    expect_ok(pileus_query_add_state(query, PILEUS_STATE_RUNNING, &err), err);
    expect_ok(pileus_query_add_state(query, PILEUS_STATE_STOPPED, &err), err);
    expect_names(conn, query, "running blocked shutoff ");

    /* One id twice, one that no domain has, one that is no UUID. */
    query = new_query();
    expect_ok(pileus_query_add_id(query, ID("3"), PILEUS_NUL_TERMINATED, &err),
              err);
    expect_ok(pileus_query_add_id(query, ID("3"), PILEUS_NUL_TERMINATED, &err),
              err);
    expect_ok(pileus_query_add_id(query, ID("9"), PILEUS_NUL_TERMINATED, &err),
              err);
    expect_ok(pileus_query_add_id(query, "paused", PILEUS_NUL_TERMINATED, &err),
              err);
    expect_names(conn, query, "paused ");

    query = new_query();
    expect_ok(pileus_query_set_name(query, "crashed", &err), err);
    expect_names(conn, query, "crashed ");
    query = new_query();
    expect_ok(pileus_query_set_name(query, "nobody", &err), err);
    expect_names(conn, query, "");
    query = new_query();
    expect_ok(pileus_query_set_name(query, "crashed", &err), err);
    expect_ok(pileus_query_add_state(query, PILEUS_STATE_RUNNING, &err), err);
    expect_names(conn, query, "");

    query = new_query();
    expect_ok(pileus_query_set_location(query, "nowhere", &err), err);
    expect_names(conn, query, "");
    pileus_connection_unref(conn);
    world_end(&host);
}

static void
transient(void **state)
{
    world host;
    pileus_connection *conn;
    pileus_list *list;
    const pileus_value *extra;

    (void)state;
    world_begin(&host, DOMAIN("here", "1", "1", "")
                           DOMAIN("fleeting", "2", "1", "<test:transient/>"));
    conn = OPEN("uri", host.uri);
    list = list_nodes(conn);
    extra = pileus_node_extra(find_node(list, "here"));
    assert_true(
        pileus_value_bool(pileus_value_get(extra, "persistent"), false));
    extra = pileus_node_extra(find_node(list, "fleeting"));
    assert_false(
        pileus_value_bool(pileus_value_get(extra, "persistent"), true));
    pileus_list_free(list);
    pileus_connection_unref(conn);
    world_end(&host);
}

/* Notes that tell of another domain, as a tool that copies domains leaves them,
 * are not this one's. Nor are such as make no sense any trouble. */
static void
foreign_notes(void **state)
{
    world host;
    pileus_connection *conn;
    pileus_list *list;
    pileus_node *node;
    int64_t created;

    (void)state;
    world_begin(
        &host,
        DOMAIN("copy", "1", "5",
               "<metadata><p:node xmlns:p='urn:x-pileus:node:1' uuid='" ID(
                   "2") "' created='1'><p:size name='small'/>"
                        "<p:volume pool='a' name='b'/></p:node></metadata>")
            DOMAIN("odd", "3", "5",
                   "<title>a &lt;title&gt;</title><description>x</description>"
                   "<metadata><p:node xmlns:p='urn:x-pileus:node:1' uuid='" ID(
                       "3") "' created='later'><p:size vcpus='2'/>"
                            "<p:size name='odd' vcpus='many' ram='64'/>"
                            "<p:image id='nothing'/><p:tag key='k'/>"
                            "<p:tag key='a &amp; b' value='&lt;&quot;'/>"
                            "</p:node></metadata>"));
    conn = OPEN("uri", host.uri);
    list = list_nodes(conn);
    node = find_node(list, "copy");
    assert_null(pileus_node_size(node));
    assert_false(pileus_node_created_at(node, &created));
    assert_int_equal(pileus_value_count(
                         pileus_value_get(pileus_node_extra(node), "volumes")),
                     0);
    node = find_node(list, "odd");
    assert_null(pileus_node_size(node));
    assert_null(pileus_node_image(node));
    assert_false(pileus_node_created_at(node, &created));
    assert_int_equal(pileus_value_count(pileus_node_tags(node)), 1);
    assert_string_equal(extra_string(pileus_node_tags(node), "a & b"), "<\"");
    assert_string_equal(extra_string(pileus_node_extra(node), "title"),
                        "a <title>");
    pileus_list_free(list);
    pileus_connection_unref(conn);
    world_end(&host);
}

/* ---- addresses --------------------------------------------------------- */

#define NETWORK(NAME, DIGIT, IP)                                               \
    "<network><name>" NAME "</name>"                                           \
    "<uuid>00000000-0000-4000-9000-00000000000" DIGIT "</uuid>"                \
    "<bridge name='br" DIGIT "'/>" IP "</network>"
#define LINK(NAME, MAC)                                                        \
    "<interface type='network'><mac address='52:54:00:00:00:" MAC "'/>"        \
    "<source network='" NAME "'/></interface>"

static const char networks[] =
    NETWORK("public4", "1", "<ip address='203.0.113.1' prefix='24'/>") NETWORK(
        "carrier", "2", "<ip address='100.64.0.1' prefix='24'/>")
        NETWORK("local4", "3", "<ip address='169.254.7.1' prefix='24'/>")
            NETWORK("ten", "4", "<ip address='10.1.0.1' prefix='24'/>") NETWORK(
                "public6", "5",
                "<ip family='ipv6' address='2001:db8:1::1' prefix='64'/>")
                NETWORK("unique", "6",
                        "<ip family='ipv6' address='fd00:1::1' prefix='64'/>")
                    NETWORK("local6", "7",
                            "<ip family='ipv6' address='fe80::1' prefix='64'/>")
                        NETWORK("next", "8",
                                "<ip address='172.32.0.1' prefix='24'/>")
                            NETWORK("seventeen", "9",
                                    "<ip address='172.31.0.1' prefix='24'/>");

static void
addresses(void **state)
{
    char xml[16384];
    world host;
    pileus_connection *conn;
    pileus_list *list;
    pileus_node *node;

    (void)state;
    (void)snprintf(
        xml, sizeof xml, "%s%s", networks,
        DOMAIN("many", "1", "1",
               "<devices>" LINK("public4", "01") LINK("carrier", "02") LINK(
                   "local4", "03") LINK("ten", "04") LINK("public6", "05")
                   LINK("unique", "06") LINK("local6", "07") LINK("next", "08")
                       LINK("seventeen", "09") "</devices>")
            DOMAIN("off", "2", "5",
                   "<devices>" LINK("ten", "0b") "</devices>"));
    world_begin(&host, xml);
    conn = OPEN("uri", host.uri);
    list = list_nodes(conn);
    node = find_node(list, "many");
    assert_int_equal(pileus_node_public_ip_count(node), 3);
    assert_memory_equal(pileus_node_public_ip(node, 0), "203.0.113.", 10);
    assert_memory_equal(pileus_node_public_ip(node, 1), "2001:db8:1::", 12);
    assert_memory_equal(pileus_node_public_ip(node, 2), "172.32.0.", 9);
    assert_int_equal(pileus_node_private_ip_count(node), 4);
    assert_memory_equal(pileus_node_private_ip(node, 0), "100.64.0.", 9);
    assert_memory_equal(pileus_node_private_ip(node, 1), "10.1.0.", 7);
    assert_memory_equal(pileus_node_private_ip(node, 2), "fd00:1::", 8);
    assert_memory_equal(pileus_node_private_ip(node, 3), "172.31.0.", 9);
    node = find_node(list, "off");
    assert_int_equal(pileus_node_public_ip_count(node), 0);
    assert_int_equal(pileus_node_private_ip_count(node), 0);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    world_end(&host);
}

/* ---- streaming --------------------------------------------------------- */

static bool
take_one(void *user, pileus_node *node)
{
    (void)node;
    ++*(int *)user;
    return false;
}

/* Who has had enough after the first node gets no second one, and the work that
 * is under way ends. */
static void
enough(void **state)
{
    world host;
    pileus_connection *conn;
    pileus_error *err = NULL;
    int count = 0;

    (void)state;
    world_begin(&host, all_states);
    conn = OPEN("uri", host.uri);
    expect_ok(pileus_node_each(conn, NULL, take_one, &count, NULL, &err), err);
    assert_int_equal(count, 1);
    pileus_connection_unref(conn);
    world_end(&host);
}

static void
empty_host(void **state)
{
    world host;
    pileus_connection *conn;
    pileus_list *list;

    (void)state;
    world_begin(&host, "");
    conn = OPEN("uri", host.uri);
    list = list_nodes(conn);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    list = list_images(conn);
    assert_int_equal(pileus_list_count(list), 0);
    pileus_list_free(list);
    pileus_connection_unref(conn);
    world_end(&host);
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_domain),    cmocka_unit_test(devices),
        cmocka_unit_test(no_such_node),  cmocka_unit_test(every_state),
        cmocka_unit_test(queries),       cmocka_unit_test(transient),
        cmocka_unit_test(foreign_notes), cmocka_unit_test(addresses),
        cmocka_unit_test(enough),        cmocka_unit_test(empty_host),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
