/* Sizes: a small table, for libvirt has none of its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_SIZES_H
#define LV_SIZES_H

#include <pileus/driver.h>

/* A gigabyte of a size's disk, in bytes. */
#define LV_GB INT64_C(1073741824)

typedef struct lv_size {
    char *name; /* and id */
    int64_t vcpus;
    int64_t ram_mib;
    int64_t disk_gb; /* 0: as large as the image; without an image, no disk */
} lv_size;

typedef struct lv_sizes {
    lv_size *list;
    size_t count;
} lv_sizes;

/* Read NAME=VCPUS:RAM:DISK,… into an empty table. A failure has been reported.
 */
int32_t lv_sizes_parse(pileus_call *call, const char *text, lv_sizes *sizes);
void lv_sizes_free(lv_sizes *sizes);

/* The size of that name; NULL if there is none. */
const lv_size *lv_sizes_find(const lv_sizes *sizes, const char *name);
/* Set the facts of a size in its record. */
void lv_size_describe(const lv_size *size, pileus_record *record);

/* Compute's list_sizes. */
int32_t lv_list_sizes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);

#endif
