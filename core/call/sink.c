/* Sinks and records: how objects come in from a driver. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/sink.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/call/host.h"
#include "core/model/query.h"

#include <string.h>

static pil__object *
object_of(pileus_record *record)
{
    return (pil__object *)record;
}

static pileus_sink *
sink_of(pileus_record *record)
{
    return ((struct pil__object_head *)record)->owner;
}

static int32_t
no_memory(pileus_sink *sink)
{
    return pileus_fail(sink->call, PILEUS_NO_MEMORY,
                       "memory ran out: free some, or raise the limit of "
                       "this process, and try again");
}

/* ---- begin, put, drop
 * -------------------------------------------------------------- */

/* Of slabs it may be more than enough: what is left over goes back. */
static pil__arena
room_for_one(const pileus_sink *sink)
{
    size_t more = sink->slabs == NULL ? 0 : sink->expected / 2;

    return (pil__arena){.first = sink->expected + more, .slabs = sink->slabs};
}

static pileus_record *
record_begin(pileus_sink *sink, int32_t kind)
{
    pil__object *object;

    if (!pil__grow((void **)&sink->open, &sink->open_capacity, sink->open_count,
                   sizeof *sink->open)) {
        (void)no_memory(sink);
        return NULL;
    }
    if (sink->open_count == 0) {
        pil__arena_reset(&sink->scratch);
    }
    object = pil__object_new(kind, &pil__host, sink, room_for_one(sink),
                             &sink->scratch);
    if (object == NULL) {
        (void)no_memory(sink);
        return NULL;
    }
    sink->open[sink->open_count++] = object;
    return (pileus_record *)object;
}

/* Take a record out of those that are open. False: it is not one of them. */
static bool
close_record(pileus_sink *sink, const pil__object *object)
{
    for (size_t i = sink->open_count; i > 0; i--) {
        if (sink->open[i - 1] == object) {
            sink->open[i - 1] = sink->open[--sink->open_count];
            return true;
        }
    }
    return false;
}

/* The next object will take about as much as this one: the most of late, which
 * is forgotten by and by. */
static void
expect(pileus_sink *sink, size_t size)
{
    size_t less = sink->expected - sink->expected / 32;

    sink->expected = size > less ? size : less;
}

static int32_t
deliver(pileus_sink *sink, pil__object *object)
{
    pileus_error *error = NULL;
    int32_t code = pileus_check(sink->call);

    if (code == PILEUS_OK && sink->enough) {
        code = PILEUS_CANCELLED;
    }
    if (code != PILEUS_OK) {
        return code;
    }
    code = pil__object_finish(object, sink->conn, sink->type, &error);
    if (code != PILEUS_OK) {
        return pil__call_fail_as(sink->call, code, &error);
    }
    if (pil__object_kind(object) != sink->kind) {
        return pileus_fail(sink->call, PILEUS_DRIVER,
                           "%s put an object of another kind than was asked "
                           "for: tell the driver's authors",
                           sink->call->what);
    }
    if (pil__query_matches(sink->query, object)) {
        sink->enough = !sink->fn(sink->user, object);
        expect(sink, pil__object_size(object));
        if (pil__object_is_lost(object)) {
            sink->enough = false;
            return no_memory(sink);
        }
    }
    return sink->enough ? PILEUS_CANCELLED : PILEUS_OK;
}

static int32_t
record_put(pileus_record *record)
{
    pileus_sink *sink = sink_of(record);
    int32_t code;

    if (sink->fn == NULL || !close_record(sink, object_of(record))) {
        return pileus_fail(sink->call, PILEUS_DRIVER,
                           "%s put a record that may not be put: tell the "
                           "driver's authors",
                           sink->call->what);
    }
    code = deliver(sink, object_of(record));
    pil__object_unref(object_of(record));
    return code;
}

static void
record_drop(pileus_record *record)
{
    if (close_record(sink_of(record), object_of(record))) {
        pil__object_unref(object_of(record));
    }
}

void
pil__sink_end(pileus_sink *sink)
{
    while (sink->open_count > 0) {
        pil__object_unref(sink->open[--sink->open_count]);
    }
    pil__arena_wipe(&sink->scratch);
    pil__arena_free(&sink->scratch);
    pil__free(sink->open);
    sink->open = NULL;
}

/* ---- the tables: the model's own functions, by the driver's types
 * ---------------------- */

static pileus_record *
record_nested(pileus_record *record, int32_t field)
{
    return (pileus_record *)pil__object_nested(object_of(record), field);
}

static void
record_set_string(pileus_record *record, int32_t field, const char *value,
                  size_t length)
{
    pil__object_set_string(object_of(record), field, value, length);
}

static void
record_set_integer(pileus_record *record, int32_t field, int64_t value)
{
    pil__object_set_integer(object_of(record), field, value);
}

static void
record_set_double(pileus_record *record, int32_t field, double value)
{
    pil__object_set_double(object_of(record), field, value);
}

static void
record_add_pair(pileus_record *record, int32_t field, const char *name,
                size_t name_length, const char *value, size_t value_length)
{
    pil__object_add_pair(object_of(record), field, name, name_length, value,
                         value_length);
}

static void
record_set_blob(pileus_record *record, uint32_t format, const void *data,
                size_t size)
{
    pil__object_set_blob(object_of(record), format, data, size);
}

const pileus_host_record pil__host_record = {
    .struct_size = sizeof(pileus_host_record),
    .begin = record_begin,
    .nested = record_nested,
    .set_string = record_set_string,
    .set_integer = record_set_integer,
    .set_double = record_set_double,
    .add_pair = record_add_pair,
    .set_blob = record_set_blob,
    .put = record_put,
    .drop = record_drop,
};

static void
extra_null(pileus_record *record, const char *key, size_t length)
{
    pil__object_extra_null(object_of(record), key, length);
}

static void
extra_boolean(pileus_record *record, const char *key, size_t length,
              int32_t value)
{
    pil__object_extra_boolean(object_of(record), key, length, value);
}

static void
extra_integer(pileus_record *record, const char *key, size_t length,
              int64_t value)
{
    pil__object_extra_integer(object_of(record), key, length, value);
}

static void
extra_real(pileus_record *record, const char *key, size_t length, double value)
{
    pil__object_extra_real(object_of(record), key, length, value);
}

static void
extra_string(pileus_record *record, const char *key, size_t length,
             const char *value, size_t value_length)
{
    pil__object_extra_string(object_of(record), key, length, value,
                             value_length);
}

static void
extra_open(pileus_record *record, const char *key, size_t length, int32_t type)
{
    pil__object_extra_open(object_of(record), key, length, type);
}

static void
extra_close(pileus_record *record)
{
    pil__object_extra_close(object_of(record));
}

const pileus_host_extra pil__host_extra = {
    .struct_size = sizeof(pileus_host_extra),
    .null = extra_null,
    .boolean = extra_boolean,
    .integer = extra_integer,
    .real = extra_real,
    .string = extra_string,
    .open = extra_open,
    .close = extra_close,
};
