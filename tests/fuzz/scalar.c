/* Times, dates, durations and numbers as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/number.h"
#include "core/config/option.h"
#include "core/data/time.h"
#include "core/http/message.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <time.h>

/* A time that was read and is written again is the same time. */
static void
check_time(const char *text)
{
    int64_t ns = -1;
    int64_t again = -1;

    if (pil__time_parse(text, &ns)) {
        time_t seconds = (time_t)(ns / 1000000000);
        char whole[32];
        char written[64];
        struct tm parts;

        FUZZ_CHECK(ns >= 0 && gmtime_r(&seconds, &parts) != NULL);
        (void)strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", &parts);
        (void)snprintf(written, sizeof written, "%s.%09dZ", whole,
                       (int)(ns % 1000000000));
        FUZZ_CHECK(pil__time_parse(written, &again) && again == ns);
    } else {
        FUZZ_CHECK(ns == -1);
    }
}

static void
check_date(const char *text)
{
    int64_t seconds = -1;
    int64_t again = -1;

    if (pil__http_date(text, &seconds)) {
        time_t when = (time_t)seconds;
        char written[64];
        struct tm parts;

        FUZZ_CHECK(gmtime_r(&when, &parts) != NULL);
        (void)strftime(written, sizeof written, "%a, %d %b %Y %H:%M:%S GMT",
                       &parts);
        FUZZ_CHECK(pil__http_date(written, &again) && again == seconds);
    }
}

static void
check_number(const char *text, size_t size)
{
    char written[PIL__NUMBER_SIZE];
    double number = 0;
    double again = 0;
    int64_t whole = 0;
    int64_t ms = 0;

    if (pil__number_double(text, size, &number)) {
        size_t length = pil__number_write(written, number);

        FUZZ_CHECK(isfinite(number) && length == strlen(written));
        FUZZ_CHECK(pil__number_double(written, length, &again));
        FUZZ_CHECK(again == number);
    }
    if (pil__number_integer(text, size, &whole)) {
        (void)snprintf(written, sizeof written, "%lld", (long long)whole);
        FUZZ_CHECK(strlen(written) == size ||
                   (whole == 0 && strcmp(text, "-0") == 0));
    }
    FUZZ_CHECK(!pil__duration_parse(text, &ms) || ms >= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);

    check_time(text);
    check_date(text);
    check_number(text, size);
    free(text);
    return 0;
}
