/* Writing JSON documents, over yajl's generator. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_writer.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/utf8.h"
#include "core/base/wipe.h"
#include "core/data/yajl_memory.h"
#include "core/model/value.h"

#include <math.h>
#include <string.h>
#include <yajl/yajl_gen.h>

/* Most requests fit. */
#define FIRST_CAPACITY 512
/* Of a key in a message. */
#define KEY_SHOWN 64

struct pil__writer {
    struct pil__yajl_memory memory;
    yajl_gen gen;
    char *text;
    size_t length;
    size_t capacity;
    pileus_type open[PIL__WRITER_DEPTH_MAX]; /* outermost first */
    size_t depth;
    bool ended;
    pileus_code failed; /* what went wrong first */
    const char *problem;
    char key[KEY_SHOWN]; /* that it went wrong with; empty: none */
};

/* ---- memory -------------------------------------------------------------- */

/* Room for more, with nothing of the text left behind where it was. */
static bool
reserve(pil__writer *writer, size_t more)
{
    size_t capacity = writer->capacity;
    char *grown;

    if (more < writer->capacity - writer->length) {
        return true;
    }
    while (capacity <= writer->length + more) {
        if (capacity > SIZE_MAX / 4) {
            return false;
        }
        capacity *= 2;
    }
    grown = pil__wipe_move(writer->text, writer->length, capacity);
    if (grown == NULL) {
        return false;
    }
    writer->text = grown;
    writer->capacity = capacity;
    return true;
}

/* yajl's way out. */
static void
print(void *ctx, const char *data, size_t size)
{
    pil__writer *writer = ctx;

    if (!reserve(writer, size)) {
        writer->failed = PILEUS_NO_MEMORY;
        return;
    }
    memcpy(writer->text + writer->length, data, size);
    writer->length += size;
    writer->text[writer->length] = '\0';
}

/* yajl's generator, whose only memory this is: what it prints goes to us.
 * False: no memory. */
static bool
make_generator(pil__writer *writer)
{
    yajl_alloc_funcs functions = pil__yajl_alloc_funcs(&writer->memory);

    if (setjmp(writer->memory.out_of_memory) != 0) {
        return false;
    }
    writer->gen = yajl_gen_alloc(&functions);
    (void)yajl_gen_config(writer->gen, yajl_gen_print_callback, print, writer);
    return true;
}

pil__writer *
pil__writer_new(void)
{
    pil__writer *writer = pil__calloc(1, sizeof *writer);

    if (writer == NULL) {
        return NULL;
    }
    writer->capacity = FIRST_CAPACITY;
    writer->text = pil__malloc(writer->capacity);
    if (writer->text == NULL || !make_generator(writer)) {
        pil__writer_free(writer);
        return NULL;
    }
    (void)yajl_gen_map_open(writer->gen);
    writer->open[writer->depth++] = PILEUS_TYPE_DICT;
    return writer;
}

void
pil__writer_free(pil__writer *writer)
{
    if (writer != NULL) {
        pil__wipe(writer->text, writer->length);
        pil__free(writer->text);
        pil__arena_free(&writer->memory.arena);
        pil__free(writer);
    }
}

/* ---- what can go wrong --------------------------------------------------- */

static void
fail(pil__writer *writer, pileus_code code, const char *key,
     const char *problem)
{
    if (writer->failed == PILEUS_OK) {
        size_t size = key == NULL ? 0 : strnlen(key, KEY_SHOWN - 1);

        writer->failed = code;
        writer->problem = problem;
        memcpy(writer->key, key == NULL ? "" : key, size);
        writer->key[size] = '\0';
    }
}

static bool
check_text(pil__writer *writer, const char *key, const char *text,
           size_t length)
{
    if (!pil__utf8_valid(text, length)) {
        fail(writer, PILEUS_INVALID_ARGUMENT, key,
             "is not valid UTF-8: give it as text");
        return false;
    }
    return true;
}

/* Go to where the next value goes: behind its key. */
static bool
go_to(pil__writer *writer, const char *key)
{
    if (writer->failed != PILEUS_OK) {
        return false;
    }
    if (writer->ended) {
        fail(writer, PILEUS_DRIVER, key,
             "comes behind the end: tell the driver's authors");
        return false;
    }
    if (writer->open[writer->depth - 1] == PILEUS_TYPE_LIST) {
        if (key != NULL) {
            fail(writer, PILEUS_DRIVER, key,
                 "is a key in a list: tell the driver's authors");
        }
        return key == NULL;
    }
    if (key == NULL) {
        fail(writer, PILEUS_DRIVER, key,
             "has a value without a key: tell the driver's authors");
        return false;
    }
    if (!check_text(writer, key, key, strlen(key))) {
        return false;
    }
    (void)yajl_gen_string(writer->gen, (const unsigned char *)key, strlen(key));
    return true;
}

/* ---- values -------------------------------------------------------------- */

void
pil__writer_string(pil__writer *writer, const char *key, const char *value,
                   size_t length)
{
    if (length == PILEUS_NUL_TERMINATED) {
        length = strlen(value);
    }
    if (go_to(writer, key) && check_text(writer, key, value, length)) {
        (void)yajl_gen_string(writer->gen, (const unsigned char *)value,
                              length);
    }
}

