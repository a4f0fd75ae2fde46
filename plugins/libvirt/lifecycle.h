/* Compute's reboot_node, start_node, stop_node and destroy_node. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_LIFECYCLE_H
#define LV_LIFECYCLE_H

#include "job.h"

/* A job about one node. */
typedef struct lv_action {
    lv_job job;
    char *id;
    /* The state that was read back. */
    int state;
    int reason;
    bool gone;
} lv_action;

/* A new one; NULL, with the failure reported: no memory, or a node that has no
 * id. */
lv_action *lv_action_new(pileus_call *call, const lv_job_kind *kind,
                         lv_connection *connection, const char *id);
void lv_action_free(lv_job *job);

int32_t lv_reboot_node(void *connection, pileus_call *call,
                       const pileus_node *node, uint64_t flags,
                       pileus_record *after);
int32_t lv_start_node(void *connection, pileus_call *call,
                      const pileus_node *node, uint64_t flags,
                      pileus_record *after);
int32_t lv_stop_node(void *connection, pileus_call *call,
                     const pileus_node *node, uint64_t flags,
                     pileus_record *after);
int32_t lv_destroy_node(void *connection, pileus_call *call,
                        const pileus_node *node, uint64_t flags,
                        pileus_record *after);

#endif
