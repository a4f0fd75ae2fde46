/* An allocator that keeps nothing back, so that memory can be counted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/exact.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* glibc keeps what was freed for each thread, and an arena for each, and counts
 * both as in use. It reads this when a program begins, and never again. */
#define TUNABLES "glibc.malloc.tcache_count=0:glibc.malloc.arena_max=1"

/* Those who look from outside want this very process. */
static bool
is_left_alone(int count, char **words)
{
    for (int i = 1; i < count; i++) {
        if (strcmp(words[i], CHECK_EXACT) == 0 ||
            strcmp(words[i], "--in-process") == 0) {
            return true;
        }
    }
    return count < 2;
}

void
check_exact_run(int count, char **words)
{
    static char exact[] = CHECK_EXACT;
    char **again;

    if (is_left_alone(count, words)) {
        return;
    }
    again = calloc((size_t)count + 2, sizeof *again);
    if (again != NULL && setenv("GLIBC_TUNABLES", TUNABLES, 1) == 0) {
        again[0] = words[0];
        again[1] = exact;
        memcpy(again + 2, words + 1, (size_t)(count - 1) * sizeof *again);
        (void)execv("/proc/self/exe", again);
    }
    free(again);
}
