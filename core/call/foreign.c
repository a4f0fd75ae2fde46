/* Formats of a driver's own, read by its parser. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/foreign.h"

#include "core/call/call.h"
#include "core/call/host_data.h"

#include <string.h>

/* ---- the parser ---------------------------------------------------------- */

int32_t
pil__foreign_begin(pil__foreign *foreign, pileus_call *call,
                   const pileus_format *format, pil__reader *reader)
{
    const pileus_format *own = &foreign->format;

    memset(foreign, 0, sizeof *foreign);
    memcpy(&foreign->format, format,
           format->struct_size < sizeof *format ? (size_t)format->struct_size
                                                : sizeof *format);
    foreign->events.host = call->host;
    foreign->events.call = call;
    foreign->events.inside.reader = reader;
    if (own->begin == NULL || own->feed == NULL || own->end == NULL ||
        own->free == NULL) {
        return pileus_fail(call, PILEUS_DRIVER,
                           "its format lacks a function: tell its authors");
    }
    foreign->parser = own->begin(call, &foreign->events);
    return foreign->parser != NULL ? PILEUS_OK : PILEUS_NO_MEMORY;
}

/* A parser that goes on although it was told to end has ended all the same. */
static int32_t
result(const pil__foreign *foreign, int32_t code)
{
    return code != PILEUS_OK ? code
                             : (int32_t)foreign->events.inside.reader->code;
}

int32_t
pil__foreign_feed(pil__foreign *foreign, const char *data, size_t size)
{
    int32_t code = result(foreign, PILEUS_OK);

    return code != PILEUS_OK
               ? code
               : result(foreign,
                        foreign->format.feed(foreign->parser, data, size));
}

int32_t
pil__foreign_end(pil__foreign *foreign)
{
    int32_t code = result(foreign, PILEUS_OK);

    return code != PILEUS_OK
               ? code
               : result(foreign, foreign->format.end(foreign->parser));
}

void
pil__foreign_free(pil__foreign *foreign)
{
    if (foreign->parser != NULL) {
        foreign->format.free(foreign->parser);
        foreign->parser = NULL;
    }
}

/* ---- its events ---------------------------------------------------------- */

static void
enter(pileus_events *events, pileus_error **error)
{
    events->inside.reader->err = error;
}

/* Report what went wrong in the core. What an item's function said has been
 * reported, and brings no error. */
static int32_t
leave(pileus_events *events, int verdict, pileus_error **error)
{
    pileus_code code = events->inside.reader->code;

    events->inside.reader->err = NULL;
    if (verdict == PIL__GO_ON) {
        return PILEUS_OK;
    }
    return *error == NULL ? (int32_t)code
                          : pil__fail_to_read(events->call, code, error);
}

static int32_t
event_open(pileus_events *events, int32_t type)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_open(&events->inside, (pileus_type)type),
                 &error);
}

static int32_t
event_close(pileus_events *events)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_close(&events->inside), &error);
}

static int32_t
event_key(pileus_events *events, const char *key, size_t length)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_key(&events->inside, key, length), &error);
}

static int32_t
event_string(pileus_events *events, const char *text, size_t length)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_string(&events->inside, text, length),
                 &error);
}

static int32_t
event_integer(pileus_events *events, int64_t number)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_integer(&events->inside, number), &error);
}

static int32_t
event_real(pileus_events *events, double number)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_double(&events->inside, number), &error);
}

static int32_t
event_boolean(pileus_events *events, int32_t value)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_boolean(&events->inside, value != 0),
                 &error);
}

static int32_t
event_null(pileus_events *events)
{
    pileus_error *error = NULL;

    enter(events, &error);
    return leave(events, pil__events_null(&events->inside), &error);
}

const pileus_host_format pil__host_format = {
    .struct_size = sizeof(pileus_host_format),
    .open = event_open,
    .close = event_close,
    .key = event_key,
    .string = event_string,
    .integer = event_integer,
    .real = event_real,
    .boolean = event_boolean,
    .null = event_null,
};
