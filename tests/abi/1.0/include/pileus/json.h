/* JSON for drivers: reading what a provider answers, writing what it is asked.
 */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_JSON_H
#define PILEUS_JSON_H

#include <pileus/driver.h>

PILEUS_BEGIN_DECLS

/* ---- reading ---------------------------------------------------------------
 */

/*
 * A value that was read belongs to what it was read from (a response, an item
 * of a listing) and lives as long. path leads from a value to one inside it:
 * keys and indices with dots between, such as "image.slug" or
 * "networks.v4.0.ip"; NULL or "" is the value itself. A NULL value, a path that
 * is not there, and JSON's null are all "not there".
 *
 * Strings are valid UTF-8 without NULs: what is not has been replaced. A key
 * that stands twice counts as its last.
 */

/* The value at the path; NULL if it is not there. */
static inline const pileus_value *
pileus_json_get(pileus_call *call, const pileus_value *value, const char *path)
{
    return PILEUS_HOST(call)->json->get(value, path);
}

/* Its type; PILEUS_TYPE_NULL if it is not there. */
static inline pileus_type
pileus_json_type(pileus_call *call, const pileus_value *value, const char *path)
{
    return PILEUS_HOST(call)->json->type(value, path);
}

/* Number of entries of a list or dict. */
static inline uint64_t
pileus_json_count(pileus_call *call, const pileus_value *value,
                  const char *path)
{
    return PILEUS_HOST(call)->json->count(value, path);
}

/* Entry i of a list or dict, and in *key (may be NULL) its key. */
static inline const pileus_value *
pileus_json_at(pileus_call *call, const pileus_value *value, uint64_t i,
               const char **key)
{
    return PILEUS_HOST(call)->json->at(value, i, key);
}

/* The string there; NULL if there is none. */
static inline const char *
pileus_json_string(pileus_call *call, const pileus_value *value,
                   const char *path)
{
    return PILEUS_HOST(call)->json->string(value, path);
}

/* A string, or a number or boolean as JSON writes it: what an id is to pileus,
 * whatever it is to the provider. NULL if there is none. */
static inline const char *
pileus_json_text(pileus_call *call, const pileus_value *value, const char *path)
{
    return PILEUS_HOST(call)->json->text(value, path);
}

/* The number there in *out and true; false, and *out left alone, if there is
 * none. A string of digits counts, since some providers quote numbers. */
static inline bool
pileus_json_integer(pileus_call *call, const pileus_value *value,
                    const char *path, int64_t *out)
{
    return PILEUS_HOST(call)->json->integer(value, path, out) != 0;
}

static inline bool
pileus_json_double(pileus_call *call, const pileus_value *value,
                   const char *path, double *out)
{
    return PILEUS_HOST(call)->json->real(value, path, out) != 0;
}

/* The boolean there, or the fallback. */
static inline bool
pileus_json_boolean(pileus_call *call, const pileus_value *value,
                    const char *path, bool fallback)
{
    return PILEUS_HOST(call)->json->boolean(value, path, fallback) != 0;
}

/* The same for what must be there: PILEUS_PROTOCOL, reported with the path and
 * what was found there instead. */
static inline int32_t
pileus_json_need_text(pileus_call *call, const pileus_value *value,
                      const char *path, const char **out)
{
    return PILEUS_HOST(call)->json->need_text(call, value, path, out);
}

static inline int32_t
pileus_json_need_integer(pileus_call *call, const pileus_value *value,
                         const char *path, int64_t *out)
{
    return PILEUS_HOST(call)->json->need_integer(call, value, path, out);
}

/* An RFC 3339 time (or one of ISO 8601 in that spirit: "+0000" for the offset
 * counts) as ns since 1970 UTC. False if there is none. */
static inline bool
pileus_json_time(pileus_call *call, const pileus_value *value, const char *path,
                 int64_t *ns)
{
    return PILEUS_HOST(call)->json->time(value, path, ns) != 0;
}

/* Read a small document. The value belongs to *document, which is freed with
 * pileus_json_free. PILEUS_PROTOCOL, reported, if it is none. */
static inline int32_t
pileus_json_parse(pileus_call *call, const char *data, size_t size,
                  pileus_document **document, const pileus_value **value)
{
    return PILEUS_HOST(call)->json->parse(call, NULL, data, size, document,
                                          value);
}

static inline void
pileus_json_free(pileus_call *call, pileus_document *document)
{
    PILEUS_HOST(call)->json->free(document);
}

/* Read a document as it arrives: item takes each element of the list at the
 * path items (NULL: the document itself is the list), one at a time, in memory
 * that is used again for the next. NULL: the failure is reported. */
static inline pileus_stream *
pileus_stream_new(pileus_call *call, const char *items,
                  int32_t (*item)(void *user, pileus_call *call,
                                  const pileus_value *value),
                  void *user)
{
    return PILEUS_HOST(call)->json->stream_new(call, NULL, items, item, user);
}

/* The next bytes, cut anywhere. What item returns unless PILEUS_OK comes back;
 * what is no JSON is PILEUS_PROTOCOL, reported. */
