/* Values made of events, which a parser of another format tells. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/json_events.h"

#include "core/base/number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* ---- what may stand where ------------------------------------------------ */

static bool
is_in(const pil__reader *reader, pileus_type type)
{
    return reader->depth > 0 && reader->open[reader->depth - 1].type == type;
}

/* A value comes: in a dict behind its key, and one alone outside. */
static int
admit(pil__events *events)
{
    pil__reader *reader = events->reader;

    if (reader->code != PILEUS_OK) {
        return PIL__STOP;
    }
    if (reader->depth == 0 && reader->count > 0) {
        return pil__reader_refuse(reader, "something follows its end");
    }
    if (is_in(reader, PILEUS_TYPE_DICT) && !events->keyed) {
        return pil__reader_refuse(reader, "a value in a dict has no key");
    }
    events->keyed = false;
    return PIL__GO_ON;
}

int
pil__events_open(pil__events *events, pileus_type type)
{
    if (admit(events) == PIL__STOP) {
        return PIL__STOP;
    }
    return type == PILEUS_TYPE_LIST
               ? pil__reader_events.yajl_start_array(events->reader)
               : pil__reader_events.yajl_start_map(events->reader);
}

int
pil__events_close(pil__events *events)
{
    pil__reader *reader = events->reader;

    if (reader->code != PILEUS_OK) {
        return PIL__STOP;
    }
    if (reader->depth == 0) {
        return pil__reader_refuse(reader, "nothing is open that could end");
    }
    if (events->keyed) {
        return pil__reader_refuse(reader, "a key has no value");
    }
    return pil__reader_events.yajl_end_array(reader); /* a dict's is the same */
}

int
pil__events_key(pil__events *events, const char *key, size_t size)
{
    pil__reader *reader = events->reader;

    if (reader->code != PILEUS_OK) {
        return PIL__STOP;
    }
    if (!is_in(reader, PILEUS_TYPE_DICT) || events->keyed) {
        return pil__reader_refuse(reader, "a key stands where a value should");
    }
    events->keyed = true;
    return pil__reader_events.yajl_map_key(reader, (const unsigned char *)key,
                                           size);
}

/* ---- values -------------------------------------------------------------- */

int
pil__events_string(pil__events *events, const char *text, size_t size)
{
    return admit(events) == PIL__STOP
               ? PIL__STOP
               : pil__reader_events.yajl_string(
                     events->reader, (const unsigned char *)text, size);
}

int
pil__events_integer(pil__events *events, int64_t number)
{
    char text[24];
    int size = snprintf(text, sizeof text, "%" PRId64, number);

    return admit(events) == PIL__STOP ? PIL__STOP
                                      : pil__reader_events.yajl_number(
                                            events->reader, text, (size_t)size);
}

int
pil__events_double(pil__events *events, double number)
{
    char text[PIL__NUMBER_SIZE];

    if (!isfinite(number)) {
        return pil__events_null(events);
    }
    return admit(events) == PIL__STOP
               ? PIL__STOP
               : pil__reader_events.yajl_number(
                     events->reader, text, pil__number_write(text, number));
}

int
pil__events_boolean(pil__events *events, bool value)
{
    return admit(events) == PIL__STOP
               ? PIL__STOP
               : pil__reader_events.yajl_boolean(events->reader, value);
}

int
pil__events_null(pil__events *events)
{
    return admit(events) == PIL__STOP
               ? PIL__STOP
               : pil__reader_events.yajl_null(events->reader);
}
