/* The domains of a host, as few questions as can be. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "domains.h"

#include <stdlib.h>

static lv_domain *
append(lv_domains *domains, virDomainPtr domain, lv_failure *failure)
{
    static const lv_known nothing = LV_NOTHING_KNOWN;
    lv_domain *longer =
        realloc(domains->list, (domains->count + 1) * sizeof *domains->list);

    if (longer == NULL) {
        (void)lv_no_memory(failure);
        return NULL;
    }
    domains->list = longer;
    domains->list[domains->count].domain = domain;
    domains->list[domains->count].known = nothing;
    return &domains->list[domains->count++];
}

bool
lv_domains_add(lv_domains *domains, virDomainPtr domain, lv_failure *failure)
{
    if (append(domains, domain, failure) == NULL) {
        (void)virDomainFree(domain);
        return false;
    }
    return true;
}

void
lv_domains_free(lv_domains *domains)
{
    for (size_t i = 0; i < domains->count; i++) {
        (void)virDomainFree(domains->list[i].domain);
    }
    free(domains->list);
    domains->list = NULL;
    domains->count = 0;
}

static void
read_stats(const virDomainStatsRecord *stats, lv_known *known)
{
    unsigned long long cpu_ns = 0;
    int state = -1;
    int reason = 0;

    if (virTypedParamsGetInt(stats->params, stats->nparams, "state.state",
                             &state) == 1) {
        known->state = state;
        (void)virTypedParamsGetInt(stats->params, stats->nparams,
                                   "state.reason", &reason);
        known->reason = reason;
    }
    if (virTypedParamsGetULLong(stats->params, stats->nparams, "cpu.time",
                                &cpu_ns) == 1) {
        known->cpu_ns = (int64_t)cpu_ns;
    }
}

/* One question for all domains with their states. */
static bool
all_with_stats(lv_domains *domains, virDomainStatsRecordPtr *records,
               lv_failure *failure)
{
    for (size_t i = 0; records[i] != NULL; i++) {
        lv_domain *entry = append(domains, records[i]->dom, failure);

        if (entry == NULL) {
            return false;
        }
        (void)virDomainRef(records[i]->dom);
        read_stats(records[i], &entry->known);
    }
    return true;
}

/* For hypervisors that have no such question. */
static bool
all_without_stats(lv_domains *domains, virConnectPtr virt, lv_failure *failure)
{
    virDomainPtr *list = NULL;
    int count = virConnectListAllDomains(virt, &list, 0);
    bool added = true;

    if (count < 0) {
        return lv_failed(failure, "list the nodes");
    }
    for (int i = 0; i < count; i++) {
        if (!added) {
            (void)virDomainFree(list[i]);
        } else {
            added = lv_domains_add(domains, list[i], failure);
        }
    }
    free(list);
    return added;
}

static void
mark(lv_domains *domains, virDomainPtr of, bool autostart)
{
    unsigned char uuid[VIR_UUID_BUFLEN];
    unsigned char other[VIR_UUID_BUFLEN];

    if (virDomainGetUUID(of, uuid) < 0) {
        return;
    }
    for (size_t i = 0; i < domains->count; i++) {
        lv_domain *entry = &domains->list[i];

        if (virDomainGetUUID(entry->domain, other) == 0 &&
            memcmp(uuid, other, sizeof uuid) == 0) {
            if (autostart) {
                entry->known.autostart = 1;
            } else {
                entry->known.persistent = 0;
            }
            return;
        }
    }
}

/* Which domains start with the host, and which end with their run: a question
 * each for all, instead of one for each. */
static void
mark_all(lv_domains *domains, virConnectPtr virt, bool autostart)
{
    virDomainPtr *list = NULL;
    int count = virConnectListAllDomains(
        virt, &list,
        autostart ? VIR_CONNECT_LIST_DOMAINS_AUTOSTART
                  : VIR_CONNECT_LIST_DOMAINS_TRANSIENT);

    if (count < 0) {
        return;
    }
    for (size_t i = 0; i < domains->count; i++) {
        if (autostart) {
            domains->list[i].known.autostart = 0;
        } else {
            domains->list[i].known.persistent = 1;
        }
    }
    for (int i = 0; i < count; i++) {
        mark(domains, list[i], autostart);
        (void)virDomainFree(list[i]);
    }
    free(list);
}

bool
lv_domains_all(lv_domains *domains, virConnectPtr virt, lv_failure *failure)
{
    virDomainStatsRecordPtr *records = NULL;
    bool listed;

    if (virConnectGetAllDomainStats(
            virt, VIR_DOMAIN_STATS_STATE | VIR_DOMAIN_STATS_CPU_TOTAL, &records,
            0) >= 0) {
        listed = all_with_stats(domains, records, failure);
        virDomainStatsRecordListFree(records);
    } else if (lv_last_is_unsupported()) {
        listed = all_without_stats(domains, virt, failure);
    } else {
        return lv_failed(failure, "list the nodes");
    }
    if (listed) {
        mark_all(domains, virt, true);
        mark_all(domains, virt, false);
    }
    return listed;
}
