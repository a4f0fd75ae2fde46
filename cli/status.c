/* How the command ends: exit codes, and how several results make one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/status.h"

int
cli_status_of(pileus_code code)
{
    switch (code) {
    case PILEUS_OK:
        return CLI_DONE;
    case PILEUS_INVALID_ARGUMENT:
    case PILEUS_CONFIGURATION:
        return CLI_USAGE;
    case PILEUS_NOT_FOUND:
        return CLI_NOT_FOUND;
    case PILEUS_AUTHENTICATION:
        return CLI_AUTHENTICATION;
    case PILEUS_TIMEOUT:
        return CLI_TIMEOUT;
    default:
        return CLI_FAILED;
    }
}

int
cli_status_of_opening(pileus_code code)
{
    return code == PILEUS_NOT_FOUND ? CLI_USAGE : cli_status_of(code);
}

void
cli_tally_add(cli_tally *tally, int status)
{
    if (status == CLI_DONE) {
        tally->done++;
        return;
    }
    if (tally->failed == 0) {
        tally->first = status;
    }
    tally->failed++;
}

int
cli_tally_status(const cli_tally *tally)
{
    if (tally->failed == 0) {
        return CLI_DONE;
    }
    return tally->done == 0 ? tally->first : CLI_PARTIAL;
}
