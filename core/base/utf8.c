/* UTF-8 after RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/utf8.h"

#include <stdint.h>
#include <string.h>

static const char REPLACEMENT[] = "\xEF\xBF\xBD"; /* U+FFFD */

static bool
is_tail(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t
pil__utf8_sequence(const char *data, size_t size)
{
    const uint8_t *b = (const uint8_t *)data;

    if (size == 0) {
        return 0;
    }
    if (b[0] < 0x80) {
        return 1;
    }
    if (b[0] >= 0xC2 && b[0] <= 0xDF) {
        return size >= 2 && is_tail(b[1]) ? 2 : 0;
    }
    if (b[0] >= 0xE0 && b[0] <= 0xEF) {
        if (size < 3 || !is_tail(b[1]) || !is_tail(b[2]) ||
            (b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F)) {
            return 0;
        }
        return 3;
    }
    if (b[0] >= 0xF0 && b[0] <= 0xF4) {
        if (size < 4 || !is_tail(b[1]) || !is_tail(b[2]) || !is_tail(b[3]) ||
            (b[0] == 0xF0 && b[1] < 0x90) || (b[0] == 0xF4 && b[1] > 0x8F)) {
            return 0;
        }
        return 4;
    }
    return 0;
}

bool
pil__utf8_valid(const char *data, size_t size)
{
    while (size > 0) {
        size_t step = pil__utf8_sequence(data, size);

        if (step == 0) {
            return false;
        }
        data += step;
        size -= step;
    }
    return true;
}

/* Are eight bytes ASCII, and none of them NUL? Subtracting 1 from each borrows
 * from the bit above only where there is a NUL. */
static bool
is_ascii(const char *data)
{
    uint64_t word;

    memcpy(&word, data, sizeof word);
    return ((word | (word - UINT64_C(0x0101010101010101))) &
            UINT64_C(0x8080808080808080)) == 0;
}

bool
pil__utf8_clean(const char *data, size_t size)
{
    while (size >= sizeof(uint64_t) && is_ascii(data)) {
        data += sizeof(uint64_t);
        size -= sizeof(uint64_t);
    }
    while (size > 0) {
        size_t step = (int8_t)*data > 0 ? 1 /* most are ASCII */
                      : *data == '\0'   ? 0
                                        : pil__utf8_sequence(data, size);

        if (step == 0) {
            return false;
        }
        data += step;
        size -= step;
    }
    return true;
}

bool
pil__utf8_plain(const char *data, size_t size)
{
    uint8_t all = 0;

    for (size_t i = 0; i < size; i++) {
        if ((uint8_t)data[i] < 0x20 || data[i] == 0x7F) {
            return false;
        }
        all |= (uint8_t)data[i];
    }
    return all < 0x80 || pil__utf8_valid(data, size);
}

size_t
pil__utf8_mend(char *out, const char *data, size_t size)
{
    size_t written = 0;

    while (size > 0) {
        size_t step = *data == '\0' ? 0 : pil__utf8_sequence(data, size);
        const char *from = step == 0 ? REPLACEMENT : data;
        size_t length = step == 0 ? sizeof REPLACEMENT - 1 : step;

        if (out != NULL) {
            memcpy(out + written, from, length);
        }
        written += length;
        step = step == 0 ? 1 : step;
        data += step;
        size -= step;
    }
    return written;
}
