/* The libvirt driver: its maps of states, errors and addresses, in full. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "plugins/libvirt/addresses.h"
#include "plugins/libvirt/errors.h"
#include "plugins/libvirt/state.h"

#include "tests/support/expect.h"

#include <pileus/model.h>

#include <errno.h>
#include <stdlib.h>

/* ---- states ------------------------------------------------------------ */

static void
states(void **state)
{
    static const struct {
        int state;
        int reason;
        pileus_state wanted;
        const char *reason_word;
    } cases[] = {
        {VIR_DOMAIN_NOSTATE, 0, PILEUS_STATE_UNKNOWN, "unknown"},
        {VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_BOOTED, PILEUS_STATE_RUNNING,
         "booted"},
        {VIR_DOMAIN_RUNNING, VIR_DOMAIN_RUNNING_POSTCOPY, PILEUS_STATE_RUNNING,
         "post-copy"},
        {VIR_DOMAIN_BLOCKED, 0, PILEUS_STATE_RUNNING, "unknown"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_UNKNOWN, PILEUS_STATE_PAUSED,
         "unknown"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_USER, PILEUS_STATE_PAUSED,
         "user"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_MIGRATION, PILEUS_STATE_MIGRATING,
         "migration"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_SAVE, PILEUS_STATE_PAUSED,
         "save"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_IOERROR, PILEUS_STATE_PAUSED,
         "ioerror"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_SHUTTING_DOWN,
         PILEUS_STATE_STOPPING, "shutting down"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_CRASHED, PILEUS_STATE_ERROR,
         "crashed"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_STARTING_UP,
         PILEUS_STATE_STARTING, "starting up"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_POSTCOPY, PILEUS_STATE_MIGRATING,
         "post-copy"},
        {VIR_DOMAIN_PAUSED, VIR_DOMAIN_PAUSED_POSTCOPY_FAILED,
         PILEUS_STATE_ERROR, "post-copy failed"},
        {VIR_DOMAIN_SHUTDOWN, VIR_DOMAIN_SHUTDOWN_USER, PILEUS_STATE_STOPPING,
         "user"},
        {VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SHUTDOWN, PILEUS_STATE_STOPPED,
         "shutdown"},
        {VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_CRASHED, PILEUS_STATE_STOPPED,
         "crashed"},
        {VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_SAVED, PILEUS_STATE_STOPPED,
         "saved"},
        {VIR_DOMAIN_SHUTOFF, VIR_DOMAIN_SHUTOFF_DAEMON, PILEUS_STATE_STOPPED,
         "daemon"},
        {VIR_DOMAIN_CRASHED, VIR_DOMAIN_CRASHED_PANICKED, PILEUS_STATE_ERROR,
         "panicked"},
        {VIR_DOMAIN_PMSUSPENDED, 0, PILEUS_STATE_SUSPENDED, "unknown"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(lv_state(cases[i].state, cases[i].reason),
                         cases[i].wanted);
        assert_string_equal(lv_reason_word(cases[i].state, cases[i].reason),
                            cases[i].reason_word);
    }
    assert_string_equal(lv_state_word(VIR_DOMAIN_PMSUSPENDED), "pmsuspended");
}

/* Numbers of a newer libvirt, and no numbers at all. */
static void
unknown_states(void **state)
{
    static const int odd[] = {-1, -1000, 8, 99, 1 << 30};

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        assert_int_equal(lv_state(odd[i], 0), PILEUS_STATE_UNKNOWN);
        assert_string_equal(lv_state_word(odd[i]), "unknown");
        assert_string_equal(lv_reason_word(odd[i], 1), "unknown");
    }
    assert_int_equal(lv_state(VIR_DOMAIN_PAUSED, -1), PILEUS_STATE_PAUSED);
    assert_int_equal(lv_state(VIR_DOMAIN_PAUSED, 99), PILEUS_STATE_PAUSED);
    assert_string_equal(lv_reason_word(VIR_DOMAIN_RUNNING, 99), "unknown");
    assert_string_equal(lv_reason_word(VIR_DOMAIN_RUNNING, -1), "unknown");
}

/* ---- errors ------------------------------------------------------------ */

