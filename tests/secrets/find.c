/* Looking for marked secrets in whatever shape they may come. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/secrets/find.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
take(size_t size)
{
    char *made = malloc(size);

    if (made == NULL) {
        abort();
    }
    return made;
}

/* ---- encoding ------------------------------------------------------------ */

static char *
encode_each(const char *text, const char *lead, int digits)
{
    size_t width = strlen(lead) + (size_t)digits;
    char *made = take(strlen(text) * width + 1);
    char *at = made;

    *at = '\0';
    for (; *text != '\0'; text++) {
        at += snprintf(at, width + 1, "%s%0*x", lead, digits,
                       (unsigned)(unsigned char)*text);
    }
    return made;
}

char *
encode_percent(const char *text)
{
    return encode_each(text, "%", 2);
}

char *
encode_json(const char *text)
{
    return encode_each(text, "\\u", 4);
}

char *
encode_hex(const char *text)
{
    return encode_each(text, "", 2);
}

static char *
base64(const char *text, size_t size)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *made = take(size / 3 * 4 + 8);
    char *at = made;

    for (size_t i = 0; i < size; i += 3) {
        unsigned bits = (unsigned)(unsigned char)text[i] << 16;

        if (i + 1 < size) {
            bits |= (unsigned)(unsigned char)text[i + 1] << 8;
        }
        if (i + 2 < size) {
            bits |= (unsigned char)text[i + 2];
        }
        *at++ = digits[bits >> 18];
        *at++ = digits[bits >> 12 & 63];
        *at++ = i + 1 < size ? digits[bits >> 6 & 63] : '=';
        *at++ = i + 2 < size ? digits[bits & 63] : '=';
    }
    *at = '\0';
    return made;
}

char *
encode_base64(const char *text)
{
    return base64(text, strlen(text));
}

/* ---- decoding ------------------------------------------------------------ */

static int
hex_digits(const char *text, const char *end, size_t count)
{
    int value = 0;

    if ((size_t)(end - text) < count) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        int c = tolower((unsigned char)text[i]);

        if (!isxdigit(c)) {
            return -1;
        }
        value = value * 16 + (isdigit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* The text with each LEAD and so many digits after it made a byte again. */
static size_t
decode(char *out, const char *text, size_t size, const char *lead,
       size_t digits)
{
    const char *end = text + size;
    size_t width = strlen(lead);
    size_t length = 0;

    while (text < end) {
        int value = -1;

        if (*text == *lead && (size_t)(end - text) >= width &&
            memcmp(text, lead, width) == 0) {
            value = hex_digits(text + width, end, digits);
        }
        out[length++] = value < 0 ? *text : (char)value;
        text += value < 0 ? 1 : width + digits;
    }
    return length;
}

static bool
is_in(const char *text, size_t size, const char *part)
{
    return size > 0 && memmem(text, size, part, strlen(part)) != NULL;
}

/* hex: in small letters. */
static bool
is_hex(const char *text, size_t size, const char *hex)
{
    char *small = take(size + 1);
    bool found;

    for (size_t i = 0; i < size; i++) {
        small[i] = (char)tolower((unsigned char)text[i]);
    }
    found = is_in(small, size, hex);
    free(small);
    return found;
}

static bool
is_decoded(const char *text, size_t size, const char *marker, const char *lead,
           size_t digits)
{
    char *plain = take(size + 1);
    bool found = is_in(plain, decode(plain, text, size, lead, digits), marker);

    free(plain);
    return found;
}

/* Base64 of the marker with 0, 1 or 2 bytes before it; the digits at the edges,
 * which hold bits of what is around it, are left out. */
static bool
is_base64(const char *text, size_t size, const char *marker)
{
    bool found = false;

    for (size_t before = 0; before < 3 && !found; before++) {
        char shifted[64];
        char *encoded;
        size_t from = before == 0 ? 0 : before + 1;
        size_t to = (before + strlen(marker)) * 8 / 6;

        (void)snprintf(shifted, sizeof shifted, "%.*s%s", (int)before, "xx",
                       marker);
        encoded = encode_base64(shifted);
        encoded[to] = '\0';
        found = is_in(text, size, encoded + from);
        free(encoded);
    }
    return found;
}

const char *
find_marker(const char *text, size_t size, const char *marker)
{
    char *hex = encode_hex(marker);
    const char *how =
        is_in(text, size, marker)                  ? "as it is"
        : is_decoded(text, size, marker, "%", 2)   ? "percent-encoded"
        : is_decoded(text, size, marker, "\\u", 4) ? "escaped for JSON"
        : is_base64(text, size, marker)            ? "in base64"
        : is_hex(text, size, hex)                  ? "in hexadecimal"
                                                   : NULL;

    free(hex);
    return how;
}
