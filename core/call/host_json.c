/* The host table: JSON that is read. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host_data.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/call/call.h"
#include "core/call/foreign.h"
#include "core/data/json.h"
#include "core/data/json_path.h"
#include "core/data/json_stream.h"
#include "core/model/object.h"

/* ---- values -------------------------------------------------------------- */

static int32_t
json_type(const pileus_value *value, const char *path)
{
    return pileus_value_type(pil__json_get(value, path));
}

static uint64_t
json_count(const pileus_value *value, const char *path)
{
    return pileus_value_count(pil__json_get(value, path));
}

static const pileus_value *
json_at(const pileus_value *value, uint64_t i, const char **key)
{
    if (key != NULL) {
        *key = pileus_value_key(value, (size_t)i);
    }
    return pileus_value_at(value, (size_t)i);
}

static const char *
json_string(const pileus_value *value, const char *path)
{
    return pileus_value_string(pil__json_get(value, path));
}

static int32_t
json_integer(const pileus_value *value, const char *path, int64_t *out)
{
    return pil__json_integer(value, path, out);
}

static int32_t
json_real(const pileus_value *value, const char *path, double *out)
{
    return pil__json_double(value, path, out);
}

static int32_t
json_boolean(const pileus_value *value, const char *path, int32_t fallback)
{
    return pileus_value_bool(pil__json_get(value, path), fallback != 0);
}

static int32_t
json_time(const pileus_value *value, const char *path, int64_t *ns)
{
    return pil__json_time(value, path, ns);
}

static int32_t
json_need_text(pileus_call *call, const pileus_value *value, const char *path,
               const char **out)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__json_need_text(value, path, out, &error), &error);
}

static int32_t
json_need_integer(pileus_call *call, const pileus_value *value,
                  const char *path, int64_t *out)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__json_need_integer(value, path, out, &error), &error);
}

/* ---- documents ----------------------------------------------------------- */

struct pileus_document {
    pil__arena arena;
};

int32_t
pil__fail_to_read(pileus_call *call, pileus_code code, pileus_error **error)
{
    (void)pil__error_prefix(error, code,
                            "the provider's answer cannot be read");
    return pil__call_fail_as(call, code, error);
}

static void
json_free(pileus_document *document)
{
    if (document != NULL) {
        pil__arena_wipe(&document->arena); /* keys and passwords come so, too */
        pil__arena_free(&document->arena);
        pil__free(document);
    }
}

static int32_t
parse_json(pileus_call *call, pil__arena *arena, const char *data, size_t size,
           const pileus_value **value)
{
    pileus_error *error = NULL;
    pileus_code code = pil__json_parse_answer(value, arena, data, size, &error);

    return code == PILEUS_OK ? PILEUS_OK
                             : pil__fail_to_read(call, code, &error);
}

