/* What the host can offer a new node: a kind of guest, and a network. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "guest.h"

#include "xml.h"

#include <stdlib.h>

/* Kinds of domains that this driver knows how to write, the best first. */
static const char *const types[] = {"kvm", "hvf", "qemu", "test"};

/* The best kind of a guest's <arch>; NULL: none of ours. */
static const char *
best_type(xmlNodePtr arch)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        for (xmlNodePtr at = lv_xml_child(arch, "domain", NULL); at != NULL;
             at = lv_xml_next(at)) {
            if (lv_xml_is(at, "type", types[i])) {
                return types[i];
            }
        }
    }
    return NULL;
}

static const char *
find_type(xmlNodePtr capabilities, const char *arch)
{
    for (xmlNodePtr at = lv_xml_child(capabilities, "guest", NULL); at != NULL;
         at = lv_xml_next(at)) {
        xmlNodePtr its_arch = lv_xml_child(at, "arch", NULL);
        char *os = lv_xml_text(lv_xml_child(at, "os_type", NULL));
        bool fits = os != NULL && strcmp(os, "hvm") == 0 &&
                    lv_xml_is(its_arch, "name", arch);

        free(os);
        if (fits) {
            return best_type(its_arch);
        }
    }
    return NULL;
}

bool
lv_guest_choose(lv_guest *guest, virConnectPtr virt, lv_failure *failure)
{
    char *text = virConnectGetCapabilities(virt);
    xmlDocPtr document = lv_xml_read(text);
    xmlNodePtr root = document == NULL ? NULL : xmlDocGetRootElement(document);
    xmlNodePtr host = lv_xml_child(root, "host", NULL);
    const char *type = NULL;
    bool chosen = false;

    if (text == NULL) {
        return lv_failed(failure, "read what the hypervisor can do");
    }
    guest->arch = lv_xml_text(
        lv_xml_child(lv_xml_child(host, "cpu", NULL), "arch", NULL));
    if (guest->arch != NULL) {
        type = find_type(root, guest->arch);
    }
    if (type == NULL) {
        (void)lv_refuse(failure, PILEUS_NOT_SUPPORTED,
                        "nodes can be made on QEMU and KVM only, and this host "
                        "offers neither: install QEMU there, or use a "
                        "connection to another host");
    } else if ((guest->type = strdup(type)) == NULL) {
        (void)lv_no_memory(failure);
    } else {
        guest->own_cpu = strcmp(type, "kvm") == 0;
        chosen = true;
    }
    xmlFreeDoc(document);
    free(text);
    return chosen;
}

void
lv_guest_clear(lv_guest *guest)
{
    free(guest->type);
    free(guest->arch);
    guest->type = NULL;
    guest->arch = NULL;
}

/* 1: active, 0: not; -1: there is none, or no telling. */
static int
is_active(virConnectPtr virt, const char *name)
{
    virNetworkPtr network = virNetworkLookupByName(virt, name);
    int active = network == NULL ? -1 : virNetworkIsActive(network);

    if (network != NULL) {
        (void)virNetworkFree(network);
    }
    return active;
}

bool
lv_link_choose(lv_link *link, const char **name, virConnectPtr virt,
               const char *network, lv_failure *failure)
{
    static const char bridge[] = "bridge:";
    int active;

    *name = network;
    if (network == NULL) {
        *name = "default";
        *link = is_active(virt, *name) == 1 ? LV_LINK_NETWORK : LV_LINK_NONE;
        return true;
    }
    if (strcmp(network, "none") == 0) {
        *link = LV_LINK_NONE;
        return true;
    }
    if (strcmp(network, "user") == 0) {
        *link = LV_LINK_USER;
        return true;
    }
    if (strncmp(network, bridge, sizeof bridge - 1) == 0) {
        *name = network + sizeof bridge - 1;
        *link = LV_LINK_BRIDGE;
        return true;
    }
    *link = LV_LINK_NETWORK;
    active = is_active(virt, network);
    if (active < 0) {
        return lv_failed(failure, "use network %s", network);
    }
    return active == 1 ? true
                       : lv_refuse(failure, PILEUS_CONFLICT,
                                   "network %s is not active: start it with "
                                   "\"virsh net-start %s\"",
                                   network, network);
}
