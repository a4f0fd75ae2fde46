/* Which addresses are private. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>

/* The first bits of private addresses (RFC 1918, 6598, 3927, 1122). */
static const struct {
    uint32_t bits;
    int length;
} ranges[] = {
    {UINT32_C(0x0a000000), 8},  {UINT32_C(0xac100000), 12},
    {UINT32_C(0xc0a80000), 16}, {UINT32_C(0x64400000), 10},
    {UINT32_C(0xa9fe0000), 16}, {UINT32_C(0x7f000000), 8},
};

bool
cs_is_private(const char *address)
{
    struct in_addr four;
    struct in6_addr six;

    if (inet_pton(AF_INET, address, &four) == 1) {
        uint32_t bits = ntohl(four.s_addr);

        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
            if (((bits ^ ranges[i].bits) >> (32 - ranges[i].length)) == 0) {
                return true;
            }
        }
        return false;
    }
    /* RFC 4193, RFC 4291: unique local, link-local. */
    return inet_pton(AF_INET6, address, &six) == 1 &&
           ((six.s6_addr[0] & 0xfe) == 0xfc ||
            (six.s6_addr[0] == 0xfe && (six.s6_addr[1] & 0xc0) == 0x80));
}
