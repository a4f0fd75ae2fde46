/* A server that answers from a recording, and fails as it is told. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/replay/server.h"

#include "core/base/alloc.h"
#include "core/base/utf8.h"
#include "core/data/json_writer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define NOT_RECORDED 501
#define TICK_MS 20
#define CONNECTIONS_MAX 256

struct replay_server {
    struct MHD_Daemon *daemon;
    pil__recording *recording;
    replay_faults *faults;
    FILE *log;
    pthread_mutex_t lock; /* of the faults and of the log */
    atomic_bool stopping;
    atomic_ulong unmatched;
};

/* A request that is arriving. */
typedef struct request {
    char *target; /* path and query, as they were sent */
    char *body;
    size_t size;
    size_t capacity;
    bool begun; /* its headers were seen */
    bool too_large;
} request;

/* ---- requests -------------------------------------------------------------
 */

/* MHD gives this to what follows. NULL: no memory, and the connection ends. */
static void *
begin(void *user, const char *uri, struct MHD_Connection *connection)
{
    request *made = calloc(1, sizeof *made);

    (void)user;
    (void)connection;
    if (made != NULL) {
        made->target = strdup(uri);
        if (made->target == NULL) {
            free(made);
            made = NULL;
        }
    }
    return made;
}

static void
end(void *user, struct MHD_Connection *connection, void **own,
    enum MHD_RequestTerminationCode why)
{
    request *done = *own;

    (void)user;
    (void)connection;
    (void)why;
    if (done != NULL) {
        free(done->target);
        free(done->body);
        free(done);
        *own = NULL;
    }
}

/* One more part of the body. False: no memory. */
static bool
add(request *to, const char *data, size_t size)
{
    size_t whole = to->size + size;

    if (whole > REPLAY_BODY_MAX) {
        to->too_large = true;
        return true;
    }
    if (whole > to->capacity) {
        char *grown = realloc(to->body, whole * 2);

        if (grown == NULL) {
            return false;
        }
        to->body = grown;
        to->capacity = whole * 2;
    }
    memcpy(to->body + to->size, data, size);
    to->size = whole;
    return true;
}

/* ---- answers --------------------------------------------------------------
 */

static enum MHD_Result
send_text(struct MHD_Connection *connection, unsigned status, const char *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(
        strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY);
    enum MHD_Result sent = MHD_NO;

    if (response != NULL) {
        (void)MHD_add_response_header(response, "Content-Type", "text/plain");
        if (status == MHD_HTTP_TOO_MANY_REQUESTS ||
            status == MHD_HTTP_SERVICE_UNAVAILABLE) {
            (void)MHD_add_response_header(response, "Retry-After", "1");
        }
        sent = MHD_queue_response(connection, status, response);
        MHD_destroy_response(response);
    }
    return sent;
}

