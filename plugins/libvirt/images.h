/* Compute's list_images: the volumes of the active storage pools. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef LV_IMAGES_H
#define LV_IMAGES_H

#include <pileus/driver.h>

int32_t lv_list_images(void *connection, pileus_call *call,
                       const pileus_query_args *query, pileus_sink *sink);

#endif
