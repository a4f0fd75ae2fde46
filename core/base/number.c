/* Numbers from their text, in whatever locale the application runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/number.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* With a decimal point of any locale, and a NUL. */
#define TEXT_SIZE (PIL__NUMBER_MAX + 16)

/* Length of the digits that the text begins with. */
static size_t
digits(const char *text, size_t size)
{
    size_t count = 0;

    while (count < size && text[count] >= '0' && text[count] <= '9') {
        count++;
    }
    return count;
}

bool
pil__number_integer(const char *text, size_t size, int64_t *number)
{
    bool negative = size > 0 && text[0] == '-';
    size_t at = negative ? 1 : 0;
    int64_t value = 0;

    if (size == at || digits(text + at, size - at) != size - at ||
        (text[at] == '0' && size - at > 1)) {
        return false;
    }
    for (; at < size; at++) { /* below zero there is room for one more */
        int digit = text[at] - '0';

        if (value < (INT64_MIN + digit) / 10) {
            return false;
        }
        value = value * 10 - digit;
    }
    if (!negative && value == INT64_MIN) {
        return false;
    }
    *number = negative ? value : -value;
    return true;
}

/* Is it a number as JSON writes it? */
static bool
is_number(const char *text, size_t size)
{
    size_t at = size > 0 && text[0] == '-' ? 1 : 0;
    size_t count = digits(text + at, size - at);

    if (count == 0 || (count > 1 && text[at] == '0')) {
        return false;
    }
    at += count;
    if (at < size && text[at] == '.') {
        count = digits(text + at + 1, size - at - 1);
        at += 1 + count;
        if (count == 0) {
            return false;
        }
    }
    if (at < size && (text[at] == 'e' || text[at] == 'E')) {
        at++;
        at += at < size && (text[at] == '+' || text[at] == '-');
        count = digits(text + at, size - at);
        at += count;
        if (count == 0) {
            return false;
        }
    }
    return at == size;
}

/* A plain decimal of few enough digits that both they and the power of ten are
 * exact, and so their quotient is the nearest double there is. */
static bool
few_digits(const char *text, size_t size, double *number)
{
    static const double tens[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    bool negative = size > 0 && *text == '-';
    int64_t all = 0;
    size_t behind = 0;
    bool pointed = false;

    if (size > sizeof tens / sizeof tens[0]) {
        return false;
    }
    for (size_t i = negative ? 1 : 0; i < size; i++) {
        if (text[i] == '.') {
            pointed = true;
        } else if (text[i] >= '0' && text[i] <= '9') {
            all = all * 10 + (text[i] - '0');
            behind += pointed;
        } else {
            return false;
        }
    }
    *number = (double)all / tens[behind];
    *number = negative ? -*number : *number;
    return true;
}

bool
pil__number_double(const char *text, size_t size, double *number)
{
    const char *point;
    size_t point_size;
    char copy[TEXT_SIZE];
    size_t length = 0;
    double value;

    if (size > PIL__NUMBER_MAX || !is_number(text, size)) {
        return false;
    }
    if (few_digits(text, size, number)) {
        return true;
    }
    point = localeconv()->decimal_point;
    point_size = strlen(point);
    if (size + point_size >= sizeof copy) {
        return false;
    }
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '.') {
            memcpy(copy + length, point, point_size);
            length += point_size;
        } else {
            copy[length++] = text[i];
        }
    }
    copy[length] = '\0';
    value = strtod(copy, NULL);
    *number = isfinite(value) ? value : copysign(DBL_MAX, value);
    return true;
}

size_t
pil__number_write(char out[PIL__NUMBER_SIZE], double number)
{
    const char *point = localeconv()->decimal_point;
    size_t point_size = strlen(point);
    char *found;
    size_t length;

    for (int digits = DBL_DIG; digits <= DBL_DECIMAL_DIG; digits++) {
        (void)snprintf(out, PIL__NUMBER_SIZE, "%.*g", digits, number);
        if (strtod(out, NULL) == number) {
            break;
        }
    }
    length = strlen(out);
    found = point_size == 0 ? NULL : strstr(out, point);
    if (found != NULL) {
        *found = '.';
        memmove(found + 1, found + point_size,
                length - (size_t)(found - out) - point_size + 1);
        length -= point_size - 1;
    }
    return length;
}
