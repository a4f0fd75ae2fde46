/* Which node is meant: by id, or else by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_NODE_FIND_H
#define CLI_NODE_FIND_H

#include <pileus/compute.h>

/* The node of this id, or else the only one of this name, in *node: a new
 * reference. Returns an exit code: CLI_DONE, or what was reported. about (may
 * be NULL) is for the report. */
int cli_node_find(pileus_node **node, pileus_connection *conn, const char *word,
                  pileus_call *call, const char *about);

#endif
