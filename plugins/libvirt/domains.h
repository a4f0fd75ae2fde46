/* The domains of a host, as few questions as can be. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_DOMAINS_H
#define LV_DOMAINS_H

#include "facts.h"

typedef struct lv_domain {
    virDomainPtr domain;
    lv_known known;
} lv_domain;

typedef struct lv_domains {
    lv_domain *list;
    size_t count;
} lv_domains;

/* All of them, with what calls about all tell. On the thread of a job. */
bool lv_domains_all(lv_domains *domains, virConnectPtr virt,
                    lv_failure *failure);
/* Add one, whose reference is taken over in any case. */
bool lv_domains_add(lv_domains *domains, virDomainPtr domain,
                    lv_failure *failure);
void lv_domains_free(lv_domains *domains);

#endif
