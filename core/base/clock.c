/* The clock that never jumps. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/clock.h"

#include <time.h>

int64_t
pil__clock_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail: always there */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
pil__clock_timespec(int64_t ms, struct timespec *ts)
{
    ts->tv_sec = (time_t)(ms / 1000);
    ts->tv_nsec = (long)(ms % 1000) * 1000000;
}

int
pil__clock_cond_init(pthread_cond_t *cond)
{
    pthread_condattr_t attr;
    int failed = pthread_condattr_init(&attr);

    if (failed != 0) {
        return failed;
    }
    failed = pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    if (failed == 0) {
        failed = pthread_cond_init(cond, &attr);
    }
    (void)pthread_condattr_destroy(&attr);
    return failed;
}
