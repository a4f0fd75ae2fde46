/* Listings: of one connection, or of a fleet of them at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "cli/output.h"

#include <pileus/pileus.h>

/* Lists in a way of its own, which the command line says. */
typedef pileus_code (*cli_lister)(pileus_connection *conn,
                                  const pileus_query *query, cli_taker *to,
                                  const cli_args *args, pileus_call *call,
                                  pileus_error **err);

/* List as the command line says, with the lister or else as the kind does;
 * returns the exit code. */
int cli_listing_run(const cli_args *args, const cli_kind *kind,
                    cli_lister lister);

#endif
