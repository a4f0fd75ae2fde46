/* Digests and signatures, over OpenSSL. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/digest.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/data/encode.h"

#include <pileus/digest.h>

#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

_Static_assert(PILEUS_DIGEST_MAX == EVP_MAX_MD_SIZE, "room for every digest");

/* ---- algorithms ---------------------------------------------------------- */

static const struct algorithm {
    const char *name;
    const EVP_MD *(*md)(void);
} algorithms[] = {
    [PILEUS_DIGEST_MD5] = {"MD5", EVP_md5},
    [PILEUS_DIGEST_SHA1] = {"SHA-1", EVP_sha1},
    [PILEUS_DIGEST_SHA256] = {"SHA-256", EVP_sha256},
    [PILEUS_DIGEST_SHA512] = {"SHA-512", EVP_sha512},
};

static pileus_code
find(int32_t number, const struct algorithm **algorithm, pileus_error **err)
{
    int32_t count = sizeof algorithms / sizeof algorithms[0];

    if (number < PILEUS_DIGEST_MD5 || number >= count) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "there is no digest of number %d: use one of "
                              "MD5, SHA-1, SHA-256 and SHA-512",
                              (int)number);
    }
    *algorithm = &algorithms[number];
    return PILEUS_OK;
}

/* OpenSSL refused, though the algorithm is one of its own. */
static pileus_code
refuse(const struct algorithm *algorithm, pileus_error **err)
{
    if (ERR_GET_REASON(ERR_peek_last_error()) == ERR_R_MALLOC_FAILURE) {
        return pil__error_no_memory(err);
    }
    return pil__error_set(err, PILEUS_NOT_SUPPORTED,
                          "this system's OpenSSL refuses %s, as it does in "
                          "FIPS mode: allow it there, or use a system that "
                          "does",
                          algorithm->name);
}

/* ---- digests ------------------------------------------------------------- */

/* What OpenSSL leaves in the thread's queue of errors is taken out of it, so
 * that the application finds there what is its own. */

bool
pil__sha1_hex(const void *data, size_t size, char out[PIL__SHA1_HEX_SIZE])
{
    uint8_t digest[PILEUS_DIGEST_MAX];
    size_t length = 0;

    if (pil__digest(PILEUS_DIGEST_SHA1, data, size, digest, &length, NULL) !=
        PILEUS_OK) {
        return false;
    }
    pil__hex(digest, length, out);
    return true;
}

pileus_code
pil__digest(int32_t number, const void *data, size_t data_size, uint8_t *out,
            size_t *size, pileus_error **err)
{
    const struct algorithm *algorithm = NULL;
    unsigned int length = 0;
    pileus_code code = find(number, &algorithm, err);

    if (code != PILEUS_OK) {
        return code;
    }
    (void)ERR_set_mark();
    if (EVP_Digest(data, data_size, out, &length, algorithm->md(), NULL) != 1) {
        code = refuse(algorithm, err);
    }
    (void)ERR_pop_to_mark();
    *size = length;
    return code;
}

pileus_code
pil__hmac(int32_t number, const void *key, size_t key_size, const void *data,
          size_t data_size, uint8_t *out, size_t *size, pileus_error **err)
{
    const struct algorithm *algorithm = NULL;
    unsigned int length = 0;
    pileus_code code = find(number, &algorithm, err);

    if (code != PILEUS_OK) {
        return code;
    }
    if (key_size > INT_MAX) {
        return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                              "a key of %zu bytes is too long to sign with: "
                              "use a shorter one",
                              key_size);
    }
    (void)ERR_set_mark();
    if (HMAC(algorithm->md(), key_size == 0 ? "" : key, (int)key_size, data,
             data_size, out, &length) == NULL) {
        code = refuse(algorithm, err);
    }
    (void)ERR_pop_to_mark();
    *size = length;
    return code;
}

/* ---- signatures ---------------------------------------------------------- */

/* Nobody is there to be asked for a passphrase. *user is told that it was
 * needed. */
static int
no_passphrase(char *out, int size, int writing, void *user)
{
    (void)out;
    (void)size;
    (void)writing;
    *(bool *)user = true;
    return -1;
}

static pileus_code
read_key(EVP_PKEY **key, const char *pem, pileus_error **err)
{
    bool encrypted = false;
    BIO *bio = BIO_new_mem_buf(pem, -1);

    if (bio == NULL) {
        return pil__error_no_memory(err);
    }
    *key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, &encrypted);
    (void)BIO_free(bio);
    if (*key == NULL && encrypted) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "the private key is locked with a passphrase: "
                              "give it without one, as \"openssl pkey -in KEY "
                              "-out PLAIN\" makes it");
    }
    if (*key == NULL) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "the private key cannot be read: give one in "
                              "PEM, whole, from \"-----BEGIN\" on");
    }
    if (EVP_PKEY_base_id(*key) != EVP_PKEY_RSA) {
        return pil__error_set(err, PILEUS_CONFIGURATION,
                              "the private key is not one for RSA: give one "
                              "that is");
    }
    return PILEUS_OK;
}

static pileus_code
sign(EVP_PKEY *key, const struct algorithm *algorithm, const void *data,
     size_t data_size, uint8_t **out, size_t *size, pileus_error **err)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t room = (size_t)EVP_PKEY_size(key);
    uint8_t *made = pil__malloc(room);
    pileus_code code = PILEUS_OK;

    if (ctx == NULL || made == NULL) {
        code = pil__error_no_memory(err);
    } else if (EVP_DigestSignInit(ctx, NULL, algorithm->md(), NULL, key) != 1) {
        code = refuse(algorithm, err);
    } else if (EVP_DigestSign(ctx, made, &room, data, data_size) != 1) {
        code = pil__error_set(err, PILEUS_CONFIGURATION,
                              "the private key is too short to sign a %s "
                              "digest, or broken: give a longer one",
                              algorithm->name);
    }
    EVP_MD_CTX_free(ctx);
    if (code != PILEUS_OK) {
        pil__free(made);
        return code;
    }
    *out = made;
    *size = room;
    return PILEUS_OK;
}

pileus_code
pil__rsa_sign(int32_t number, const char *pem, const void *data,
              size_t data_size, uint8_t **out, size_t *size, pileus_error **err)
{
    const struct algorithm *algorithm = NULL;
    EVP_PKEY *key = NULL;
    pileus_code code = find(number, &algorithm, err);

    if (code != PILEUS_OK) {
        return code;
    }
    (void)ERR_set_mark();
    code = read_key(&key, pem, err);
    if (code == PILEUS_OK) {
        code = sign(key, algorithm, data, data_size, out, size, err);
    }
    EVP_PKEY_free(key);
    (void)ERR_pop_to_mark();
    return code;
}

bool
pil__secret_equal(const void *a, const void *b, size_t size)
{
    return CRYPTO_memcmp(a, b, size) == 0;
}
