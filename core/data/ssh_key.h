/* Public keys of SSH: their fingerprints. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_SSH_KEY_H
#define PIL__DATA_SSH_KEY_H

#include <pileus/error.h>

/* As digest.h says of the function of this name; out has room for
 * PILEUS_FINGERPRINT_SIZE. */
pileus_code pil__ssh_fingerprint(const char *public_key, char *out,
                                 pileus_error **err);

#endif
