/* The name that was most likely meant. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <pileus/driver_list.h>

#include <stdint.h>
#include <string.h>

/* Longer names are not compared: nobody mistypes them. */
#define NAME_MAX_COMPARED 63

static size_t
smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to change, add, drop or swap with their neighbour (the optimal
 * string alignment distance) to make a of b. */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    uint8_t rows[3][NAME_MAX_COMPARED + 1];
    uint8_t *before = rows[0];
    uint8_t *above = rows[1];
    uint8_t *row = rows[2];

    for (size_t j = 0; j <= b_length; j++) {
        above[j] = (uint8_t)j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        uint8_t *oldest = before;

        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t best = above[j - 1] + (a[i - 1] != b[j - 1]);

            best = smaller(best, above[j] + 1U);
            best = smaller(best, row[j - 1] + 1U);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1]) {
                best = smaller(best, before[j - 2] + 1U);
            }
            row[j] = (uint8_t)best;
        }
        before = above;
        above = row;
        row = oldest;
    }
    return above[b_length];
}

const char *
pileus_nearest(const char *name, const char *const *candidates, size_t count)
{
    const char *nearest = NULL;
    size_t length = name == NULL ? 0 : strlen(name);
    size_t limit = 1 + length / 3; /* a typo in each three letters */

    if (length == 0 || length > NAME_MAX_COMPARED) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *candidate = candidates[i];
        size_t candidate_length = candidate == NULL ? 0 : strlen(candidate);
        size_t d;

        if (candidate_length == 0 || candidate_length > NAME_MAX_COMPARED) {
            continue;
        }
        d = distance(name, length, candidate, candidate_length);
        /* What was begun and not finished is near, however long the rest. */
        if (d > limit && length >= 3 && candidate_length > length &&
            strncmp(name, candidate, length) == 0) {
            d = limit;
        }
        if (d <= limit && d < candidate_length &&
            (nearest == NULL || d < limit)) {
            nearest = candidate;
            limit = d;
        }
    }
    return nearest;
}
