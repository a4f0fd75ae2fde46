/* Compute's create_node. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_CREATE_H
#define LV_CREATE_H

#include <pileus/driver.h>

int32_t lv_create_node(void *connection, pileus_call *call,
                       const pileus_create_args *args, pileus_sink *sink);

#endif
