/* The document that defines a new domain. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_DOMAIN_XML_H
#define LV_DOMAIN_XML_H

#include "disk.h"
#include "guest.h"
#include "order.h"

/* To be freed with free; NULL: no memory. */
char *lv_domain_xml(const lv_order *order, const lv_guest *guest,
                    const lv_disk *disk, lv_link link, const char *link_name);

#endif
