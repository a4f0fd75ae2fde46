/* What a node shall be, as the command line says. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_NODE_SPEC_H
#define CLI_NODE_SPEC_H

#include "cli/args.h"

#include <pileus/compute.h>

/* Make it, to be freed. Returns an exit code: CLI_DONE, or what was
 * reported. */
int cli_node_spec_make(pileus_node_spec **spec, const cli_args *args);

#endif
