/* The state file's text: nodes as lines, and lines as nodes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef DUMMY_STATE_H
#define DUMMY_STATE_H

#include "nodes.h"

/*
 *   pileus-dummy 1
 *   last SERIAL NUMBER
 *   node SERIAL NUMBER HOST STATE READY seeded
 *   node SERIAL NUMBER HOST STATE READY created [TOKEN]
 *   end COUNT CHECKSUM
 *
 * or, once there was an address, and while a node waits for its resize to be
 * confirmed or reverted,
 *
 *   pileus-dummy 2
 *   last SERIAL NUMBER ADDRESS
 *   node ... (as above)
 *   address ADDRESS POOL HOST SERIAL
 *   end COUNT CHECKSUM
 *
 * One line each, single blanks. Serials ascend. The second line has the highest
 * serial and number that were ever given out; HOST is the node's host number in
 * 127.0.0.0/8. READY is the time from which a created node is no longer
 * pending, in milliseconds since 1970, or 0. A token may hold blanks. ADDRESSes
 * ascend, too; their HOST is that in the pool's network, SERIAL that of the
 * node they lead to, or 0. COUNT is that of nodes and addresses. The checksum
 * is FNV-1a, 64 bits in hexadecimal, over all lines before the last.
 */

/* The text of the nodes in *data, to be freed. False: no memory. */
bool dummy_state_encode(const struct dummy_nodes *nodes, char **data,
                        size_t *size);

/* The nodes of a text, added to *nodes, which is empty. path is for messages:
 * each says what is wrong with the file, and what to do. */
int32_t dummy_state_decode(struct dummy_nodes *nodes, pileus_call *call,
                           const char *path, const char *data, size_t size);

#endif
