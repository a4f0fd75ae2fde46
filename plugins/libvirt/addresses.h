/* Addresses of a domain, from wherever libvirt knows them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_ADDRESSES_H
#define LV_ADDRESSES_H

#include "errors.h"
#include "xml.h"

#include <netinet/in.h>

typedef struct lv_address {
    char text[INET6_ADDRSTRLEN];
    bool is_private;
} lv_address;

typedef struct lv_addresses {
    lv_address *list;
    size_t count;
} lv_addresses;

/* Find those of an active domain: what the networks' DHCP servers have leased,
 * then what the guest's agent says if one is connected, and only if both know
 * nothing what the host's ARP table holds. A source that is not there or does
 * not answer is passed over. Fails only for want of memory. */
bool lv_addresses_find(lv_addresses *addresses, virDomainPtr domain,
                       xmlDocPtr xml, lv_failure *failure);
void lv_addresses_free(lv_addresses *addresses);

#endif
