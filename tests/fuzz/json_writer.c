/* What is written as JSON is read again as the same. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_writer.h"

#include "core/data/json.h"
#include "core/model/value.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>

/* The input is a program: a byte for what is written, then its key and value.
 */

struct source {
    const uint8_t *data;
    size_t size;
};

static uint8_t
next(struct source *source)
{
    if (source->size == 0) {
        return 0;
    }
    source->size--;
    return *source->data++;
}

static void
next_bytes(struct source *source, void *out, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        ((uint8_t *)out)[i] = next(source);
    }
}

/* Some bytes as a text, to be freed. */
static char *
next_text(struct source *source, size_t *length)
{
    size_t size = next(source) % 64U;
    char *text;

    size = size < source->size ? size : source->size;
    text = fuzz_text(source->data, size);
    source->data += size;
    source->size -= size;
    if (length != NULL) {
        *length = size;
    }
    return text;
}

/* What was last written at the outermost, to be looked for. */
struct wrote {
    char key[65];
    pileus_type type;
    int64_t integer;
    double real;
    size_t deepest; /* lists and dicts in one another */
};

static void
remember(struct wrote *wrote, const char *key, size_t depth, pileus_type type,
         int64_t integer, double real)
{
    if (depth == 0 && key != NULL) {
        (void)snprintf(wrote->key, sizeof wrote->key, "%s", key);
        wrote->type = type;
        wrote->integer = integer;
        wrote->real = real;
    }
}

static void
write_one(pil__writer *writer, struct source *source, struct wrote *wrote,
          size_t *depth)
{
    uint8_t what = next(source);
    char *key = (what & 0x10) != 0 ? NULL : next_text(source, NULL);
    pileus_type type = PILEUS_TYPE_NULL;
    int64_t integer = 0;
    double real = 0;
    size_t length = 0;
    char *text;

    switch (what & 7) {
    case 0:
        text = next_text(source, &length);
        pil__writer_string(writer, key, text, length);
        free(text);
        type = PILEUS_TYPE_STRING;
        break;
    case 1:
        next_bytes(source, &integer, sizeof integer);
        pil__writer_integer(writer, key, integer);
        type = PILEUS_TYPE_INTEGER;
        break;
    case 2:
        next_bytes(source, &real, sizeof real);
        pil__writer_double(writer, key, real);
        type = PILEUS_TYPE_DOUBLE;
        break;
    case 3:
        pil__writer_bool(writer, key, (what & 8) != 0);
        type = PILEUS_TYPE_BOOL;
        break;
    case 4:
        pil__writer_null(writer, key);
        break;
    case 5:
    case 6:
        type = (what & 7) == 5 ? PILEUS_TYPE_DICT : PILEUS_TYPE_LIST;
        pil__writer_open(writer, key, type);
        remember(wrote, key, *depth, type, 0, 0);
        ++*depth;
        wrote->deepest = *depth > wrote->deepest ? *depth : wrote->deepest;
        free(key);
        return;
    default:
        pil__writer_close(writer);
        *depth -= *depth > 0;
        free(key);
        return;
    }
    remember(wrote, key, *depth, type, integer, real);
    free(key);
}

/* It is a document of ours, and has what was written last. */
static void
read_again(const char *text, size_t size, const struct wrote *wrote)
{
    pil__arena arena = {0};
    const pileus_value *value = NULL;
    const pileus_value *found;

    FUZZ_CHECK(pil__json_parse_answer(&value, &arena, text, size, NULL) ==
               PILEUS_OK);
    FUZZ_CHECK(pileus_value_type(value) == PILEUS_TYPE_DICT);
    FUZZ_CHECK(pil__utf8_valid(text, size));
    found = pileus_value_get(value, wrote->key);
    if (found != NULL && wrote->type == PILEUS_TYPE_INTEGER) {
        FUZZ_CHECK(pileus_value_integer(found, ~wrote->integer) ==
                   wrote->integer);
    } else if (found != NULL && wrote->type == PILEUS_TYPE_DOUBLE) {
        FUZZ_CHECK(pileus_value_double(found, 0) == wrote->real);
    } else if (pil__utf8_valid(wrote->key, strlen(wrote->key))) {
        FUZZ_CHECK(wrote->type == PILEUS_TYPE_NULL ||
                   pileus_value_type(found) == wrote->type);
    }
    pil__arena_free(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct source source = {data, size};
    struct wrote wrote = {.type = PILEUS_TYPE_NULL};
    pil__writer *writer = pil__writer_new();
    const char *text = NULL;
    pileus_error *err = NULL;
    size_t length = 0;
    size_t depth = 0;
    pileus_code code;

    FUZZ_CHECK(writer != NULL);
    while (source.size > 0) {
        write_one(writer, &source, &wrote, &depth);
    }
    code = pil__writer_end(writer, &text, &length, &err);
    fuzz_check_error(code, err);
    /* More may be written than is read. */
    if (code == PILEUS_OK && wrote.deepest < PILEUS_DEPTH_MAX) {
        read_again(text, length, &wrote);
    }
    pil__writer_free(writer);
    return 0;
}
