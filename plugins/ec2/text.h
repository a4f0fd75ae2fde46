/* Words for what fails in many places. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef EC2_TEXT_H
#define EC2_TEXT_H

#include <pileus/driver.h>

int32_t ec2_no_memory(pileus_call *call);

/* What an errno means. */
#define EC2_REASON_SIZE 128
const char *ec2_reason(int error, char reason[EC2_REASON_SIZE]);

#endif
