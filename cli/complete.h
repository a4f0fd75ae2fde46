/* Completion: what may come next on a command line. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/column.h"

/* First word of the command line with which a shell asks:
 *
 *   pileus __complete WORD...
 *
 * The words are those behind "pileus", the last being the one to complete,
 * perhaps empty. The answer is a line for each candidate: the whole word, a
 * tab, and words about it. A line without a tab, "files START", asks the shell
 * to complete names of files behind START. */
#define CLI_COMPLETE_VERB "__complete"

int cli_complete(int count, char *const *words);

/* The word to complete: what of it stays, and what is being typed. */
typedef struct cli_typing {
    const cli_args *args; /* what stands before the word */
    const char *word;
    size_t start; /* bytes of the word that stay as they are */
} cli_typing;

/* Give a candidate, unless it does not go on what is being typed. end is put
 * behind it; about may be NULL. */
void cli_complete_offer(const cli_typing *typing, const char *candidate,
                        const char *end, const char *about);

/* Those that only the provider knows: ids and names of a kind. Gives up after a
 * short while. */
void cli_complete_ids(const cli_typing *typing, const cli_kind *kind, bool ids,
                      bool names);
/* Those of the drivers that are installed, and of the chosen one's options. */
void cli_complete_drivers(const cli_typing *typing);
void cli_complete_settings(cli_typing typing);

#endif
