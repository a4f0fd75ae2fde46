/* Whole JSON documents as values. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/data/json_reader.h"

/* Room for the values of an answer: they may take more than their text. */
#define ANSWER_ROOM (4 * (size_t)PIL__JSON_ANSWER_MAX)

/* It is too large for some threads' stacks. NULL: no memory. */
static pil__reader *
reader_new(pil__arena *arena, size_t room)
{
    pil__reader *reader = pil__calloc(1, sizeof *reader);

    if (reader != NULL) {
        reader->arena = arena;
        reader->whose = "the document";
        reader->room = room;
        reader->room_whole = room;
    }
    return reader;
}

void
pil__json_reader_free(pil__reader *reader)
{
    if (reader != NULL) {
        pil__reader_free(reader);
        pil__free(reader);
    }
}

/* A reader that was made for it (NULL: no memory) reads the whole document. */
static pileus_code
parse(const pileus_value **value, pil__reader *reader, const char *data,
      size_t size, size_t most, pileus_error **err)
{
    pileus_code code;

    if (reader == NULL) {
        return pil__error_no_memory(err);
    }
    reader->data = data;
    reader->data_size = size;
    if (size > most) {
        code = pil__error_set(
            err, reader->strict ? PILEUS_CONFIGURATION : PILEUS_PROTOCOL,
            "the document has %zu bytes, more than %zu", size, most);
    } else {
        code = pil__reader_begin(reader, err);
    }
    if (code == PILEUS_OK) {
        code = pil__reader_feed(reader, data, size, err);
    }
    if (code == PILEUS_OK) {
        code = pil__reader_end(reader, value, err);
    }
    pil__json_reader_free(reader);
    return code;
}

pileus_code
pil__json_parse(const pileus_value **value, pil__arena *arena, const char *data,
                size_t size, pileus_error **err)
{
    pil__reader *reader = reader_new(arena, SIZE_MAX);

    if (reader != NULL) {
        reader->strict = true;
    }
    return parse(value, reader, data, size, PIL__JSON_DOCUMENT_MAX, err);
}

pileus_code
pil__json_parse_answer(const pileus_value **value, pil__arena *arena,
                       const char *data, size_t size, pileus_error **err)
{
    return parse(value, reader_new(arena, ANSWER_ROOM), data, size,
                 PIL__JSON_ANSWER_MAX, err);
}

pileus_code
pil__json_parse_saved(const pileus_value **value, pil__arena *arena,
                      const char *data, size_t size, pileus_error **err)
{
    pil__reader *reader = reader_new(arena, ANSWER_ROOM);

    if (reader != NULL) {
        reader->wrapped = PIL__WRAPPED_MAX;
    }
    return parse(value, reader, data, size, PIL__JSON_ANSWER_MAX, err);
}

pil__reader *
pil__json_foreign_new(pil__arena *arena)
{
    pil__reader *reader = reader_new(arena, ANSWER_ROOM);

    if (reader != NULL) {
        reader->foreign = true;
    }
    return reader;
}
