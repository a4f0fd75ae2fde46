/* Is an error a good one? */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_JUDGE_H
#define SDK_CHECK_JUDGE_H

#include <pileus/pileus.h>

/* What a call came to: a failure has a code and says what it is. what: the
 * call, and what it was asked. */
void check_judge_error(const char *what, pileus_code code,
                       const pileus_error *err);

#endif
