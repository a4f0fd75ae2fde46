/* The host table: JSON that is written. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host_data.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/call/call.h"
#include "core/data/json_writer.h"

/* The first member is what PILEUS_HOST wants. */
struct pileus_writer {
    const pileus_host *host;
    pileus_call *call;
    pil__writer *inside;
};

static void
writer_free(pileus_writer *writer)
{
    pil__writer_free(writer->inside);
    pil__free(writer);
}

static pileus_writer *
writer_begin(pileus_call *call)
{
    pileus_writer *writer = pil__malloc(sizeof *writer);
    pileus_error *error = NULL;

    if (writer != NULL) {
        *writer = (pileus_writer){call->host, call, pil__writer_new()};
    }
    if (writer == NULL || writer->inside == NULL) {
        pil__free(writer);
        (void)pil__call_fail_as(call, pil__error_no_memory(&error), &error);
        return NULL;
    }
    return writer;
}

static void
writer_string(pileus_writer *writer, const char *key, const char *value,
              size_t length)
{
    pil__writer_string(writer->inside, key, value, length);
}

static void
writer_integer(pileus_writer *writer, const char *key, int64_t value)
{
    pil__writer_integer(writer->inside, key, value);
}

static void
writer_real(pileus_writer *writer, const char *key, double value)
{
    pil__writer_double(writer->inside, key, value);
}

static void
writer_boolean(pileus_writer *writer, const char *key, int32_t value)
{
    pil__writer_bool(writer->inside, key, value != 0);
}

static void
writer_null(pileus_writer *writer, const char *key)
{
    pil__writer_null(writer->inside, key);
}

static void
writer_open(pileus_writer *writer, const char *key, int32_t type)
{
    pil__writer_open(writer->inside, key, type);
}

static void
writer_close(pileus_writer *writer)
{
    pil__writer_close(writer->inside);
}

static int32_t
writer_end(pileus_writer *writer, const char **text, size_t *size)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        writer->call, pil__writer_end(writer->inside, text, size, &error),
        &error);
}

const pileus_host_writer pil__host_writer = {
    .struct_size = sizeof(pileus_host_writer),
    .begin = writer_begin,
    .string = writer_string,
    .integer = writer_integer,
    .real = writer_real,
    .boolean = writer_boolean,
    .null = writer_null,
    .open = writer_open,
    .close = writer_close,
    .end = writer_end,
    .free = writer_free,
};
