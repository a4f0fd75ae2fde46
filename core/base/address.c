/* Which addresses are private. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/address.h"

#include <arpa/inet.h>
#include <stddef.h>

/* The first bits of private addresses (RFC 1918, 6598, 3927, 1122). */
static const struct {
    uint32_t bits;
    int length;
} ranges[] = {
    {UINT32_C(0x0a000000), 8},  {UINT32_C(0xac100000), 12},
    {UINT32_C(0xc0a80000), 16}, {UINT32_C(0x64400000), 10},
    {UINT32_C(0xa9fe0000), 16}, {UINT32_C(0x7f000000), 8},
};

static int32_t
is_private_v4(uint32_t bits)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (((bits ^ ranges[i].bits) >> (32 - ranges[i].length)) == 0) {
            return 1;
        }
    }
    return 0;
}

/* Unique local (RFC 4193), link-local and what was site-local (RFC 4291), and
 * the loopback. */
static int32_t
is_private_v6(const struct in6_addr *address)
{
    const uint8_t *bytes = address->s6_addr;

    return (bytes[0] & 0xfe) == 0xfc ||
           (bytes[0] == 0xfe && (bytes[1] & 0x80) == 0x80) ||
           IN6_IS_ADDR_LOOPBACK(address);
}

int32_t
pil__address_is_private(const char *address)
{
    struct in_addr four;
    struct in6_addr six;

    if (inet_pton(AF_INET, address, &four) == 1) {
        return is_private_v4(ntohl(four.s_addr));
    }
    return inet_pton(AF_INET6, address, &six) == 1 && is_private_v6(&six);
}
