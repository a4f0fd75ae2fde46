/* The system's words for an errno: strerror_r, of which there are two. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/errno.h"

#include <stdio.h>
#include <string.h>

const char *
pil__errno_text(int number, char buffer[PIL__ERRNO_TEXT_MAX])
{
#ifdef STRERROR_R_CHAR_P
    return strerror_r(number, buffer, PIL__ERRNO_TEXT_MAX);
#else
    if (strerror_r(number, buffer, PIL__ERRNO_TEXT_MAX) != 0) {
        (void)snprintf(buffer, PIL__ERRNO_TEXT_MAX, "error %d", number);
    }
    return buffer;
#endif
}
