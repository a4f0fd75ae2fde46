/* Recordings: read, and replayed to requests that are in them and to others. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/recording.h"

#include "core/base/url.h"
#include "core/data/json_path.h"
#include "core/http/recorder.h"
#include "core/http/replay.h"
#include "tests/fuzz/fuzz.h"

#include <unistd.h>

/* The input is a request ("METHOD URL BODY") on a line of its own, and the
 * recording. */

/* ---- the file ---------------------------------------------------------------
 */

static char directory[] = "/tmp/pileus-fuzz-XXXXXX";
static char file[sizeof directory + sizeof PIL__RECORD_FILE];

static void
remove_file(void)
{
    (void)unlink(file);
    (void)rmdir(directory);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    FUZZ_CHECK(mkdtemp(directory) != NULL);
    (void)snprintf(file, sizeof file, "%s/%s", directory, PIL__RECORD_FILE);
    return atexit(remove_file);
}

static pil__recording *
read_recording(const char *data, size_t size)
{
    pil__recording *recording = NULL;
    pileus_error *err = NULL;
    FILE *out = fopen(file, "wb");
    pileus_code code;

    FUZZ_CHECK(out != NULL && fwrite(data, 1, size, out) == size &&
               fclose(out) == 0);
    code = pil__recording_open(&recording, directory, &err);
    FUZZ_CHECK((code == PILEUS_OK) == (recording != NULL));
    FUZZ_CHECK(code == PILEUS_OK || code == PILEUS_CONFIGURATION);
    fuzz_check_error(code, err);
    return recording;
}

/* ---- replaying --------------------------------------------------------------
 */

struct heard {
    bool header_ended;
    size_t size; /* of the body */
    size_t turn; /* each third piece must come again */
};

static bool
hear_header(void *user, const char *line, size_t size)
{
    struct heard *heard = user;

    FUZZ_CHECK(!heard->header_ended);
    FUZZ_CHECK(pil__utf8_valid(line, size));
    heard->header_ended = size == 0;
    return true;
}

static pil__wire_verdict
hear_body(void *user, const char *data, size_t size)
{
    struct heard *heard = user;

    FUZZ_CHECK(heard->header_ended && data != NULL && size > 0);
    if (heard->turn++ % 3 == 0) {
        return PIL__WIRE_PAUSE;
    }
    heard->size += size;
    return PIL__WIRE_GO_ON;
}

/* Is it answered? */
static bool
request(pil__line *line, const char *method, const char *url, const char *body)
{
    struct heard heard = {0};
    pil__exchange exchange = {.method = method,
                              .url = url,
                              .body = body,
                              .body_size = strlen(body),
                              .on_header = hear_header,
                              .on_body = hear_body,
                              .user = &heard};
    bool answered;

    FUZZ_CHECK(pil__replay_api.start(line, &exchange));
    while (!exchange.done) {
        FUZZ_CHECK(pil__replay_api.run(line, 0));
        pil__replay_api.resume(line, &exchange);
    }
    answered = exchange.end == PIL__WIRE_OK;
    FUZZ_CHECK(answered == heard.header_ended && answered == exchange.sent);
    FUZZ_CHECK(answered ? exchange.status >= 100 && exchange.status <= 999
                        : exchange.end == PIL__WIRE_UNRECORDED &&
                              exchange.words[0] != '\0');
    pil__replay_api.stop(line, &exchange);
    return answered;
}

/* The input's own request. */
static void
request_any(pil__line *line, char *text)
{
    char *url = strchr(text, ' ');
    char *body;

    if (url != NULL) {
        *url++ = '\0';
        body = strchr(url, ' ');
        if (body != NULL) {
            *body++ = '\0';
        }
        (void)request(line, text, url, body == NULL ? "" : body);
    }
}

static void
add_parameter(pil__text *url, char before, const char *name, const char *value)
{
    pil__text_printf(url, "%c", before);
    pil__url_escape(url, name, strlen(name));
    pil__text_puts(url, "=");
    pil__url_escape(url, value, strlen(value));
}

static void
add_query(pil__text *url, const pileus_value *query)
{
    char before = '?';

    for (size_t i = 0; i < pileus_value_count(query); i++) {
        const pileus_value *values = pileus_value_at(query, i);
        const char *name = pileus_value_key(query, i);
        bool several = pileus_value_type(values) == PILEUS_TYPE_LIST;
        const char *value;

        for (size_t j = 0; name != NULL; j++) {
            value = pil__json_text(
                several ? pileus_value_at(values, j) : values, NULL);
            if (value == NULL || (j > 0 && !several)) {
                break;
            }
            add_parameter(url, before, name, value);
            before = '&';
        }
    }
}

/* What was recorded is found again. */
static void
request_recorded(pil__line *line, const pil__recorded *recorded)
{
    pil__text url = {0};

    pil__text_puts(&url, "https://api.example.org/");
    pil__url_escape(&url, recorded->path, strlen(recorded->path));
    add_query(&url, recorded->query);
    FUZZ_CHECK(!url.failed);
    FUZZ_CHECK(request(line, recorded->method, url.data, recorded->sent));
    pil__text_free(&url);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    char *lines = memchr(text, '\n', size);
    pil__recording *recording;

    if (lines == NULL) {
        lines = text + size;
    } else {
        *lines++ = '\0';
    }
    recording = read_recording(lines, size - (size_t)(lines - text));
    if (recording != NULL) {
        pil__wire *wire = pil__replay_open(recording);
        pil__line *line = wire == NULL ? NULL : pil__replay_api.line_new(wire);

        FUZZ_CHECK(line != NULL);
        for (size_t i = 0; i < recording->count; i++) {
            request_recorded(line, &recording->at[i]);
        }
        request_any(line, text);
        pil__replay_api.line_free(line);
        pil__replay_api.close(wire);
        pil__recording_free(recording);
    }
    free(text);
    return 0;
}
