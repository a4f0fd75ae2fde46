/* The clock that never jumps. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_CLOCK_H
#define PIL__BASE_CLOCK_H

#include <pthread.h>
#include <stdint.h>

struct timespec;

/* Milliseconds of CLOCK_MONOTONIC. */
int64_t pil__clock_ms(void);
/* A point of that clock as a timespec, for timed waits on it. */
void pil__clock_timespec(int64_t ms, struct timespec *ts);
/* A condition for such waits; not 0: no memory. */
int pil__clock_cond_init(pthread_cond_t *cond);

#endif
