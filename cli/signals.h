/* Ctrl-C: the first one cancels what is under way, the second one kills. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <pileus/call.h>

/* Have a thread watch for SIGINT, SIGTERM and SIGHUP. To be called by the
 * first thread, before there are others: they inherit its mask. */
void cli_signals_start(void);
void cli_signals_stop(void);

/* The call is cancelled when a signal comes, or at once when one has come.
 * A signal while there is no such call ends the process. */
void cli_signals_watch(pileus_call *call);
void cli_signals_forget(pileus_call *call);

/* The signal that came first; 0 when none has. */
int cli_signals_caught(void);

#endif
