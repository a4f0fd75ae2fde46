/* Waiting for a node's state. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_NODE_WAIT_H
#define CLI_NODE_WAIT_H

#include <pileus/compute.h>

/* Wait until the node is in the wanted state; *node is replaced by its newest
 * facts. Returns an exit code: CLI_DONE, or what was reported. about (may be
 * NULL) is for the report. */
int cli_node_wait_for(pileus_node **node, pileus_state wanted,
                      pileus_call *call, const char *about);

#endif
