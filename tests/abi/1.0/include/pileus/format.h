/* Formats of a driver's own: answers that are no JSON, read as if they were. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_FORMAT_H
#define PILEUS_FORMAT_H

#include <pileus/driver.h>

PILEUS_BEGIN_DECLS

/*
 * A provider that answers in XML, say, is read by a parser that the driver
 * brings. As it goes through a document it tells what it finds as events, and
 * the core makes of these the same values that it makes of JSON, with the same
 * limits, in the same memory. So pileus_response_json, pileus_http_list and the
 * functions of json.h do for any format what they do for JSON. A format is
 * constant and is named in the hooks of a pileus_http.
 *
 * A document is one value. In a list values follow each other; in a dict each
 * one follows its key.
 */
typedef struct pileus_format {
    uint64_t struct_size;
    const char *name;   /* for messages, such as "XML" */
    const char *accept; /* media types, as in an Accept header */
    /* A document begins; what it returns is handed to the others. NULL: it
     * cannot begin, which is reported. */
    void *(*begin)(pileus_call *call, pileus_events *events);
    /* The next bytes, cut anywhere. What an event returned unless PILEUS_OK
     * comes back at once. */
    int32_t (*feed)(void *reader, const char *data, size_t size);
    /* The bytes are over: PILEUS_OK if the document is complete. */
    int32_t (*end)(void *reader);
    /* It is over, well or not. */
    void (*free)(void *reader);
} pileus_format;

/* Each event returns PILEUS_OK; or why reading is over, and that is reported:
 * a limit, no memory, what stands where it cannot; or what the driver's own
 * function said of an item. */

static inline int32_t
pileus_event_open_dict(pileus_events *events)
{
    return PILEUS_HOST(events)->format->open(events, PILEUS_TYPE_DICT);
}

static inline int32_t
pileus_event_open_list(pileus_events *events)
{
    return PILEUS_HOST(events)->format->open(events, PILEUS_TYPE_LIST);
}

/* The innermost list or dict is over. */
static inline int32_t
pileus_event_close(pileus_events *events)
{
    return PILEUS_HOST(events)->format->close(events);
}

/* The key of the value that comes next. */
static inline int32_t
pileus_event_key(pileus_events *events, const char *key, size_t length)
{
    return PILEUS_HOST(events)->format->key(events, key, length);
}

static inline int32_t
pileus_event_string(pileus_events *events, const char *text, size_t length)
{
    return PILEUS_HOST(events)->format->string(events, text, length);
}

static inline int32_t
pileus_event_integer(pileus_events *events, int64_t number)
{
    return PILEUS_HOST(events)->format->integer(events, number);
}

/* A number that is not finite is null. */
static inline int32_t
pileus_event_double(pileus_events *events, double number)
{
    return PILEUS_HOST(events)->format->real(events, number);
}

static inline int32_t
pileus_event_boolean(pileus_events *events, bool value)
{
    return PILEUS_HOST(events)->format->boolean(events, value);
}

static inline int32_t
pileus_event_null(pileus_events *events)
{
    return PILEUS_HOST(events)->format->null(events);
}

/* Read a whole document, as pileus_json_parse does. */
static inline int32_t
pileus_format_parse(pileus_call *call, const pileus_format *format,
                    const char *data, size_t size, pileus_document **document,
                    const pileus_value **value)
{
    return PILEUS_HOST(call)->json->parse(call, format, data, size, document,
                                          value);
}

/* Read a document as it arrives, as pileus_stream_new does. */
static inline pileus_stream *
pileus_format_stream(pileus_call *call, const pileus_format *format,
                     const char *items,
                     int32_t (*item)(void *user, pileus_call *call,
                                     const pileus_value *value),
                     void *user)
{
    return PILEUS_HOST(call)->json->stream_new(call, format, items, item, user);
}

PILEUS_END_DECLS

#endif
