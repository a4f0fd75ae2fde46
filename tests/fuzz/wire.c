/* A wire whose answers are an input, in a time of its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/wire.h"

#include "core/base/clock.h"
#include "core/http/wire.h"
#include "tests/fuzz/fuzz.h"

#include <time.h>

/* Requests that are answered. */
#define ANSWERS_MAX 64

static struct {
    const char *next;
    size_t left;
    const char *last; /* what was answered last */
    size_t last_size;
    size_t part;
    int count;
} source;

/* ---- time -------------------------------------------------------------------
 */

static int64_t now_ms = 1000000;

int64_t __wrap_pil__clock_ms(void);
void __wrap_pil__clock_timespec(int64_t ms, struct timespec *ts);

int64_t
__wrap_pil__clock_ms(void)
{
    return now_ms;
}

/* Who asks waits for that time: it is long past. */
void
__wrap_pil__clock_timespec(int64_t ms, struct timespec *ts)
{
    now_ms = ms > now_ms ? ms : now_ms;
    ts->tv_sec = 0;
    ts->tv_nsec = 0;
}

/* ---- answers ----------------------------------------------------------------
 */

void
fuzz_wire_answers(const char *text, size_t size, size_t part)
{
    source.next = text;
    source.left = size;
    source.last = "";
    source.last_size = 0;
    source.part = part == 0 ? SIZE_MAX : part;
    source.count = 0;
}

static const char *
find(const char *data, size_t size, const char *word)
{
    size_t length = strlen(word);

    for (; size >= length; data++, size--) {
        if (memcmp(data, word, length) == 0) {
            return data;
        }
    }
    return NULL;
}

/* False: the provider is gone. */
static bool
next_answer(const char **data, size_t *size)
{
    const char *end;

    if (++source.count > ANSWERS_MAX) {
        return false;
    }
    if (source.left > 0) {
        end = find(source.next, source.left, FUZZ_WIRE_BETWEEN);
        source.last = source.next;
        source.last_size = source.left;
        if (end != NULL) {
            size_t used = (size_t)(end - source.next);

            source.last_size = used;
            used += strlen(FUZZ_WIRE_BETWEEN);
            source.next += used;
            source.left -= used;
        } else {
            source.left = 0;
        }
    }
    *data = source.last;
    *size = source.last_size;
    return true;
}

/* ---- exchanges --------------------------------------------------------------
 */

/* What of the answer is still to be brought. */
struct transfer {
    pil__exchange *exchange;
    struct transfer *next; /* of the line */
    const char *body;
    size_t size;
    bool paused;
};

struct pil__line {
    struct transfer *transfers;
};

static void
finish(pil__exchange *exchange, pil__wire_end end)
{
    exchange->end = end;
    exchange->done = true;
}

/* Bring the status and the header. False: that was the end. */
static bool
bring_header(struct transfer *transfer)
{
    pil__exchange *exchange = transfer->exchange;

    exchange->status = 200;
    if (transfer->size < 5 || memcmp(transfer->body, "HTTP ", 5) != 0) {
        return true;
    }
    transfer->body += 5;
    transfer->size -= 5;
    exchange->status = 0;
    for (int i = 0; i < 3 && transfer->size > 0; i++) {
        exchange->status = exchange->status * 10 + (*transfer->body & 15) % 10;
        transfer->body++;
        transfer->size--;
    }
    while (transfer->size > 0) {
        const char *end = memchr(transfer->body, '\n', transfer->size);
        size_t length =
            end == NULL ? transfer->size : (size_t)(end - transfer->body);
        const char *line = transfer->body;

        transfer->body += length + (end != NULL);
        transfer->size -= length + (end != NULL);
        if (length == 0 && line[-1] == '\n') {
            break;
        }
        if (!exchange->on_header(exchange->user, line, length)) {
            finish(exchange, PIL__WIRE_REFUSED);
            return false;
        }
    }
    return true;
}

static void
bring_body(struct transfer *transfer)
{
    pil__exchange *exchange = transfer->exchange;

    while (transfer->size > 0 && !transfer->paused) {
        size_t size =
            transfer->size < source.part ? transfer->size : source.part;
        pil__wire_verdict verdict =
            exchange->on_body(exchange->user, transfer->body, size);

        if (verdict == PIL__WIRE_STOP) {
            finish(exchange, PIL__WIRE_REFUSED);
            return;
        }
        transfer->paused = verdict == PIL__WIRE_PAUSE;
        if (!transfer->paused) {
            transfer->body += size;
            transfer->size -= size;
        }
    }
    if (transfer->size == 0) {
        finish(exchange, PIL__WIRE_OK);
    }
}

static bool
line_start(pil__line *line, pil__exchange *exchange)
{
    struct transfer *transfer = calloc(1, sizeof *transfer);

    FUZZ_CHECK(transfer != NULL);
    exchange->sent = true;
    exchange->done = false;
    exchange->status = 0;
    exchange->words[0] = '\0';
    exchange->inside = transfer;
    transfer->exchange = exchange;
    transfer->next = line->transfers;
    line->transfers = transfer;
    if (!next_answer(&transfer->body, &transfer->size)) {
        exchange->sent = false;
        finish(exchange, PIL__WIRE_UNREACHABLE);
    } else {
        (void)bring_header(transfer);
    }
    return true;
}

static void
line_stop(pil__line *line, pil__exchange *exchange)
{
    struct transfer *transfer = exchange->inside;
    struct transfer **at = &line->transfers;

    if (transfer == NULL) {
        return;
    }
    while (*at != transfer) {
        at = &(*at)->next;
    }
    *at = transfer->next;
    exchange->inside = NULL;
    free(transfer);
}

static void
line_resume(pil__line *line, pil__exchange *exchange)
{
    struct transfer *transfer = exchange->inside;

    (void)line;
    if (transfer != NULL) {
        transfer->paused = false;
    }
}

/* ---- lines ------------------------------------------------------------------
 */

static bool
line_run(pil__line *line, int64_t ms)
{
    bool any = false;

    for (struct transfer *t = line->transfers; t != NULL; t = t->next) {
        if (!t->exchange->done && !t->paused) {
            bring_body(t);
            any = true;
        }
    }
    if (!any && ms > 0) {
        now_ms += ms;
    }
    return true;
}

static pil__line *
line_new(pil__wire *wire)
{
    (void)wire;
    return calloc(1, sizeof(pil__line));
}

static void
line_free(pil__line *line)
{
    FUZZ_CHECK(line == NULL || line->transfers == NULL);
    free(line);
}

static void
line_wake(pil__line *line)
{
    (void)line;
}

static pil__wire *
wire_open(const pil__wire_settings *settings)
{
    (void)settings;
    return malloc(1);
}

static void
wire_close(pil__wire *wire)
{
    free(wire);
}

static const pil__wire_api *
entry(void)
{
    static const pil__wire_api api = {
        .version = PACKAGE_VERSION,
        .open = wire_open,
        .close = wire_close,
        .line_new = line_new,
        .line_free = line_free,
        .start = line_start,
        .stop = line_stop,
        .resume = line_resume,
        .run = line_run,
        .wake = line_wake,
    };

    return &api;
}

pileus_code __wrap_pil__loader_open_own(void **symbol, const char *file,
                                        const char *name, pileus_error **err);

pileus_code
__wrap_pil__loader_open_own(void **symbol, const char *file, const char *name,
                            pileus_error **err)
{
    static const pil__wire_entry function = entry;

    (void)file;
    (void)name;
    (void)err;
    memcpy(symbol, &function, sizeof *symbol); /* as POSIX has it for dlsym */
    return PILEUS_OK;
}
