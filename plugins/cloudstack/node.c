/* A virtual machine, as a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "extra.h"
#include "facts.h"

/* ---- states ---------------------------------------------------------------
 */

pileus_state
cs_node_state(const char *word)
{
    static const struct {
        const char *word;
        pileus_state state;
    } states[] = {
        {"Running", PILEUS_STATE_RUNNING},
        {"Stopped", PILEUS_STATE_STOPPED},
        {"Starting", PILEUS_STATE_STARTING},
        {"Stopping", PILEUS_STATE_STOPPING},
        {"Migrating", PILEUS_STATE_MIGRATING},
        {"Destroyed", PILEUS_STATE_TERMINATED},
        {"Expunging", PILEUS_STATE_TERMINATED},
        {"Error", PILEUS_STATE_ERROR},
        {"Shutdown", PILEUS_STATE_STOPPED}, /* from inside */
        {"Restoring", PILEUS_STATE_RECONFIGURING},
    };

    for (size_t i = 0; word != NULL && i < sizeof states / sizeof *states;
         i++) {
        if (strcmp(states[i].word, word) == 0) {
            return states[i].state;
        }
    }
    return PILEUS_STATE_UNKNOWN;
}

/* ---- addresses ------------------------------------------------------------
 */

/* Is that address one of those that came from elsewhere? */
static bool
is_known(const cs_fact *known, size_t count, const char *address)
{
    for (size_t i = 0; i < count; i++) {
        if (known[i].address != NULL &&
            strcmp(known[i].address, address) == 0) {
            return true;
        }
    }
    return false;
}

static void
add_address(pileus_call *call, pileus_record *record, const cs_fact *known,
            size_t count, const char *address)
{
    if (address == NULL || *address == '\0') {
        return;
    }
    if (pileus_address_is_private(call, address)) {
        pileus_add_private_ip(record, address);
    } else if (!is_known(known, count, address)) {
        pileus_add_public_ip(record, address);
    }
}

/* The node's own, of each interface, and those that lead to it. */
static void
set_addresses(pileus_call *call, pileus_record *record,
              const pileus_value *machine, const cs_fact *known, size_t count)
{
    uint64_t interfaces = pileus_json_count(call, machine, "nic");
    const char *leading = pileus_json_string(call, machine, "publicip");

    for (size_t i = 0; i < count; i++) {
        pileus_set_string(record, PILEUS_FIELD_PUBLIC_IP, known[i].address);
    }
    if (leading != NULL && !is_known(known, count, leading)) {
        pileus_add_public_ip(record, leading);
    }
    for (uint64_t i = 0; i < interfaces; i++) {
        const pileus_value *nic = pileus_json_at(
            call, pileus_json_get(call, machine, "nic"), i, NULL);
        const pileus_value *more = pileus_json_get(call, nic, "secondaryip");
        uint64_t secondaries = pileus_json_count(call, more, NULL);

        add_address(call, record, known, count,
                    pileus_json_string(call, nic, "ipaddress"));
        add_address(call, record, known, count,
                    pileus_json_string(call, nic, "ip6address"));
        for (uint64_t j = 0; j < secondaries; j++) {
            add_address(call, record, known, count,
                        pileus_json_string(call,
                                           pileus_json_at(call, more, j, NULL),
                                           "ipaddress"));
        }
    }
}

/* ---- what it is made of ---------------------------------------------------
 */

static void
set_size_and_image(pileus_call *call, pileus_record *record,
                   const pileus_value *machine)
{
    const char *offering = pileus_json_text(call, machine, "serviceofferingid");
    const char *template = pileus_json_text(call, machine, "templateid");
    pileus_record *nested;
    int64_t number;

    if (offering != NULL) {
        nested = pileus_nested(record, PILEUS_FIELD_SIZE);
        pileus_set_id(nested, offering);
        pileus_set_name(
            nested, pileus_json_string(call, machine, "serviceofferingname"));
        if (pileus_json_integer(call, machine, "memory", &number)) {
            pileus_set_integer(nested, PILEUS_FIELD_RAM, number);
        }
        if (pileus_json_integer(call, machine, "cpunumber", &number)) {
            pileus_set_integer(nested, PILEUS_FIELD_VCPUS, number);
        }
    }
    if (template != NULL) {
        nested = pileus_nested(record, PILEUS_FIELD_IMAGE);
        pileus_set_id(nested, template);
        pileus_set_name(nested,
                        pileus_json_string(call, machine, "templatename"));
    }
}

static void
set_tags(pileus_call *call, pileus_record *record, const pileus_value *tags)
{
    uint64_t count = pileus_json_count(call, tags, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const pileus_value *tag = pileus_json_at(call, tags, i, NULL);
        const char *key = pileus_json_text(call, tag, "key");
        const char *value = pileus_json_text(call, tag, "value");

        if (key != NULL) {
            pileus_add_tag(record, key, value == NULL ? "" : value);
        }
    }
}

/* ---- extra ----------------------------------------------------------------
 */

