/* What is good for a while: got once for all threads. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_LEASE_H
#define PIL__CALL_LEASE_H

#include <pileus/lease.h>

/* The part of the host table that is about leases. */
extern const pileus_host_lease pil__host_lease;

#endif
