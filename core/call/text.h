/* Texts that are given away: a console's, saved objects. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__CALL_TEXT_H
#define PIL__CALL_TEXT_H

#include "core/call/call.h"

#include <pileus/value.h>

/* An empty one, for the driver to fill in this call (NULL: no driver fills it);
 * NULL: no memory. */
pileus_text *pil__text_new(pileus_call *call);
/* Add bytes, whatever their number. False: no memory. */
bool pil__text_append(pileus_text *text, const char *bytes, size_t size);
/* The driver has ended; code is what it returned. PILEUS_OK, or the failure is
 * reported: what the driver's, or one of an addition that it passed over. The
 * last so many lines are left; 0: all. */
int32_t pil__text_end(pileus_text *text, int32_t code, uint64_t lines);

/* The part of the host table that is about texts. */
extern const pileus_host_text pil__host_text;

#endif
