/* Texts that are given away, a console's and saved objects, and those that a
 * driver makes for itself. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/text.h"

#include "core/base/alloc.h"
#include "core/base/url.h"
#include "core/base/wipe.h"
#include "core/call/host.h"

#include <pileus/lifecycle.h>

#include <string.h>

#define FIRST_CAPACITY 1024

/* The first member is what PILEUS_HOST wants. */
struct pileus_text {
    const pileus_host *host;
    pileus_call *call; /* NULL: the driver has ended */
    int32_t failed;    /* an addition did: with this code */
    char *bytes;       /* the NUL behind them not counted; may be NULL */
    size_t size;
    size_t capacity;
    size_t start; /* of what is left of them */
};

pileus_text *
pil__text_new(pileus_call *call)
{
    pileus_text *text = pil__calloc(1, sizeof *text);

    if (text != NULL) {
        text->host = &pil__host;
        text->call = call;
    }
    return text;
}

/* A secret may be in what is moved. */
static bool
grow(pileus_text *text, size_t size)
{
    size_t capacity = text->capacity == 0 ? FIRST_CAPACITY : text->capacity * 2;
    char *grown;

    capacity = capacity < size ? size : capacity;
    grown = pil__wipe_move(text->bytes, text->size, capacity);
    if (grown == NULL) {
        return false;
    }
    text->bytes = grown;
    text->capacity = capacity;
    return true;
}

bool
pil__text_append(pileus_text *text, const char *bytes, size_t size)
{
    if (size >= SIZE_MAX - text->size ||
        (text->size + size + 1 > text->capacity &&
         !grow(text, text->size + size + 1))) {
        return false;
    }
    memcpy(text->bytes + text->size, bytes, size);
    text->size += size;
    text->bytes[text->size] = '\0';
    return true;
}

static int32_t
text_add(pileus_text *text, const char *bytes, size_t length)
{
    if (text->failed != PILEUS_OK || bytes == NULL) {
        return text->failed;
    }
    length = length == PILEUS_NUL_TERMINATED ? strlen(bytes) : length;
    if (length > PILEUS_CONSOLE_MAX - text->size) {
        text->failed = pileus_fail(text->call, PILEUS_PROTOCOL,
                                   "the text has more than %d bytes: ask for "
                                   "fewer lines",
                                   PILEUS_CONSOLE_MAX);
    } else if (!pil__text_append(text, bytes, length)) {
        text->failed =
            pileus_fail(text->call, PILEUS_NO_MEMORY,
                        "memory ran out: free some, or raise the limit of "
                        "this process, and try again");
    }
    return text->failed;
}

static pileus_text *
text_begin(pileus_call *call)
{
    pileus_text *text = pil__text_new(call);

    if (text == NULL) {
        (void)pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    return text;
}

static int32_t
text_encode(pileus_text *text, const char *bytes, size_t length,
            const char *plain)
{
    int32_t code = text->failed;

    length = length == PILEUS_NUL_TERMINATED ? strlen(bytes) : length;
    for (size_t i = 0; code == PILEUS_OK && i < length; i++) {
        char coded[PIL__URL_ENCODED];

        code = text_add(text, coded, pil__url_encode(coded, bytes[i], plain));
    }
    return code;
}

static int32_t
text_end(pileus_text *text, char **data, size_t *size)
{
    int32_t code = text_add(text, "", 0); /* so that there is a NUL */

    *data = text->bytes;
    if (size != NULL) {
        *size = text->size;
    }
    return code;
}

const pileus_host_text pil__host_text = {
    .struct_size = sizeof(pileus_host_text),
    .add = text_add,
    .begin = text_begin,
    .encode = text_encode,
    .end = text_end,
    .drop = pileus_text_free,
};

/* Where the last so many lines begin; a line's end at the end of all ends the
 * last one, and begins no other. */
static size_t
start_of(const pileus_text *text, uint64_t lines)
{
    size_t at = text->size;

    if (lines == 0 || at == 0) {
        return 0;
    }
    for (at--; at > 0; at--) {
        if (text->bytes[at - 1] == '\n' && --lines == 0) {
            return at;
        }
    }
    return 0;
}

int32_t
pil__text_end(pileus_text *text, int32_t code, uint64_t lines)
{
    text->call = NULL;
    text->start = start_of(text, lines);
    return code == PILEUS_OK ? text->failed : code;
}

const char *
pileus_text_data(const pileus_text *text, size_t *size)
{
    if (size != NULL) {
        *size = text == NULL ? 0 : text->size - text->start;
    }
    return text == NULL || text->bytes == NULL ? "" : text->bytes + text->start;
}

void
pileus_text_free(pileus_text *text)
{
    if (text == NULL) {
        return;
    }
    if (text->bytes != NULL) {
        pil__wipe(text->bytes, text->size);
        pil__free(text->bytes);
    }
    pil__free(text);
}
