/* Times as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/time.h"

#include <string.h>

#define YEAR_MIN 1970
#define YEAR_MAX 2261 /* the last that int64 holds whole */
#define NS_OF_SECOND 1000000000
#define SECONDS_OF_DAY 86400
#define SECONDS_END 9214646400 /* when the year 2262 begins */

/* Exactly so many digits as a number no larger than most; the text moves on. */
static bool
number(const char **text, int digits, int most, int *out)
{
    int value = 0;

    for (int i = 0; i < digits; i++) {
        if ((*text)[i] < '0' || (*text)[i] > '9') {
            return false;
        }
        value = value * 10 + ((*text)[i] - '0');
    }
    *text += digits;
    *out = value;
    return value <= most;
}

/* One of these characters; the text moves on. */
static bool
one_of(const char **text, const char *characters)
{
    if (**text == '\0' || strchr(characters, **text) == NULL) {
        return false;
    }
    ++*text;
    return true;
}

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Days from 1970 to a date. */
static bool
read_date(const char **text, int64_t *days)
{
    static const int before[] = {0,   31,  59,  90,  120, 151, 181,
                                 212, 243, 273, 304, 334, 365};
    int year;
    int month;
    int day;
    int leap;

    if (!number(text, 4, YEAR_MAX, &year) || year < YEAR_MIN ||
        !one_of(text, "-") || !number(text, 2, 12, &month) || month < 1 ||
        !one_of(text, "-") || !number(text, 2, 31, &day) || day < 1) {
        return false;
    }
    leap = is_leap(year);
    if (day > before[month] - before[month - 1] + (month == 2 ? leap : 0)) {
        return false;
    }
    year--; /* leap days of the years before this one */
    *days = (int64_t)365 * (year - (YEAR_MIN - 1)) + (year / 4 - 1969 / 4) -
            (year / 100 - 1969 / 100) + (year / 400 - 1969 / 400) +
            before[month - 1] + (month > 2 ? leap : 0) + day - 1;
    return true;
}

/* Seconds since midnight; 60 is a leap second. */
static bool
read_clock(const char **text, int64_t *seconds)
{
    int hour;
    int minute;
    int second;

    if (!number(text, 2, 23, &hour) || !one_of(text, ":") ||
        !number(text, 2, 59, &minute) || !one_of(text, ":") ||
        !number(text, 2, 60, &second)) {
        return false;
    }
    *seconds = (int64_t)hour * 3600 + (int64_t)minute * 60 + second;
    return true;
}

/* A fraction in ns, if there is one. What is smaller is cut off. */
static bool
read_fraction(const char **text, int64_t *ns)
{
    int64_t unit = NS_OF_SECOND;
    const char *start;

    *ns = 0;
    if (!one_of(text, ".,")) {
        return true;
    }
    for (start = *text; **text >= '0' && **text <= '9'; ++*text) {
        unit /= 10;
        *ns += unit * (**text - '0');
    }
    return *text > start;
}

/* Seconds that the clock is ahead of UTC. */
static bool
read_offset(const char **text, int64_t *seconds)
{
    bool west = **text == '-';
    int hour;
    int minute = 0;

    *seconds = 0;
    if (**text == '\0' || one_of(text, "Zz")) {
        return true;
    }
    if (!one_of(text, "+-") || !number(text, 2, 23, &hour)) {
        return false;
    }
    if (**text != '\0') {
        (void)one_of(text, ":");
        if (!number(text, 2, 59, &minute)) {
            return false;
        }
    }
    *seconds = (int64_t)hour * 3600 + (int64_t)minute * 60;
    *seconds = west ? -*seconds : *seconds;
    return true;
}

bool
pil__time_parse(const char *text, int64_t *ns)
{
    int64_t days;
    int64_t clock;
    int64_t fraction;
    int64_t offset;
    int64_t seconds;

    if (!read_date(&text, &days) || !one_of(&text, "Tt ") ||
        !read_clock(&text, &clock) || !read_fraction(&text, &fraction) ||
        !read_offset(&text, &offset) || *text != '\0') {
        return false;
    }
    seconds = days * SECONDS_OF_DAY + clock - offset;
    if (seconds < 0 || seconds >= SECONDS_END) {
        return false;
    }
    *ns = seconds * NS_OF_SECOND + fraction;
    return true;
}
