/* The command line, taken apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H

#include "cli/memory.h"
#include "cli/verbs.h"

#include <pileus/common.h>

/* Strings are those of the command line. */
struct cli_args {
    const cli_noun *noun; /* NULL: none was given */
    const cli_verb *verb; /* NULL: none was given */
    cli_strings operands; /* with noun and verb before the verb is known */
    cli_strings values[CLI_OPTION_COUNT]; /* "" for one without a value */
    bool options_ended;                   /* by "--" */
};

/* Take the command line apart and check it against the verbs. False: it is
 * wrong, and that was reported. To be freed in any case. */
bool cli_args_parse(cli_args *args, int count, char *const *words);
void cli_args_free(cli_args *args);

/* As far as it goes, for completion: what is wrong is passed over. *pending is
 * the option whose value comes next, CLI_OPTION_COUNT when none does. */
void cli_args_parse_part(cli_args *args, cli_option *pending, int count,
                         char *const *words);

bool cli_args_has(const cli_args *args, cli_option option);
/* The value of an option; NULL when it was not given. */
const char *cli_args_get(const cli_args *args, cli_option option);

/* Report a mistake in the command line and where help is; CLI_USAGE. */
int cli_args_wrong(const cli_args *args, const char *format, ...)
    PILEUS_PRINTF(2, 3);
/* The same for a word that is none of the known ones of a kind ("format"),
 * with the nearest of them. */
int cli_args_unknown(const cli_args *args, const char *kind, const char *word,
                     const char *const *known, size_t count);

#endif
