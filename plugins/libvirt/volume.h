/* Storage volumes: finding one, and its facts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_VOLUME_H
#define LV_VOLUME_H

#include "errors.h"
#include "xml.h"

/* NULL, and -1: libvirt did not say. */
typedef struct lv_volume {
    char *pool;
    char *name;
    char *path;
    char *key;
    char *type;   /* "file", "block", "network", "dir" */
    char *format; /* "qcow2", "raw", "iso" */
    int64_t capacity;
    int64_t allocation;
} lv_volume;

/* On the thread of a job: the facts of a volume. */
bool lv_volume_read(lv_volume *volume, virStorageVolPtr from, const char *pool,
                    lv_failure *failure);
void lv_volume_clear(lv_volume *volume);

/* The volume of an image's id, POOL/NAME, to be freed with virStorageVolFree;
 * NULL: it failed. doing is for the message: "use". */
virStorageVolPtr lv_volume_find(virConnectPtr virt, const char *id,
                                const char *doing, lv_failure *failure);

#endif
