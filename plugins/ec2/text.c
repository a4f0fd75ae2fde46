/* Words for what fails in many places. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

int32_t
ec2_no_memory(pileus_call *call)
{
    return pileus_fail(call, PILEUS_NO_MEMORY, "no memory for a request");
}

const char *
ec2_reason(int error, char reason[EC2_REASON_SIZE])
{
    if (strerror_r(error, reason, EC2_REASON_SIZE) != 0) {
        (void)snprintf(reason, EC2_REASON_SIZE, "error %d", error);
    }
    return reason;
}