static void
codes(void **state)
{
    static const struct {
        int number;
        int domain;
        int number_of_system; /* errno */
        pileus_code wanted;
        const char *name;
    } cases[] = {
        {VIR_ERR_NO_DOMAIN, VIR_FROM_QEMU, 0, PILEUS_NOT_FOUND,
         "VIR_ERR_NO_DOMAIN"},
        {VIR_ERR_NO_STORAGE_VOL, VIR_FROM_STORAGE, 0, PILEUS_NOT_FOUND,
         "VIR_ERR_NO_STORAGE_VOL"},
        {VIR_ERR_OPERATION_INVALID, VIR_FROM_QEMU, 0, PILEUS_CONFLICT,
         "VIR_ERR_OPERATION_INVALID"},
        {VIR_ERR_STORAGE_VOL_EXIST, VIR_FROM_STORAGE, 0, PILEUS_CONFLICT,
         "VIR_ERR_STORAGE_VOL_EXIST"},
        {VIR_ERR_DOM_EXIST, VIR_FROM_QEMU, 0, PILEUS_CONFLICT,
         "VIR_ERR_DOM_EXIST"},
        {VIR_ERR_RESOURCE_BUSY, VIR_FROM_QEMU, 0, PILEUS_CONFLICT,
         "VIR_ERR_RESOURCE_BUSY"},
        {VIR_ERR_AUTH_FAILED, VIR_FROM_AUTH, 0, PILEUS_AUTHENTICATION,
         "VIR_ERR_AUTH_FAILED"},
        {VIR_ERR_AUTH_UNAVAILABLE, VIR_FROM_POLKIT, 0, PILEUS_AUTHENTICATION,
         "VIR_ERR_AUTH_UNAVAILABLE"},
        {VIR_ERR_ACCESS_DENIED, VIR_FROM_ACCESS, 0, PILEUS_PERMISSION,
         "VIR_ERR_ACCESS_DENIED"},
        {VIR_ERR_OPERATION_DENIED, VIR_FROM_DOM, 0, PILEUS_PERMISSION,
         "VIR_ERR_OPERATION_DENIED"},
        {VIR_ERR_NO_SUPPORT, VIR_FROM_DOM, 0, PILEUS_NOT_SUPPORTED,
         "VIR_ERR_NO_SUPPORT"},
        {VIR_ERR_CONFIG_UNSUPPORTED, VIR_FROM_QEMU, 0, PILEUS_NOT_SUPPORTED,
         "VIR_ERR_CONFIG_UNSUPPORTED"},
        {VIR_ERR_ARGUMENT_UNSUPPORTED, VIR_FROM_QEMU, 0, PILEUS_NOT_SUPPORTED,
         "VIR_ERR_ARGUMENT_UNSUPPORTED"},
        {VIR_ERR_NO_CONNECT, VIR_FROM_NONE, 0, PILEUS_UNAVAILABLE,
         "VIR_ERR_NO_CONNECT"},
        {VIR_ERR_RPC, VIR_FROM_RPC, 0, PILEUS_UNAVAILABLE, "VIR_ERR_RPC"},
        {VIR_ERR_LIBSSH, VIR_FROM_LIBSSH, 0, PILEUS_UNAVAILABLE,
         "VIR_ERR_LIBSSH"},
        {VIR_ERR_OPERATION_TIMEOUT, VIR_FROM_QEMU, 0, PILEUS_UNAVAILABLE,
         "VIR_ERR_OPERATION_TIMEOUT"},
        {VIR_ERR_AGENT_UNRESPONSIVE, VIR_FROM_QEMU, 0, PILEUS_UNAVAILABLE,
         "VIR_ERR_AGENT_UNRESPONSIVE"},
        {VIR_ERR_GNUTLS_ERROR, VIR_FROM_RPC, 0, PILEUS_TLS,
         "VIR_ERR_GNUTLS_ERROR"},
        {VIR_ERR_NO_MEMORY, VIR_FROM_NONE, 0, PILEUS_NO_MEMORY,
         "VIR_ERR_NO_MEMORY"},
        {VIR_ERR_XML_ERROR, VIR_FROM_DOMAIN, 0, PILEUS_INVALID_ARGUMENT,
         "VIR_ERR_XML_ERROR"},
        {VIR_ERR_OPERATION_FAILED, VIR_FROM_QEMU, 0, PILEUS_FAILED,
         "VIR_ERR_OPERATION_FAILED"},
        /* The same number, from the hypervisor or on the way to it. */
        {VIR_ERR_INTERNAL_ERROR, VIR_FROM_QEMU, 0, PILEUS_FAILED,
         "VIR_ERR_INTERNAL_ERROR"},
        {VIR_ERR_INTERNAL_ERROR, VIR_FROM_RPC, 0, PILEUS_UNAVAILABLE,
         "VIR_ERR_INTERNAL_ERROR"},
        {VIR_ERR_SYSTEM_ERROR, VIR_FROM_STORAGE, ENOSPC, PILEUS_FAILED,
         "VIR_ERR_SYSTEM_ERROR"},
        {VIR_ERR_SYSTEM_ERROR, VIR_FROM_RPC, ECONNREFUSED, PILEUS_UNAVAILABLE,
         "VIR_ERR_SYSTEM_ERROR"},
        {VIR_ERR_SYSTEM_ERROR, VIR_FROM_RPC, EACCES, PILEUS_PERMISSION,
         "VIR_ERR_SYSTEM_ERROR"},
        {VIR_ERR_INTERNAL_ERROR, VIR_FROM_URI, 0, PILEUS_CONFIGURATION,
         "VIR_ERR_INTERNAL_ERROR"},
        /* One that this driver does not know. */
        {9999, VIR_FROM_QEMU, 0, PILEUS_FAILED, NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        virError error = {.code = cases[i].number,
                          .domain = cases[i].domain,
                          .int1 = cases[i].number_of_system};
        const char *name = lv_number_name(cases[i].number);

        assert_int_equal(lv_code(&error), cases[i].wanted);
        assert_int_equal(name == NULL, cases[i].name == NULL);
        if (name != NULL) {
            assert_string_equal(name, cases[i].name);
        }
    }
}

/* ---- addresses --------------------------------------------------------- */

/* What each source says in this process: this takes the place of libvirt's own
 * function. NULL: it fails. */
static const char *const *answers[3];
static int asked[3];

int
virDomainInterfaceAddresses(virDomainPtr domain, virDomainInterfacePtr **list,
                            unsigned int source, unsigned int flags)
{
    const char *const *answer = answers[source];
    virDomainInterfacePtr made;

    assert_null(domain);
    assert_int_equal(flags, 0);
    asked[source]++;
    if (answer == NULL) {
        return -1;
    }
    made = calloc(1, sizeof *made);
    *list = calloc(1, sizeof **list);
    assert_true(made != NULL && *list != NULL);
    (*list)[0] = made;
    while (answer[made->naddrs] != NULL) {
        made->naddrs++;
    }
    made->addrs = calloc(made->naddrs + 1, sizeof *made->addrs);
    assert_non_null(made->addrs);
    for (unsigned int i = 0; i < made->naddrs; i++) {
        made->addrs[i].addr = strdup(answer[i]);
    }
    return 1;
}

static void
find(lv_addresses *addresses, const char *devices, const char *const *lease,
     const char *const *agent, const char *const *arp)
{
    lv_failure failure = {0};
    char text[1024];
    xmlDocPtr xml;

    (void)snprintf(text, sizeof text, "<domain><devices>%s</devices></domain>",
                   devices);
    xml = lv_xml_read(text);
    assert_non_null(xml);
    memset(asked, 0, sizeof asked);
    answers[VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE] = lease;
    answers[VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT] = agent;
    answers[VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP] = arp;
    memset(addresses, 0, sizeof *addresses);
    assert_true(lv_addresses_find(addresses, NULL, xml, &failure));
    xmlFreeDoc(xml);
}

#define NETWORK "<interface type='network'/>"
#define BRIDGE "<interface type='bridge'/>"
#define AGENT(STATE)                                                           \
    "<channel type='unix'><target type='virtio' "                              \
    "name='org.qemu.guest_agent.0' state='" STATE "'/></channel>"
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static void
assert_asked(int lease, int agent, int arp)
{
    assert_int_equal(asked[VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE], lease);
    assert_int_equal(asked[VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT], agent);
    assert_int_equal(asked[VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP], arp);
}

static void
sources(void **state)
{
    lv_addresses found;

    (void)state;
    find(&found, "", LIST("10.0.0.1"), LIST("10.0.0.2"), LIST("10.0.0.3"));
    assert_asked(0, 0, 0);
    assert_int_equal(found.count, 0);
    lv_addresses_free(&found);

    /* No agent is asked that is not there. */
    find(&found, NETWORK AGENT("disconnected"), LIST("10.0.0.1"),
         LIST("10.0.0.2"), LIST("10.0.0.3"));
    assert_asked(1, 0, 0);
    assert_int_equal(found.count, 1);
    lv_addresses_free(&found);

    /* What two sources say is said once. */
    find(&found, NETWORK AGENT("connected"), LIST("10.0.0.1"),
         LIST("127.0.0.1", "::1", "10.0.0.1", "2001:DB8:0::7", "fe80::1"),
         LIST("10.0.0.3"));
    assert_asked(1, 1, 0);
    assert_int_equal(found.count, 2);
    assert_string_equal(found.list[0].text, "10.0.0.1");
    assert_string_equal(found.list[1].text, "2001:db8::7");
    lv_addresses_free(&found);

    /* A source that fails is passed over. */
    find(&found, BRIDGE AGENT("connected"), NULL, NULL, LIST("192.0.2.9"));
    assert_asked(0, 1, 1);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.list[0].text, "192.0.2.9");
    assert_false(found.list[0].is_private);
    lv_addresses_free(&found);
    find(&found, NETWORK BRIDGE, NULL, NULL, NULL);
    assert_asked(1, 0, 1);
    assert_int_equal(found.count, 0);
    lv_addresses_free(&found);
}

