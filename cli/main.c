/* The pileus command: from the command line to the exit code. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/args.h"
#include "cli/complete.h"
#include "cli/help.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "cli/status.h"

#include <pileus/pileus.h>

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#ifdef LINKED_MODULES
#include <ltdl.h>
#endif

/* A closed standard stream would let the next file that is opened take its
 * place. Opened the wrong way round, it fails as a closed one does. */
static void
fill_standard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

static void
set_level(const cli_args *args)
{
    size_t verbose = args->values[CLI_VERBOSE].count;

    if (cli_args_has(args, CLI_QUIET)) {
        cli_report_level(PILEUS_LOG_ERROR);
    } else if (verbose > 0) {
        cli_report_level(verbose > 1 ? PILEUS_LOG_DEBUG : PILEUS_LOG_INFO);
    }
}

static void
show_version(void)
{
    (void)printf("pileus %s\n", PACKAGE_VERSION);
    if (strcmp(pileus_version(), PACKAGE_VERSION) != 0) {
        (void)printf("libpileus %s\n", pileus_version());
    }
}

static int
run(const cli_args *args)
{
    int status;
    int caught;

    if (cli_args_has(args, CLI_HELP)) {
        return cli_help(args);
    }
    if (args->verb == NULL) {
        show_version();
        return CLI_DONE;
    }
    set_level(args);
    if (!cli_verb_connects(args->verb)) {
        return args->verb->run(args);
    }
    cli_signals_start();
    status = args->verb->run(args);
    caught = cli_signals_caught();
    cli_signals_stop();
    return status != CLI_DONE && caught != 0 ? CLI_SIGNAL + caught : status;
}

/* What help, version and completion wrote; verbs have looked already. */
static int
end_output(int status)
{
    errno = 0;
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (status == CLI_DONE) {
            cli_error("cannot write to standard output: %s",
                      errno == 0 ? "it failed" : strerror(errno));
            status = CLI_FAILED;
        }
    }
    return status;
}

int
main(int argc, char **argv)
{
    cli_args args;
    int status;

    fill_standard_streams();
#ifdef LINKED_MODULES
    LTDL_SET_PRELOADED_SYMBOLS();
#endif
    (void)setlocale(LC_CTYPE, "");
    /* A reader that goes away is an error of writing like any other. */
    (void)signal(SIGPIPE, SIG_IGN);
    if (argc > 1 && strcmp(argv[1], CLI_COMPLETE_VERB) == 0) {
        return cli_complete(argc - 2, argv + 2);
    }
    status = cli_args_parse(&args, argc - 1, argv + 1) ? run(&args) : CLI_USAGE;
    cli_args_free(&args);
    return end_output(status);
}
