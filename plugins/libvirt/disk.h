/* The disk of a new node. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_DISK_H
#define LV_DISK_H

#include "errors.h"
#include "order.h"

typedef struct lv_disk {
    virStorageVolPtr volume; /* NULL: the node has no disk */
    char *pool;
    char *name;
    char *format;
    char *path;
    bool is_block; /* a device, not a file */
} lv_disk;

/* On the thread of a job: copy the image, or make an empty volume, as large as
 * the size says. On failure nothing is left of it, or the failure says so. */
bool lv_disk_make(lv_disk *disk, virConnectPtr virt, const lv_order *order,
                  lv_failure *failure);
/* Delete the volume again, and add to the failure if that fails. */
void lv_disk_undo(lv_disk *disk, lv_failure *failure);
void lv_disk_clear(lv_disk *disk);

#endif
