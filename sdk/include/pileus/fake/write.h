/* JSON that a driver writes under a fake host. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_WRITE_H
#define PILEUS_FAKE_WRITE_H

/* Part of fake_host.h. */

#include <pileus/fake/handles.h>

/* ---- JSON that is written: the tables "extra" and "writer"
 * ----------------------- */

static inline void
pileus_fake_wrote(pileus_fake_json *json, yajl_gen_status status)
{
    json->wrong = json->wrong || status != yajl_gen_status_ok;
}

static inline void
pileus_fake_write_text(pileus_fake_json *json, const char *text, size_t length)
{
    length = length == PILEUS_NUL_TERMINATED ? strlen(text) : length;
    pileus_fake_wrote(
        json, yajl_gen_string(json->gen, (const unsigned char *)text, length));
}

static inline void
pileus_fake_json_open(pileus_fake_json *json, int32_t type)
{
    if (json->depth > PILEUS_DEPTH_MAX) {
        json->wrong = true;
        return;
    }
    json->in_list[++json->depth] = type == PILEUS_TYPE_LIST;
    pileus_fake_wrote(json, type == PILEUS_TYPE_LIST
                                ? yajl_gen_array_open(json->gen)
                                : yajl_gen_map_open(json->gen));
}

static inline void
pileus_fake_json_close(pileus_fake_json *json)
{
    if (json->gen == NULL || json->depth == 0) {
        json->wrong = true;
        return;
    }
    pileus_fake_wrote(json, json->in_list[json->depth--]
                                ? yajl_gen_array_close(json->gen)
                                : yajl_gen_map_close(json->gen));
}

/* Ready for a value: begun, and with its key written. */
static inline yajl_gen
pileus_fake_json_key(pileus_fake_json *json, const char *key, size_t length)
{
    if (json->gen == NULL) {
        json->gen = yajl_gen_alloc(NULL);
        if (json->gen == NULL) {
            pileus_fake_die("memory ran out", "");
        }
        (void)yajl_gen_config(json->gen, yajl_gen_validate_utf8, 1);
        pileus_fake_json_open(json, PILEUS_TYPE_DICT);
    }
    if ((key == NULL) != json->in_list[json->depth]) {
        json->wrong = true;
    } else if (key != NULL) {
        pileus_fake_write_text(json, key, length);
    }
    return json->gen;
}

/* All of it, NUL-terminated; NULL: nothing was written, or no JSON. */
static inline const char *
pileus_fake_json_text(pileus_fake_json *json, size_t *size)
{
    const unsigned char *data = NULL;

    if (json->depth == 1) {
        pileus_fake_json_close(json);
    }
    if (json->gen == NULL || json->wrong || json->depth != 0) {
        return NULL;
    }
    (void)yajl_gen_get_buf(json->gen, &data, size);
    return (const char *)data;
}

static inline void
pileus_fake_extra_null(pileus_record *record, const char *key, size_t length)
{
    yajl_gen gen = pileus_fake_json_key(&record->extra, key, length);

    pileus_fake_wrote(&record->extra, yajl_gen_null(gen));
}

static inline void
pileus_fake_extra_boolean(pileus_record *record, const char *key, size_t length,
                          int32_t value)
{
    yajl_gen gen = pileus_fake_json_key(&record->extra, key, length);

    pileus_fake_wrote(&record->extra, yajl_gen_bool(gen, value));
}

static inline void
pileus_fake_extra_integer(pileus_record *record, const char *key, size_t length,
                          int64_t value)
{
    yajl_gen gen = pileus_fake_json_key(&record->extra, key, length);

    pileus_fake_wrote(&record->extra, yajl_gen_integer(gen, value));
}

static inline void
pileus_fake_extra_real(pileus_record *record, const char *key, size_t length,
                       double value)
{
    yajl_gen gen = pileus_fake_json_key(&record->extra, key, length);

    pileus_fake_wrote(&record->extra, yajl_gen_double(gen, value));
}

static inline void
pileus_fake_extra_string(pileus_record *record, const char *key, size_t length,
                         const char *value, size_t value_length)
{
    (void)pileus_fake_json_key(&record->extra, key, length);
    pileus_fake_write_text(&record->extra, value, value_length);
}

static inline void
pileus_fake_extra_open(pileus_record *record, const char *key, size_t length,
                       int32_t type)
{
    (void)pileus_fake_json_key(&record->extra, key, length);
    pileus_fake_json_open(&record->extra, type);
}

static inline void
pileus_fake_extra_close(pileus_record *record)
{
    pileus_fake_json_close(&record->extra);
}

static inline pileus_writer *
pileus_fake_write_begin(pileus_call *call)
{
    pileus_writer *writer = pileus_fake_zeroed(sizeof *writer);

    writer->host = call->host;
    writer->fake = call->fake;
    (void)pileus_fake_json_key(&writer->json, NULL, 0);
    writer->json.wrong = false; /* it begins without a key */
    return writer;
}

static inline void
pileus_fake_write_string(pileus_writer *writer, const char *key,
                         const char *value, size_t length)
{
    (void)pileus_fake_json_key(&writer->json, key, PILEUS_NUL_TERMINATED);
    pileus_fake_write_text(&writer->json, value, length);
}

static inline void
pileus_fake_write_integer(pileus_writer *writer, const char *key, int64_t value)
{
    yajl_gen gen =
        pileus_fake_json_key(&writer->json, key, PILEUS_NUL_TERMINATED);

    pileus_fake_wrote(&writer->json, yajl_gen_integer(gen, value));
}

static inline void
pileus_fake_write_real(pileus_writer *writer, const char *key, double value)
{
    yajl_gen gen =
        pileus_fake_json_key(&writer->json, key, PILEUS_NUL_TERMINATED);

    pileus_fake_wrote(&writer->json, yajl_gen_double(gen, value));
}

static inline void
pileus_fake_write_boolean(pileus_writer *writer, const char *key, int32_t value)
{
    yajl_gen gen =
        pileus_fake_json_key(&writer->json, key, PILEUS_NUL_TERMINATED);

    pileus_fake_wrote(&writer->json, yajl_gen_bool(gen, value));
}

static inline void
pileus_fake_write_null(pileus_writer *writer, const char *key)
{
    yajl_gen gen =
        pileus_fake_json_key(&writer->json, key, PILEUS_NUL_TERMINATED);

    pileus_fake_wrote(&writer->json, yajl_gen_null(gen));
}

static inline void
pileus_fake_write_open(pileus_writer *writer, const char *key, int32_t type)
{
    (void)pileus_fake_json_key(&writer->json, key, PILEUS_NUL_TERMINATED);
    pileus_fake_json_open(&writer->json, type);
}

static inline void
pileus_fake_write_close(pileus_writer *writer)
{
    pileus_fake_json_close(&writer->json);
}

static inline int32_t
pileus_fake_write_end(pileus_writer *writer, const char **text, size_t *size)
{
    *text = pileus_fake_json_text(&writer->json, size);
    return *text != NULL ? PILEUS_OK
                         : pileus_fail(&writer->fake->call, PILEUS_DRIVER,
                                       "the driver writes no valid JSON");
}

static inline void
pileus_fake_write_free(pileus_writer *writer)
{
    yajl_gen_free(writer->json.gen);
    free(writer);
}

#endif
