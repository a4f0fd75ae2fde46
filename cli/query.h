/* The query that a listing's filters make. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_QUERY_H
#define CLI_QUERY_H

#include "cli/args.h"

#include <pileus/compute.h>

/* Make it, to be freed; an exit code, CLI_DONE or what was reported. */
int cli_query_make(pileus_query **query, const cli_args *args);

/* A state of the noun's objects by its name; false: there is none, and that
 * was reported. */
bool cli_state_parse(int32_t *state, const char *name, const cli_args *args);

/* The names of all of them, and how many there are. */
#define CLI_STATES_MAX 32
size_t cli_state_names(const char *names[CLI_STATES_MAX], const cli_args *args);

#endif
