/* Asking before something is destroyed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CONFIRM_H
#define CLI_CONFIRM_H

#include "cli/args.h"

#include <pileus/compute.h>

/* Can the question be put, or is it answered by --yes? False: neither, and
 * that was reported. */
bool cli_confirm_possible(const cli_args *args);

/* Shall the node be destroyed? Time spent on the answer is not the call's. */
bool cli_confirm_destroy(const cli_args *args, const pileus_node *node,
                         pileus_call *call);

#endif
