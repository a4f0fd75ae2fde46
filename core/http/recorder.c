/* The recorder: each exchange as a line of JSON, without secrets. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/recorder.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/data/encode.h"
#include "core/data/json_writer.h"
#include "core/http/observe.h"
#include "core/http/scrub.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct pil__recorder {
    int fd;
    pthread_mutex_t lock; /* of what follows, and of writing */
    uint64_t first;       /* number of the first call that was recorded */
};

/* ---- parts of a line ----------------------------------------------------- */

/* A text that is scrubbed, which is freed. */
static void
put_text(pil__writer *writer, const char *key, pil__text *text, bool *failed)
{
    *failed = *failed || text->failed;
    pil__writer_string(writer, key, text->data == NULL ? "" : text->data,
                       text->length);
    pil__text_free(text);
}

static void
put_value(pil__writer *writer, const pil__scrub *scrub, const char *key,
          const char *name, const char *value, bool *failed)
{
    pil__text text = {0};

    pil__scrub_value(&text, scrub, name, value);
    put_text(writer, key, &text, failed);
}

static void
put_base64(pil__writer *writer, const pil__text *body, bool *failed)
{
    char *text = pil__malloc(PIL__BASE64_SIZE(body->length));

    if (text == NULL) {
        *failed = true;
        return;
    }
    pil__base64(body->data, body->length, text);
    pil__writer_string(writer, "body_base64", text, strlen(text));
    pil__free(text);
}

static void
put_body(pil__writer *writer, const pil__scrub *scrub, const char *body,
         size_t size, bool *failed)
{
    pil__text text = {0};

    pil__scrub_body(&text, scrub, body, size);
    if (!text.failed && text.length > 0 &&
        !pil__utf8_valid(text.data, text.length)) {
        put_base64(writer, &text, failed);
        pil__text_clear(&text);
    }
    put_text(writer, "body", &text, failed);
}

/* ---- the request --------------------------------------------------------- */

/* A parameter by its name; one that stands several times is a list. */
static void
put_parameter(pil__writer *writer, const pil__scrub *scrub,
              const pil__parts *query, size_t at, bool *failed)
{
    const char *name = query->at[at].name;
    size_t count = 0;

    for (size_t i = 0; i < query->count; i++) {
        if (strcmp(query->at[i].name, name) == 0) {
            if (i < at) {
                return; /* written already */
            }
            count++;
        }
    }
    if (count == 1) {
        put_value(writer, scrub, name, name, query->at[at].value, failed);
        return;
    }
    pil__writer_open(writer, name, PILEUS_TYPE_LIST);
    for (size_t i = at; i < query->count; i++) {
        if (strcmp(query->at[i].name, name) == 0) {
            put_value(writer, scrub, NULL, name, query->at[i].value, failed);
        }
    }
    pil__writer_close(writer);
}

static void
put_request(pil__writer *writer, const pil__scrub *scrub, const pil__job *job,
            bool *failed)
{
    const pileus_attempt *attempt = job->attempt;
    const char *path = job->plan.path;
    pil__text text = {0};

    pil__writer_open(writer, "request", PILEUS_TYPE_DICT);
    pil__writer_string(writer, "method", job->plan.method,
                       strlen(job->plan.method));
    pil__writer_string(writer, "host", job->http->endpoint,
                       pil__http_origin_length(job->http));
    pil__scrub_text(&text, scrub, path, strlen(path));
    put_text(writer, "path", &text, failed);
    pil__writer_open(writer, "query", PILEUS_TYPE_DICT);
    for (size_t i = 0; i < attempt->query.count; i++) {
        put_parameter(writer, scrub, &attempt->query, i, failed);
    }
    pil__writer_close(writer);
    pil__writer_open(writer, "headers", PILEUS_TYPE_DICT);
    for (size_t i = 0; i < attempt->headers.count; i++) {
        const pileus_pair *pair = &attempt->headers.at[i];

        put_value(writer, scrub, pair->name, pair->name, pair->value, failed);
    }
    pil__writer_close(writer);
    put_body(writer, scrub, job->plan.body == NULL ? "" : job->plan.body,
             job->plan.body_size, failed);
    pil__writer_close(writer);
}

/* ---- the response -------------------------------------------------------- */

/* Headers of the way it came, not of what it says: the body is decoded. */
static bool
is_of_the_way(const char *name)
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

/* Is it the first of its name? The others are left out, as JSON has no place
 * for them. */
static bool
is_first(const pileus_response *response, size_t at, const char *name)
{
    const char *value = NULL;

    for (size_t i = 0; i < at; i++) {
        if (strcasecmp(pil__response_header_at(response, i, &value), name) ==
            0) {
            return false;
        }
    }
    return true;
}

static void
put_response(pil__writer *writer, const pil__scrub *scrub, const pil__job *job,
             bool *failed)
{
    const pileus_response *response = job->response;
    const pil__text *body = job->streaming ? &job->copy : &response->body;
    const char *name;
    const char *value = NULL;

    pil__writer_open(writer, "response", PILEUS_TYPE_DICT);
    pil__writer_integer(writer, "status", response->status);
    pil__writer_open(writer, "headers", PILEUS_TYPE_DICT);
    for (size_t i = 0;
         (name = pil__response_header_at(response, i, &value)) != NULL; i++) {
        if (!is_of_the_way(name) && is_first(response, i, name) &&
            pil__utf8_valid(name, strlen(name)) &&
            pil__utf8_valid(value, strlen(value))) {
            put_value(writer, scrub, name, name, value, failed);
        }
    }
    pil__writer_close(writer);
    if (job->plan.secret && body->length > 0) {
        pil__writer_string(writer, "body", PIL__REDACTED,
                           strlen(PIL__REDACTED));
    } else {
        put_body(writer, scrub, body->data == NULL ? "" : body->data,
                 body->length, failed);
    }
    pil__writer_close(writer);
}

