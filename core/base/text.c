/* A growing string. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/text.h"

#include "core/base/alloc.h"

#include <stdio.h>
#include <string.h>

static bool
reserve(pil__text *text, size_t more)
{
    size_t wanted = text->length + more + 1;
    size_t capacity = text->capacity < 64 ? 64 : text->capacity;
    char *grown;

    if (text->failed || wanted < more) {
        text->failed = true;
        return false;
    }
    if (wanted <= text->capacity) {
        return true;
    }
    while (capacity < wanted) {
        capacity += capacity / 2;
    }
    grown = pil__realloc(text->data, capacity);
    if (grown == NULL) {
        text->failed = true;
        return false;
    }
    text->data = grown;
    text->capacity = capacity;
    return true;
}

void
pil__text_add(pil__text *text, const char *data, size_t size)
{
    if (!reserve(text, size)) {
        return;
    }
    if (size > 0) {
        memcpy(text->data + text->length, data, size);
    }
    text->length += size;
    text->data[text->length] = '\0';
}

void
pil__text_puts(pil__text *text, const char *data)
{
    pil__text_add(text, data, strlen(data));
}

void
pil__text_begin_of(pil__text *text, const char *data, size_t most)
{
    size_t length = strnlen(data, most + 1);

    if (length <= most) {
        pil__text_add(text, data, length);
        return;
    }
    for (length = most;
         length > 0 && ((unsigned char)data[length] & 0xc0) == 0x80; length--) {
    }
    pil__text_add(text, data, length);
    pil__text_puts(text, PIL__TEXT_CUT);
}

void
pil__text_vprintf(pil__text *text, const char *format, va_list args)
{
    va_list again;
    int size;

    va_copy(again, args);
    size = vsnprintf(NULL, 0, format, args);
    if (size >= 0 && reserve(text, (size_t)size)) {
        (void)vsnprintf(text->data + text->length, (size_t)size + 1, format,
                        again);
        text->length += (size_t)size;
    }
    va_end(again);
}

void
pil__text_printf(pil__text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    pil__text_vprintf(text, format, args);
    va_end(args);
}

char *
pil__text_take(pil__text *text)
{
    char *data;

    pil__text_add(text, "", 0);
    if (text->failed) {
        pil__text_free(text);
        return NULL;
    }
    data = text->data;
    *text = (pil__text){0};
    return data;
}

void
pil__text_clear(pil__text *text)
{
    text->length = 0;
    text->failed = false;
    if (text->data != NULL) {
        text->data[0] = '\0';
    }
}

void
pil__text_free(pil__text *text)
{
    pil__free(text->data);
    *text = (pil__text){0};
}
