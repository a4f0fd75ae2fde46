/* The wire over a recording, without a network. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/replay.h"

#include "core/base/alloc.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/json_path.h"
#include "core/driver/context.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* A body comes in pieces, as from a network. */
#define PIECE_SIZE 65536

struct pil__wire {
    pil__recording *recording;
};

/* An exchange under way, in its line's list. */
struct playing {
    struct playing *next;
    pil__exchange *exchange;
    const pil__recorded *recorded;
    bool begun;  /* the header was told */
    bool paused; /* by who takes the body */
    size_t told; /* of the body */
};

struct pil__line {
    const pil__wire *wire;
    struct playing *playing;
    pthread_mutex_t lock; /* of woken */
    pthread_cond_t changed;
    bool woken;
};

/* ---- telling what was recorded --------------------------------------------
 */

static void
end(pil__exchange *exchange, pil__wire_end how)
{
    exchange->end = how;
    exchange->done = true;
}

/* One line of the header. False: no memory, or refused. */
static bool
tell_line(pil__exchange *exchange, const char *name, const char *value)
{
    pil__text line = {0};
    bool good;

    pil__text_printf(&line, "%s: %s", name, value);
    good = !line.failed &&
           exchange->on_header(exchange->user, line.data, line.length);
    pil__text_free(&line);
    return good;
}

static bool
tell_header(const struct playing *one)
{
    pil__exchange *exchange = one->exchange;
    const pileus_value *headers = one->recorded->headers;
    char status[32];

    exchange->status = (long)one->recorded->status;
    (void)snprintf(status, sizeof status, "HTTP/1.1 %ld", exchange->status);
    if (!exchange->on_header(exchange->user, status, strlen(status))) {
        return false;
    }
    for (size_t i = 0; i < pileus_value_count(headers); i++) {
        const char *name = pileus_value_key(headers, i);
        const char *value = pil__json_text(pileus_value_at(headers, i), NULL);

        if (name != NULL && value != NULL &&
            !tell_line(exchange, name, value)) {
            return false;
        }
    }
    return exchange->on_header(exchange->user, "", 0);
}

/* The next piece of the body, or its end. */
static void
tell_body(struct playing *one)
{
    pil__exchange *exchange = one->exchange;
    size_t left = one->recorded->body_size - one->told;
    size_t size = left < PIECE_SIZE ? left : PIECE_SIZE;

    if (left == 0 || strcmp(exchange->method, "HEAD") == 0) {
        end(exchange, PIL__WIRE_OK);
        return;
    }
    switch (exchange->on_body(exchange->user, one->recorded->body + one->told,
                              size)) {
    case PIL__WIRE_GO_ON:
        one->told += size;
        break;
    case PIL__WIRE_PAUSE:
        one->paused = true;
        break;
    default:
        end(exchange, PIL__WIRE_REFUSED);
        break;
    }
}

/* Do the next thing for an exchange. False: there is none. */
static bool
play(struct playing *one)
{
    if (one->exchange->done || one->paused) {
        return false;
    }
    if (one->recorded == NULL) {
        end(one->exchange, PIL__WIRE_UNRECORDED);
    } else if (one->begun) {
        tell_body(one);
    } else if (tell_header(one)) {
        one->begun = true;
    } else {
        end(one->exchange, PIL__WIRE_REFUSED);
    }
    return true;
}

/* ---- exchanges ------------------------------------------------------------
 */

static bool
replay_start(pil__line *line, pil__exchange *exchange)
{
    struct playing *one = pil__calloc(1, sizeof *one);

    exchange->done = false;
    exchange->status = 0;
    exchange->words[0] = '\0';
    exchange->sent = false;
    if (one == NULL) {
        return false;
    }
    one->exchange = exchange;
    if (!pil__recording_find(&one->recorded, line->wire->recording,
                             exchange->method, exchange->url,
                             exchange->body == NULL ? "" : exchange->body,
                             (size_t)exchange->body_size, exchange->words)) {
        pil__free(one);
        return false;
    }
    exchange->sent = one->recorded != NULL;
    exchange->inside = one;
    one->next = line->playing;
    line->playing = one;
    return true;
}

static void
replay_stop(pil__line *line, pil__exchange *exchange)
{
    struct playing **at = &line->playing;

    while (*at != NULL && *at != exchange->inside) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        struct playing *one = *at;

        *at = one->next;
        pil__free(one);
    }
    exchange->inside = NULL;
}

static void
replay_resume(pil__line *line, pil__exchange *exchange)
{
    struct playing *one = exchange->inside;

    (void)line;
    if (one != NULL) {
        one->paused = false;
    }
}

/* ---- lines ----------------------------------------------------------------
 */

static void
wait_for_wake(pil__line *line, int64_t ms)
{
    int64_t now = pil__clock_ms();
    struct timespec until;

    pil__clock_timespec(ms > INT64_MAX - now ? INT64_MAX : now + ms, &until);
    (void)pthread_mutex_lock(&line->lock);
    while (!line->woken && ms > 0 &&
           pthread_cond_timedwait(&line->changed, &line->lock, &until) == 0) {
    }
    line->woken = false;
    (void)pthread_mutex_unlock(&line->lock);
}

static bool
replay_run(pil__line *line, int64_t ms)
{
    bool played = false;

    for (struct playing *one = line->playing; one != NULL; one = one->next) {
        played = play(one) || played;
    }
    if (!played) {
        wait_for_wake(line, ms);
    }
    return true;
}

static void
replay_wake(pil__line *line)
{
    (void)pthread_mutex_lock(&line->lock);
    line->woken = true;
    (void)pthread_cond_broadcast(&line->changed);
    (void)pthread_mutex_unlock(&line->lock);
}

static pil__line *
line_new(pil__wire *wire)
{
    pil__line *line = pil__calloc(1, sizeof *line);

    if (line == NULL) {
        return NULL;
    }
    if (pthread_mutex_init(&line->lock, NULL) != 0) {
        pil__free(line);
        return NULL;
    }
    if (pil__clock_cond_init(&line->changed) != 0) {
        (void)pthread_mutex_destroy(&line->lock);
        pil__free(line);
        return NULL;
    }
    line->wire = wire;
    return line;
}

static void
line_free(pil__line *line)
{
    if (line != NULL) {
        (void)pthread_cond_destroy(&line->changed);
        (void)pthread_mutex_destroy(&line->lock);
        pil__free(line);
    }
}

/* ---- the wire -------------------------------------------------------------
 */

pil__wire *
pil__replay_open(pil__recording *recording)
{
    pil__wire *wire = pil__malloc(sizeof *wire);

    if (wire != NULL) {
        wire->recording = recording;
    }
    return wire;
}

static void
wire_close(pil__wire *wire)
{
    pil__free(wire);
}

const pil__wire_api pil__replay_api = {
    .version = PACKAGE_VERSION,
    .close = wire_close,
    .line_new = line_new,
    .line_free = line_free,
    .start = replay_start,
    .stop = replay_stop,
    .resume = replay_resume,
    .run = replay_run,
    .wake = replay_wake,
};

pileus_code
pileus_context_set_replay(pileus_context *ctx, const char *directory,
                          pileus_error **err)
{
    if (ctx == NULL || directory == NULL || ctx->recording != NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "pileus_context_set_replay: %s",
                              ctx == NULL         ? "ctx is NULL"
                              : directory == NULL ? "directory is NULL"
                                                  : "it is replayed already");
    }
    ctx->recording_free = pil__recording_free;
    return pil__recording_open(&ctx->recording, directory, err);
}
