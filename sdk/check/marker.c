/* A marked secret, and looking for it in whatever shape it may come. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/marker.h"

#include "sdk/check/board.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MARKER_SIZE (sizeof CHECK_MARKER - 1)

static bool
is_in(const char *text, size_t size, const char *part, size_t length, bool fold)
{
    for (size_t i = 0; length > 0 && i + length <= size; i++) {
        if (fold ? strncasecmp(text + i, part, length) == 0
                 : memcmp(text + i, part, length) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- digits ---------------------------------------------------------------
 */

static int
digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0'
           : c >= 'a' && c <= 'f'    ? c - 'a' + 10
           : c >= 'A' && c <= 'F'    ? c - 'A' + 10
                                     : -1;
}

/* The byte that LEAD and so many digits at text stand for; -1: none. */
static int
decode(const char *text, size_t size, const char *lead, size_t digits)
{
    size_t width = strlen(lead);
    int value = 0;

    if (size < width + digits || memcmp(text, lead, width) != 0) {
        return -1;
    }
    for (size_t i = 0; i < digits; i++) {
        int one = digit(text[width + i]);

        if (one < 0) {
            return -1;
        }
        value = value * 16 + one;
    }
    return value > 255 ? -1 : value;
}

/* Is the marker there, each byte as itself or as LEAD and digits? */
static bool
is_escaped(const char *text, size_t size, const char *lead, size_t digits)
{
    size_t width = strlen(lead) + digits;

    for (size_t from = 0; from < size; from++) {
        size_t at = from;
        size_t i = 0;

        while (i < MARKER_SIZE && at < size) {
            int value = decode(text + at, size - at, lead, digits);

            if (value < 0) {
                value = (unsigned char)text[at];
                at++;
            } else {
                at += width;
            }
            if (value != (unsigned char)CHECK_MARKER[i]) {
                break;
            }
            i++;
        }
        if (i == MARKER_SIZE) {
            return true;
        }
    }
    return false;
}

static bool
is_hexadecimal(const char *text, size_t size)
{
    char hex[MARKER_SIZE * 2 + 1];

    for (size_t i = 0; i < MARKER_SIZE; i++) {
        (void)snprintf(hex + i * 2, 3, "%02x",
                       (unsigned)(unsigned char)CHECK_MARKER[i]);
    }
    return is_in(text, size, hex, MARKER_SIZE * 2, true);
}

/* ---- base64 ----------------------------------------------------------------
 */

/* Base64's digits of the marker with so many bytes before it, those left out
 * that hold bits of what is around it. Returns how many. */
static size_t
base64(size_t before, char out[MARKER_SIZE * 2])
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t first = (before * 8 + 5) / 6;
    size_t last = (before + MARKER_SIZE) * 8 / 6;
    size_t count = 0;

    for (size_t i = first; i < last; i++) {
        unsigned value = 0;

        for (size_t bit = i * 6; bit < i * 6 + 6; bit++) {
            size_t byte = bit / 8 - before;

            value = value << 1 | ((unsigned)(unsigned char)CHECK_MARKER[byte] >>
                                      (7 - bit % 8) &
                                  1);
        }
        out[count++] = digits[value];
    }
    return count;
}

static bool
is_base64(const char *text, size_t size)
{
    char digits[MARKER_SIZE * 2];

    for (size_t before = 0; before < 3; before++) {
        size_t length = base64(before, digits);

        if (is_in(text, size, digits, length, false)) {
            return true;
        }
    }
    return false;
}

/* ---- all shapes ----------------------------------------------------------
 */

const char *
check_marker_find(const char *text, size_t size)
{
    return is_in(text, size, CHECK_MARKER, MARKER_SIZE, false) ? "as it is"
           : is_escaped(text, size, "%", 2)   ? "percent-encoded"
           : is_escaped(text, size, "\\u", 4) ? "escaped for JSON"
           : is_base64(text, size)            ? "in base64"
           : is_hexadecimal(text, size)       ? "in hexadecimal"
                                              : NULL;
}

void
check_marker_look(const char *place, const char *text, size_t size)
{
    const char *how = check_marker_find(text, size);

    if (how != NULL) {
        check_finding("secrets",
                      "%s has the value of a secret option, %s, at: %s; leave "
                      "it out there",
                      place, how, check_board_get()->doing);
    }
}
