/* What belongs to the whole process, and no driver may touch. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SDK_CHECK_PROCESS_H
#define SDK_CHECK_PROCESS_H

#include <pileus/common.h>

/* Remember how things are now. */
void check_process_remember(void);
/* What is different is a finding. */
void check_process_compare(void);

#endif
