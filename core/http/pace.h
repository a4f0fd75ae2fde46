/* Pace: when a request may go out, and whether it goes out again. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_PACE_H
#define PIL__HTTP_PACE_H

#include "core/http/http.h"
#include "core/http/response.h"

/* How long no request may be sent, in milliseconds; 0: one may. In *refused,
 * whether the provider has refused one. */
int64_t pil__pace_hold(pileus_http *http, bool *refused);

/* How long a pause really is: a replay makes haste. */
int64_t pil__pace_time(const pileus_http *http, int64_t ms);

/* Learn from an answer's header how fast to go. */
void pil__pace_learn(pileus_http *http, const pileus_response *response);

/* After how many milliseconds to try again, by this answer's header; -1:
 * it does not say. */
int64_t pil__pace_retry_after(const pileus_response *response);

/* Take one from what may be sent again; false: there is none left. And give
 * some back, for a request that succeeded. */
bool pil__pace_spend(pileus_http *http);
void pil__pace_earn(pileus_http *http);

/* The next pause in milliseconds, somewhere between the shortest and three
 * times the last one, so that those who were refused together do not come back
 * together. */
int64_t pil__pace_pause(pileus_http *http, int64_t last_ms);

#endif
