/* Small JSON documents, read over yajl's streaming parser. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/data/yajl_memory.h"
#include "core/model/tree.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* What yajl's callbacks give when reading is to go on, or not. */
#define GO_ON 1
#define STOP 0

struct reader {
    struct pil__yajl_memory memory;
    yajl_handle yajl;
    pil__arena *arena; /* of the values */
    const char *data;
    size_t size;
    pileus_value *document;
    pileus_value *open[PILEUS_DEPTH_MAX]; /* lists and dicts, outermost first */
    size_t depth;
    pil__text key; /* of the entry that comes next */
    pil__text number;
    bool answer; /* not of our making: take what can be taken */
    pileus_error **err;
    pileus_code code;
};

/* ---- refusals ------------------------------------------------------------ */

/* Tell what is wrong with the document where yajl is. */
static int PILEUS_PRINTF(2, 3)
    refuse(struct reader *reader, const char *format, ...)
{
    size_t byte = yajl_get_bytes_consumed(reader->yajl);
    size_t line = 1;
    pil__text text = {0};
    va_list args;

    for (size_t i = 0; i < byte && i < reader->size; i++) {
        line += reader->data[i] == '\n';
    }
    va_start(args, format);
    pil__text_vprintf(&text, format, args);
    va_end(args);
    reader->code =
        text.failed
            ? pil__error_no_memory(reader->err)
            : pil__error_set(reader->err,
                             reader->answer ? PILEUS_PROTOCOL
                                            : PILEUS_CONFIGURATION,
                             "line %zu, byte %zu: %s", line, byte, text.data);
    pil__text_free(&text);
    return STOP;
}

static int
refuse_no_memory(struct reader *reader)
{
    reader->code = pil__error_no_memory(reader->err);
    return STOP;
}

/* yajl's own refusal, whose text comes in the form "KIND: WHAT\n". */
static void
refuse_as_yajl(struct reader *reader)
{
    const char *text = (const char *)yajl_get_error(reader->yajl, 0, NULL, 0);
    const char *what = strstr(text, ": ");

    what = what == NULL ? text : what + 2;
    (void)refuse(reader, "this is not JSON: %.*s", (int)strcspn(what, ".\n"),
                 what);
}

/* ---- values -------------------------------------------------------------- */

/* Put a value where it belongs; NULL is what memory running out gave. */
static int
place(struct reader *reader, pileus_value *value)
{
    pileus_value *into =
        reader->depth == 0 ? NULL : reader->open[reader->depth - 1];
    bool placed = value != NULL;

    if (into == NULL) {
        reader->document = value;
    } else if (into->type == PILEUS_TYPE_LIST) {
        placed = pil__value_append(reader->arena, into, value);
    } else {
        placed = pil__value_set(reader->arena, into, reader->key.data,
                                reader->key.length, value);
    }
    return placed ? GO_ON : refuse_no_memory(reader);
}

static int
open_container(struct reader *reader, pileus_value *value)
{
    if (reader->depth == PILEUS_DEPTH_MAX) {
        return refuse(reader, "lists and objects are more than %d levels deep",
                      PILEUS_DEPTH_MAX);
    }
    if (place(reader, value) == STOP) {
        return STOP;
    }
    reader->open[reader->depth++] = value;
    return GO_ON;
}

static int
close_container(void *ctx)
{
    struct reader *reader = ctx;

    reader->depth--;
    return GO_ON;
}

/* Answers keep a number's text, which is what an id is known by. */
static int
place_number(struct reader *reader, pileus_value *value, const char *text,
             size_t size)
{
    if (value != NULL && reader->answer) {
        value->text = pil__arena_strndup(reader->arena, text, size);
        if (value->text == NULL) {
            return refuse_no_memory(reader);
        }
    }
    return place(reader, value);
}

/* The number's text as a double, in whatever locale the application runs. */
static int
place_double(struct reader *reader, const char *text, size_t size)
{
    const char *point = memchr(text, '.', size);
    size_t whole = point == NULL ? size : (size_t)(point - text);
    double value;

    reader->number.length = 0;
    pil__text_add(&reader->number, text, whole);
    if (point != NULL) {
        pil__text_puts(&reader->number, localeconv()->decimal_point);
        pil__text_add(&reader->number, point + 1, size - whole - 1);
    }
    if (reader->number.failed) {
        return refuse_no_memory(reader);
    }
    value = strtod(reader->number.data, NULL);
    if (!isfinite(value)) {
        return refuse(reader, "the number %.*s is too large",
                      (int)(size < 40 ? size : 40), text);
    }
    return place_number(reader, pil__value_double(reader->arena, value), text,
                        size);
}

/* ---- yajl's callbacks ---------------------------------------------------- */

static int
on_null(void *ctx)
{
    struct reader *reader = ctx;

    return place(reader, pil__value_null(reader->arena));
}

static int
on_boolean(void *ctx, int value)
{
    struct reader *reader = ctx;

    return place(reader, pil__value_bool(reader->arena, value != 0));
}

