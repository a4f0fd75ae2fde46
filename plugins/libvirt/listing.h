/* Compute's list_nodes and get_node. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_LISTING_H
#define LV_LISTING_H

#include <pileus/driver.h>

int32_t lv_list_nodes(void *connection, pileus_call *call,
                      const pileus_query_args *query, pileus_sink *sink);
int32_t lv_get_node(void *connection, pileus_call *call, const char *id,
                    pileus_sink *sink);

#endif
