/* Help, made from the tables of nouns, verbs and options, and manifests. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/args.h"

#include <pileus/driver_list.h>

/* Write the help that the command line asks for to standard output. Returns an
 * exit code: a driver named with -d may be unknown, which is reported. */
int cli_help(const cli_args *args);

/* Write the options of a driver to standard output. */
void cli_help_driver(const pileus_driver_info *driver);

#endif
