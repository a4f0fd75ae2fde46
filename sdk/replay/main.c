/* pileus-replay: a provider that was recorded, for tests in any language. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/replay/server.h"

#include <pileus/pileus.h>

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define USAGE                                                                  \
    "usage: pileus-replay [--port NUMBER] [--fault 'METHOD PATH WHICH "        \
    "KIND']... [--log FILE] DIR\n"
/* Exit codes. */
#define UNMATCHED 1 /* and what cannot be served at all */
#define WRONG 2     /* of the command line */

typedef struct settings {
    uint16_t port;
    replay_faults faults;
    const char *log;
    const char *directory;
} settings;

static int
wrong(const char *what, const char *value, const char *reason)
{
    (void)fprintf(stderr, "pileus-replay: %s%s%s%s: %s\n", what,
                  value == NULL ? "" : " '", value == NULL ? "" : value,
                  value == NULL ? "" : "'", reason);
    return WRONG;
}

static bool
read_port(const char *text, uint16_t *port)
{
    char *behind;
    unsigned long number = strtoul(text, &behind, 10);

    if (*text < '0' || *text > '9' || *behind != '\0' || number > UINT16_MAX) {
        return false;
    }
    *port = (uint16_t)number;
    return true;
}

static int
add_fault(settings *own, char *words)
{
    const char *reason = NULL;
    char *whole = strdup(words);
    int status = 0;

    if (whole == NULL || !replay_faults_add(&own->faults, words, &reason)) {
        status = wrong("--fault", whole, reason == NULL ? "no memory" : reason);
    }
    free(whole);
    return status;
}

/* Returns an exit code, or -1: go on. */
static int
read_options(settings *own, int argc, char **argv)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"fault", required_argument, NULL, 'f'},
        {"log", required_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {"version", no_argument, NULL, 'V'},
        {NULL, 0, NULL, 0},
    };
    int letter;
    int status = 0;

    while (status == 0 && (letter = getopt_long(argc, argv, "p:f:l:hV", options,
                                                NULL)) != -1) {
        switch (letter) {
        case 'p':
            status = read_port(optarg, &own->port)
                         ? 0
                         : wrong("--port", optarg, "give a number up to 65535");
            break;
        case 'f':
            status = add_fault(own, optarg);
            break;
        case 'l':
            own->log = optarg;
            break;
        case 'h':
            (void)fputs(USAGE, stdout);
            return 0;
        case 'V':
            (void)printf("pileus-replay %s\n", PACKAGE_VERSION);
            return 0;
        default:
            (void)fputs(USAGE, stderr);
            return WRONG;
        }
    }
    if (status == 0 && optind + 1 != argc) {
        (void)fputs(USAGE, stderr);
        return WRONG;
    }
    own->directory = argv[optind];
    return status == 0 ? -1 : status;
}

/* Serve until a signal comes. */
static int
serve(settings *own, pil__recording *recording, FILE *log)
{
    sigset_t signals;
    int caught;
    replay_server *server;

    /* Before there are threads, which inherit it. */
    (void)sigemptyset(&signals);
    (void)sigaddset(&signals, SIGINT);
    (void)sigaddset(&signals, SIGTERM);
    (void)sigaddset(&signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &signals, NULL);
    server = replay_server_start(recording, &own->faults, own->port, log);
    if (server == NULL) {
        (void)fprintf(stderr, "pileus-replay: cannot listen at port %u: %s\n",
                      own->port, strerror(errno));
        return UNMATCHED;
    }
    (void)printf("http://127.0.0.1:%u\n", replay_server_port(server));
    (void)fflush(stdout);
    while (sigwait(&signals, &caught) != 0) {
    }
    return replay_server_stop(server) == 0 ? 0 : UNMATCHED;
}

int
main(int argc, char **argv)
{
    static settings own;
    pil__recording *recording = NULL;
    pileus_error *err = NULL;
    FILE *log = NULL;
    int status = read_options(&own, argc, argv);

    if (status != -1) {
        return status;
    }
    if (pil__recording_open(&recording, own.directory, &err) != PILEUS_OK) {
        (void)fprintf(stderr, "pileus-replay: %s\n", pileus_error_message(err));
        pileus_error_free(err);
        return WRONG;
    }
    if (own.log != NULL) {
        log = fopen(own.log, "we");
        if (log == NULL) {
            status = wrong("--log", own.log, strerror(errno));
        }
    }
    if (status == -1) {
        status = serve(&own, recording, log);
    }
    if (log != NULL) {
        (void)fclose(log);
    }
    pil__recording_free(recording);
    return status;
}
