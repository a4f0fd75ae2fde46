/* GoGrid's signature: key, secret and time, in one MD5. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "gogrid.h"

#include <inttypes.h>
#include <stdlib.h>

#define MD5_SIZE 16

int32_t
gg_signature(pileus_call *call, const char *key, const char *secret,
             int64_t seconds, char signature[GG_SIGNATURE_SIZE])
{
    size_t room = strlen(key) + strlen(secret) + 24;
    char *text = malloc(room);
    uint8_t digest[PILEUS_DIGEST_MAX];
    size_t size = 0;
    int32_t code;

    if (text == NULL) {
        return pileus_fail(call, PILEUS_NO_MEMORY,
                           "no memory for signing a request");
    }
    (void)snprintf(text, room, "%s%s%" PRId64, key, secret, seconds);
    code = pileus_digest(call, PILEUS_DIGEST_MD5, text, strlen(text), digest,
                         &size);
    pileus_wipe(call, text, strlen(text));
    free(text);
    if (code == PILEUS_OK) {
        pileus_hex(call, digest, MD5_SIZE, signature);
    }
    return code;
}
