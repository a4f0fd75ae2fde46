/* A node's record, from the facts of its domain. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "metadata.h"
#include "state.h"

#include <stdlib.h>

#define MIB INT64_C(1048576)

/* An entry from an attribute, or from the text of a node; none if it is not
 * there. */
static void
extra_attribute(pileus_record *record, const char *key, xmlNodePtr node,
                const char *attribute)
{
    char *value = lv_xml_attribute(node, attribute);

    if (value != NULL) {
        pileus_extra_string(record, key, value);
    }
    free(value);
}

static void
extra_text(pileus_record *record, const char *key, xmlNodePtr node)
{
    char *value = lv_xml_text(node);

    if (value != NULL) {
        pileus_extra_string(record, key, value);
    }
    free(value);
}

static void
extra_mib(pileus_record *record, const char *key, xmlNodePtr node)
{
    int64_t bytes;

    if (lv_xml_bytes(node, "KiB", &bytes)) {
        pileus_extra_integer(record, key, bytes / MIB);
    }
}

static void
describe_vcpus(xmlNodePtr root, pileus_record *record)
{
    xmlNodePtr vcpu = lv_xml_child(root, "vcpu", NULL);
    char *current = lv_xml_attribute(vcpu, "current");
    int64_t count;

    if (current != NULL) {
        pileus_extra_integer(record, "vcpu_count", strtoll(current, NULL, 10));
    } else if (lv_xml_number(vcpu, &count)) {
        pileus_extra_integer(record, "vcpu_count", count);
    }
    free(current);
}

/* "source": what a disk or interface is made of, whichever way it is named. */
static void
extra_source(pileus_record *record, xmlNodePtr source)
{
    static const char *const names[] = {"file",    "dev",    "volume", "name",
                                        "network", "bridge", "dir"};
    char *value = NULL;

    for (size_t i = 0; i < sizeof names / sizeof names[0] && value == NULL;
         i++) {
        value = lv_xml_attribute(source, names[i]);
    }
    if (value != NULL) {
        pileus_extra_string(record, "source", value);
    }
    free(value);
}

static void
describe_disks(xmlNodePtr devices, pileus_record *record)
{
    pileus_extra_open_list(record, "disks");
    for (xmlNodePtr disk = lv_xml_child(devices, "disk", NULL); disk != NULL;
         disk = lv_xml_next(disk)) {
        xmlNodePtr source = lv_xml_child(disk, "source", NULL);
        xmlNodePtr target = lv_xml_child(disk, "target", NULL);

        pileus_extra_open_dict(record, NULL);
        extra_attribute(record, "type", disk, "type");
        extra_attribute(record, "device", disk, "device");
        extra_source(record, source);
        extra_attribute(record, "pool", source, "pool");
        extra_attribute(record, "target", target, "dev");
        extra_attribute(record, "bus", target, "bus");
        pileus_extra_close(record);
    }
    pileus_extra_close(record);
}

static void
describe_interfaces(xmlNodePtr devices, pileus_record *record)
{
    pileus_extra_open_list(record, "interfaces");
    for (xmlNodePtr at = lv_xml_child(devices, "interface", NULL); at != NULL;
         at = lv_xml_next(at)) {
        pileus_extra_open_dict(record, NULL);
        extra_attribute(record, "type", at, "type");
        extra_source(record, lv_xml_child(at, "source", NULL));
        extra_attribute(record, "mac", lv_xml_child(at, "mac", NULL),
                        "address");
        pileus_extra_close(record);
    }
    pileus_extra_close(record);
}

/* The disks that were made for it. */
static void
describe_volumes(xmlNodePtr note, pileus_record *record)
{
    pileus_extra_open_list(record, "volumes");
    for (xmlNodePtr volume = lv_note_child(note, "volume"); volume != NULL;
         volume = lv_xml_next(volume)) {
        char *pool = lv_xml_attribute(volume, "pool");
        char *name = lv_xml_attribute(volume, "name");
        char id[PILEUS_ID_MAX];

        (void)snprintf(id, sizeof id, "%s/%s", pool == NULL ? "" : pool,
                       name == NULL ? "" : name);
        pileus_extra_string(record, NULL, id);
        free(pool);
        free(name);
    }
    pileus_extra_close(record);
}

static void
describe_extra(const lv_facts *facts, const lv_connection *connection,
               pileus_record *record)
{
    xmlNodePtr root = xmlDocGetRootElement(facts->xml);
    xmlNodePtr type =
        lv_xml_child(lv_xml_child(root, "os", NULL), "type", NULL);
    xmlNodePtr devices = lv_xml_child(root, "devices", NULL);
    const lv_known *known = &facts->known;

    pileus_extra_string(record, "uuid", facts->uuid);
    if (facts->number >= 0) {
        pileus_extra_integer(record, "domain_id", facts->number);
    }
    pileus_extra_string(record, "state_reason",
                        lv_reason_word(known->state, known->reason));
    extra_text(record, "os_type", type);
    extra_attribute(record, "arch", type, "arch");
    extra_attribute(record, "machine", type, "machine");
    pileus_extra_string(record, "types", connection->type);
    extra_attribute(record, "domain_type", root, "type");
    describe_vcpus(root, record);
    extra_mib(record, "used_memory", lv_xml_child(root, "currentMemory", NULL));
    extra_mib(record, "max_memory", lv_xml_child(root, "memory", NULL));
    if (known->cpu_ns >= 0) {
        pileus_extra_integer(record, "used_cpu_time", known->cpu_ns);
    }
    if (known->persistent >= 0) {
        pileus_extra_boolean(record, "persistent", known->persistent == 1);
    }
    if (known->autostart >= 0) {
        pileus_extra_boolean(record, "autostart", known->autostart == 1);
    }
    extra_text(record, "title", lv_xml_child(root, "title", NULL));
    extra_text(record, "description", lv_xml_child(root, "description", NULL));
    describe_disks(devices, record);
    describe_interfaces(devices, record);
    describe_volumes(lv_note_find(facts->xml, facts->uuid), record);
}

void
lv_facts_describe(const lv_facts *facts, const lv_connection *connection,
                  pileus_record *record)
{
    const lv_known *known = &facts->known;
    xmlNodePtr note = lv_note_find(facts->xml, facts->uuid);

    pileus_set_id(record, facts->uuid);
    pileus_set_name(record, facts->name);
    pileus_set_state(record, lv_state(known->state, known->reason),
                     lv_state_word(known->state));
    pileus_set_string(record, PILEUS_FIELD_LOCATION, connection->hostname);
    for (size_t i = 0; i < facts->addresses.count; i++) {
        const lv_address *address = &facts->addresses.list[i];

        if (address->is_private) {
            pileus_add_private_ip(record, address->text);
        } else {
            pileus_add_public_ip(record, address->text);
        }
    }
    if (note != NULL) {
        lv_note_describe(note, record);
    }
    describe_extra(facts, connection, record);
}
