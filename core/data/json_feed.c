/* Reading JSON: yajl, run over bytes, and the document's end. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_reader.h"

#include "core/base/alloc.h"
#include "core/base/error.h"

#include <stdint.h>
#include <string.h>

/* Of a text that has not ended, so many bytes are read as they come. */
#define QUIET_MAX 65536

/* yajl's own refusal, whose text comes in the form "KIND: WHAT\n". */
static void
refuse_as_yajl(pil__reader *reader)
{
    const char *text = (const char *)yajl_get_error(reader->yajl, 0, NULL, 0);
    const char *what = strstr(text, ": ");

    what = what == NULL ? text : what + 2;
    (void)pil__reader_refuse(reader, "this is not JSON: %.*s",
                             (int)strcspn(what, ".\n"), what);
}

/* ---- running yajl -------------------------------------------------------- */

/* What to do when yajl was left by a jump, which brought why. */
static void
leave(pil__reader *reader, int why)
{
    if (why == PIL__YAJL_TOO_MUCH) {
        (void)pil__reader_refuse(reader,
                                 "a string or number takes more than "
                                 "%zu bytes",
                                 reader->memory.most);
    } else {
        (void)pil__reader_no_memory(reader);
    }
}

/* What setjmp's frame holds must not change after it, so these are functions
 * of their own, and their results are in the reader. */
static void
begin(pil__reader *reader)
{
    yajl_alloc_funcs functions = pil__yajl_alloc_funcs(&reader->memory);
    int why = setjmp(reader->memory.out_of_memory);

    if (why != 0) {
        (void)pil__reader_no_memory(reader);
        return;
    }
    reader->yajl = yajl_alloc(&pil__reader_events, &functions, reader);
    /* Texts of answers are looked at here. */
    (void)yajl_config(reader->yajl, yajl_dont_validate_strings,
                      reader->strict ? 0 : 1);
}

/* data NULL: the end. */
static void
run(pil__reader *reader, const char *data, size_t size)
{
    yajl_status status;
    int why = setjmp(reader->memory.out_of_memory);

    if (why != 0) {
        leave(reader, why);
        return;
    }
    status = data == NULL
                 ? yajl_complete_parse(reader->yajl)
                 : yajl_parse(reader->yajl, (const unsigned char *)data, size);
    if (status == yajl_status_error) {
        refuse_as_yajl(reader);
    }
}

pileus_code
pil__reader_begin(pil__reader *reader, pileus_error **err)
{
    reader->err = err;
    reader->plain_before = true;
    if (!reader->foreign) {
        begin(reader);
    }
    return reader->code;
}

/* Are all bytes ASCII, and none of them a backslash? */
static bool
is_plain(const char *data, size_t size)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t slashes = ones * '\\';
    uint64_t odd = 0;
    size_t i = 0;

    for (; i + 32 <= size; i += 32) {
        uint64_t word[4];

        memcpy(word, data + i, sizeof word);
        odd |= word[0] | word[1] | word[2] | word[3];
        /* A byte that is 0 borrows; so may one above it, and then the texts are
         * looked at one by one. */
        odd |= ((word[0] ^ slashes) - ones) | ((word[1] ^ slashes) - ones) |
               ((word[2] ^ slashes) - ones) | ((word[3] ^ slashes) - ones);
    }
    for (; i < size; i++) {
        odd |= (uint8_t)data[i] | (data[i] == '\\' ? 0x80U : 0U);
    }
    return (odd & ones * 0x80) == 0;
}

static void
feed(pil__reader *reader, const char *data, size_t size)
{
    size_t before = reader->events;
    bool plain = is_plain(data, size);

    reader->plain = plain && reader->plain_before;
    run(reader, data, size);
    reader->consumed += size;
    if (reader->events != before) { /* what has begun, began in these bytes */
        reader->plain_before = plain;
        reader->quiet = 0;
    } else {
        reader->plain_before = reader->plain;
        reader->quiet += size;
    }
}

/* yajl goes through a text that has not ended from its beginning whenever more
 * of it comes. So more is held back until it is as much again. */
static pileus_code
hold(pil__reader *reader, const char *data, size_t size, pileus_error **err)
{
    size_t whole = reader->held_size + size;
    char *grown = reader->held;

    if (whole > reader->held_capacity) {
        grown = pil__realloc(reader->held, whole + whole / 2);
        if (grown == NULL) {
            reader->code = pil__error_no_memory(err);
            return reader->code;
        }
        reader->held = grown;
        reader->held_capacity = whole + whole / 2;
    }
    memcpy(grown + reader->held_size, data, size);
    reader->held_size = whole;
    if (whole >= reader->quiet) {
        reader->held_size = 0;
        feed(reader, grown, whole);
    }
    return reader->code;
}

pileus_code
pil__reader_feed(pil__reader *reader, const char *data, size_t size,
                 pileus_error **err)
{
    if (reader->code != PILEUS_OK || size == 0) {
        return reader->code;
    }
    reader->err = err;
    if (reader->held_size > 0 || reader->quiet > QUIET_MAX) {
        return hold(reader, data, size, err);
    }
    feed(reader, data, size);
    return reader->code;
}

pileus_code
pil__reader_end(pil__reader *reader, const pileus_value **value,
                pileus_error **err)
{
    pileus_value *copy;

    reader->err = err;
    if (reader->code == PILEUS_OK && reader->held_size > 0) {
        feed(reader, reader->held, reader->held_size);
        reader->held_size = 0;
    }
    if (reader->code == PILEUS_OK && !reader->foreign) {
        run(reader, NULL, 0);
    } else if (reader->code == PILEUS_OK &&
               (reader->depth > 0 || reader->count == 0)) {
        (void)pil__reader_refuse(reader, "it ends too early");
    }
    if (reader->code != PILEUS_OK) {
        return reader->code;
    }
    copy = pil__arena_alloc(reader->arena, sizeof *copy);
    if (copy == NULL) {
        return pil__error_no_memory(err);
    }
    *copy = reader->stack[0].value;
    *value = copy;
    return PILEUS_OK;
}

void
pil__reader_free(pil__reader *reader)
{
    pil__arena_free(&reader->memory.arena);
    pil__free(reader->held);
    reader->held = NULL;
    pil__free(reader->stack);
    reader->stack = NULL;
}
