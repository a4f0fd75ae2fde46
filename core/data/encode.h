/* Bytes as text: hex and base64. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_ENCODE_H
#define PIL__DATA_ENCODE_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that the text of size bytes takes, with its NUL. */
#define PIL__HEX_SIZE(size) (2 * (size) + 1)
#define PIL__BASE64_SIZE(size) (4 * (((size) + 2) / 3) + 1)

/* Lowercase. */
void pil__hex(const void *data, size_t size, char *out);
/* RFC 4648, with padding. */
void pil__base64(const void *data, size_t size, char *out);
/* The bytes again, in out, which has room for 3 of every 4 characters and may
 * be the text's own place. False: the text is none, to the last bit. */
bool pil__unbase64(const char *text, size_t length, void *out, size_t *size);

#endif
