/* Asking before something is destroyed or deleted. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CONFIRM_H
#define CLI_CONFIRM_H

#include "cli/column.h"

/* Can the question be put, or is it answered by --yes? False: neither, and
 * that was reported. */
bool cli_confirm_possible(const cli_args *args);

/* Shall the verb be done to the object? Time spent on the answer is not the
 * call's. */
bool cli_confirm(const cli_args *args, const cli_kind *kind, const void *object,
                 pileus_call *call);

/* What an object is after the verb: "destroyed". */
const char *cli_confirm_done(const cli_args *args);

#endif