static int
on_number(void *ctx, const char *text, size_t size)
{
    struct reader *reader = ctx;
    long long value;

    for (size_t i = 0; i < size; i++) {
        if (strchr(".eE", text[i]) != NULL) {
            return place_double(reader, text, size);
        }
    }
    reader->number.length = 0;
    pil__text_add(&reader->number, text, size);
    if (reader->number.failed) {
        return refuse_no_memory(reader);
    }
    errno = 0;
    value = strtoll(reader->number.data, NULL, 10);
    if (errno == ERANGE) {
        return place_double(reader, text, size);
    }
    return place_number(reader, pil__value_integer(reader->arena, value), text,
                        size);
}

/* Is it text that a value can hold? yajl lets some bytes pass that are no
 * UTF-8, and makes such from escapes of single surrogates. */
static int
check_text(struct reader *reader, const char *what, const char **data,
           size_t *length)
{
    const char *text = *data;
    size_t size = *length;

    if (reader->answer) {
        size_t mended = pil__utf8_mend(NULL, text, size);

        if (mended != size || !pil__utf8_valid(text, size)) {
            char *copy = pil__arena_alloc(reader->arena, mended + 1);

            if (copy == NULL) {
                return refuse_no_memory(reader);
            }
            *length = pil__utf8_mend(copy, text, size);
            *data = copy;
        }
        return GO_ON;
    }
    if (memchr(text, '\0', size) != NULL) {
        return refuse(reader, "a %s contains U+0000", what);
    }
    if (!pil__utf8_valid(text, size)) {
        return refuse(reader, "a %s is not valid UTF-8", what);
    }
    return GO_ON;
}

static int
on_string(void *ctx, const unsigned char *data, size_t size)
{
    struct reader *reader = ctx;
    const char *text = (const char *)data;

    if (check_text(reader, "string", &text, &size) == STOP) {
        return STOP;
    }
    return place(reader, pil__value_string(reader->arena, text, size));
}

static int
on_key(void *ctx, const unsigned char *data, size_t size)
{
    struct reader *reader = ctx;
    const char *key = (const char *)data;

    if (check_text(reader, "key", &key, &size) == STOP) {
        return STOP;
    }
    if (!reader->answer &&
        pil__value_find(reader->open[reader->depth - 1], key, size) != NULL) {
        return refuse(reader, "the key \"%.*s\" is there twice", (int)size,
                      key);
    }
    reader->key.length = 0;
    pil__text_add(&reader->key, key, size);
    return reader->key.failed ? refuse_no_memory(reader) : GO_ON;
}

static int
on_object(void *ctx)
{
    struct reader *reader = ctx;

    return open_container(reader, pil__value_dict(reader->arena));
}

static int
on_array(void *ctx)
{
    struct reader *reader = ctx;

    return open_container(reader, pil__value_list(reader->arena));
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null,
    .yajl_boolean = on_boolean,
    .yajl_number = on_number,
    .yajl_string = on_string,
    .yajl_start_map = on_object,
    .yajl_map_key = on_key,
    .yajl_end_map = close_container,
    .yajl_start_array = on_array,
    .yajl_end_array = close_container,
};

/* ---- a whole document ---------------------------------------------------- */

/* Its result is in the reader's code. What setjmp's frame holds must not
 * change after it, so this is a function of its own. */
static void
run(struct reader *reader)
{
    yajl_alloc_funcs functions = pil__yajl_alloc_funcs(&reader->memory);
    yajl_status status;

    if (setjmp(reader->memory.out_of_memory) != 0) {
        (void)refuse_no_memory(reader);
        return;
    }
    reader->yajl = yajl_alloc(&callbacks, &functions, reader);
    (void)yajl_config(reader->yajl, yajl_dont_validate_strings,
                      reader->answer ? 1 : 0);
    status = yajl_parse(reader->yajl, (const unsigned char *)reader->data,
                        reader->size);
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(reader->yajl);
    }
    if (status == yajl_status_error) {
        refuse_as_yajl(reader);
    }
}

static pileus_code
parse(const pileus_value **value, struct reader *reader, size_t most)
{
    if (reader->size > most) {
        return pil__error_set(
            reader->err,
            reader->answer ? PILEUS_PROTOCOL : PILEUS_CONFIGURATION,
            "the document has %zu bytes, more than %zu", reader->size, most);
    }
    run(reader);
    pil__arena_free(&reader->memory.arena);
    pil__text_free(&reader->key);
    pil__text_free(&reader->number);
    if (reader->code == PILEUS_OK) {
        *value = reader->document;
    }
    return reader->code;
}

pileus_code
pil__json_parse(const pileus_value **value, pil__arena *arena, const char *data,
                size_t size, pileus_error **err)
{
    struct reader reader = {
        .arena = arena,
        .data = data,
        .size = size,
        .err = err,
    };

    return parse(value, &reader, PIL__JSON_DOCUMENT_MAX);
}

pileus_code
pil__json_parse_answer(const pileus_value **value, pil__arena *arena,
                       const char *data, size_t size, pileus_error **err)
{
    struct reader reader = {
        .arena = arena,
        .data = data,
        .size = size,
        .answer = true,
        .err = err,
    };

    return parse(value, &reader, PIL__JSON_ANSWER_MAX);
}
