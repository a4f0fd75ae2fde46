/* Which addresses are private. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLOUDSTACK_ADDRESS_H
#define CLOUDSTACK_ADDRESS_H

#include <stdbool.h>

/* An address, IPv4 or IPv6, that the internet at large does not route. */
bool cs_is_private(const char *address);

#endif