void
pil__writer_integer(pil__writer *writer, const char *key, int64_t value)
{
    if (go_to(writer, key)) {
        (void)yajl_gen_integer(writer->gen, value);
    }
}

void
pil__writer_double(pil__writer *writer, const char *key, double value)
{
    char text[PIL__NUMBER_SIZE];

    if (!isfinite(value)) {
        fail(writer, PILEUS_INVALID_ARGUMENT, key,
             "is not a finite number, and JSON has no other: give one that is");
    } else if (go_to(writer, key)) { /* yajl would write it by the locale */
        (void)yajl_gen_number(writer->gen, text,
                              pil__number_write(text, value));
    }
}

void
pil__writer_bool(pil__writer *writer, const char *key, bool value)
{
    if (go_to(writer, key)) {
        (void)yajl_gen_bool(writer->gen, value);
    }
}

void
pil__writer_null(pil__writer *writer, const char *key)
{
    if (go_to(writer, key)) {
        (void)yajl_gen_null(writer->gen);
    }
}

/* ---- nesting ------------------------------------------------------------- */

void
pil__writer_open(pil__writer *writer, const char *key, pileus_type type)
{
    if (type != PILEUS_TYPE_LIST && type != PILEUS_TYPE_DICT) {
        fail(writer, PILEUS_DRIVER, key,
             "opens what is neither list nor dict: tell the driver's authors");
        return;
    }
    if (writer->depth == PIL__WRITER_DEPTH_MAX) {
        fail(writer, PILEUS_INVALID_ARGUMENT, key,
             "is nested too deeply: give a flatter value");
        return;
    }
    if (go_to(writer, key)) {
        (void)(type == PILEUS_TYPE_LIST ? yajl_gen_array_open(writer->gen)
                                        : yajl_gen_map_open(writer->gen));
        writer->open[writer->depth++] = type;
    }
}

static void
close_one(pil__writer *writer)
{
    writer->depth--;
    (void)(writer->open[writer->depth] == PILEUS_TYPE_LIST
               ? yajl_gen_array_close(writer->gen)
               : yajl_gen_map_close(writer->gen));
}

void
pil__writer_close(pil__writer *writer)
{
    if (writer->depth <= 1) {
        fail(writer, PILEUS_DRIVER, NULL,
             "closes what it has not opened: tell the driver's authors");
    } else if (writer->failed == PILEUS_OK) {
        close_one(writer);
    }
}

static void
write_entries(pil__writer *writer, const char *key, const pileus_value *value)
{
    pil__writer_open(writer, key, pileus_value_type(value));
    for (size_t i = 0; i < pileus_value_count(value); i++) {
        pil__writer_value(writer, pileus_value_key(value, i),
                          pileus_value_at(value, i));
    }
    pil__writer_close(writer);
}

static void
write_double(pil__writer *writer, const char *key, const pileus_value *value)
{
    const char *text = pil__value_text(value);

    if (text == NULL) {
        pil__writer_double(writer, key, pileus_value_double(value, 0));
    } else if (go_to(writer, key)) {
        (void)yajl_gen_number(writer->gen, text, strlen(text));
    }
}

void
pil__writer_value(pil__writer *writer, const char *key,
                  const pileus_value *value)
{
    switch (pileus_value_type(value)) {
    case PILEUS_TYPE_LIST:
    case PILEUS_TYPE_DICT:
        write_entries(writer, key, value);
        break;
    case PILEUS_TYPE_STRING:
        pil__writer_string(writer, key, pileus_value_string(value),
                           PILEUS_NUL_TERMINATED);
        break;
    case PILEUS_TYPE_INTEGER:
        pil__writer_integer(writer, key, pileus_value_integer(value, 0));
        break;
    case PILEUS_TYPE_DOUBLE:
        write_double(writer, key, value);
        break;
    case PILEUS_TYPE_BOOL:
        pil__writer_bool(writer, key, pileus_value_bool(value, false));
        break;
    default:
        pil__writer_null(writer, key);
        break;
    }
}

/* ---- the end ------------------------------------------------------------- */

pileus_code
pil__writer_end(pil__writer *writer, const char **text, size_t *size,
                pileus_error **err)
{
    if (writer->failed == PILEUS_OK && !writer->ended) {
        if (writer->depth > 1) {
            fail(writer, PILEUS_DRIVER, NULL,
                 "ends with a list or dict still open: tell the driver's "
                 "authors");
        } else {
            close_one(writer);
            writer->ended = true;
        }
    }
    if (writer->failed == PILEUS_NO_MEMORY) {
        return pil__error_no_memory(err);
    }
    if (writer->failed != PILEUS_OK) {
        return pil__error_set(
            err, writer->failed, "the request cannot be written: %s%s%s%s",
            writer->key[0] == '\0' ? "it " : "\"", writer->key,
            writer->key[0] == '\0' ? "" : "\" ", writer->problem);
    }
    *text = writer->text;
    *size = writer->length;
    return PILEUS_OK;
}
