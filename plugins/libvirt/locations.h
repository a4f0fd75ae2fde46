/* Compute's list_locations: the one host. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_LOCATIONS_H
#define LV_LOCATIONS_H

#include <pileus/driver.h>

int32_t lv_list_locations(void *connection, pileus_call *call,
                          const pileus_query_args *query, pileus_sink *sink);

#endif
