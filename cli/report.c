/* Everything the command says on standard error: errors, log, progress. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/report.h"

#include "cli/memory.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdarg.h>
#include <string.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pileus_log_level wanted_level = PILEUS_LOG_WARNING;
static bool progress_shown;

void
cli_report_level(pileus_log_level level)
{
    wanted_level = level;
}

pileus_log_level
cli_report_level_now(void)
{
    return wanted_level;
}

static void
erase_progress(void)
{
    if (progress_shown) {
        (void)fputs("\r\033[K", stderr);
        progress_shown = false;
    }
}

/* One line: what is ours as it stands, what is not made visible. */
static void say(const char *start, const char *format, va_list args)
    PILEUS_PRINTF(2, 0);

static void
say(const char *start, const char *format, va_list args)
{
    cli_buffer buffer;

    cli_buffer_open(&buffer);
    (void)vfprintf(buffer.file, format, args);
    (void)pthread_mutex_lock(&lock);
    erase_progress();
    (void)fputs(start, stderr);
    cli_text_show(stderr, cli_buffer_text(&buffer),
                  cli_terminal_of(stderr).ascii);
    (void)putc('\n', stderr);
    (void)pthread_mutex_unlock(&lock);
    cli_buffer_close(&buffer);
}

void
cli_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say("pileus: ", format, args);
    va_end(args);
}

void
cli_hint(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say("  ", format, args);
    va_end(args);
}

void
cli_warning(const char *format, ...)
{
    va_list args;

    if (wanted_level < PILEUS_LOG_WARNING) {
        return;
    }
    va_start(args, format);
    say("pileus: warning: ", format, args);
    va_end(args);
}

static void
say_provider(const pileus_error *err)
{
    const char *code = pileus_error_provider_code(err);
    const char *words = pileus_error_provider_message(err);
    int64_t status = pileus_error_status(err);

    if (code != NULL) {
        cli_hint("provider's code: %s", code);
    }
    if (status != 0) {
        cli_hint("provider's status: %" PRId64, status);
    }
    /* The message often quotes them already. */
    if (words != NULL && strstr(pileus_error_message(err), words) == NULL) {
        cli_hint("provider's words: %s", words);
    }
    if (pileus_error_request_id(err) != NULL) {
        cli_hint("request: %s", pileus_error_request_id(err));
    }
}

void
cli_failure(const char *about, const pileus_error *err)
{
    int64_t after = pileus_error_retry_after_ms(err);
    /* The library speaks to a programmer, who has other ways to go on. */
    const char *message = pileus_error_code(err) == PILEUS_CANCELLED
                              ? "interrupted"
                              : pileus_error_message(err);

    cli_error("%s%s%s", about == NULL ? "" : about, about == NULL ? "" : ": ",
              message);
    say_provider(err);
    if (pileus_error_retryable(err) && after >= 0) {
        cli_hint("it may be tried again in %" PRId64 " s",
                 after / 1000 + (after % 1000 != 0));
    }
    if (pileus_error_code(err) == PILEUS_TIMEOUT) {
        cli_hint("--timeout allows more time");
    }
    if (pileus_error_may_have_happened(err)) {
        cli_hint("it may have happened all the same: look before you try "
                 "again");
    }
}

void
cli_report_log(void *user, pileus_log_level level, const char *driver,
               const char *message)
{
    static const char *const names[] = {"error", "warning", "info", "debug"};
    const char *name =
        level >= 0 && level <= PILEUS_LOG_DEBUG ? names[level] : "debug";

    (void)user;
    if (driver != NULL) {
        cli_error("%s: %s: %s", name, driver, message);
    } else {
        cli_error("%s: %s", name, message);
    }
}

void
cli_report_trace(void *user, const char *text)
{
    cli_terminal terminal = cli_terminal_of(stderr);
    cli_buffer line;

    (void)user;
    (void)pthread_mutex_lock(&lock);
    erase_progress();
    while (terminal.moves && strchr(text, '\n') != NULL) {
        size_t length = strcspn(text, "\n");

        cli_buffer_open(&line);
        (void)fprintf(line.file, "%.*s", (int)length, text);
        cli_text_show(stderr, cli_buffer_text(&line), terminal.ascii);
        (void)putc('\n', stderr);
        cli_buffer_close(&line);
        text += length + 1;
    }
    if (terminal.moves) {
        cli_text_show(stderr, text, terminal.ascii);
    } else {
        (void)fputs(text, stderr);
    }
    (void)putc('\n', stderr);
    (void)pthread_mutex_unlock(&lock);
}

void
cli_progress(void *user, const char *what, double done)
{
    cli_terminal terminal = cli_terminal_of(stderr);
    cli_buffer buffer;
    cli_buffer line;

    (void)user;
    if (!terminal.moves || wanted_level < PILEUS_LOG_WARNING) {
        return;
    }
    cli_buffer_open(&buffer);
    cli_text_show(buffer.file, what == NULL ? "working" : what, terminal.ascii);
    if (done >= 0 && done <= 1) {
        (void)fprintf(buffer.file, " %d %%", (int)(done * 100));
    }
    /* The last column stays free: some terminals go on to the next line. */
    cli_buffer_open(&line);
    (void)cli_text_cut(line.file, cli_buffer_text(&buffer), terminal.width - 1,
                       terminal.ascii);
    (void)pthread_mutex_lock(&lock);
    (void)fprintf(stderr, "\r%s\033[K", cli_buffer_text(&line));
    progress_shown = true;
    (void)pthread_mutex_unlock(&lock);
    cli_buffer_close(&line);
    cli_buffer_close(&buffer);
}

void
cli_progress_end(void)
{
    (void)pthread_mutex_lock(&lock);
    erase_progress();
    (void)pthread_mutex_unlock(&lock);
}
