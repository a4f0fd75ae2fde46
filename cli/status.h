/* How the command ends: exit codes, and how several results make one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

#include <pileus/common.h>

enum {
    CLI_DONE = 0,
    CLI_FAILED = 1,         /* the provider or driver said no; output failed */
    CLI_USAGE = 2,          /* command line, options, settings */
    CLI_PARTIAL = 3,        /* some of several failed */
    CLI_NOT_FOUND = 4,      /* the thing named does not exist */
    CLI_AUTHENTICATION = 5, /* credentials refused */
    CLI_TIMEOUT = 124,      /* as timeout(1) has it */
    CLI_SIGNAL = 128        /* and the signal's number */
};

/* Exit code for a failed call; for one that opened a connection, where what
 * is not found is the driver or what the options name. */
int cli_status_of(pileus_code code);
int cli_status_of_opening(pileus_code code);

/* Results counted. Zeroed, it is empty. */
typedef struct cli_tally {
    size_t done;
    size_t failed;
    int first; /* exit code of the first that failed */
} cli_tally;

void cli_tally_add(cli_tally *tally, int status);
/* 0 when all were done, the first failure's when all failed, else
 * CLI_PARTIAL. */
int cli_tally_status(const cli_tally *tally);

#endif
