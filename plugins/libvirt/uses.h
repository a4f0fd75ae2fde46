/* Which volumes are disks of which domains. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_USES_H
#define LV_USES_H

#include "volume.h"

/* Strings are NULL where libvirt named the disk the other way. */
typedef struct lv_use {
    char *domain; /* its name */
    char *path;
    char *pool;
    char *volume;
    bool own; /* made by this driver for that domain */
} lv_use;

typedef struct lv_uses {
    lv_use *list;
    size_t count;
} lv_uses;

/* On the thread of a job: those of all domains. */
bool lv_uses_find(lv_uses *uses, virConnectPtr virt, lv_failure *failure);
void lv_uses_free(lv_uses *uses);

/* Is this use one of that volume? */
bool lv_use_is_of(const lv_use *use, const lv_volume *volume);

#endif
