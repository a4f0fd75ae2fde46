/* What a create is to make, as a job can own it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_ORDER_H
#define LV_ORDER_H

#include "connection.h"

typedef struct lv_order {
    char uuid[VIR_UUID_STRING_BUFLEN];
    char *token;
    char *name;
    lv_size size;  /* with a name of its own */
    char *image;   /* NULL: an empty disk */
    char *pool;    /* NULL: the image's, or any */
    char *network; /* NULL: "default", if there is one */
    int64_t created_ns;
    pileus_pair *tags;
    size_t tag_count;
} lv_order;

/* Fill an empty one from the arguments and the connection's settings. A failure
 * has been reported; what is filled must be cleared in any case. */
int32_t lv_order_read(lv_order *order, pileus_call *call,
                      const lv_connection *connection,
                      const pileus_create_args *args);
void lv_order_clear(lv_order *order);

#endif
