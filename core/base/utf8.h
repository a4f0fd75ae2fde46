/* UTF-8: what is well-formed, and what to do with what is not. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_UTF8_H
#define PIL__BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Length of the well-formed sequence (RFC 3629) that data begins with; 0 if
 * there is none. */
size_t pil__utf8_sequence(const char *data, size_t size);
bool pil__utf8_valid(const char *data, size_t size);
/* Is it valid UTF-8 without NULs? Quick for ASCII. */
bool pil__utf8_clean(const char *data, size_t size);
/* Is it valid UTF-8 without NULs and control characters? What ids must be. */
bool pil__utf8_plain(const char *data, size_t size);
/* Write data to out with each bad byte, and each NUL, replaced by U+FFFD.
 * out NULL only counts. Returns the bytes written; at most 3 * size. */
size_t pil__utf8_mend(char *out, const char *data, size_t size);

#endif
