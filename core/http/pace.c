/* Pace: when a request may go out, and whether it goes out again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/pace.h"

#include "core/base/clock.h"
#include "core/http/limits.h"
#include "core/http/replay.h"
#include "core/http/message.h"

#include <string.h>
#include <strings.h>
#include <time.h>

/* Numbers above these are points in time: seconds since 1970, and those in
 * milliseconds. */
#define LEAST_EPOCH 1000000000
#define LEAST_EPOCH_MS 1000000000000
/* Longest pause that is believed: a day, in seconds. */
#define BELIEVED_MAX 86400

/* ---- reading headers --------------------------------------------------------
 */

/* A number of seconds, perhaps with a fraction, in milliseconds. */
static bool
parse_seconds(const char *text, int64_t *ms)
{
    size_t length = strspn(text, "0123456789");
    int64_t number = 0;
    int64_t fraction = 0;

    if (length == 0 || length > 15) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        number = number * 10 + (text[i] - '0');
    }
    text += length;
    if (*text == '.') {
        int64_t weight = 100;

        for (text++; *text >= '0' && *text <= '9'; text++, weight /= 10) {
            fraction += (*text - '0') * weight;
        }
    }
    *ms = number * 1000 + fraction;
    return *text == '\0' || *text == ',' || *text == ';' || *text == ' ' ||
           strcmp(text, "s") == 0;
}

/* The provider's own time, in seconds; ours when it does not say. */
static int64_t
their_time(const pileus_response *response)
{
    const char *date = pil__response_header(response, "Date");
    int64_t seconds = 0;

    return date != NULL && pil__http_date(date, &seconds) ? seconds
                                                          : (int64_t)time(NULL);
}

static int64_t
believable(int64_t ms)
{
    return ms < 0 ? 0 : ms > BELIEVED_MAX * 1000L ? BELIEVED_MAX * 1000L : ms;
}

/* Milliseconds from now to what a header names: seconds, a time, a date. */
static int64_t
parse_when(const pileus_response *response, const char *text)
{
    int64_t ms = 0;

    if (parse_seconds(text, &ms)) {
        if (ms >= LEAST_EPOCH_MS * 1000) {
            ms /= 1000;
        }
        if (ms >= LEAST_EPOCH * 1000L) {
            ms -= their_time(response) * 1000;
        }
        return believable(ms);
    }
    if (pil__http_date(text, &ms)) {
        return believable((ms - their_time(response)) * 1000);
    }
    return -1;
}

/* What a family of headers says is left, and when there will be more. */
static const struct {
    const char *remaining; /* how the header's name begins */
    const char *reset;
} families[] = {
    {"RateLimit-Remaining", "RateLimit-Reset"},
    {"X-RateLimit-Remaining", "X-RateLimit-Reset"},
    {"X-Rate-Limit-Remaining", "X-Rate-Limit-Reset"},
    {"x-ms-ratelimit-remaining", "x-ms-ratelimit-reset"},
};

/* The first header whose name begins so. */
static const char *
header_like(const pileus_response *response, const char *beginning)
{
    const char *name;
    const char *value = NULL;
    size_t length = strlen(beginning);

    for (size_t i = 0;
         (name = pil__response_header_at(response, i, &value)) != NULL; i++) {
        if (strncasecmp(name, beginning, length) == 0) {
            return value;
        }
    }
    return NULL;
}

/* Milliseconds until there is more, when nothing is left; else -1. */
static int64_t
exhausted(const pileus_response *response)
{
    int64_t longest = -1;

    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        const char *remaining = header_like(response, families[i].remaining);
        const char *reset = header_like(response, families[i].reset);
        int64_t left = 1;
        int64_t ms = -1;

        if (remaining != NULL && parse_seconds(remaining, &left) && left <= 0) {
            ms = reset == NULL ? -1 : parse_when(response, reset);
        }
        longest = ms > longest ? ms : longest;
    }
    return longest;
}

int64_t
pil__pace_retry_after(const pileus_response *response)
{
    const char *text = pil__response_header(response, "Retry-After");
    int64_t ms = text == NULL ? -1 : parse_when(response, text);

    return ms < 0 && response->status == 429 ? exhausted(response) : ms;
}

/* ---- for all threads of a connection
 * --------------------------------------------- */

int64_t
pil__pace_time(const pileus_http *http, int64_t ms)
{
    return http->config.context->recording == NULL ? ms
                                                   : ms / PIL__REPLAY_HASTE;
}

void
pil__pace_learn(pileus_http *http, const pileus_response *response)
{
    bool refused = response->status == 429;
    int64_t ms =
        refused ? pil__pace_retry_after(response) : exhausted(response);
    int64_t until = pil__clock_ms() + pil__pace_time(http, ms);

    if (ms <= 0 || (!refused && ms > PIL__HTTP_HOLD_MAX_MS)) {
        return;
    }
    (void)pthread_mutex_lock(&http->lock);
    if (until > http->hold_until) {
        http->hold_until = until;
        http->refused = refused;
    }
    (void)pthread_mutex_unlock(&http->lock);
}

int64_t
pil__pace_hold(pileus_http *http, bool *refused)
{
    int64_t ms;

    (void)pthread_mutex_lock(&http->lock);
    ms = http->hold_until - pil__clock_ms();
    *refused = http->refused;
    (void)pthread_mutex_unlock(&http->lock);
    return ms < 0 ? 0 : ms;
}

bool
pil__pace_spend(pileus_http *http)
{
    bool allowed;

    (void)pthread_mutex_lock(&http->lock);
    allowed = http->budget > 0;
    http->budget -= allowed;
    (void)pthread_mutex_unlock(&http->lock);
    return allowed;
}

void
pil__pace_earn(pileus_http *http)
{
    (void)pthread_mutex_lock(&http->lock);
    http->budget += http->budget < PIL__HTTP_BUDGET;
    (void)pthread_mutex_unlock(&http->lock);
}

/* Good enough to spread: xorshift64. */
static uint64_t
next_random(pileus_http *http)
{
    uint64_t x;

    (void)pthread_mutex_lock(&http->lock);
    x = http->random == 0 ? UINT64_C(0x9e3779b97f4a7c15) : http->random;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    http->random = x;
    (void)pthread_mutex_unlock(&http->lock);
    return x;
}

int64_t
pil__pace_pause(pileus_http *http, int64_t last_ms)
{
    int64_t least = PIL__HTTP_PAUSE_FIRST_MS;
    int64_t most = last_ms < least ? least * 3 : last_ms * 3;
    int64_t pause =
        least + (int64_t)(next_random(http) % (uint64_t)(most - least + 1));

    return pause > PIL__HTTP_PAUSE_MAX_MS ? PIL__HTTP_PAUSE_MAX_MS : pause;
}
