/* Recordings: read from their file, and searched. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/recording.h"

#include "core/base/alloc.h"
#include "core/base/errno.h"
#include "core/base/error.h"
#include "core/base/url.h"
#include "core/data/encode.h"
#include "core/data/json.h"
#include "core/data/json_path.h"
#include "core/http/recorder.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ---- reading ------------------------------------------------------------- */

char *
pil__recording_path(const char *path, size_t size)
{
    pil__text text = {0};
    char *simple;
    size_t length = 0;

    pil__text_puts(&text, "/");
    pil__url_unescape(&text, path, size);
    simple = pil__text_take(&text);
    for (size_t i = 0; simple != NULL && simple[i] != '\0'; i++) {
        if (simple[i] != '/' || length == 0 || simple[length - 1] != '/') {
            simple[length++] = simple[i];
        }
    }
    if (simple != NULL) {
        length -= length > 1 && simple[length - 1] == '/';
        simple[length] = '\0';
    }
    return simple;
}

/* Is the exchange one that answers: of the main scenario, or of none? */
static bool
is_main(const pileus_value *line)
{
    const char *scenario = pil__json_text(line, "scenario");

    return scenario == NULL || strcmp(scenario, PIL__RECORD_SCENARIO) == 0;
}

static pileus_code
take_body(pil__recording *recording, pil__recorded *made,
          const pileus_value *line, pileus_error **err)
{
    const char *coded = pil__json_text(line, "response.body_base64");
    char *bytes;

    if (coded == NULL) {
        made->body = pil__json_text(line, "response.body");
        made->body = made->body == NULL ? "" : made->body;
        made->body_size = strlen(made->body);
        return PILEUS_OK;
    }
    bytes = pil__arena_alloc(&recording->arena, strlen(coded) + 1);
    if (bytes == NULL) {
        return pil__error_no_memory(err);
    }
    made->body = bytes;
    return pil__unbase64(coded, strlen(coded), bytes, &made->body_size)
               ? PILEUS_OK
               : pil__error_set(err, PILEUS_CONFIGURATION,
                                "response.body_base64 is no base64");
}

static pileus_code
take_exchange(pil__recording *recording, const pileus_value *line,
              pileus_error **err)
{
    pil__recorded made = {0};
    void *array = recording->at;
    const char *path = pil__json_text(line, "request.path");
    char *simple;
    pileus_code code;

    made.method = pil__json_text(line, "request.method");
    if (made.method == NULL || path == NULL ||
        !pil__json_integer(line, "response.status", &made.status) ||
        made.status < 100 || made.status > 999) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "request.method and request.path should be "
                              "strings, and response.status one of HTTP");
    }
    code = take_body(recording, &made, line, err);
    if (code != PILEUS_OK) {
        return code;
    }
    simple = pil__recording_path(path, strlen(path));
    made.path = simple == NULL ? NULL
                               : pil__arena_strndup(&recording->arena, simple,
                                                    strlen(simple));
    pil__free(simple);
    made.query = pil__json_get(line, "request.query");
    made.sent = pil__json_text(line, "request.body");
    made.sent = made.sent == NULL ? "" : made.sent;
    made.headers = pil__json_get(line, "response.headers");
    if (made.path == NULL ||
        !pil__grow(&array, &recording->capacity, recording->count,
                   sizeof *recording->at)) {
        return pil__error_no_memory(err);
    }
    recording->at = array;
    recording->at[recording->count++] = made;
    return PILEUS_OK;
}

/* One line, which may be blank. */
static pileus_code
take_line(pil__recording *recording, const char *data, size_t size,
          pileus_error **err)
{
    const pileus_value *line = NULL;
    size_t blank = 0;
    pileus_code code;

    while (blank < size && strchr(" \t\r", data[blank]) != NULL &&
           data[blank] != '\0') {
        blank++;
    }
    if (blank == size) {
        return PILEUS_OK;
    }
    code = pil__json_parse_answer(&line, &recording->arena, data, size, err);
    return code == PILEUS_OK && is_main(line)
               ? take_exchange(recording, line, err)
               : code;
}

static pileus_code
take_lines(pil__recording *recording, const char *path, const char *data,
           size_t size, pileus_error **err)
{
    pileus_code code = PILEUS_OK;

    for (size_t at = 0, number = 1; code == PILEUS_OK && at < size; number++) {
        const char *end = memchr(data + at, '\n', size - at);
        size_t length = end == NULL ? size - at : (size_t)(end - (data + at));
        pileus_error *why = NULL;

        code = take_line(recording, data + at, length, &why);
        if (code == PILEUS_NO_MEMORY) {
            code = pil__error_no_memory(err);
        } else if (code != PILEUS_OK) {
            code = pil__error_set(err, PILEUS_CONFIGURATION,
                                  "%.300s, line %zu, is no exchange: %s", path,
                                  number, pileus_error_message(why));
        }
        pileus_error_free(why);
        at += length + 1;
    }
    return code;
}

/* The whole file, with a NUL behind it. */
static pileus_code
read_file(pil__text *text, const char *path, pileus_error **err)
{
    char words[PIL__ERRNO_TEXT_MAX];
    char buffer[65536];
    FILE *file = fopen(path, "re");
    size_t got;
    pileus_code code = PILEUS_OK;

    if (file == NULL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "there is no recording %.300s: %s", path,
                              pil__errno_text(errno, words));
    }
    errno = 0;
    while (code == PILEUS_OK && !text->failed &&
           (got = fread(buffer, 1, sizeof buffer, file)) > 0) {
        pil__text_add(text, buffer, got);
        if (text->length > PIL__RECORD_MAX) {
            code = pil__error_set(err, PILEUS_CONFIGURATION,
                                  "%.300s has more than %d bytes: replay a "
                                  "part of it",
                                  path, PIL__RECORD_MAX);
        }
    }
    if (code == PILEUS_OK && ferror(file)) {
        code = pil__error_set(err, PILEUS_CONFIGURATION,
                              "cannot read the recording %.300s: %s", path,
                              pil__errno_text(errno, words));
    }
    (void)fclose(file);
    return code == PILEUS_OK && text->failed ? pil__error_no_memory(err) : code;
}

static pileus_code
read_all(pil__recording *recording, const char *directory, pileus_error **err)
{
    pil__text path = {0};
    pil__text text = {0};
    pileus_code code;

    pil__text_printf(&path, "%s/%s", directory, PIL__RECORD_FILE);
    if (path.failed) {
        pil__text_free(&path);
        return pil__error_no_memory(err);
    }
    code = read_file(&text, path.data, err);
    if (code == PILEUS_OK && text.length > 0) {
        code = take_lines(recording, path.data, text.data, text.length, err);
    }
    pil__text_free(&text);
    pil__text_free(&path);
    return code;
}

pileus_code
pil__recording_open(pil__recording **recording, const char *directory,
                    pileus_error **err)
{
    pil__recording *made = pil__calloc(1, sizeof *made);
    pileus_code code;

    if (made == NULL || pthread_mutex_init(&made->lock, NULL) != 0) {
        pil__free(made);
        return pil__error_no_memory(err);
    }
    code = read_all(made, directory, err);
    if (code != PILEUS_OK) {
        pil__recording_free(made);
        return code;
    }
    *recording = made;
    return PILEUS_OK;
}

void
pil__recording_free(pil__recording *recording)
{
    pil__arena_free(&recording->arena);
    pil__free(recording->at);
    (void)pthread_mutex_destroy(&recording->lock);
    pil__free(recording);
}
