/* A character in whatever shape URLs, JSON, XML and HTML have for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/config/shape.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static void
be_byte(pil__character *out, char byte)
{
    out->bytes[0] = byte;
    out->size = 1;
}

/* False: there is no such character. */
static bool
be_number(pil__character *out, uint32_t number)
{
    static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
    uint32_t left = number;
    size_t more = number < 0x80      ? 0
                  : number < 0x800   ? 1
                  : number < 0x10000 ? 2
                                     : 3;

    if (number > 0x10ffff || (number >= 0xd800 && number < 0xe000)) {
        return false;
    }
    for (size_t i = more; i > 0; i--) {
        out->bytes[i] = (char)(0x80 | (left & 0x3f));
        left >>= 6;
    }
    out->bytes[0] = (char)(lead[more] | left);
    out->size = more + 1;
    return true;
}

static int
digit_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* So many hex digits as a number; -1 when they are not there. */
static int
hex(const char *text, size_t size, size_t digits)
{
    int value = 0;

    if (size < digits) {
        return -1;
    }
    for (size_t i = 0; i < digits; i++) {
        int digit = digit_value(text[i]);

        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

/* "\u0041", or two of these, which surrogates are; its length, or 0. */
static size_t
read_code_unit(pil__character *out, const char *text, size_t size)
{
    int first = hex(text + 2, size - 2, 4);
    size_t next = 6;
    int second;

    if (first < 0xd800 || first >= 0xdc00) {
        return first >= 0 && be_number(out, (uint32_t)first) ? 6 : 0;
    }
    while (next < size && text[next] == '\\') {
        next++;
    }
    if (next == 6 || next >= size || text[next] != 'u') {
        return 0;
    }
    second = hex(text + next + 1, size - next - 1, 4);
    if (second < 0xdc00 || second >= 0xe000) {
        return 0;
    }
    (void)be_number(out, 0x10000 + ((uint32_t)(first - 0xd800) << 10) +
                             (uint32_t)(second - 0xdc00));
    return next + 5;
}

/* One of JSON's escapes; its length, or 0. */
static size_t
read_escape(pil__character *out, const char *text, size_t size)
{
    static const char letters[] = "bfnrt";
    static const char bytes[] = "\b\f\n\r\t";
    const char *letter;

    if (size < 2) {
        return 0;
    }
    if (text[1] == 'u') {
        return read_code_unit(out, text, size);
    }
    letter = strchr(letters, text[1]);
    be_byte(out, letter != NULL && text[1] != '\0' ? bytes[letter - letters]
                                                   : text[1]);
    return 2;
}

/* A reference by number, "&#65;" or "&#x41;"; its length, or 0. */
static size_t
read_reference(pil__character *out, const char *text, size_t size)
{
    bool is_hex = size > 2 && (text[2] == 'x' || text[2] == 'X');
    size_t begin = is_hex ? 3 : 2;
    size_t at = begin;
    uint32_t number = 0;

    while (at < size && at < PIL__SHAPE_MAX) {
        int digit = digit_value(text[at]);

        if (digit < 0 || (!is_hex && digit > 9)) {
            break;
        }
        number = number * (is_hex ? 16 : 10) + (uint32_t)digit;
        at++;
    }
    return at > begin && at < size && text[at] == ';' && be_number(out, number)
               ? at + 1
               : 0;
}

/* One of HTML's entities; its length, or 0. */
static size_t
read_entity(pil__character *out, const char *text, size_t size)
{
    static const struct {
        const char *name;
        char byte;
    } entities[] = {{"&amp;", '&'},
                    {"&lt;", '<'},
                    {"&gt;", '>'},
                    {"&quot;", '"'},
                    {"&apos;", '\''}};

    if (size > 1 && text[1] == '#') {
        return read_reference(out, text, size);
    }
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++) {
        size_t length = strlen(entities[i].name);

        if (length <= size && memcmp(text, entities[i].name, length) == 0) {
            be_byte(out, entities[i].byte);
            return length;
        }
    }
    return 0;
}

size_t
pil__shape_read(pil__character *out, const char *text, size_t size)
{
    int value;

    switch (*text) {
    case '%':
        value = hex(text + 1, size - 1, 2);
        be_byte(out, (char)value);
        return value < 0 ? 0 : 3;
    case '\\':
        return read_escape(out, text, size);
    case '&':
        return read_entity(out, text, size);
    case '+':
        be_byte(out, ' ');
        return 1;
    default:
        return 0;
    }
}
