/* Opening connections as the command line says. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli/args.h"
#include "cli/input.h"

#include <pileus/pileus.h>

/* An option of the driver, from -O. */
typedef struct cli_setting {
    char *key;
    cli_input value;
} cli_setting;

/* What all connections of one run share. */
typedef struct cli_session {
    const cli_args *args;
    pileus_context *ctx;
    int64_t timeout_ms; /* 0: none was given */
    cli_setting *settings;
    size_t setting_count;
    size_t setting_capacity;
} cli_session;

/* A context that logs as -v and -q say. */
pileus_context *cli_context_new(void);

/* Returns an exit code: CLI_DONE, or what was reported. fleet: several
 * profiles make sense. To be ended in any case. */
int cli_session_start(cli_session *session, const cli_args *args, bool fleet);
void cli_session_end(cli_session *session);

/* A call with the time limit of --timeout, cancelled by Ctrl-C. */
pileus_call *cli_call_new(const cli_session *session);
void cli_call_free(pileus_call *call);

/* Open a connection by a profile, or by -d with profile NULL. Any number of
 * threads at once. */
pileus_code cli_session_open(pileus_connection **conn,
                             const cli_session *session, const char *profile,
                             pileus_call *call, pileus_error **err);

/* The same for the one connection that the command line names, from the first
 * thread, with progress shown. Returns an exit code: CLI_DONE, or what was
 * reported. */
int cli_session_connect(pileus_connection **conn, const cli_session *session,
                        pileus_call *call);

/* The only profile; NULL when -d says it. */
const char *cli_session_profile(const cli_session *session);

#endif