static inline int32_t
pileus_stream_feed(pileus_stream *stream, const char *data, size_t size)
{
    return PILEUS_HOST(stream)->json->stream_feed(stream, data, size);
}

/* The document is over: PILEUS_PROTOCOL if it is not complete. *rest is all of
 * it but the items, until the stream is freed. */
static inline int32_t
pileus_stream_end(pileus_stream *stream, const pileus_value **rest)
{
    return PILEUS_HOST(stream)->json->stream_end(stream, rest);
}

/* Free it; NULL is allowed. */
static inline void
pileus_stream_free(pileus_stream *stream)
{
    if (stream != NULL) {
        PILEUS_HOST(stream)->json->stream_free(stream);
    }
}

/* The value, with all that is in it, as an entry of a record's extra. */
static inline void
pileus_extra_json(pileus_record *record, const char *key,
                  const pileus_value *value)
{
    if (record != NULL) {
        PILEUS_HOST(record)->json->to_extra(record, key, PILEUS_NUL_TERMINATED,
                                            value);
    }
}

/* The integer field of a record from the number at the path, if there is one.
 */
static inline void
pileus_set_json_integer(pileus_record *record, int32_t field, pileus_call *call,
                        const pileus_value *value, const char *path)
{
    int64_t number = 0;

    if (pileus_json_integer(call, value, path, &number)) {
        pileus_set_integer(record, field, number);
    }
}

/* The same from the time at the path. */
static inline void
pileus_set_json_time(pileus_record *record, int32_t field, pileus_call *call,
                     const pileus_value *value, const char *path)
{
    int64_t ns = 0;

    if (pileus_json_time(call, value, path, &ns)) {
        pileus_set_integer(record, field, ns);
    }
}

/* Each entry of a dict but those of the known keys (the last one NULL), as an
 * entry of the record's extra: all that the provider said of an object, and
 * that has no field of its own. */
static inline void
pileus_extra_rest(pileus_record *record, pileus_call *call,
                  const pileus_value *dict, const char *const *known)
{
    uint64_t count = pileus_json_count(call, dict, NULL);

    for (uint64_t i = 0; i < count; i++) {
        const char *key = NULL;
        const pileus_value *entry = pileus_json_at(call, dict, i, &key);
        size_t k = 0;

        if (key == NULL) {
            return; /* it is a list */
        }
        while (known[k] != NULL &&
               (*known[k] != *key || strcmp(known[k], key) != 0)) {
            k++;
        }
        if (known[k] == NULL) {
            pileus_extra_json(record, key, entry);
        }
    }
}

/* ---- writing ----------------------------------------------------------------
 */

/*
 * A writer makes one JSON document; it cannot make an invalid one: wrong
 * nesting, a key where none may be, bytes that are not UTF-8 or a number that
 * is not finite are found at the end. Memory that runs out, too. Inside a list
 * the key is NULL. NULL for the writer is allowed.
 */

/* A document that is a dict, begun. */
static inline pileus_writer *
pileus_write_begin(pileus_call *call)
{
    return PILEUS_HOST(call)->writer->begin(call);
}

/* value NULL leaves the entry out. */
static inline void
pileus_write_string_n(pileus_writer *writer, const char *key, const char *value,
                      size_t length)
{
    if (writer != NULL && value != NULL) {
        PILEUS_HOST(writer)->writer->string(writer, key, value, length);
    }
}

static inline void
pileus_write_string(pileus_writer *writer, const char *key, const char *value)
{
    pileus_write_string_n(writer, key, value, PILEUS_NUL_TERMINATED);
}

static inline void
pileus_write_integer(pileus_writer *writer, const char *key, int64_t value)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->integer(writer, key, value);
    }
}

static inline void
pileus_write_double(pileus_writer *writer, const char *key, double value)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->real(writer, key, value);
    }
}

static inline void
pileus_write_boolean(pileus_writer *writer, const char *key, bool value)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->boolean(writer, key, value);
    }
}

static inline void
pileus_write_null(pileus_writer *writer, const char *key)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->null(writer, key);
    }
}

static inline void
pileus_write_open_dict(pileus_writer *writer, const char *key)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->open(writer, key, PILEUS_TYPE_DICT);
    }
}

static inline void
pileus_write_open_list(pileus_writer *writer, const char *key)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->open(writer, key, PILEUS_TYPE_LIST);
    }
}

static inline void
pileus_write_close(pileus_writer *writer)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->close(writer);
    }
}

/* The finished document in *text and *size; it belongs to the writer. What
 * went wrong is reported here. NULL for the writer is PILEUS_NO_MEMORY. */
static inline int32_t
pileus_write_end(pileus_writer *writer, const char **text, size_t *size)
{
    return writer == NULL
               ? PILEUS_NO_MEMORY
               : PILEUS_HOST(writer)->writer->end(writer, text, size);
}

/* Free it, and wipe what it wrote; NULL is allowed. */
static inline void
pileus_write_free(pileus_writer *writer)
{
    if (writer != NULL) {
        PILEUS_HOST(writer)->writer->free(writer);
    }
}

PILEUS_END_DECLS

#endif
