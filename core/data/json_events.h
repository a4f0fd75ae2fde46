/* Values made of events, which a parser of another format tells. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_JSON_EVENTS_H
#define PIL__DATA_JSON_EVENTS_H

#include "core/data/json_reader.h"

/* The reader is foreign. Unlike yajl, who tells may be wrong: what stands where
 * it cannot is refused. */
typedef struct pil__events {
    pil__reader *reader;
    bool keyed; /* a key has come, and its value not yet */
} pil__events;

/* PIL__GO_ON, or PIL__STOP, with the reader's code and error saying why; and
 * that again from then on, without an error. */
int pil__events_open(pil__events *events, pileus_type type);
int pil__events_close(pil__events *events);
int pil__events_key(pil__events *events, const char *key, size_t size);
int pil__events_string(pil__events *events, const char *text, size_t size);
int pil__events_integer(pil__events *events, int64_t number);
int pil__events_double(pil__events *events, double number);
int pil__events_boolean(pil__events *events, bool value);
int pil__events_null(pil__events *events);

#endif
