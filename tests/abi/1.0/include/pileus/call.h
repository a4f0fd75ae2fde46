/* A call: its deadline, its cancellation, its progress. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_CALL_H
#define PILEUS_CALL_H

#include <pileus/error.h>

PILEUS_BEGIN_DECLS

/*
 * Functions that talk to a provider take a pileus_call. NULL stands for a
 * fresh one with the default time limit. A call may be used for several
 * functions one after the other, which then share one deadline, but not for
 * two at the same time (the second gets PILEUS_BUSY). Cancelling is the one
 * thing another thread may do to it while it is in use.
 */

/* Time limit of a call that was given none, in milliseconds. */
#define PILEUS_DEFAULT_TIMEOUT_MS 300000

/* A new call in *call, to be freed with pileus_call_free. */
PILEUS_API pileus_code pileus_call_new(pileus_call **call, pileus_error **err);
/* Free a call that is not in use; NULL is allowed. */
PILEUS_API void pileus_call_free(pileus_call *call);

/* Everything done with this call must be over in ms milliseconds from now, by
 * a clock that never jumps: retries, pages and waits are all within it. A
 * negative number takes the limit away. */
PILEUS_API void pileus_call_set_timeout(pileus_call *call, int64_t ms);

/* Cancel: what is under way ends with PILEUS_CANCELLED as soon as it can, and
 * so does whatever is tried with this call later. From any thread, any number
 * of times; not from a signal handler. */
PILEUS_API void pileus_call_cancel(pileus_call *call);

/* Milliseconds left; 0 when the deadline has passed, INT64_MAX without one. */
PILEUS_API int64_t pileus_call_remaining_ms(const pileus_call *call);

/* Called as work goes on: what is done at present, and how much of it is
 * done, 0 to 1, or a negative number when nobody knows. From the thread that
 * made the call; it must not use the call. */
typedef void (*pileus_progress_fn)(void *user, const char *what, double done);
PILEUS_API void pileus_call_set_progress(pileus_call *call,
                                         pileus_progress_fn fn, void *user);

/* Called the moment a create learns the provider's id of what it makes, long
 * before the create returns: write it down, and nothing is lost whatever
 * comes. From the thread that made the call. */
typedef void (*pileus_made_fn)(void *user, pileus_kind kind, const char *id);
PILEUS_API void pileus_call_set_made(pileus_call *call, pileus_made_fn fn,
                                     void *user);

PILEUS_END_DECLS

#endif
