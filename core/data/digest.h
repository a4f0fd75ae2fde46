/* Digests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_DIGEST_H
#define PIL__DATA_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

#define PIL__SHA1_HEX_SIZE 41

/* SHA-1 of the bytes as 40 lowercase hex digits and a NUL: for names that are
 * the same everywhere, not for secrets. False: no memory, or an OpenSSL that
 * was forbidden SHA-1. */
bool pil__sha1_hex(const void *data, size_t size, char out[PIL__SHA1_HEX_SIZE]);

#endif
