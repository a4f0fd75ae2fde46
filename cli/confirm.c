/* Asking before something is destroyed. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/confirm.h"

#include "cli/report.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <pileus/call.h>
#include <pileus/model.h>

#include <stdlib.h>
#include <unistd.h>

bool
cli_confirm_possible(const cli_args *args)
{
    if (cli_args_has(args, CLI_YES) || isatty(STDIN_FILENO)) {
        return true;
    }
    (void)cli_args_wrong(args, "nobody can be asked, for standard input is no "
                               "terminal: add --yes to destroy without asking");
    return false;
}

static void
ask(const pileus_node *node)
{
    bool ascii = cli_terminal_of(stderr).ascii;
    const char *name = pileus_node_name(node);
    const char *id = pileus_node_id(node);

    cli_progress_end();
    (void)fputs("Destroy node ", stderr);
    cli_text_show(stderr, name != NULL ? name : "without a name", ascii);
    if (id != NULL) {
        (void)fputs(" (", stderr);
        cli_text_show(stderr, id, ascii);
        (void)fputs(")", stderr);
    }
    (void)fprintf(stderr, ", which is %s? [y/N] ",
                  pileus_state_name(pileus_node_state(node)));
    (void)fflush(stderr);
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
cli_confirm_destroy(const cli_args *args, const pileus_node *node,
                    pileus_call *call)
{
    char *line = NULL;
    size_t capacity = 0;
    int64_t left = pileus_call_remaining_ms(call);
    bool yes;

    if (cli_args_has(args, CLI_YES)) {
        return true;
    }
    ask(node);
    cli_signals_forget(call); /* Ctrl-C at the question ends it all */
    yes = getline(&line, &capacity, stdin) > 0 && is_yes(line);
    free(line);
    pileus_call_set_timeout(call, left);
    cli_signals_watch(call);
    return yes;
}
