/* The facts of one domain, gathered from libvirt. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_FACTS_H
#define LV_FACTS_H

#include "addresses.h"
#include "connection.h"

/* What a call about many domains may tell of each; -1: it did not. */
typedef struct lv_known {
    int state;
    int reason;
    int64_t cpu_ns;
    int persistent;
    int autostart;
} lv_known;

#define LV_NOTHING_KNOWN                                                       \
    {                                                                          \
        -1, -1, -1, -1, -1                                                     \
    }

typedef struct lv_facts {
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *name;
    int number; /* libvirt's running number; -1: it has none */
    lv_known known;
    xmlDocPtr xml;
    lv_addresses addresses;
} lv_facts;

/* On the thread of a job: ask for all that is not known yet. NULL: it failed;
 * with PILEUS_NOT_FOUND when the domain is gone. */
lv_facts *lv_facts_gather(virDomainPtr domain, const lv_known *known,
                          lv_failure *failure);
void lv_facts_free(lv_facts *facts);

/* Set them in the node's record. */
void lv_facts_describe(const lv_facts *facts, const lv_connection *connection,
                       pileus_record *record);

/* The domain of a node's id, to be freed with virDomainFree; NULL:
 * it failed, with PILEUS_NOT_FOUND also for what cannot be an id. doing is for
 * the message: "start". */
virDomainPtr lv_domain_find(virConnectPtr virt, const char *id,
                            const char *doing, lv_failure *failure);

/* Is a domain in that state running, in the widest sense? */
bool lv_is_active(int state);

#endif