static const cs_extra extras[] = {
    {"haenable", "haenable", false},
    {"zoneid", "zone_id", true},
    {"zonename", "zone_name", false},
    {"keypair", "key_name", false},
    {"password", "password", false},
    {"templateid", "image_id", true},
    {"templatename", "image_name", false},
    {"templatedisplaytext", "template_display_text", false},
    {"passwordenabled", "password_enabled", false},
    {"serviceofferingid", "size_id", true},
    {"serviceofferingname", "size_name", false},
    {"rootdeviceid", "root_device_id", true},
    {"rootdevicetype", "root_device_type", false},
    {"hypervisor", "hypervisor", false},
    {"project", "project", false},
    {"projectid", "project_id", true},
    {"nic", "nics", false},
    {"created", "created", false},
    {"displayname", "display_name", false},
    {"instancename", "instance_name", false},
    {"hostname", "host_name", false},
    {"group", "group", false},
    {"account", "account", false},
    {"domain", "domain", false},
    {"domainid", "domain_id", true},
    {"cpunumber", "cpu", false},
    {"cpuspeed", "cpu_speed", false},
    {"memory", "memory", false},
    {"guestosid", "os_type_id", true},
    {"osdisplayname", "os_name", false},
};

/* The names (or ids) of the entries of a list. */
static void
list_extra(pileus_call *call, pileus_record *record, const pileus_value *list,
           const char *path, const char *key)
{
    uint64_t count = pileus_json_count(call, list, NULL);

    pileus_extra_open_list(record, key);
    for (uint64_t i = 0; i < count; i++) {
        pileus_extra_string(
            record, NULL,
            pileus_json_text(call, pileus_json_at(call, list, i, NULL), path));
    }
    pileus_extra_close(record);
}

static void
address_extra(pileus_record *record, const cs_fact *facts, size_t count)
{
    pileus_extra_open_list(record, "ip_addresses");
    for (size_t i = 0; i < count; i++) {
        pileus_extra_open_dict(record, NULL);
        pileus_extra_string(record, "id", facts[i].id);
        pileus_extra_string(record, "address", facts[i].address);
        pileus_extra_string(record, "associated_network_id", facts[i].network);
        pileus_extra_string(record, "vpc_id", facts[i].vpc);
        pileus_extra_string(record, "virtualmachine_id", facts[i].node);
        pileus_extra_close(record);
    }
    pileus_extra_close(record);
}

static void
port_extra(pileus_record *record, const char *key, int64_t port)
{
    if (port >= 0) {
        pileus_extra_integer(record, key, port);
    }
}

static void
rule_extra(pileus_record *record, const char *key, const cs_fact *facts,
           size_t count)
{
    pileus_extra_open_list(record, key);
    for (size_t i = 0; i < count; i++) {
        const cs_fact *rule = &facts[i];

        pileus_extra_open_dict(record, NULL);
        pileus_extra_string(record, "id", rule->id);
        pileus_extra_string(record, "address", rule->address);
        pileus_extra_string(record, "address_id", rule->address_id);
        pileus_extra_string(record, "protocol", rule->protocol);
        if (rule->kind == CS_IP_RULE) {
            port_extra(record, "start_port", rule->ports[0]);
            port_extra(record, "end_port", rule->ports[1]);
        } else {
            port_extra(record, "public_port", rule->ports[0]);
            port_extra(record, "public_end_port", rule->ports[1]);
            port_extra(record, "private_port", rule->ports[2]);
            port_extra(record, "private_end_port", rule->ports[3]);
        }
        pileus_extra_close(record);
    }
    pileus_extra_close(record);
}

static void
set_extra(pileus_call *call, pileus_record *record, const pileus_value *machine,
          const cs_facts *facts, const char *id)
{
    size_t count = 0;
    const cs_fact *found;

    cs_set_extra(call, record, machine, extras, sizeof extras / sizeof *extras);
    list_extra(call, record, pileus_json_get(call, machine, "securitygroup"),
               "name", "security_group");
    list_extra(call, record, pileus_json_get(call, machine, "affinitygroup"),
               "id", "affinity_group");
    found = cs_facts_of(facts, id, CS_ADDRESS, &count);
    address_extra(record, found, count);
    found = cs_facts_of(facts, id, CS_IP_RULE, &count);
    rule_extra(record, "ip_forwarding_rules", found, count);
    found = cs_facts_of(facts, id, CS_PORT_RULE, &count);
    rule_extra(record, "port_forwarding_rules", found, count);
}

int32_t
cs_put_node(pileus_call *call, const pileus_value *machine,
            const cs_facts *facts, const pileus_create_args *made_with,
            pileus_sink *sink)
{
    const char *id = NULL;
    const char *name = pileus_json_string(call, machine, "name");
    const char *state = pileus_json_string(call, machine, "state");
    const cs_fact *known;
    size_t count = 0;
    pileus_record *record;
    int32_t code = pileus_json_need_text(call, machine, "id", &id);

    if (code != PILEUS_OK) {
        return code;
    }
    record = pileus_begin(sink, PILEUS_KIND_NODE);
    known = cs_facts_of(facts, id, CS_ADDRESS, &count);
    pileus_set_id(record, id);
    pileus_set_name(
        record,
        name != NULL ? name : pileus_json_string(call, machine, "displayname"));
    pileus_set_state(record, cs_node_state(state), state);
    set_addresses(call, record, machine, known, count);
    set_size_and_image(call, record, machine);
    pileus_set_string(record, PILEUS_FIELD_LOCATION,
                      pileus_json_text(call, machine, "zoneid"));
    pileus_set_json_time(record, PILEUS_FIELD_CREATED_AT, call, machine,
                         "created");
    set_tags(call, record, pileus_json_get(call, machine, "tags"));
    for (uint64_t i = 0; made_with != NULL && i < made_with->tag_count; i++) {
        pileus_add_tag(record, made_with->tags[i].name,
                       made_with->tags[i].value);
    }
    set_extra(call, record, machine, facts, id);
    return pileus_put(record);
}
