/* The host table that drivers are given. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_HOST_H
#define PIL__CALL_HOST_H

#include <pileus/driver.h>

extern const pileus_host pil__host;

#endif
