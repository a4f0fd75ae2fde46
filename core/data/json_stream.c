/* JSON documents as they arrive, item by item. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_stream.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/data/json_reader.h"

#include <string.h>

/* Of a path in a message. */
#define SHOWN_MAX 200

struct pil__stream {
    pil__reader reader; /* the first member: its hooks find the stream */
    pil__arena rest;
    pil__arena item;
    size_t rest_room; /* of the rest, while items are read */
    const char *path;
    struct step { /* a key of the path */
        const char *key;
        size_t size;
    } step[PIL__JSON_PATH_MAX];
    size_t steps;
    size_t on_path; /* how many of the dicts that are open lead to the items */
    bool seen;      /* the items have come */
    pil__item_fn fn;
    void *user;
};

/* ---- the way to the items ------------------------------------------------ */

/* Is what comes next, at the reader's depth, where the path leads through? */
static bool
is_on_path(const pil__stream *stream)
{
    const pil__reader *reader = &stream->reader;
    const struct step *step;

    if (reader->depth == 0) {
        return true;
    }
    if (stream->on_path != reader->depth || reader->depth > stream->steps ||
        reader->key == NULL) {
        return false;
    }
    step = &stream->step[reader->depth - 1];
    return strlen(reader->key) == step->size &&
           memcmp(reader->key, step->key, step->size) == 0;
}

/* What is there instead of the items is not a list. */
static int
refuse(pil__stream *stream, const char *what)
{
    const char *path = stream->steps == 0 ? "the document" : stream->path;

    return pil__reader_refuse(&stream->reader,
                              "%.*s should be the list of items, and is %s",
                              SHOWN_MAX, path, what);
}

static int
begin_items(pil__stream *stream)
{
    pil__reader *reader = &stream->reader;

    if (stream->seen) {
        return refuse(stream, "there twice");
    }
    stream->seen = true;
    stream->rest_room = reader->room;
    reader->arena = &stream->item;
    reader->room = reader->room_whole;
    reader->whose = "an item";
    reader->hooked = reader->depth + 1;
    return PIL__GO_ON;
}

static int
on_open(pil__reader *reader, pileus_type type)
{
    pil__stream *stream = (pil__stream *)reader;

    if (reader->hooked != PIL__NO_DEPTH || !is_on_path(stream)) {
        return PIL__GO_ON;
    }
    if (reader->depth == stream->steps) {
        return type == PILEUS_TYPE_LIST ? begin_items(stream)
                                        : refuse(stream, "an object");
    }
    stream->on_path = reader->depth + 1;
    return PIL__GO_ON;
}

static int
on_close(pil__reader *reader)
{
    pil__stream *stream = (pil__stream *)reader;

    if (reader->hooked == reader->depth + 1) { /* the items are over */
        reader->hooked = PIL__NO_DEPTH;
        reader->arena = &stream->rest;
        reader->room = stream->rest_room;
        reader->whose = "the document without its items";
    }
    if (stream->on_path > reader->depth) {
        stream->on_path = reader->depth;
    }
    return PIL__GO_ON;
}

/* ---- the items ----------------------------------------------------------- */

/* Hand out the item that is the last on the stack, and forget it. */
static int
hand_out(pil__stream *stream)
{
    pil__reader *reader = &stream->reader;

    reader->code =
        stream->fn(stream->user, &reader->stack[--reader->count].value);
    pil__arena_reset(&stream->item);
    reader->room = reader->room_whole;
    return reader->code == PILEUS_OK ? PIL__GO_ON : PIL__STOP;
}

static int
on_value(pil__reader *reader)
{
    pil__stream *stream = (pil__stream *)reader;

    if (reader->hooked != PIL__NO_DEPTH) {
        return hand_out(stream);
    }
    if (reader->depth != stream->steps || !is_on_path(stream)) {
        return PIL__GO_ON;
    }
    switch (pileus_value_type(&reader->stack[reader->count - 1].value)) {
    case PILEUS_TYPE_LIST: /* as it was emptied */
    case PILEUS_TYPE_NULL:
        return PIL__GO_ON;
    case PILEUS_TYPE_STRING:
        return refuse(stream, "a string");
    case PILEUS_TYPE_BOOL:
        return refuse(stream, "a boolean");
    default:
        return refuse(stream, "a number");
    }
}

static const struct pil__reader_hooks hooks = {
    .on_open = on_open,
    .on_close = on_close,
    .on_value = on_value,
};

/* ---- the stream ---------------------------------------------------------- */

/* Cut the path at its dots. False: it is longer than any of a provider's. */
static bool
cut(pil__stream *stream, const char *path)
{
    stream->path = path;
    while (path != NULL && *path != '\0') {
        size_t size = strcspn(path, ".");

        if (stream->steps == PIL__JSON_PATH_MAX) {
            return false;
        }
        stream->step[stream->steps++] = (struct step){path, size};
        path += size;
        path += *path == '.';
    }
    return true;
}

static pileus_code
stream_new(pil__stream **stream, const char *items, bool foreign,
           pil__item_fn fn, void *user, pileus_error **err)
{
    pil__stream *made = pil__calloc(1, sizeof *made);
    pileus_code code;

    if (made == NULL) {
        return pil__error_no_memory(err);
    }
    if (!cut(made, items)) {
        code = pil__error_set(err, PILEUS_DRIVER,
                              "the path \"%.*s\" has more than %d keys: tell "
                              "the driver's authors",
                              SHOWN_MAX, items, PIL__JSON_PATH_MAX);
        pil__free(made);
        return code;
    }
    made->fn = fn;
    made->user = user;
    made->reader.foreign = foreign;
    made->reader.arena = &made->rest;
    made->reader.whose = "the document without its items";
    made->reader.room = PIL__JSON_ITEM_MAX;
    made->reader.room_whole = PIL__JSON_ITEM_MAX;
    made->reader.hooks = &hooks;
    made->reader.hooked = PIL__NO_DEPTH;
    made->reader.memory.most = 2 * (size_t)PIL__JSON_ITEM_MAX;
    code = pil__reader_begin(&made->reader, err);
    if (code != PILEUS_OK) {
        pil__stream_free(made);
        return code;
    }
    *stream = made;
    return PILEUS_OK;
}

pileus_code
pil__stream_new(pil__stream **stream, const char *items, pil__item_fn fn,
                void *user, pileus_error **err)
{
    return stream_new(stream, items, false, fn, user, err);
}

pileus_code
pil__stream_new_foreign(pil__stream **stream, const char *items,
                        pil__item_fn fn, void *user, pileus_error **err)
{
    return stream_new(stream, items, true, fn, user, err);
}

pil__reader *
pil__stream_reader(pil__stream *stream)
{
    return &stream->reader;
}

pileus_code
pil__stream_feed(pil__stream *stream, const char *data, size_t size,
                 pileus_error **err)
{
    return pil__reader_feed(&stream->reader, data, size, err);
}

pileus_code
pil__stream_end(pil__stream *stream, const pileus_value **rest,
                pileus_error **err)
{
    return pil__reader_end(&stream->reader, rest, err);
}

void
pil__stream_free(pil__stream *stream)
{
    if (stream != NULL) {
        pil__reader_free(&stream->reader);
        pil__arena_free(&stream->item);
        pil__arena_free(&stream->rest);
        pil__free(stream);
    }
}
