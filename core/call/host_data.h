/* The parts of the host table that are about data. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_HOST_DATA_H
#define PIL__CALL_HOST_DATA_H

#include <pileus/driver.h>
#include <pileus/error.h>

extern const pileus_host_json pil__host_json;
/* Report why an answer cannot be read; the error is freed. */
int32_t pil__fail_to_read(pileus_call *call, pileus_code code,
                          pileus_error **error);

extern const pileus_host_format pil__host_format;
extern const pileus_host_writer pil__host_writer;
extern const pileus_host_digest pil__host_digest;
extern const pileus_host_file pil__host_file;

#endif
