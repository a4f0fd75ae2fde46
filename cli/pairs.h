/* Options of the command line that are pairs: KEY=VALUE. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_PAIRS_H
#define CLI_PAIRS_H

#include "cli/args.h"

#include <pileus/error.h>

/* Adds one pair to an object; value is NULL for a key alone. */
typedef pileus_code (*cli_pair_fn)(void *object, const char *key,
                                   const char *value, pileus_error **err);

/* Add all pairs of an option, which need a value unless key_alone. Returns an
 * exit code; a mistake in the command line has been reported, anything else
 * is in *err. */
int cli_pairs_add(void *object, const cli_args *args, cli_option option,
                  bool key_alone, cli_pair_fn add, pileus_error **err);

#endif
