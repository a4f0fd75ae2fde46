/* The parts of the host table that are about data. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_HOST_DATA_H
#define PIL__CALL_HOST_DATA_H

#include <pileus/driver.h>

extern const pileus_host_json pil__host_json;
extern const pileus_host_writer pil__host_writer;
extern const pileus_host_digest pil__host_digest;

#endif
