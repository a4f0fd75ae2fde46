/* The environment, which a set-id program must not trust. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "core/base/env.h"

#include <stdlib.h>
#include <unistd.h>

const char *
pil__getenv(const char *name)
{
#ifdef HAVE_SECURE_GETENV
    return secure_getenv(name);
#else
    return geteuid() != getuid() || getegid() != getgid() ? NULL : getenv(name);
#endif
}

bool
pil__env_is_foreign(void)
{
    return geteuid() != getuid() || getegid() != getgid();
}
