/* The wire over libcurl: lines and what runs on them. With curl_setup.c, the
 * module pileus/http.so. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/curl.h"

#include "core/base/alloc.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

/* Easy handles that a line keeps for the next exchange. */
#define SPARE_MAX 8
/* Connections that a line keeps open. */
#define CONNECTIONS_MAX 16L

struct pil__line {
    const pil__wire *wire;
    CURLM *multi;
    CURL *spare[SPARE_MAX];
    size_t spare_count;
};

/* ---- SIGPIPE ----------------------------------------------------------------
 */

/* TLS writes to connections that the other side has closed, and the signal for
 * that would end the application. It is held back in this thread, and taken
 * away if it came because of us. */
struct quiet {
    sigset_t before;
    bool pending;
};

static void
quiet_begin(struct quiet *quiet)
{
    sigset_t pipe;
    sigset_t pending;

    (void)sigemptyset(&pending);
    (void)sigpending(&pending);
    quiet->pending = sigismember(&pending, SIGPIPE) == 1;
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)pthread_sigmask(SIG_BLOCK, &pipe, &quiet->before);
}

static void
quiet_end(const struct quiet *quiet)
{
    const struct timespec now = {0};
    sigset_t pipe;

    if (!quiet->pending) {
        (void)sigemptyset(&pipe);
        (void)sigaddset(&pipe, SIGPIPE);
        (void)sigtimedwait(&pipe, NULL, &now);
    }
    (void)pthread_sigmask(SIG_SETMASK, &quiet->before, NULL);
}

/* ---- exchanges
 * ------------------------------------------------------------------
 */

static CURL *
take_handle(pil__line *line)
{
    if (line->spare_count > 0) {
        return line->spare[--line->spare_count];
    }
    return curl_easy_init();
}

/* libcurl lets some handles of a request that failed not be set up again: one
 * whose host's name was not found keeps its buffer, say. */
static void
give_handle(pil__line *line, CURL *easy, bool sound)
{
    if (sound && line->spare_count < SPARE_MAX) {
        curl_easy_reset(easy);
        line->spare[line->spare_count++] = easy;
    } else {
        curl_easy_cleanup(easy);
    }
}

static void
line_stop(pil__line *line, pil__exchange *exchange)
{
    struct transfer *transfer = exchange->inside;
    struct quiet quiet;

    if (transfer == NULL) {
        return;
    }
    exchange->inside = NULL;
    quiet_begin(&quiet);
    (void)curl_multi_remove_handle(line->multi, transfer->easy);
    quiet_end(&quiet);
    give_handle(line, transfer->easy,
                exchange->done && exchange->end == PIL__WIRE_OK);
    curl_slist_free_all(transfer->headers);
    pil__free(transfer);
}

static bool
line_start(pil__line *line, pil__exchange *exchange)
{
    struct transfer *transfer = pil__calloc(1, sizeof *transfer);

    exchange->sent = false;
    exchange->done = false;
    exchange->status = 0;
    exchange->words[0] = '\0';
    if (transfer == NULL) {
        return false;
    }
    transfer->exchange = exchange;
    transfer->easy = take_handle(line);
    if (transfer->easy == NULL) {
        pil__free(transfer);
        return false;
    }
    exchange->inside = transfer;
    if (!pil__curl_set_up(transfer, line->wire) ||
        curl_multi_add_handle(line->multi, transfer->easy) != CURLM_OK) {
        line_stop(line, exchange);
        return false;
    }
    return true;
}

static void
line_resume(pil__line *line, pil__exchange *exchange)
{
    struct transfer *transfer = exchange->inside;

    (void)line;
    if (transfer != NULL && !exchange->done) {
        struct quiet quiet;

        quiet_begin(&quiet);
        (void)curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
        quiet_end(&quiet);
    }
}

/* ---- lines
 * ------------------------------------------------------------------------
 */

static void
collect(pil__line *line)
{
    CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(line->multi, &left)) != NULL) {
        void *found = NULL;

        if (message->msg == CURLMSG_DONE) {
            (void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
                                    &found);
            pil__curl_finish(found, message->data.result);
        }
    }
}

static bool
line_run(pil__line *line, int64_t ms)
{
    int running = 0;
    int timeout = ms > INT32_MAX ? INT32_MAX : ms < 0 ? 0 : (int)ms;
    struct quiet quiet;
    bool good;

    quiet_begin(&quiet);
    good = curl_multi_poll(line->multi, NULL, 0, timeout, NULL) == CURLM_OK &&
           curl_multi_perform(line->multi, &running) == CURLM_OK;
    quiet_end(&quiet);
    if (good) {
        collect(line);
    }
    return good;
}

static void
line_wake(pil__line *line)
{
    (void)curl_multi_wakeup(line->multi);
}

static void
line_free(pil__line *line)
{
    struct quiet quiet;

    if (line == NULL) {
        return;
    }
    quiet_begin(&quiet);
    while (line->spare_count > 0) {
        curl_easy_cleanup(line->spare[--line->spare_count]);
    }
    (void)curl_multi_cleanup(line->multi);
    quiet_end(&quiet);
    pil__free(line);
}

static pil__line *
line_new(pil__wire *wire)
{
    pil__line *line = pil__calloc(1, sizeof *line);

    if (line == NULL) {
        return NULL;
    }
    line->wire = wire;
    line->multi = curl_multi_init();
    if (line->multi == NULL) {
        pil__free(line);
        return NULL;
    }
    (void)curl_multi_setopt(line->multi, CURLMOPT_MAXCONNECTS, CONNECTIONS_MAX);
    return line;
}

/* ---- the module
 * ------------------------------------------------------------------- */

const pil__wire_api *
pileus_http_wire(void)
{
    static const pil__wire_api api = {
        .version = PACKAGE_VERSION,
        .open = pil__curl_open,
        .close = pil__curl_close,
        .line_new = line_new,
        .line_free = line_free,
        .start = line_start,
        .stop = line_stop,
        .resume = line_resume,
        .run = line_run,
        .wake = line_wake,
    };
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static bool initialised;
    bool ready;

    (void)pthread_mutex_lock(&lock);
    initialised =
        initialised || curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    ready = initialised;
    (void)pthread_mutex_unlock(&lock);
    return ready ? &api : NULL;
}
