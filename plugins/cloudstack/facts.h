/* What CloudStack tells of nodes elsewhere: public addresses, rules. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOUDSTACK_FACTS_H
#define CLOUDSTACK_FACTS_H

#include "cloudstack.h"

enum { CS_ADDRESS = 0, CS_IP_RULE = 1, CS_PORT_RULE = 2 };

/* A public address that stands for a node, or a rule that leads to it. Strings
 * are NULL, and ports -1, when CloudStack does not say. */
typedef struct cs_fact {
    const char *node;
    int kind;
    size_t order; /* as CloudStack has them */
    const char *id;
    const char *address;
    const char *address_id; /* of rules */
    const char *protocol;   /* of rules */
    const char *network;    /* of addresses: network, VPC */
    const char *vpc;
    int64_t ports[4]; /* of rules: public from and to, private from and to */
    char *text;       /* what the strings are in */
} cs_fact;

/* All of them, by node and kind; all zero to begin with. */
typedef struct cs_facts {
    cs_fact *items;
    size_t count;
    size_t capacity;
} cs_facts;

/* Ask for all of them; node and zone, ids, may be NULL. */
int32_t cs_facts_load(cs_facts *facts, const cs_connection *connection,
                      pileus_call *call, const char *node, const char *zone);
void cs_facts_free(cs_facts *facts);

/* The first of the node's facts of that kind, and how many there are. */
const cs_fact *cs_facts_of(const cs_facts *facts, const char *node, int kind,
                           size_t *count);

#endif