/* Headers of how it was sent then, which is for this server to say. */
static bool
is_of_transport(const char *name)
{
    static const char *const names[] = {"Connection", "Content-Encoding",
                                        "Content-Length", "Keep-Alive",
                                        "Transfer-Encoding"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static void
add_headers(struct MHD_Response *response, const pileus_value *headers)
{
    for (size_t i = 0; i < pileus_value_count(headers); i++) {
        const char *name = pileus_value_key(headers, i);
        const pileus_value *value = pileus_value_at(headers, i);
        size_t several = pileus_value_count(value);

        if (name == NULL || is_of_transport(name)) {
            continue;
        }
        for (size_t j = 0; j < (several == 0 ? 1 : several); j++) {
            const char *text = pileus_value_string(
                several == 0 ? value : pileus_value_at(value, j));

            if (text != NULL) {
                (void)MHD_add_response_header(response, name, text);
            }
        }
    }
}

/* The first half of a body, and then no more. */
static ssize_t
read_half(void *user, uint64_t at, char *buffer, size_t most)
{
    const pil__recorded *found = user;
    size_t half = found->body_size / 2;
    size_t left = at < half ? half - (size_t)at : 0;

    if (left == 0) {
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    left = left < most ? left : most;
    memcpy(buffer, found->body + at, left);
    return (ssize_t)left;
}

static enum MHD_Result
send_recorded(struct MHD_Connection *connection, const pil__recorded *found,
              bool truncated)
{
    struct MHD_Response *response =
        truncated && found->body_size > 0
            ? MHD_create_response_from_callback(found->body_size,
                                                found->body_size, read_half,
                                                (void *)(uintptr_t)found, NULL)
            : MHD_create_response_from_buffer(found->body_size,
                                              (void *)(uintptr_t)found->body,
                                              MHD_RESPMEM_PERSISTENT);
    enum MHD_Result sent = MHD_NO;

    if (response != NULL) {
        add_headers(response, found->headers);
        sent =
            MHD_queue_response(connection, (unsigned)found->status, response);
        MHD_destroy_response(response);
    }
    return sent;
}

/* ---- what happens ---------------------------------------------------------
 */

static void
wait_for(const replay_server *server, unsigned ms)
{
    const struct timespec tick = {.tv_nsec = TICK_MS * 1000000L};

    for (unsigned past = 0; past < ms && !atomic_load(&server->stopping);
         past += TICK_MS) {
        (void)nanosleep(&tick, NULL);
    }
}

/* What was sent may be no UTF-8: it is mended. */
static void
put_target(pil__writer *line, const char *target)
{
    size_t size = strlen(target);
    char *mended = pil__malloc(size * 3 + 1);

    if (mended == NULL) {
        pil__writer_null(line, "target");
        return;
    }
    size = pil__utf8_mend(mended, target, size);
    pil__writer_string(line, "target", mended, size);
    pil__free(mended);
}

/* A line that there is no memory for is left out. */
static void
note(replay_server *server, const char *method, const request *asked,
     int64_t status, replay_kind fault)
{
    pil__writer *line = server->log == NULL ? NULL : pil__writer_new();
    const char *text = NULL;
    size_t size = 0;

    if (line == NULL) {
        return;
    }
    pil__writer_string(line, "method", method, PILEUS_NUL_TERMINATED);
    put_target(line, asked->target);
    pil__writer_integer(line, "bytes", (int64_t)asked->size);
    pil__writer_integer(line, "status", status);
    pil__writer_string(line, "fault", replay_kind_name(fault),
                       PILEUS_NUL_TERMINATED);
    if (pil__writer_end(line, &text, &size, NULL) == PILEUS_OK) {
        (void)pthread_mutex_lock(&server->lock);
        (void)fwrite(text, 1, size, server->log);
        (void)putc('\n', server->log);
        (void)fflush(server->log);
        (void)pthread_mutex_unlock(&server->lock);
    }
    pil__writer_free(line);
}

/* The exchange that answers, or NULL, which is answered then. */
static const pil__recorded *
look_up(replay_server *server, struct MHD_Connection *connection,
        const char *method, const request *asked, enum MHD_Result *sent)
{
    char words[PIL__RECORDING_WORDS_MAX] = "memory ran out";
    const pil__recorded *found = NULL;
    size_t size = sizeof "http://127.0.0.1" + strlen(asked->target);
    char *url = malloc(size);
    bool looked = false;

    if (url != NULL) {
        (void)snprintf(url, size, "http://127.0.0.1%s", asked->target);
        looked = pil__recording_find(&found, server->recording, method, url,
                                     asked->size == 0 ? "" : asked->body,
                                     asked->size, words);
    }
    free(url);
    if (found == NULL) {
        (void)atomic_fetch_add(&server->unmatched, looked ? 1 : 0);
        note(server, method, asked, NOT_RECORDED, REPLAY_NONE);
        (void)fprintf(stderr, "pileus-replay: %s %s: %s\n", method,
                      asked->target, words);
        *sent = send_text(connection, NOT_RECORDED, words);
    }
    return found;
}

static enum MHD_Result
answer(replay_server *server, struct MHD_Connection *connection,
       const char *path, const char *method, const request *asked)
{
    const pil__recorded *found;
    enum MHD_Result sent = MHD_NO;
    replay_fault fault;

    (void)pthread_mutex_lock(&server->lock);
    fault = replay_faults_next(server->faults, method, path);
    (void)pthread_mutex_unlock(&server->lock);
    if (fault.kind == REPLAY_STATUS) {
        note(server, method, asked, fault.number, fault.kind);
        return send_text(connection, fault.number, "this is a planted fault");
    }
    if (fault.kind == REPLAY_RESET || fault.kind == REPLAY_SILENT) {
        note(server, method, asked, 0, fault.kind);
        wait_for(server, fault.kind == REPLAY_SILENT ? REPLAY_SILENCE_MS : 0);
        return MHD_NO;
    }
    found = look_up(server, connection, method, asked, &sent);
    if (found == NULL) {
        return sent;
    }
    note(server, method, asked, found->status, fault.kind);
    wait_for(server, fault.kind == REPLAY_DELAY ? fault.number : 0);
    return fault.kind == REPLAY_LOST
               ? MHD_NO
               : send_recorded(connection, found,
                               fault.kind == REPLAY_TRUNCATE);
}

static enum MHD_Result
take(void *user, struct MHD_Connection *connection, const char *path,
     const char *method, const char *version, const char *data, size_t *size,
     void **own)
{
    replay_server *server = user;
    request *asked = *own;

    (void)version;
    if (asked == NULL) {
        return MHD_NO;
    }
    if (*size > 0) {
        bool added = add(asked, data, *size);

        *size = 0;
        return added ? MHD_YES : MHD_NO;
    }
    if (!asked->begun) {
        asked->begun = true;
        return MHD_YES;
    }
    return asked->too_large ? send_text(connection, MHD_HTTP_CONTENT_TOO_LARGE,
                                        "the request's body is too large")
                            : answer(server, connection, path, method, asked);
}

/* ---- the server -----------------------------------------------------------
 */

replay_server *
replay_server_start(pil__recording *recording, replay_faults *faults,
                    uint16_t port, FILE *log)
{
    replay_server *server = calloc(1, sizeof *server);
    const struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };

    if (server == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    server->recording = recording;
    server->faults = faults;
    server->log = log;
    (void)pthread_mutex_init(&server->lock, NULL);
    server->daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION, port,
        NULL, NULL, take, server, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_URI_LOG_CALLBACK, begin, NULL, MHD_OPTION_NOTIFY_COMPLETED,
        end, NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_END);
    if (server->daemon == NULL) {
        int reason = errno;

        (void)pthread_mutex_destroy(&server->lock);
        free(server);
        errno = reason;
        return NULL;
    }
    return server;
}

uint16_t
replay_server_port(const replay_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);

    return info == NULL ? 0 : info->port;
}

unsigned long
replay_server_stop(replay_server *server)
{
    unsigned long unmatched;

    atomic_store(&server->stopping, true);
    MHD_stop_daemon(server->daemon);
    unmatched = atomic_load(&server->unmatched);
    (void)pthread_mutex_destroy(&server->lock);
    free(server);
    return unmatched;
}
