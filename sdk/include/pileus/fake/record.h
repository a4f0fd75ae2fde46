/* Objects, under a fake host: as they go back, and as they are read again. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FAKE_RECORD_H
#define PILEUS_FAKE_RECORD_H

/* Part of fake_host.h. */

#include <pileus/fake/handles.h>

/* ---- the table "record"
 * --------------------------------------------------------- */

static inline pileus_record *
pileus_fake_new_record(pileus_fake *fake, pileus_kind kind)
{
    pileus_record *record = pileus_fake_zeroed(sizeof *record);

    record->host = fake->call.host;
    record->fake = fake;
    record->kind = kind;
    record->next = fake->records;
    fake->records = record;
    return record;
}

static inline pileus_record *
pileus_fake_begin(pileus_sink *sink, int32_t kind)
{
    return pileus_fake_new_record(sink->fake, kind);
}

static inline pileus_fake_fact *
pileus_fake_add_fact(pileus_record *record, int32_t field, pileus_type type)
{
    pileus_fake_fact **end = &record->facts;

    while (*end != NULL) {
        end = &(*end)->next;
    }
    *end = pileus_fake_zeroed(sizeof **end);
    (*end)->field = field;
    (*end)->type = type;
    return *end;
}

static inline pileus_record *
pileus_fake_nest(pileus_record *record, int32_t field)
{
    pileus_fake_fact *fact =
        pileus_fake_add_fact(record, field, PILEUS_TYPE_DICT);

    fact->nested = pileus_fake_new_record(
        record->fake,
        field == PILEUS_FIELD_SIZE ? PILEUS_KIND_SIZE : PILEUS_KIND_IMAGE);
    return fact->nested;
}

static inline void
pileus_fake_set_string(pileus_record *record, int32_t field, const char *value,
                       size_t length)
{
    pileus_fake_add_fact(record, field, PILEUS_TYPE_STRING)->text =
        pileus_fake_copy(value, length);
}

static inline void
pileus_fake_set_integer(pileus_record *record, int32_t field, int64_t value)
{
    pileus_fake_add_fact(record, field, PILEUS_TYPE_INTEGER)->integer = value;
}

static inline void
pileus_fake_set_double(pileus_record *record, int32_t field, double value)
{
    pileus_fake_add_fact(record, field, PILEUS_TYPE_DOUBLE)->real = value;
}

static inline void
pileus_fake_add_pair(pileus_record *record, int32_t field, const char *name,
                     size_t name_length, const char *value, size_t value_length)
{
    pileus_fake_fact *fact =
        pileus_fake_add_fact(record, field, PILEUS_TYPE_STRING);

    fact->name = pileus_fake_copy(name, name_length);
    fact->text = pileus_fake_copy(value, value_length);
}

static inline void
pileus_fake_set_blob(pileus_record *record, uint32_t format, const void *data,
                     size_t size)
{
    free(record->blob);
    record->blob = pileus_fake_copy(data, size);
    record->blob_size = size;
    record->blob_format = format;
}

static inline int32_t
pileus_fake_put(pileus_record *record)
{
    pileus_fake *fake = record->fake;

    if (record->extra.wrong || record->extra.depth > 1) {
        return pileus_fail(&fake->call, PILEUS_DRIVER,
                           "the driver makes an extra that is no valid JSON");
    }
    record->is_put = true;
    fake->put = pileus_fake_grow(fake->put, (fake->put_count + 1) *
                                                sizeof(pileus_record *));
    fake->put[fake->put_count++] = record;
    return PILEUS_OK;
}

static inline void
pileus_fake_drop(pileus_record *record)
{
    if (record->is_put) {
        pileus_fake_die("a record is dropped that was put", "");
    }
}

/* ---- objects that come back: the table "object"
 * -------------------------------------- They are records. */

static inline const pileus_fake_fact *
pileus_fake_fact_at(const pileus_record *record, int32_t field, uint64_t index)
{
    const pileus_fake_fact *fact = record == NULL ? NULL : record->facts;

    while (fact != NULL && (fact->field != field || index-- > 0)) {
        fact = fact->next;
    }
    return fact;
}

static inline const char *
pileus_fake_object_string(pileus_call *call, const void *object, int32_t field,
                          uint64_t index)
{
    const pileus_fake_fact *fact = pileus_fake_fact_at(object, field, index);

    (void)call;
    return fact == NULL ? NULL : fact->text;
}

static inline int32_t
pileus_fake_object_integer(pileus_call *call, const void *object, int32_t field,
                           int64_t *value)
{
    const pileus_fake_fact *fact = pileus_fake_fact_at(object, field, 0);

    (void)call;
    if (fact == NULL) {
        return PILEUS_NOT_FOUND;
    }
    *value = fact->integer;
    return PILEUS_OK;
}

static inline const void *
pileus_fake_object_blob(pileus_call *call, const void *object, uint64_t *size,
                        uint32_t *format)
{
    const pileus_record *record = object;

    (void)call;
    *size = record->blob_size;
    *format = record->blob_format;
    return record->blob;
}

#endif
