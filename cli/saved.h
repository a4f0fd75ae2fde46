/* Objects that were saved, instead of the provider's. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SAVED_H
#define CLI_SAVED_H

#include "cli/args.h"
#include "cli/column.h"

/* What --saved names, as objects of a connection; NULL in *list when there is
 * no --saved. Returns an exit code: CLI_DONE, or what was reported. */
int cli_saved_load(pileus_list **list, const cli_args *args,
                   pileus_connection *conn);

/* The object of a kind with this id, or else the only one of this name, among
 * them: a new reference. Returns an exit code: CLI_DONE, or what was
 * reported. */
int cli_saved_find(void **object, const cli_kind *kind, const pileus_list *list,
                   const char *word);

#endif
