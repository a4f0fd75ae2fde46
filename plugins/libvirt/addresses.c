/* Addresses of a domain, from wherever libvirt knows them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "addresses.h"

#include <arpa/inet.h>
#include <stdlib.h>

typedef struct network {
    uint8_t prefix[16];
    unsigned int bits;
    bool is_private; /* else nobody else can reach it: left out */
} network;

static const network networks4[] = {
    {{10}, 8, true},         {{172, 16}, 12, true}, {{192, 168}, 16, true},
    {{100, 64}, 10, true},   {{0}, 8, false},       {{127}, 8, false},
    {{169, 254}, 16, false}, {{224}, 3, false}, /* multicast, reserved */
};

static const network networks6[] = {
    {{0xfc}, 7, true},         {{0xfe, 0xc0}, 10, true},
    {{0}, 64, false}, /* unspecified, loopback, mapped */
    {{0xfe, 0x80}, 10, false}, {{0xff}, 8, false},
};

static bool
is_in(const uint8_t *address, const network *net)
{
    unsigned int bytes = net->bits / 8;
    unsigned int mask = 0xff00U >> (net->bits % 8) & 0xffU;

    return memcmp(address, net->prefix, bytes) == 0 &&
           (address[bytes] & mask) == (net->prefix[bytes] & mask);
}

/* The address in its usual spelling and its sort; false: to be left out. */
static bool
sort(const char *text, lv_address *address)
{
    uint8_t bytes[16] = {0};
    int family = strchr(text, ':') == NULL ? AF_INET : AF_INET6;
    const network *nets = family == AF_INET ? networks4 : networks6;
    size_t count = family == AF_INET ? sizeof networks4 / sizeof networks4[0]
                                     : sizeof networks6 / sizeof networks6[0];

    if (inet_pton(family, text, bytes) != 1 ||
        inet_ntop(family, bytes, address->text, sizeof address->text) == NULL) {
        return false;
    }
    address->is_private = false;
    for (size_t i = 0; i < count; i++) {
        if (is_in(bytes, &nets[i])) {
            address->is_private = nets[i].is_private;
            return nets[i].is_private;
        }
    }
    return true;
}

static bool
add(lv_addresses *addresses, const char *text)
{
    lv_address address;
    lv_address *longer;

    if (text == NULL || !sort(text, &address)) {
        return true;
    }
    for (size_t i = 0; i < addresses->count; i++) {
        if (strcmp(addresses->list[i].text, address.text) == 0) {
            return true;
        }
    }
    longer = realloc(addresses->list,
                     (addresses->count + 1) * sizeof *addresses->list);
    if (longer == NULL) {
        return false;
    }
    addresses->list = longer;
    addresses->list[addresses->count++] = address;
    return true;
}

static bool
ask(lv_addresses *addresses, virDomainPtr domain, unsigned int source)
{
    virDomainInterfacePtr *interfaces = NULL;
    int count = virDomainInterfaceAddresses(domain, &interfaces, source, 0);
    bool added = true;

    for (int i = 0; i < count; i++) {
        for (unsigned int j = 0; j < interfaces[i]->naddrs; j++) {
            added = added && add(addresses, interfaces[i]->addrs[j].addr);
        }
        virDomainInterfaceFree(interfaces[i]);
    }
    free(interfaces);
    return added;
}

/* What the domain's document says of where to look. */
static void
look(xmlDocPtr xml, bool *interfaces, bool *leases, bool *agent)
{
    xmlNodePtr devices =
        lv_xml_child(xmlDocGetRootElement(xml), "devices", NULL);

    for (xmlNodePtr at = lv_xml_child(devices, "interface", NULL); at != NULL;
         at = lv_xml_next(at)) {
        *interfaces = true;
        *leases = *leases || lv_xml_is(at, "type", "network");
    }
    for (xmlNodePtr at = lv_xml_child(devices, "channel", NULL); at != NULL;
         at = lv_xml_next(at)) {
        xmlNodePtr target = lv_xml_child(at, "target", NULL);

        *agent =
            *agent || (lv_xml_is(target, "name", "org.qemu.guest_agent.0") &&
                       lv_xml_is(target, "state", "connected"));
    }
}

bool
lv_addresses_find(lv_addresses *addresses, virDomainPtr domain, xmlDocPtr xml,
                  lv_failure *failure)
{
    bool interfaces = false;
    bool leases = false;
    bool agent = false;
    bool found = true;

    look(xml, &interfaces, &leases, &agent);
    if (leases) {
        found =
            ask(addresses, domain, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE);
    }
    if (found && agent) {
        found =
            ask(addresses, domain, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT);
    }
    if (found && interfaces && addresses->count == 0) {
        found = ask(addresses, domain, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP);
    }
    return found ? true : lv_no_memory(failure);
}

void
lv_addresses_free(lv_addresses *addresses)
{
    free(addresses->list);
    addresses->list = NULL;
    addresses->count = 0;
}
