/* The facts of one domain, gathered from libvirt. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"

#include <stdlib.h>

bool
lv_is_active(int state)
{
    return state == VIR_DOMAIN_RUNNING || state == VIR_DOMAIN_BLOCKED ||
           state == VIR_DOMAIN_PAUSED || state == VIR_DOMAIN_SHUTDOWN ||
           state == VIR_DOMAIN_PMSUSPENDED;
}

/* A node's id as libvirt writes it: any other spelling is not an id. */
static bool
is_uuid(const char *id)
{
    size_t length = strlen(id);

    for (size_t i = 0; i < length; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;

        if (dash ? id[i] != '-' : strchr("0123456789abcdef", id[i]) == NULL) {
            return false;
        }
    }
    return length == VIR_UUID_STRING_BUFLEN - 1;
}

virDomainPtr
lv_domain_find(virConnectPtr virt, const char *id, const char *doing,
               lv_failure *failure)
{
    virDomainPtr domain;

    if (!is_uuid(id)) {
        (void)lv_refuse(failure, PILEUS_NOT_FOUND,
                        "cannot %s node %.64s: the id of a node is its UUID in "
                        "small letters, and this is none",
                        doing, id);
        return NULL;
    }
    domain = virDomainLookupByUUIDString(virt, id);
    if (domain == NULL) {
        (void)lv_failed(failure, "%s node %s", doing, id);
    }
    return domain;
}

/* What only calls about one domain tell. What a hypervisor cannot say stays
 * unknown, except for the state. */
static bool
ask_rest(virDomainPtr domain, lv_known *known)
{
    virDomainInfo info;
    int autostart = -1;

    if (known->state < 0 &&
        virDomainGetState(domain, &known->state, &known->reason, 0) < 0) {
        return false;
    }
    if (known->cpu_ns < 0 && lv_is_active(known->state) &&
        virDomainGetInfo(domain, &info) == 0) {
        known->cpu_ns = (int64_t)info.cpuTime;
    }
    if (known->persistent < 0) {
        known->persistent = virDomainIsPersistent(domain);
    }
    if (known->autostart < 0 && known->persistent == 1 &&
        virDomainGetAutostart(domain, &autostart) == 0) {
        known->autostart = autostart;
    }
    return true;
}

static bool
ask_xml(virDomainPtr domain, lv_facts *facts, lv_failure *failure)
{
    char *text = virDomainGetXMLDesc(domain, 0);

    if (text == NULL) {
        return lv_failed(failure, "read node %s", facts->name);
    }
    facts->xml = lv_xml_read(text);
    free(text);
    if (facts->xml == NULL) {
        return lv_refuse(failure, PILEUS_PROTOCOL,
                         "cannot read node %s: libvirt's description of it is "
                         "no XML, or memory ran out",
                         facts->name);
    }
    return true;
}

lv_facts *
lv_facts_gather(virDomainPtr domain, const lv_known *known, lv_failure *failure)
{
    lv_facts *facts = calloc(1, sizeof *facts);
    const char *name = virDomainGetName(domain);

    if (facts == NULL) {
        (void)lv_no_memory(failure);
        return NULL;
    }
    facts->known = *known;
    facts->name = strdup(name == NULL ? "" : name);
    if (facts->name == NULL) {
        (void)lv_no_memory(failure);
        goto fail;
    }
    if (virDomainGetUUIDString(domain, facts->uuid) < 0 ||
        !ask_rest(domain, &facts->known)) {
        (void)lv_failed(failure, "read node %s", facts->name);
        goto fail;
    }
    facts->number =
        lv_is_active(facts->known.state) ? (int)virDomainGetID(domain) : -1;
    if (!ask_xml(domain, facts, failure) ||
        (lv_is_active(facts->known.state) &&
         !lv_addresses_find(&facts->addresses, domain, facts->xml, failure))) {
        goto fail;
    }
    return facts;

fail:
    lv_facts_free(facts);
    return NULL;
}

void
lv_facts_free(lv_facts *facts)
{
    if (facts == NULL) {
        return;
    }
    lv_addresses_free(&facts->addresses);
    if (facts->xml != NULL) {
        xmlFreeDoc(facts->xml);
    }
    free(facts->name);
    free(facts);
}
