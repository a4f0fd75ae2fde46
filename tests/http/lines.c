/* A format for tests: a document with one event in each line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/http/lines.h"

#include <stdlib.h>

typedef struct lines {
    pileus_call *call;
    pileus_events *events;
    char line[256];
    size_t length;
} lines;

static void *
lines_begin(pileus_call *call, pileus_events *events)
{
    lines *self = calloc(1, sizeof *self);

    if (self == NULL) {
        (void)pileus_fail(call, PILEUS_NO_MEMORY, "no memory");
        return NULL;
    }
    self->call = call;
    self->events = events;
    return self;
}

static int32_t
tell(lines *self)
{
    const char *text = self->length > 2 ? self->line + 2 : "";
    size_t size = strlen(text);

    switch (self->line[0]) {
    case '{':
        return pileus_event_open_dict(self->events);
    case '[':
        return pileus_event_open_list(self->events);
    case '}':
    case ']':
        return pileus_event_close(self->events);
    case 'k':
        return pileus_event_key(self->events, text, size);
    case 's':
        return pileus_event_string(self->events, text, size);
    case 'i':
        return pileus_event_integer(self->events, strtoll(text, NULL, 10));
    case 'f':
        return pileus_event_double(self->events, strtod(text, NULL));
    case 'b':
        return pileus_event_boolean(self->events, *text == '1');
    case '0':
        return pileus_event_null(self->events);
    case '~':
        (void)pileus_event_close(self->events);
        (void)pileus_event_close(self->events);
        return PILEUS_OK;
    default:
        return pileus_fail(self->call, PILEUS_PROTOCOL,
                           "the line '%s' is no event", self->line);
    }
}

static int32_t
lines_feed(void *reader, const char *data, size_t size)
{
    lines *self = reader;
    int32_t code = PILEUS_OK;

    for (size_t i = 0; code == PILEUS_OK && i < size; i++) {
        if (data[i] != '\n') {
            self->line[self->length] = data[i];
            self->length += self->length < sizeof self->line - 1;
            continue;
        }
        self->line[self->length] = '\0';
        code = self->length == 0 ? PILEUS_OK : tell(self);
        self->length = 0;
    }
    return code;
}

static int32_t
lines_end(void *reader)
{
    const lines *self = reader;

    return self->length == 0 ? PILEUS_OK
                             : pileus_fail(self->call, PILEUS_PROTOCOL,
                                           "the last line has no end");
}

static void
lines_free(void *reader)
{
    free(reader);
}

const pileus_format lines_format = {
    .struct_size = sizeof lines_format,
    .name = "lines",
    .accept = "text/lines",
    .begin = lines_begin,
    .feed = lines_feed,
    .end = lines_end,
    .free = lines_free,
};
