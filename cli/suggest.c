/* What was meant, when something is unknown. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/suggest.h"

#include "cli/column.h"
#include "cli/memory.h"
#include "cli/report.h"

#include <stdlib.h>
#include <string.h>

void
cli_nearest_offer(cli_nearest *nearest, const char *name)
{
    const char *pair[] = {nearest->best, name};

    if (name == NULL) {
        return;
    }
    nearest->exact = nearest->exact || strcmp(name, nearest->word) == 0;
    if (pileus_nearest(nearest->word, pair, 2) == name) {
        free(nearest->best);
        nearest->best = cli_copy(name);
    }
}

typedef struct offering {
    const cli_kind *kind;
    cli_nearest nearest;
} offering;

static bool
offer(void *user, const void *object)
{
    offering *to = user;

    cli_nearest_offer(&to->nearest, to->kind->id(object));
    return true;
}

static void
suggest(pileus_connection *conn, const char *word, const cli_kind *kind,
        pileus_call *call)
{
    offering to = {.kind = kind, .nearest = {.word = word}};
    cli_taker taker = {offer, &to};

    if (word != NULL &&
        kind->each(conn, NULL, &taker, call, NULL) == PILEUS_OK &&
        !to.nearest.exact) {
        if (to.nearest.best != NULL) {
            cli_hint("there is no %s '%s': did you mean '%s'?", kind->noun,
                     word, to.nearest.best);
        } else {
            cli_hint("there is no %s '%s': 'pileus %s list' shows those there "
                     "are",
                     kind->noun, word, kind->noun);
        }
    }
    free(to.nearest.best);
}

void
cli_suggest_arguments(pileus_connection *conn, const cli_args *args,
                      pileus_call *call)
{
    static const cli_option options[] = {CLI_SIZE, CLI_IMAGE, CLI_LOCATION,
                                         CLI_SNAPSHOT};

    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        const cli_kind *kind = cli_verb_option_kind(args->verb, options[i]);

        if (kind != NULL) {
            suggest(conn, cli_args_get(args, options[i]), kind, call);
        }
    }
}
