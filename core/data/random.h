/* Random tokens. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__DATA_RANDOM_H
#define PIL__DATA_RANDOM_H

#include <pileus/error.h>

/* Write twice as many hex digits as bytes, and a NUL, from the system's random
 * source. */
pileus_code pil__random_hex(char *out, size_t bytes, pileus_error **err);

#endif
