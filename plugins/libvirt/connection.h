/* Connections: the settings, and libvirt's connection made with them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_CONNECTION_H
#define LV_CONNECTION_H

#include "errors.h"
#include "settings.h"

#include <pthread.h>

/* Counted, because a job that was left behind may outlive the closing. */
typedef struct lv_connection {
    /* Constant once opened. */
    lv_settings settings;
    char *hostname; /* of the host, and the id of the one location */
    char *type;     /* libvirt's name of the hypervisor: "QEMU", "TEST" */
    char *uri;      /* as libvirt resolved it */

    pthread_mutex_t lock; /* of all below */
    size_t references;
    virConnectPtr virt; /* NULL: not opened yet */
    int64_t used_ms;    /* when it was last seen to answer */
    int left_behind;    /* jobs that are */
} lv_connection;

/* A connection that is not open, with one reference; it takes the settings
 * over, also when it fails. NULL: no memory. */
lv_connection *lv_connection_new(lv_settings *settings);
lv_connection *lv_connection_ref(lv_connection *connection);
/* The last reference closes; NULL is allowed. */
void lv_connection_unref(lv_connection *connection);

/* Open it for the first time, and learn what stays constant. On the thread of
 * a job, as all below. */
bool lv_connection_open(lv_connection *connection, lv_failure *failure);
/* Close what is open, as the last reference would. */
void lv_connection_shut(lv_connection *connection);

/* A reference to libvirt's connection in *virt, to be given back with
 * virConnectClose. One that has died is opened anew. */
bool lv_connection_use(lv_connection *connection, virConnectPtr *virt,
                       lv_failure *failure);
/* It has just been used. */
void lv_connection_used(lv_connection *connection);
/* Change the count of jobs left behind, and return it. From any thread. */
int lv_connection_left_behind(lv_connection *connection, int change);

/* Is a query about another place than this host, so that nothing here meets
 * it? */
bool lv_is_elsewhere(const lv_connection *connection,
                     const pileus_query_args *query);

/* A clock that never jumps. */
int64_t lv_now_ms(void);

#endif
