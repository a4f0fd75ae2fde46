/* URLs: their parts, and percent-encoding there and back. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/url.h"

#include "core/base/alloc.h"
#include "tests/fuzz/fuzz.h"

/* Is the part within the text? */
static bool
is_within(const char *text, const char *part, size_t length)
{
    size_t size = strlen(text);

    return part >= text && part <= text + size &&
           length <= (size_t)(text + size - part);
}

static void
take_apart(const char *text)
{
    pil__url url = {0};
    pil__url path = {0};

    if (pil__url_parse(&url, text)) {
        FUZZ_CHECK(is_within(text, url.host, url.host_length));
        FUZZ_CHECK(url.host_length > 0);
        FUZZ_CHECK(
            url.path_length == 0 ||
            (is_within(text, url.path, url.path_length) && *url.path == '/'));
        FUZZ_CHECK(url.query == NULL ||
                   is_within(text, url.query, url.query_length));
        FUZZ_CHECK(pil__url_same_origin(&url, &url));
        (void)pil__url_is_local(&url);
    }
    if (pil__url_is_endpoint(text)) {
        FUZZ_CHECK(pil__url_parse(&url, text));
        FUZZ_CHECK(!url.user && url.query == NULL);
    }
    pil__url_parse_path(&path, text);
    FUZZ_CHECK(path.query == NULL ||
               is_within(text, path.query, path.query_length));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    pil__text coded = {0};
    pil__text plain = {0};
    pil__text mended = {0};
    pil__text twice = {0};

    take_apart(text);
    pil__url_escape(&coded, text, size);
    for (size_t i = 0; i < coded.length; i++) {
        unsigned char c = (unsigned char)coded.data[i];

        FUZZ_CHECK(c > ' ' && c < 0x7f && strchr("\"#&+/?<>\\", c) == NULL);
    }
    pil__url_unescape(&plain, coded.data == NULL ? "" : coded.data,
                      coded.length);
    FUZZ_CHECK(plain.length == size &&
               (size == 0 || memcmp(plain.data, text, size) == 0));
    pil__url_mend_path(&mended, text, size);
    for (size_t i = 0; i < mended.length; i++) {
        FUZZ_CHECK(mended.data[i] > ' ' && mended.data[i] < 0x7f);
    }
    pil__url_mend_path(&twice, mended.data == NULL ? "" : mended.data,
                       mended.length);
    FUZZ_CHECK(twice.length == mended.length &&
               (twice.length == 0 ||
                memcmp(twice.data, mended.data, twice.length) == 0));
    pil__text_free(&plain);
    pil__url_unescape(&plain, text, size);
    FUZZ_CHECK(plain.length <= size);
    pil__text_free(&coded);
    pil__text_free(&plain);
    pil__text_free(&mended);
    pil__text_free(&twice);
    free(text);
    return 0;
}
