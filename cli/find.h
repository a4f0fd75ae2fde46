/* Which object is meant: by id, or else by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_FIND_H
#define CLI_FIND_H

#include "cli/column.h"

/* The object of a kind with this id, or else the only one of this name, in
 * *object: a new reference. Returns an exit code: CLI_DONE, or what was
 * reported. about (may be NULL) is for the report. */
int cli_find(void **object, const cli_kind *kind, pileus_connection *conn,
             const char *word, pileus_call *call, const char *about);

#endif
