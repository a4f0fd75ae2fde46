/* Asking before something is destroyed or deleted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/confirm.h"

#include "cli/report.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
cli_confirm_possible(const cli_args *args)
{
    if (cli_args_has(args, CLI_YES) || isatty(STDIN_FILENO)) {
        return true;
    }
    (void)cli_args_wrong(args,
                         "nobody can be asked, for standard input is no "
                         "terminal: add --yes to %s without asking",
                         args->verb->name);
    return false;
}

/* What a verb is called in the question, and when it is done. */
typedef struct words {
    const char *verb;
    const char *question;
    const char *done;
} words;

static const words *
words_of(const cli_args *args)
{
    static const words known[] = {
        {"delete", "Delete", "deleted"},
        {"rebuild", "Rebuild, and lose what is on,", "rebuilt"},
        {"destroy", "Destroy", "destroyed"},
    };
    size_t i = 0;

    while (i + 1 < sizeof known / sizeof known[0] &&
           strcmp(known[i].verb, args->verb->name) != 0) {
        i++;
    }
    return &known[i];
}

static void
ask(const cli_args *args, const cli_kind *kind, const void *object)
{
    bool ascii = cli_terminal_of(stderr).ascii;
    const char *name = kind->name(object);
    const char *id = kind->id(object);

    cli_progress_end();
    (void)fprintf(stderr, "%s %s ", words_of(args)->question, kind->noun);
    cli_text_show(stderr, name != NULL ? name : "without a name", ascii);
    if (id != NULL && (name == NULL || strcmp(id, name) != 0)) {
        (void)fputs(" (", stderr);
        cli_text_show(stderr, id, ascii);
        (void)fputs(")", stderr);
    }
    if (kind->state != NULL) {
        (void)fprintf(stderr, ", which is %s", kind->state(object));
    }
    (void)fputs("? [y/N] ", stderr);
    (void)fflush(stderr);
}

const char *
cli_confirm_done(const cli_args *args)
{
    return words_of(args)->done;
}

static bool
is_yes(const char *line)
{
    return (line[0] == 'y' || line[0] == 'Y') &&
           (line[1] == '\n' ||
            ((line[1] == 'e' || line[1] == 'E') &&
             (line[2] == 's' || line[2] == 'S') && line[3] == '\n'));
}

bool
cli_confirm(const cli_args *args, const cli_kind *kind, const void *object,
            pileus_call *call)
{
    char *line = NULL;
    size_t capacity = 0;
    int64_t left = pileus_call_remaining_ms(call);
    bool yes;

    if (cli_args_has(args, CLI_YES)) {
        return true;
    }
    ask(args, kind, object);
    cli_signals_forget(call); /* Ctrl-C at the question ends it all */
    yes = getline(&line, &capacity, stdin) > 0 && is_yes(line);
    free(line);
    pileus_call_set_timeout(call, left);
    cli_signals_watch(call);
    return yes;
}
