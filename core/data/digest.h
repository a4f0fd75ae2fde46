/* Digests and signatures, over OpenSSL. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_DIGEST_H
#define PIL__DATA_DIGEST_H

#include <pileus/error.h>

#define PIL__SHA1_HEX_SIZE 41

/* SHA-1 of the bytes as 40 lowercase hex digits and a NUL: for names that are
 * the same everywhere, not for secrets. False: no memory, or an OpenSSL that
 * was forbidden SHA-1. */
bool pil__sha1_hex(const void *data, size_t size, char out[PIL__SHA1_HEX_SIZE]);

/* As digest.h says of the functions of these names. An algorithm that there is
 * not is PILEUS_INVALID_ARGUMENT; one that the system forbids,
 * PILEUS_NOT_SUPPORTED; a key that cannot sign, PILEUS_CONFIGURATION. */
pileus_code pil__digest(int32_t algorithm, const void *data, size_t data_size,
                        uint8_t *out, size_t *size, pileus_error **err);
pileus_code pil__hmac(int32_t algorithm, const void *key, size_t key_size,
                      const void *data, size_t data_size, uint8_t *out,
                      size_t *size, pileus_error **err);
/* *out is freed with pil__free. */
pileus_code pil__rsa_sign(int32_t algorithm, const char *pem, const void *data,
                          size_t data_size, uint8_t **out, size_t *size,
                          pileus_error **err);

/* Are they the same? In a time that does not tell where they differ. */
bool pil__secret_equal(const void *a, const void *b, size_t size);

#endif
