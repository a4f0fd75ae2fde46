/* Public keys of SSH: their fingerprints. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/data/ssh_key.h"

#include "core/base/alloc.h"
#include "core/base/error.h"
#include "core/data/digest.h"
#include "core/data/encode.h"

#include <pileus/digest.h>

#include <stdio.h>
#include <string.h>

#define BLANKS " \t"
#define MD5_SIZE 16
#define LENGTH_SIZE 4 /* of a string in a key: big-endian, in front of it */

static pileus_code
refuse(pileus_error **err)
{
    return pil__error_set(err, PILEUS_INVALID_ARGUMENT,
                          "that is no public key in OpenSSH's form: give the "
                          "one line of a .pub file, such as \"ssh-ed25519 "
                          "AAAA... name\"");
}

/* Does the key name its own type first? */
static bool
is_of_type(const uint8_t *blob, size_t size, const char *type, size_t length)
{
    size_t told = size < LENGTH_SIZE
                      ? 0
                      : (size_t)blob[0] << 24 | (size_t)blob[1] << 16 |
                            (size_t)blob[2] << 8 | blob[3];

    return told == length && size > LENGTH_SIZE + length &&
           memcmp(blob + LENGTH_SIZE, type, length) == 0;
}

pileus_code
pil__ssh_fingerprint(const char *public_key, char *out, pileus_error **err)
{
    const char *type = public_key + strspn(public_key, BLANKS);
    size_t type_length = strcspn(type, BLANKS "\r\n");
    const char *text = type + type_length + strspn(type + type_length, BLANKS);
    size_t length = strcspn(text, BLANKS "\r\n");
    uint8_t md5[PILEUS_DIGEST_MAX];
    uint8_t *blob = pil__malloc(length + 1);
    size_t size = 0;
    pileus_code code;

    if (blob == NULL) {
        return pil__error_no_memory(err);
    }
    code = type_length > 0 && pil__unbase64(text, length, blob, &size) &&
                   is_of_type(blob, size, type, type_length)
               ? pil__digest(PILEUS_DIGEST_MD5, blob, size, md5, &size, err)
               : refuse(err);
    pil__free(blob);
    for (size_t i = 0; code == PILEUS_OK && i < MD5_SIZE; i++) {
        (void)snprintf(out + 3 * i, 4, "%02x%s", (unsigned)md5[i],
                       i + 1 < MD5_SIZE ? ":" : "");
    }
    return code;
}
