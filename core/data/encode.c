/* Bytes as text: hex and base64. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/encode.h"

#include <stdint.h>
#include <string.h>

void
pil__hex(const void *data, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = data;

    for (size_t i = 0; i < size; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                    "abcdefghijklmnopqrstuvwxyz0123456789+/";

void
pil__base64(const void *data, size_t size, char *out)
{
    const uint8_t *bytes = data;

    for (size_t i = 0; i < size; i += 3) {
        uint32_t three = (uint32_t)bytes[i] << 16;
        size_t left = size - i;

        three |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        three |= left > 2 ? bytes[i + 2] : 0;
        *out++ = base64_digits[three >> 18];
        *out++ = base64_digits[three >> 12 & 63];
        *out++ = left > 1 ? base64_digits[three >> 6 & 63] : '=';
        *out++ = left > 2 ? base64_digits[three & 63] : '=';
    }
    *out = '\0';
}

/* The value of a digit of base64; -1: it is none. */
static int
digit(char c)
{
    const char *at = c == '\0' ? NULL : strchr(base64_digits, c);

    return at == NULL ? -1 : (int)(at - base64_digits);
}

bool
pil__unbase64(const char *text, size_t length, void *out, size_t *size)
{
    uint8_t *bytes = out;
    uint32_t bits = 0;
    uint32_t spare = 0; /* bits of the last digit that are of no byte */
    size_t digits = 0;
    size_t padding = 0;

    *size = 0;
    if (length % 4 != 0) {
        return false;
    }
    while (digits < length && digit(text[digits]) >= 0) {
        bits = bits << 6 | (uint32_t)digit(text[digits]);
        digits++;
        if (digits % 4 != 1) {
            unsigned shift = (8 - digits % 4 * 2) % 8;

            bytes[(*size)++] = (uint8_t)(bits >> shift);
            spare = bits & ((1U << shift) - 1);
        }
    }
    while (digits + padding < length && text[digits + padding] == '=') {
        padding++;
    }
    /* Four digits, or fewer and padding. */
    return digits % 4 != 1 && padding < 3 && digits + padding == length &&
           spare == 0;
}
