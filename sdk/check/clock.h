/* Time, and the limits that a driver has to keep. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_CLOCK_H
#define SDK_CHECK_CLOCK_H

#include <stdint.h>

/* So late a call may come back after its deadline, or after it was cancelled.
 * An idle machine needs a hundredth of it; a busy one is not to be blamed. */
#define CHECK_LATENCY_MS 1000

/* A clock that never jumps, from some beginning. */
int64_t check_clock_ms(void);

#endif
