/* The host table: digests, signatures, encodings. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/call/host_data.h"

#include "core/base/alloc.h"
#include "core/base/wipe.h"
#include "core/call/call.h"
#include "core/data/digest.h"
#include "core/data/encode.h"
#include "core/data/ssh_key.h"

#include <string.h>

static int32_t
digest_hash(pileus_call *call, int32_t algorithm, const void *data,
            size_t data_size, uint8_t *out, size_t *size)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__digest(algorithm, data, data_size, out, size, &error),
        &error);
}

static int32_t
digest_hmac(pileus_call *call, int32_t algorithm, const void *key,
            size_t key_size, const void *data, size_t data_size, uint8_t *out,
            size_t *size)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call,
        pil__hmac(algorithm, key, key_size, data, data_size, out, size, &error),
        &error);
}

static int32_t
digest_rsa_sign(pileus_call *call, int32_t algorithm, const char *pem,
                const void *data, size_t data_size, uint8_t **out, size_t *size)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__rsa_sign(algorithm, pem, data, data_size, out, size, &error),
        &error);
}

static int32_t
digest_unbase64(const char *text, size_t length, void *out, size_t *size)
{
    return pil__unbase64(
        text, length == PILEUS_NUL_TERMINATED ? strlen(text) : length, out,
        size);
}

static int32_t
digest_equal(const void *a, const void *b, size_t size)
{
    return pil__secret_equal(a, b, size);
}

static void
digest_release(void *memory, size_t size)
{
    pil__wipe(memory, size);
    pil__free(memory);
}

static int32_t
digest_ssh_fingerprint(pileus_call *call, const char *public_key, char *out)
{
    pileus_error *error = NULL;

    return pil__call_fail_as(
        call, pil__ssh_fingerprint(public_key, out, &error), &error);
}

const pileus_host_digest pil__host_digest = {
    .struct_size = sizeof(pileus_host_digest),
    .hash = digest_hash,
    .hmac = digest_hmac,
    .rsa_sign = digest_rsa_sign,
    .hex = pil__hex,
    .base64 = pil__base64,
    .equal = digest_equal,
    .wipe = pil__wipe,
    .release = digest_release,
    .ssh_fingerprint = digest_ssh_fingerprint,
    .unbase64 = digest_unbase64,
};
