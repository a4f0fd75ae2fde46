/* Everything the command says on standard error: errors, log, progress. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include <pileus/driver_list.h>

/* All of these may be called from any thread. Whatever they print is shown as
 * cli_text_show does. */

/* How much is said: PILEUS_LOG_ERROR and up. Set before other threads start;
 * PILEUS_LOG_WARNING until then. */
void cli_report_level(pileus_log_level level);
pileus_log_level cli_report_level_now(void);

/* "pileus: MESSAGE", and one more line of it, set in. */
void cli_error(const char *format, ...) PILEUS_PRINTF(1, 2);
void cli_hint(const char *format, ...) PILEUS_PRINTF(1, 2);
/* "pileus: warning: MESSAGE" unless only errors are wanted. */
void cli_warning(const char *format, ...) PILEUS_PRINTF(1, 2);

/* Say what went wrong: the error's message and the provider's facts. about
 * (may be NULL) names what it is about when there are several. */
void cli_failure(const char *about, const pileus_error *err);

/* A pileus_log_fn. */
void cli_report_log(void *user, pileus_log_level level, const char *driver,
                    const char *message);

/* A pileus_trace_fn. On a terminal it is shown, elsewhere it is written as it
 * is, so that a shell can run it. */
void cli_report_trace(void *user, const char *text);

/* A pileus_progress_fn: keeps one line of a terminal up to date, which every
 * other line erases first. Nothing on anything but a terminal. */
void cli_progress(void *user, const char *what, double done);
/* Erase it. */
void cli_progress_end(void);

#endif