/* ---- lines --------------------------------------------------------------- */

/* Which call of the recording it is, from 0. */
static int64_t
number_of(struct pil__recorder *recorder, uint64_t call)
{
    uint64_t first;

    (void)pthread_mutex_lock(&recorder->lock);
    if (recorder->first == 0) {
        recorder->first = call;
    }
    first = recorder->first;
    (void)pthread_mutex_unlock(&recorder->lock);
    return call < first ? 0 : (int64_t)(call - first);
}

/* The line, in one piece: others may write to the file, too. */
static bool
write_line(struct pil__recorder *recorder, const char *text, size_t size)
{
    bool good = true;

    (void)pthread_mutex_lock(&recorder->lock);
    while (size > 0 && good) {
        ssize_t written = write(recorder->fd, text, size);

        good = written >= 0 || errno == EINTR;
        if (written > 0) {
            text += written;
            size -= (size_t)written;
        }
    }
    (void)pthread_mutex_unlock(&recorder->lock);
    return good;
}

static bool
put_line(struct pil__recorder *recorder, pil__writer *writer, bool failed)
{
    const char *text = NULL;
    size_t size = 0;
    pil__text line = {0};
    bool good =
        !failed && pil__writer_end(writer, &text, &size, NULL) == PILEUS_OK;

    if (good) {
        pil__text_add(&line, text, size);
        pil__text_puts(&line, "\n");
        errno = ENOMEM;
        good = !line.failed && write_line(recorder, line.data, line.length);
    }
    pil__text_free(&line);
    return good;
}

void
pil__recorder_add(pil__job *job)
{
    struct pil__recorder *recorder = job->http->config.context->recorder;
    pil__scrub scrub = pil__scrub_of(job->http, job->call);
    pil__call_facts facts = job->http->config.facts_of(job->call);
    const char *op = facts.what == NULL ? "" : facts.what;
    char words[PIL__ERRNO_TEXT_MAX];
    bool failed = job->copy.failed;
    pil__writer *writer;

    if (recorder == NULL) {
        return;
    }
    writer = pil__writer_new();
    errno = ENOMEM;
    if (writer != NULL) {
        pil__writer_string(writer, "op", op, strlen(op));
        pil__writer_string(writer, "scenario", PIL__RECORD_SCENARIO,
                           strlen(PIL__RECORD_SCENARIO));
        pil__writer_integer(writer, "call", number_of(recorder, facts.number));
        put_request(writer, &scrub, job, &failed);
        put_response(writer, &scrub, job, &failed);
    }
    if (writer == NULL || !put_line(recorder, writer, failed)) {
        pileus_log(job->call, PILEUS_LOG_WARNING,
                   "%s is not in the recording: %s", job->response->asked,
                   pil__errno_text(errno, words));
    }
    pil__writer_free(writer);
}

/* ---- the file ------------------------------------------------------------ */

static void
recorder_free(struct pil__recorder *recorder)
{
    (void)close(recorder->fd);
    (void)pthread_mutex_destroy(&recorder->lock);
    pil__free(recorder);
}

/* Open the file in the directory, both made if need be; negative: errno says
 * why not. */
static int
open_file(const char *directory)
{
    pil__text path = {0};
    int fd;

    if (mkdir(directory, S_IRWXU) != 0 && errno != EEXIST) {
        return -1;
    }
    pil__text_printf(&path, "%s/%s", directory, PIL__RECORD_FILE);
    if (path.failed) {
        pil__text_free(&path);
        errno = ENOMEM;
        return -1;
    }
    fd = open(path.data,
              O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
              S_IRUSR | S_IWUSR);
    pil__text_free(&path);
    return fd;
}

pileus_code
pileus_context_set_record(pileus_context *ctx, const char *directory,
                          pileus_error **err)
{
    struct pil__recorder *made;
    char words[PIL__ERRNO_TEXT_MAX];

    if (ctx == NULL || directory == NULL || ctx->recorder != NULL) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "pileus_context_set_record: %s",
                              ctx == NULL         ? "ctx is NULL"
                              : directory == NULL ? "directory is NULL"
                                                  : "it is recorded already");
    }
    made = pil__calloc(1, sizeof *made);
    if (made == NULL || pthread_mutex_init(&made->lock, NULL) != 0) {
        pil__free(made);
        return pil__error_no_memory(err);
    }
    made->fd = open_file(directory);
    if (made->fd < 0) {
        pileus_code code =
            errno == ENOMEM
                ? pil__error_no_memory(err)
                : pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                                 "nothing can be recorded in the directory "
                                 "%.300s: %s",
                                 directory, pil__errno_text(errno, words));

        (void)pthread_mutex_destroy(&made->lock);
        pil__free(made);
        return code;
    }
    ctx->recorder = made;
    ctx->recorder_free = recorder_free;
    return PILEUS_OK;
}
