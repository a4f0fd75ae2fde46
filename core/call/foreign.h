/* Formats of a driver's own, read by its parser. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_FOREIGN_H
#define PIL__CALL_FOREIGN_H

#include "core/data/json_events.h"

#include <pileus/format.h>

/* The first member is what PILEUS_HOST wants. */
struct pileus_events {
    const pileus_host *host;
    pileus_call *call;
    pil__events inside;
};

/* A driver's parser, and where its events go. */
typedef struct pil__foreign {
    pileus_format format;
    pileus_events events;
    void *parser;
} pil__foreign;

/* Have it make values with the reader. PILEUS_OK, or the failure is reported.
 * To be ended if it has begun. */
int32_t pil__foreign_begin(pil__foreign *foreign, pileus_call *call,
                           const pileus_format *format, pil__reader *reader);
int32_t pil__foreign_feed(pil__foreign *foreign, const char *data, size_t size);
/* The bytes are over; whether the events are, the reader knows. */
int32_t pil__foreign_end(pil__foreign *foreign);
void pil__foreign_free(pil__foreign *foreign);

#endif
