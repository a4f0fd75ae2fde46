/* Digests, signatures and encodings for drivers. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PILEUS_DIGEST_H
#define PILEUS_DIGEST_H

#include <pileus/driver.h>

PILEUS_BEGIN_DECLS

enum {
    PILEUS_DIGEST_MD5 = 1,    /* 16 bytes; only where a provider wants it */
    PILEUS_DIGEST_SHA1 = 2,   /* 20 bytes */
    PILEUS_DIGEST_SHA256 = 3, /* 32 bytes */
    PILEUS_DIGEST_SHA512 = 4  /* 64 bytes */
};

#define PILEUS_DIGEST_MAX 64

/* The digest in out, of PILEUS_DIGEST_MAX bytes, and its size in *size. */
static inline int32_t
pileus_digest(pileus_call *call, int32_t algorithm, const void *data,
              size_t data_size, uint8_t *out, size_t *size)
{
    return PILEUS_HOST(call)->digest->hash(call, algorithm, data, data_size,
                                           out, size);
}

/* RFC 2104. */
static inline int32_t
pileus_hmac(pileus_call *call, int32_t algorithm, const void *key,
            size_t key_size, const void *data, size_t data_size, uint8_t *out,
            size_t *size)
{
    return PILEUS_HOST(call)->digest->hmac(call, algorithm, key, key_size, data,
                                           data_size, out, size);
}

/* RSASSA-PKCS1-v1_5 (RFC 8017) with a private key in PEM; *out is freed with
 * pileus_release. */
static inline int32_t
pileus_rsa_sign(pileus_call *call, int32_t algorithm, const char *pem,
                const void *data, size_t data_size, uint8_t **out, size_t *size)
{
    return PILEUS_HOST(call)->digest->rsa_sign(call, algorithm, pem, data,
                                               data_size, out, size);
}

/* Lowercase hex, and a NUL: out has room for 2 * size + 1. */
static inline void
pileus_hex(pileus_call *call, const void *data, size_t size, char *out)
{
    PILEUS_HOST(call)->digest->hex(data, size, out);
}

/* RFC 4648 base64 with padding, and a NUL: out has room for 4 * ((size + 2) /
 * 3) + 1. */
static inline void
pileus_base64(pileus_call *call, const void *data, size_t size, char *out)
{
    PILEUS_HOST(call)->digest->base64(data, size, out);
}

/* The bytes of base64, in out, which has room for 3 of every 4 characters and
 * may be the text's own place, and how many there are in *size. false: that is
 * no base64 with padding, to the last bit; line ends, too, are none. length may
 * be PILEUS_NUL_TERMINATED. */
static inline bool
pileus_unbase64(pileus_call *call, const char *text, size_t length, void *out,
                size_t *size)
{
    return PILEUS_HOST(call)->digest->unbase64(text, length, out, size) != 0;
}

/* Are they the same? In a time that does not tell where they differ. */
static inline bool
pileus_equal(pileus_call *call, const void *a, const void *b, size_t size)
{
    return PILEUS_HOST(call)->digest->equal(a, b, size) != 0;
}

/* Overwrite a secret, in a way that no compiler leaves out. */
static inline void
pileus_wipe(pileus_call *call, void *memory, size_t size)
{
    PILEUS_HOST(call)->digest->wipe(memory, size);
}

/* Wipe and free what the core gave; NULL is allowed. */
static inline void
pileus_release(pileus_call *call, void *memory, size_t size)
{
    PILEUS_HOST(call)->digest->release(memory, size);
}

#define PILEUS_FINGERPRINT_SIZE 48

/* The MD5 fingerprint ("3b:16:…") of a public key in OpenSSH's one-line form,
 * by which many providers know a key: out has room for
 * PILEUS_FINGERPRINT_SIZE. PILEUS_INVALID_ARGUMENT, reported, if it is no such
 * key. */
static inline int32_t
pileus_ssh_fingerprint(pileus_call *call, const char *public_key, char *out)
{
    return PILEUS_HOST(call)->digest->ssh_fingerprint(call, public_key, out);
}

PILEUS_END_DECLS

#endif
