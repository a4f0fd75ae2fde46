/* Digests, over OpenSSL. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/digest.h"

#include <openssl/evp.h>
#include <stdint.h>

bool
pil__sha1_hex(const void *data, size_t size, char out[PIL__SHA1_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned int length = 0;

    if (EVP_Digest(data, size, digest, &length, EVP_sha1(), NULL) != 1 ||
        length * 2 + 1 != PIL__SHA1_HEX_SIZE) {
        return false;
    }
    for (unsigned int i = 0; i < length; i++) {
        out[i * 2] = digits[digest[i] >> 4];
        out[i * 2 + 1] = digits[digest[i] & 0xF];
    }
    out[length * 2U] = '\0';
    return true;
}
