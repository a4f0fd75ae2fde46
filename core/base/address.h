/* Which addresses are private. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ADDRESS_H
#define PIL__BASE_ADDRESS_H

#include <stdint.h>

/* 1 for an address, IPv4 or IPv6, that the internet at large does not route;
 * else, and for what is no address, 0. */
int32_t pil__address_is_private(const char *address);

#endif
