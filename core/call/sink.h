/* Sinks: where a driver puts the objects it makes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_SINK_H
#define PIL__CALL_SINK_H

#include "core/call/call.h"
#include "core/model/object.h"

#include <pileus/compute.h>

/* Takes a finished object, which the sink lets go of afterwards; false when
 * it has had enough. */
typedef bool (*pil__sink_fn)(void *user, pil__object *object);

/* The first member is what PILEUS_HOST wants. */
struct pileus_sink {
    const pileus_host *host;
    pileus_call *call;
    pileus_connection *conn;
    const char *type; /* the driver's, for uuids */
    pileus_kind kind; /* of objects that are expected */
    const pileus_query *query;
    pil__sink_fn fn; /* NULL: nothing may be put, as into "after" */
    void *user;
    bool enough;
    pil__object **open; /* records begun and neither put nor dropped */
    size_t open_count;
    size_t open_capacity;
    size_t expected;    /* bytes that an object takes */
    pil__slabs *slabs;  /* where objects come from that are kept */
    pil__arena scratch; /* of drafts of the records that are open */
};

/* Drop what the driver left behind. */
void pil__sink_end(pileus_sink *sink);

extern const pileus_host_record pil__host_record;
extern const pileus_host_extra pil__host_extra;

#endif
