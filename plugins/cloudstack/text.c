/* Text that grows, and percent-encoding into it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 256

static bool
reserve(cs_text *text, size_t more)
{
    size_t capacity = text->capacity == 0 ? FIRST_CAPACITY : text->capacity;
    char *data;

    if (text->failed || more >= SIZE_MAX / 2 - text->size) {
        text->failed = true;
        return false;
    }
    while (capacity <= text->size + more) {
        capacity *= 2;
    }
    if (capacity == text->capacity) {
        return true;
    }
    data = realloc(text->data, capacity);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void
cs_text_add(cs_text *text, const char *data, size_t size)
{
    if (reserve(text, size)) {
        if (size > 0) {
            memcpy(text->data + text->size, data, size);
        }
        text->size += size;
        text->data[text->size] = '\0';
    }
}

static bool
stays(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '*' ||
           c == '_';
}

void
cs_text_encode(cs_text *text, const char *data, size_t size)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < size; i++) {
        unsigned char byte = (unsigned char)data[i];

        if (stays(data[i])) {
            cs_text_add(text, &data[i], 1);
        } else {
            cs_text_add(
                text, (const char[]){'%', digits[byte >> 4], digits[byte & 15]},
                3);
        }
    }
}

void
cs_text_free(cs_text *text)
{
    free(text->data);
    memset(text, 0, sizeof *text);
}
