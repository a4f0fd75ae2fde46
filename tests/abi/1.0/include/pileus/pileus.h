/* pileus: one C interface over every cloud. The application's header. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_PILEUS_H
#define PILEUS_PILEUS_H

/* What an application holds, top down:
 *
 *   pileus_context      drivers found on a search path     driver_list.h
 *   pileus_connection   a driver opened with options       connection.h
 *   pileus_node, …      the provider's objects             model.h
 *   pileus_call         deadline and cancellation          call.h
 *   pileus_error        what went wrong                    error.h
 *   a trace, a recording of what is said to providers      exchange.h
 *   drivers that are linked into the program               linked.h
 *
 * and what it does with them: compute.h, lifecycle.h, volumes.h, keypairs.h,
 * images.h, addresses.h, tags.h; what none of these has, raw.h; what outlives
 * the process, saved.h. A driver includes driver.h instead.
 */
#include <pileus/addresses.h>
#include <pileus/call.h>
#include <pileus/common.h>
#include <pileus/compute.h>
#include <pileus/connection.h>
#include <pileus/driver_list.h>
#include <pileus/error.h>
#include <pileus/exchange.h>
#include <pileus/images.h>
#include <pileus/keypairs.h>
#include <pileus/lifecycle.h>
#include <pileus/linked.h>
#include <pileus/model.h>
#include <pileus/raw.h>
#include <pileus/saved.h>
#include <pileus/tags.h>
#include <pileus/value.h>
#include <pileus/volumes.h>

PILEUS_BEGIN_DECLS

/* Version of the library that is running, such as "0.1.0". Static. */
PILEUS_API const char *pileus_version(void);

PILEUS_END_DECLS

#endif
