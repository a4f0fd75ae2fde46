/* An allocator that keeps nothing back, so that memory can be counted. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_EXACT_H
#define SDK_CHECK_EXACT_H

#include <stdbool.h>

/* What the program is given, as its first word, when it runs so. */
#define CHECK_EXACT "--exact"

/* Run this program anew, so. It comes back when it does already, or cannot. */
void check_exact_run(int count, char **words);

#endif