static int32_t
parse_foreign(pileus_call *call, const pileus_format *format, pil__arena *arena,
              const char *data, size_t size, const pileus_value **value)
{
    pil__reader *reader = pil__json_foreign_new(arena);
    pil__foreign foreign;
    pileus_error *error = NULL;
    int32_t code;

    if (reader == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    code = pil__foreign_begin(&foreign, call, format, reader);
    if (code == PILEUS_OK) {
        code = pil__foreign_feed(&foreign, data, size);
    }
    if (code == PILEUS_OK) {
        code = pil__foreign_end(&foreign);
    }
    if (code == PILEUS_OK) {
        code = pil__reader_end(reader, value, &error);
        code = error == NULL ? code : pil__fail_to_read(call, code, &error);
    }
    pil__foreign_free(&foreign);
    pil__json_reader_free(reader);
    return code;
}

static int32_t
json_parse(pileus_call *call, const pileus_format *format, const char *data,
           size_t size, pileus_document **document, const pileus_value **value)
{
    pileus_document *made = pil__calloc(1, sizeof *made);
    int32_t code;

    if (made == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
    }
    code = format == NULL
               ? parse_json(call, &made->arena, data, size, value)
               : parse_foreign(call, format, &made->arena, data, size, value);
    if (code != PILEUS_OK) {
        json_free(made);
        return code;
    }
    *document = made;
    return PILEUS_OK;
}

/* ---- streams ------------------------------------------------------------- */

/* The first member is what PILEUS_HOST wants. */
struct pileus_stream {
    const pileus_host *host;
    pileus_call *call;
    pil__stream *inside;
    bool is_foreign;
    pil__foreign foreign;
    int32_t (*item)(void *user, pileus_call *call, const pileus_value *value);
    void *user;
};

static int32_t
take_item(void *user, const pileus_value *value)
{
    pileus_stream *stream = user;

    return stream->item(stream->user, stream->call, value);
}

/* What the driver's own function returned comes without an error: it has
 * reported it already. */
static int32_t
stream_result(const pileus_stream *stream, pileus_code code,
              pileus_error **error)
{
    return *error == NULL ? code : pil__fail_to_read(stream->call, code, error);
}

static void
stream_free(pileus_stream *stream)
{
    pil__foreign_free(&stream->foreign);
    pil__stream_free(stream->inside);
    pil__free(stream);
}

static int32_t
stream_begin(pileus_stream *stream, const pileus_format *format,
             const char *items)
{
    pileus_error *error = NULL;
    pileus_code code =
        (format == NULL ? pil__stream_new : pil__stream_new_foreign)(
            &stream->inside, items, take_item, stream, &error);

    if (code != PILEUS_OK || format == NULL) {
        return pil__call_fail_as(stream->call, code, &error);
    }
    stream->is_foreign = true;
    return pil__foreign_begin(&stream->foreign, stream->call, format,
                              pil__stream_reader(stream->inside));
}

static pileus_stream *
stream_new(pileus_call *call, const pileus_format *format, const char *items,
           int32_t (*item)(void *user, pileus_call *call,
                           const pileus_value *value),
           void *user)
{
    pileus_stream *stream = pil__calloc(1, sizeof *stream);

    if (stream == NULL) {
        (void)pileus_fail(call, PILEUS_NO_MEMORY, "memory ran out");
        return NULL;
    }
    stream->host = call->host;
    stream->call = call;
    stream->item = item;
    stream->user = user;
    if (stream_begin(stream, format, items) != PILEUS_OK) {
        stream_free(stream);
        return NULL;
    }
    return stream;
}

static int32_t
stream_feed(pileus_stream *stream, const char *data, size_t size)
{
    pileus_error *error = NULL;
    pileus_code code;

    if (stream->is_foreign) {
        return pil__foreign_feed(&stream->foreign, data, size);
    }
    code = pil__stream_feed(stream->inside, data, size, &error);
    return stream_result(stream, code, &error);
}

static int32_t
stream_end(pileus_stream *stream, const pileus_value **rest)
{
    pileus_error *error = NULL;
    pileus_code code = PILEUS_OK;

    if (stream->is_foreign) {
        code = (pileus_code)pil__foreign_end(&stream->foreign);
    }
    if (code != PILEUS_OK) {
        return code; /* reported */
    }
    code = pil__stream_end(stream->inside, rest, &error);
    return stream_result(stream, code, &error);
}

/* ---- into a record ------------------------------------------------------- */

static void
to_extra(pileus_record *record, const char *key, size_t length,
         const pileus_value *value)
{
    pil__object_extra_value((pil__object *)record, key, length, value);
}

const pileus_host_json pil__host_json = {
    .struct_size = sizeof(pileus_host_json),
    .get = pil__json_get,
    .type = json_type,
    .count = json_count,
    .at = json_at,
    .string = json_string,
    .text = pil__json_text,
    .integer = json_integer,
    .real = json_real,
    .boolean = json_boolean,
    .time = json_time,
    .need_text = json_need_text,
    .need_integer = json_need_integer,
    .parse = json_parse,
    .free = json_free,
    .to_extra = to_extra,
    .stream_new = stream_new,
    .stream_feed = stream_feed,
    .stream_end = stream_end,
    .stream_free = stream_free,
};
