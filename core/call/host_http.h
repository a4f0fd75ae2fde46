/* HTTP for drivers, as a part of the host table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_HOST_HTTP_H
#define PIL__CALL_HOST_HTTP_H

#include <pileus/http.h>

extern const pileus_host_http pil__host_http;

#endif
