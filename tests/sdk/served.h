/* A provider of the suites' own, as a program: it says its endpoint on standard
 * output, and serves until standard input ends. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SDK_SERVED_H
#define TESTS_SDK_SERVED_H

#include <stdio.h>

/* What main returns: 1 if something was asked that a good client never asks. */
static inline int
serve(const char *endpoint, const int *complaints)
{
    (void)printf("%s\n", endpoint);
    (void)fflush(stdout);
    while (getchar() != EOF) {
    }
    return *complaints > 0;
}

#endif
