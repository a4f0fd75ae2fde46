/* Durations read, moments written. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/moment.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define NS_PER_SECOND 1000000000

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Milliseconds of a unit; 0 for an unknown one. */
static int64_t
unit_ms(const char *unit)
{
    static const struct {
        const char *name;
        int64_t ms;
    } units[] = {
        {"", 1000},   {"ms", 1},      {"s", 1000},
        {"m", 60000}, {"h", 3600000}, {"d", 86400000},
    };

    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].name) == 0) {
            return units[i].ms;
        }
    }
    return 0;
}

bool
cli_duration_parse(int64_t *ms, const char *text)
{
    int64_t whole = 0;
    int64_t fraction = 0; /* in millionths */
    int64_t digit = 100000;
    int64_t unit;

    if (!is_digit(*text)) {
        return false;
    }
    for (; is_digit(*text); text++) {
        if (whole > (INT64_MAX - 9) / 10) {
            return false;
        }
        whole = whole * 10 + (*text - '0');
    }
    if (*text == '.' && is_digit(text[1])) {
        for (text++; is_digit(*text); text++) {
            fraction += (*text - '0') * digit;
            digit /= 10;
        }
    }
    unit = unit_ms(text);
    if (unit == 0 || whole > INT64_MAX / unit - 1) {
        return false;
    }
    *ms = whole * unit + fraction * unit / 1000000;
    return true;
}

void
cli_moment_format(char text[CLI_MOMENT_SIZE], int64_t ns)
{
    int64_t seconds = ns / NS_PER_SECOND;
    int64_t rest = ns % NS_PER_SECOND;
    time_t moment;
    struct tm utc;
    size_t length;

    if (rest < 0) { /* before 1970 */
        rest += NS_PER_SECOND;
        seconds--;
    }
    moment = (time_t)seconds;
    text[0] = '\0';
    if (gmtime_r(&moment, &utc) == NULL) {
        return;
    }
    length = strftime(text, CLI_MOMENT_SIZE, "%Y-%m-%dT%H:%M:%S", &utc);
    if (rest != 0) {
        (void)snprintf(text + length, CLI_MOMENT_SIZE - length, ".%09d",
                       (int)rest);
        length = strlen(text);
        while (text[length - 1] == '0') {
            length--;
        }
    }
    (void)snprintf(text + length, CLI_MOMENT_SIZE - length, "Z");
}
