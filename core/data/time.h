/* Times as text. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_TIME_H
#define PIL__DATA_TIME_H

#include <stdbool.h>
#include <stdint.h>

/* A time of RFC 3339, or of ISO 8601 in its spirit, as ns since 1970 UTC: with
 * "T", "t" or a blank between, a fraction of any length behind "." or ",", and
 * "Z", "+02:00", "+0200", "+02" or nothing (which is UTC) at its end. A leap
 * second is the second after it. False, and *ns left alone: it is none, or not
 * within 1970 to 2261. */
bool pil__time_parse(const char *text, int64_t *ns);

#endif
