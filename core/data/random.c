/* Random tokens, over OpenSSL. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/random.h"

#include "core/base/error.h"

#include <openssl/rand.h>

pileus_code
pil__random_hex(char *out, size_t bytes, pileus_error **err)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < bytes; i++) {
        unsigned char byte;

        if (RAND_bytes(&byte, 1) != 1) {
            return pil__error_set(err, PILEUS_UNAVAILABLE,
                                  "the system gives no random bytes: give a "
                                  "token of your own, or try again");
        }
        out[2 * i] = digits[byte >> 4];
        out[2 * i + 1] = digits[byte & 15];
    }
    out[2 * bytes] = '\0';
    return PILEUS_OK;
}
