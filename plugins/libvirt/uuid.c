/* The UUID of a domain, from the token of its creation. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "uuid.h"

#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

/* Version 5 of RFC 9562: SHA-1 of a name space, which is pileus's own, and a
 * name in it. */
static const unsigned char name_space[VIR_UUID_BUFLEN] = {
    0x3e, 0x0f, 0x5a, 0x9c, 0x71, 0xd8, 0x4b, 0x26,
    0x9a, 0x44, 0xc3, 0x17, 0x6d, 0x52, 0xe0, 0x8b,
};

bool
lv_uuid_of_token(char uuid[VIR_UUID_STRING_BUFLEN], const char *token)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *sha1 = EVP_MD_CTX_new();
    size_t at = 0;
    bool done = sha1 != NULL &&
                EVP_DigestInit_ex(sha1, EVP_sha1(), NULL) == 1 &&
                EVP_DigestUpdate(sha1, name_space, sizeof name_space) == 1 &&
                EVP_DigestUpdate(sha1, token, strlen(token)) == 1 &&
                EVP_DigestFinal_ex(sha1, digest, NULL) == 1;

    EVP_MD_CTX_free(sha1);
    if (!done) {
        return false;
    }
    digest[6] = (unsigned char)((digest[6] & 0x0f) | 0x50);
    digest[8] = (unsigned char)((digest[8] & 0x3f) | 0x80);
    for (size_t i = 0; i < VIR_UUID_BUFLEN; i++) {
        const char *dash = i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "";

        at += (size_t)snprintf(uuid + at, VIR_UUID_STRING_BUFLEN - at, "%s%02x",
                               dash, digest[i]);
    }
    return true;
}
