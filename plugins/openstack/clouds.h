/* The cloud of clouds.yaml that a connection is to. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPENSTACK_CLOUDS_H
#define OPENSTACK_CLOUDS_H

#include "yaml.h"

/* Where a cloud's facts stand: the nearest file first. */
enum { OS_SECURE, OS_CLOUDS, OS_PUBLIC, OS_FILES };

typedef struct os_cloud {
    const char *name; /* NULL: no cloud */
    struct {
        os_yaml *document;
        const os_yaml_node *map;    /* the cloud's; NULL: nothing */
        const os_yaml_node *values; /* its region's; NULL: nothing */
        bool exposed;               /* others can read the file */
    } files[OS_FILES];
} os_cloud;

/* Provide the options that the cloud of the option "cloud" sets, or if that is
 * unset and no endpoint is known, the only cloud there is. */
int32_t os_provide_cloud(pileus_call *call);

/* ---- cloud_file.c -------------------------------------------------------- */

/* The first file of that stem ("clouds") on the search path, read; a name that
 * an option gives comes first. *document stays NULL when there is none. */
int32_t os_find_file(pileus_call *call, const char *stem, const char *named,
                     os_yaml **document, bool *exposed);

/* ---- cloud_options.c ----------------------------------------------------- */

/* How near an option's source is: 0 for unset, the nearer the more. */
#define OS_FROM_FILE 3
int os_nearness(pileus_call *call, const char *option);
/* Provide what the files say of the cloud. */
int32_t os_provide_options(pileus_call *call, os_cloud *cloud);

/* ---- cloud_region.c ------------------------------------------------------ */

/* Find what the files say of the region that is meant. */
int32_t os_find_region(pileus_call *call, os_cloud *cloud);

#endif
