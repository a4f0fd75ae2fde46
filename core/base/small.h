/* Copying and comparing short texts, of which there are many, without a call.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_SMALL_H
#define PIL__BASE_SMALL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Both take any size, and make two overlapping steps of one that is between 4
 * and 16 bytes. */

static inline void
pil__small_copy(char *to, const char *from, size_t size)
{
    if (size - 8 <= 8) {
        uint64_t first;
        uint64_t last;

        memcpy(&first, from, 8);
        memcpy(&last, from + size - 8, 8);
        memcpy(to, &first, 8);
        memcpy(to + size - 8, &last, 8);
    } else if (size - 4 < 4) {
        uint32_t first;
        uint32_t last;

        memcpy(&first, from, 4);
        memcpy(&last, from + size - 4, 4);
        memcpy(to, &first, 4);
        memcpy(to + size - 4, &last, 4);
    } else if (size < 4) {
        for (size_t i = 0; i < size; i++) {
            to[i] = from[i];
        }
    } else {
        memcpy(to, from, size);
    }
}

static inline bool
pil__small_equal(const char *a, const char *b, size_t size)
{
    if (size - 8 <= 8) {
        uint64_t first[2];
        uint64_t last[2];

        memcpy(&first[0], a, 8);
        memcpy(&first[1], b, 8);
        memcpy(&last[0], a + size - 8, 8);
        memcpy(&last[1], b + size - 8, 8);
        return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
    }
    if (size - 4 < 4) {
        uint32_t first[2];
        uint32_t last[2];

        memcpy(&first[0], a, 4);
        memcpy(&first[1], b, 4);
        memcpy(&last[0], a + size - 4, 4);
        memcpy(&last[1], b + size - 4, 4);
        return ((first[0] ^ first[1]) | (last[0] ^ last[1])) == 0;
    }
    if (size < 4) {
        bool same = true;

        for (size_t i = 0; i < size; i++) {
            same = same && a[i] == b[i];
        }
        return same;
    }
    return memcmp(a, b, size) == 0;
}

#endif
