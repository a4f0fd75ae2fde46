/* Which volumes are disks of which domains. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "uses.h"

#include "metadata.h"

#include <stdlib.h>

static void
clear(lv_use *use)
{
    free(use->domain);
    free(use->path);
    free(use->pool);
    free(use->volume);
}

/* Add a use, whose strings are taken over in any case. */
static bool
add(lv_uses *uses, lv_use *use, lv_failure *failure)
{
    lv_use *longer =
        realloc(uses->list, (uses->count + 1) * sizeof *uses->list);

    if (longer != NULL) {
        uses->list = longer;
    }
    if (longer == NULL || use->domain == NULL) {
        clear(use);
        return lv_no_memory(failure);
    }
    uses->list[uses->count++] = *use;
    return true;
}

static bool
add_disks(lv_uses *uses, xmlDocPtr xml, const char *domain, lv_failure *failure)
{
    xmlNodePtr devices =
        lv_xml_child(xmlDocGetRootElement(xml), "devices", NULL);
    bool added = true;

    for (xmlNodePtr disk = lv_xml_child(devices, "disk", NULL);
         disk != NULL && added; disk = lv_xml_next(disk)) {
        xmlNodePtr source = lv_xml_child(disk, "source", NULL);
        lv_use use = {.domain = strdup(domain)};

        use.path = lv_xml_attribute(source, "file");
        if (use.path == NULL) {
            use.path = lv_xml_attribute(source, "dev");
        }
        use.pool = lv_xml_attribute(source, "pool");
        use.volume = lv_xml_attribute(source, "volume");
        added = add(uses, &use, failure);
    }
    return added;
}

static bool
add_own(lv_uses *uses, xmlNodePtr note, const char *domain, lv_failure *failure)
{
    bool added = true;

    for (xmlNodePtr volume = lv_note_child(note, "volume");
         volume != NULL && added; volume = lv_xml_next(volume)) {
        lv_use use = {
            .domain = strdup(domain),
            .pool = lv_xml_attribute(volume, "pool"),
            .volume = lv_xml_attribute(volume, "name"),
            .own = true,
        };

        added = add(uses, &use, failure);
    }
    return added;
}

/* A domain that vanishes meanwhile uses nothing. */
static bool
add_domain(lv_uses *uses, virDomainPtr domain, lv_failure *failure)
{
    const char *name = virDomainGetName(domain);
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *text = virDomainGetXMLDesc(domain, 0);
    xmlDocPtr xml;
    bool added;

    if (text == NULL) {
        return lv_last_number() == VIR_ERR_NO_DOMAIN
                   ? true
                   : lv_failed(failure, "read node %s", name);
    }
    xml = lv_xml_read(text);
    free(text);
    if (xml == NULL || virDomainGetUUIDString(domain, uuid) < 0) {
        xmlFreeDoc(xml);
        return lv_refuse(failure, PILEUS_PROTOCOL,
                         "cannot read node %s: libvirt's description of it is "
                         "no XML, or memory ran out",
                         name);
    }
    added = add_disks(uses, xml, name, failure) &&
            add_own(uses, lv_note_find(xml, uuid), name, failure);
    xmlFreeDoc(xml);
    return added;
}

bool
lv_uses_find(lv_uses *uses, virConnectPtr virt, lv_failure *failure)
{
    virDomainPtr *list = NULL;
    int count = virConnectListAllDomains(virt, &list, 0);
    bool found = true;

    if (count < 0) {
        return lv_failed(failure, "see which images are disks of nodes");
    }
    for (int i = 0; i < count; i++) {
        found = found && add_domain(uses, list[i], failure);
        (void)virDomainFree(list[i]);
    }
    free(list);
    return found;
}

void
lv_uses_free(lv_uses *uses)
{
    for (size_t i = 0; i < uses->count; i++) {
        clear(&uses->list[i]);
    }
    free(uses->list);
    uses->list = NULL;
    uses->count = 0;
}

bool
lv_use_is_of(const lv_use *use, const lv_volume *volume)
{
    if (use->path != NULL && volume->path != NULL &&
        strcmp(use->path, volume->path) == 0) {
        return true;
    }
    return use->pool != NULL && use->volume != NULL &&
           strcmp(use->pool, volume->pool) == 0 &&
           strcmp(use->volume, volume->name) == 0;
}
