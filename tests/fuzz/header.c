/* Headers of answers: what they are kept as, and what they say of pace. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/http/pace.h"

#include "core/http/limits.h"
#include "core/http/message.h"
#include "tests/fuzz/fuzz.h"

#define DAY_MS 86400000

/* The input is a status of one byte, lines of a header, an empty line, and the
 * body. */

static void
look(const pileus_response *response)
{
    static const pileus_context context; /* of no replay */
    pileus_http http = {.config = {.context = &context, .driver = "fuzz"}};
    const char *value = NULL;
    const char *name;
    bool refused = false;
    int64_t ms;

    for (size_t i = 0;
         (name = pil__response_header_at(response, i, &value)) != NULL; i++) {
        FUZZ_CHECK(pil__response_header(response, name) != NULL);
        (void)pil__header_valid(name, value);
    }
    FUZZ_CHECK(pil__response_header_at(response, response->header_count,
                                       &value) == NULL);
    ms = pil__pace_retry_after(response);
    FUZZ_CHECK(ms >= -1 && ms <= DAY_MS);
    FUZZ_CHECK(pthread_mutex_init(&http.lock, NULL) == 0);
    pil__pace_learn(&http, response);
    ms = pil__pace_hold(&http, &refused);
    FUZZ_CHECK(ms >= 0 && ms <= DAY_MS);
    FUZZ_CHECK(refused || ms <= PIL__HTTP_HOLD_MAX_MS);
    (void)pthread_mutex_destroy(&http.lock);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const long statuses[] = {200, 204, 301, 400, 404, 429, 500, 503};
    char words[PIL__HTTP_WORDS_MAX];
    pileus_response *response = pil__response_new(NULL, NULL, "GET", "/");
    char *text = fuzz_text(data, size);
    char *at = text + (size > 0);
    size_t left = size - (size > 0);
    bool good = true;

    FUZZ_CHECK(response != NULL);
    response->status = statuses[(unsigned char)text[0] % 8U];
    while (good && left > 0 && *at != '\n') {
        const char *end = memchr(at, '\n', left);
        size_t length = end == NULL ? left : (size_t)(end - at);

        good = pil__response_add_header(response, at, length);
        FUZZ_CHECK(good || response->problem != NULL);
        at += length + (end != NULL);
        left -= length + (end != NULL);
    }
    if (good) {
        look(response);
    }
    pil__body_words(words, at, left);
    FUZZ_CHECK(strlen(words) < sizeof words);
    (void)pil__body_is_html(at, left);
    pil__response_free(response);
    free(text);
    return 0;
}
