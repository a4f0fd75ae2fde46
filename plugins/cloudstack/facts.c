/* What CloudStack tells of nodes elsewhere: public addresses, rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"

#include <stdlib.h>

#define FIRST_CAPACITY 32

/* ---- keeping --------------------------------------------------------------
 */

static cs_fact *
append(cs_facts *facts)
{
    cs_fact *fact;

    if (facts->count == facts->capacity) {
        size_t capacity =
            facts->capacity == 0 ? FIRST_CAPACITY : 2 * facts->capacity;
        cs_fact *items = NULL;

        if (capacity <= SIZE_MAX / sizeof *items) {
            items = realloc(facts->items, capacity * sizeof *items);
        }
        if (items == NULL) {
            return NULL;
        }
        facts->items = items;
        facts->capacity = capacity;
    }
    fact = &facts->items[facts->count];
    memset(fact, 0, sizeof *fact);
    fact->order = facts->count++;
    return fact;
}

static int
compare(const void *a, const void *b)
{
    const cs_fact *one = a;
    const cs_fact *other = b;
    int order = strcmp(one->node, other->node);

    if (order == 0) {
        order = one->kind - other->kind;
    }
    return order != 0
               ? order
               : (one->order > other->order) - (one->order < other->order);
}

void
cs_facts_free(cs_facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        free(facts->items[i].text);
    }
    free(facts->items);
    memset(facts, 0, sizeof *facts);
}

const cs_fact *
cs_facts_of(const cs_facts *facts, const char *node, int kind, size_t *count)
{
    const cs_fact wanted = {.node = node, .kind = kind};
    size_t begin = 0;
    size_t end = facts == NULL ? 0 : facts->count;
    const cs_fact *first;

    *count = 0;
    while (begin < end) {
        size_t middle = begin + (end - begin) / 2;

        if (compare(&facts->items[middle], &wanted) < 0) {
            begin = middle + 1;
        } else {
            end = middle;
        }
    }
    if (facts == NULL || begin == facts->count) {
        return NULL;
    }
    first = &facts->items[begin];
    while (begin + *count < facts->count && first[*count].kind == kind &&
           strcmp(first[*count].node, node) == 0) {
        (*count)++;
    }
    return *count == 0 ? NULL : first;
}

/* ---- reading --------------------------------------------------------------
 */

typedef struct loading {
    cs_facts *facts;
    int kind;
} loading;

/* Copies of the strings of an item, in one block. False: no memory. */
static bool
copy_strings(cs_fact *fact, pileus_call *call, const pileus_value *item)
{
    const struct {
        const char **copy;
        const char *path;
    } strings[] = {
        {&fact->node, "virtualmachineid"},
        {&fact->id, "id"},
        {&fact->address, "ipaddress"},
        {&fact->address_id, "ipaddressid"},
        {&fact->protocol, "protocol"},
        {&fact->network, "associatednetworkid"},
        {&fact->vpc, "vpcid"},
    };
    size_t size = 1;
    char *at;

    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        const char *text = pileus_json_text(call, item, strings[i].path);

        size += text == NULL ? 0 : strlen(text) + 1;
    }
    at = malloc(size);
    fact->text = at;
    for (size_t i = 0; at != NULL && i < sizeof strings / sizeof *strings;
         i++) {
        const char *text = pileus_json_text(call, item, strings[i].path);
        size_t length = text == NULL ? 0 : strlen(text) + 1;

        *strings[i].copy = text == NULL ? NULL : at;
        if (text != NULL) {
            memcpy(at, text, length);
        }
        at += length;
    }
    return at != NULL;
}

static int32_t
take(void *user, pileus_call *call, const pileus_value *item)
{
    static const char *const ports[][4] = {
        [CS_ADDRESS] = {"", "", "", ""},
        [CS_IP_RULE] = {"startport", "endport", "startport", "endport"},
        [CS_PORT_RULE] = {"publicport", "publicendport", "privateport",
                          "privateendport"},
    };
    const loading *how = user;
    cs_fact *fact;

    if (pileus_json_text(call, item, "virtualmachineid") == NULL) {
        return PILEUS_OK; /* nobody's */
    }
    fact = append(how->facts);
    if (fact == NULL || !copy_strings(fact, call, item)) {
        how->facts->count -= fact != NULL;
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for the addresses of nodes");
    }
    fact->kind = how->kind;
    for (size_t i = 0; i < 4; i++) {
        fact->ports[i] = -1;
        if (how->kind != CS_ADDRESS) {
            (void)pileus_json_integer(call, item, ports[how->kind][i],
                                      &fact->ports[i]);
        }
    }
    return PILEUS_OK;
}

/* What an account may not list, or a network does not know, is left out. */
static int32_t
load(const cs_connection *connection, pileus_call *call,
     const cs_params *params, const char *items, loading *how)
{
    int32_t code = cs_list(connection, call, params, items, take, how);

    if (code == PILEUS_PERMISSION || code == PILEUS_NOT_SUPPORTED) {
        pileus_log(call, PILEUS_LOG_WARNING,
                   "CloudStack does not let this account use %s: what it "
                   "tells is missing in the nodes",
                   params->command);
        code = PILEUS_OK;
    }
    return code;
}

int32_t
cs_facts_load(cs_facts *facts, const cs_connection *connection,
              pileus_call *call, const char *node, const char *zone)
{
    loading how = {facts, CS_ADDRESS};
    cs_params params;
    int32_t code;

    cs_params_begin(&params, connection, "listPublicIpAddresses");
    cs_params_add(&params, "zoneid", zone);
    code = load(connection, call, &params, "publicipaddress", &how);
    if (code == PILEUS_OK) {
        how.kind = CS_PORT_RULE;
        cs_params_begin(&params, connection, "listPortForwardingRules");
        code = load(connection, call, &params, "portforwardingrule", &how);
    }
    if (code == PILEUS_OK) {
        how.kind = CS_IP_RULE;
        cs_params_begin(&params, connection, "listIpForwardingRules");
        cs_params_add(&params, "virtualmachineid", node);
        code = load(connection, call, &params, "ipforwardingrule", &how);
    }
    if (code == PILEUS_OK && facts->count > 0) {
        qsort(facts->items, facts->count, sizeof *facts->items, compare);
    }
    return code;
}
