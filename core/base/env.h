/* The environment, which a set-id program must not trust. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PIL__BASE_ENV_H
#define PIL__BASE_ENV_H

#include <stdbool.h>

/* Value of an environment variable; NULL when it is unset, and always in a
 * program that runs with more rights than whoever started it. Valid until the
 * application changes the environment: copy it at once. */
const char *pil__getenv(const char *name);

/* Is it such a program, so that libraries must not look there either? */
bool pil__env_is_foreign(void);

#endif
