/* The public key that --ssh-key gives. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SSH_KEY_H
#define CLI_SSH_KEY_H

#include "cli/args.h"
#include "cli/input.h"

/* Read it, from a file or as it is, to be wiped; there is none when the option
 * was not given. Returns an exit code: CLI_DONE, or what was reported. */
int cli_ssh_key_read(cli_input *key, const cli_args *args);

#endif
