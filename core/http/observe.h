/* Who watches exchanges: the trace and the recorder. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__HTTP_OBSERVE_H
#define PIL__HTTP_OBSERVE_H

#include "core/http/job.h"

/* Show that the attempt goes out, and how it ended: with an answer, or in
 * words without one. (trace.c) */
void pil__trace_sent(pil__job *job);
void pil__trace_answered(pil__job *job);
void pil__trace_ended(pil__job *job, const char *words);

/* Write down the attempt and its whole answer. (recorder.c) */
void pil__recorder_add(pil__job *job);

#endif
