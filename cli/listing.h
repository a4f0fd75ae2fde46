/* Listings: of one connection, or of a fleet of them at once. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include "cli/output.h"

#include <pileus/pileus.h>

/* One connection's part of a listing. */
typedef struct cli_listing cli_listing;

/* Lists one kind: each object goes to cli_listing_add with the listing. */
typedef pileus_code (*cli_lister)(pileus_connection *conn,
                                  const pileus_query *query,
                                  cli_listing *listing, pileus_call *call,
                                  pileus_error **err);

/* False: enough. */
bool cli_listing_add(cli_listing *listing, const void *object);

/* List as the command line says; returns the exit code. */
int cli_listing_run(const cli_args *args, const cli_kind *kind,
                    cli_lister lister);

#endif
