/* Text from a provider, made fit for people and their terminals. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/text.h"

#include <string.h>
#include <wchar.h>

size_t
cli_text_decode(uint32_t *character, const char *data, size_t size)
{
    /* The smallest character of each length: less is an overlong form. */
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const uint8_t *b = (const uint8_t *)data;
    size_t length;
    uint32_t c;

    if (size == 0) {
        return 0;
    }
    length = b[0] < 0x80             ? 1
             : (b[0] & 0xE0) == 0xC0 ? 2
             : (b[0] & 0xF0) == 0xE0 ? 3
             : (b[0] & 0xF8) == 0xF0 ? 4
                                     : 0;
    if (length == 0 || length > size) {
        return 0;
    }
    c = length == 1 ? b[0] : b[0] & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if ((b[i] & 0xC0) != 0x80) {
            return 0;
        }
        c = c << 6 | (b[i] & 0x3FU);
    }
    if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        return 0;
    }
    *character = c;
    return length;
}

/* Does it change the direction or the lines of the text around it? */
static bool
is_unruly(uint32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void
cli_text_show(FILE *out, const char *text, bool ascii)
{
    size_t left = strlen(text);

    while (left > 0) {
        uint32_t c = 0;
        size_t step = cli_text_decode(&c, text, left);

        if (step == 0) {
            (void)fprintf(out, "\\x%02x", (unsigned)(uint8_t)*text);
            step = 1;
        } else if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
            (void)fprintf(out, "\\x%02x", (unsigned)c);
        } else if (is_unruly(c) || (ascii && c > 0x7E)) {
            (void)fprintf(out, "\\u{%04x}", (unsigned)c);
        } else {
            (void)fwrite(text, 1, step, out);
        }
        text += step;
        left -= step;
    }
}

bool
cli_text_valid(const char *text)
{
    size_t left = strlen(text);
    uint32_t c;

    while (left > 0) {
        size_t step = cli_text_decode(&c, text, left);

        if (step == 0) {
            return false;
        }
        text += step;
        left -= step;
    }
    return true;
}

void
cli_text_mend(FILE *out, const char *text)
{
    size_t left = strlen(text);

    while (left > 0) {
        uint32_t c;
        size_t step = cli_text_decode(&c, text, left);

        if (step == 0) {
            (void)fputs("\xEF\xBF\xBD", out);
            step = 1;
        } else {
            (void)fwrite(text, 1, step, out);
        }
        text += step;
        left -= step;
    }
}

/* Columns of one character. A locale that does not know it says -1; most take
 * one column. */
static size_t
columns_of(uint32_t c)
{
    int width = c < 0x80 ? 1 : wcwidth((wchar_t)c);

    return width < 0 ? 1 : (size_t)width;
}

/* Bytes of the text that fit in width columns, which are put in *used. */
static size_t
fitting(const char *text, size_t width, size_t *used)
{
    size_t size = strlen(text);
    size_t at = 0;

    *used = 0;
    while (at < size) {
        uint32_t c = '?';
        size_t step = cli_text_decode(&c, text + at, size - at);

        if (columns_of(c) > width - *used) {
            break;
        }
        *used += columns_of(c);
        at += step == 0 ? 1 : step;
    }
    return at;
}

size_t
cli_text_width(const char *text)
{
    size_t used;

    (void)fitting(text, SIZE_MAX, &used);
    return used;
}

size_t
cli_text_cut(FILE *out, const char *text, size_t width, bool ascii)
{
    size_t used;
    size_t fit = fitting(text, width, &used);

    if (text[fit] == '\0') {
        (void)fwrite(text, 1, fit, out);
        return used;
    }
    if (width == 0) {
        return 0;
    }
    fit = fitting(text, width - 1, &used);
    (void)fwrite(text, 1, fit, out);
    (void)fputs(ascii ? "~" : "\xE2\x80\xA6", out);
    return used + 1;
}
