/* What was meant, when something is unknown. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SUGGEST_H
#define CLI_SUGGEST_H

#include "cli/args.h"

#include <pileus/compute.h>

/* The nearest to a word of all names that are offered, one by one. Zeroed but
 * for the word, it is empty. */
typedef struct cli_nearest {
    const char *word;
    char *best; /* NULL: none is near; to be freed */
    bool exact; /* the word itself was offered */
} cli_nearest;

/* NULL is passed over. */
void cli_nearest_offer(cli_nearest *nearest, const char *name);

/* A create failed: look whether what --size, --image and the like name is
 * there, and say what is not. */
void cli_suggest_arguments(pileus_connection *conn, const cli_args *args,
                           pileus_call *call);

#endif