static void
sorts(void **state)
{
    static const char *const out[] = {
        "0.0.0.0",
        "0.1.2.3",
        "127.0.0.1",
        "127.255.255.255",
        "224.0.0.1",
        "255.255.255.255",
        "169.254.0.1",
        "::",
        "::1",
        "fe80::1",
        "febf::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "fe80::1%eth0",
        "localhost",
        "",
        "10.0.0",
        "10.0.0.256",
    };
    static const char *const private[] = {
        "10.0.0.0",    "10.255.255.255", "172.16.0.0",      "172.31.255.255",
        "192.168.0.1", "100.64.0.0",     "100.127.255.255", "fc00::1",
        "fdff::1",     "fec0::1",
    };
    static const char *const public[] = {
        "1.1.1.1",     "9.255.255.255", "11.0.0.0",    "172.15.255.255",
        "172.32.0.0",  "192.167.0.1",   "192.169.0.1", "100.63.255.255",
        "100.128.0.0", "169.253.0.1",   "169.255.0.1", "223.255.255.255",
        "2000::1",     "fbff::1",       "2001:db8::1", "64:ff9b::1",
    };
    lv_addresses found;

    (void)state;
    for (size_t i = 0; i < sizeof out / sizeof out[0]; i++) {
        find(&found, BRIDGE, NULL, NULL, LIST(out[i]));
        assert_int_equal(found.count, 0);
        lv_addresses_free(&found);
    }
    for (size_t i = 0; i < sizeof private / sizeof private[0]; i++) {
        find(&found, BRIDGE, NULL, NULL, LIST(private[i]));
        assert_int_equal(found.count, 1);
        assert_true(found.list[0].is_private);
        lv_addresses_free(&found);
    }
    for (size_t i = 0; i < sizeof public / sizeof public[0]; i++) {
        find(&found, BRIDGE, NULL, NULL, LIST(public[i]));
        assert_int_equal(found.count, 1);
        assert_string_equal(found.list[0].text, public[i]);
        assert_false(found.list[0].is_private);
        lv_addresses_free(&found);
    }
}

int
main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(states), cmocka_unit_test(unknown_states),
        cmocka_unit_test(codes),  cmocka_unit_test(sources),
        cmocka_unit_test(sorts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
