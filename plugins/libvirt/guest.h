/* What the host can offer a new node: a kind of guest, and a network. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_GUEST_H
#define LV_GUEST_H

#include "errors.h"

typedef struct lv_guest {
    char *type; /* of the domain: "kvm", "qemu", "test" */
    char *arch;
    bool own_cpu; /* it sees the host's own processor, not a common one */
} lv_guest;

typedef enum lv_link {
    LV_LINK_NONE,
    LV_LINK_NETWORK,
    LV_LINK_BRIDGE,
    LV_LINK_USER
} lv_link;

/* On the thread of a job: a whole machine of the host's own architecture, as
 * fast as the host can have it. */
bool lv_guest_choose(lv_guest *guest, virConnectPtr virt, lv_failure *failure);
void lv_guest_clear(lv_guest *guest);

/* What "network" means to create_node: NAME, bridge:NAME, user, none, or NULL
 * for "default" if there is such a network. *name is a part of network, or a
 * constant. */
bool lv_link_choose(lv_link *link, const char **name, virConnectPtr virt,
                    const char *network, lv_failure *failure);

#endif
