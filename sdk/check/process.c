/* What belongs to the whole process, and no driver may touch. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/process.h"

#include "sdk/check/board.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SIGNALS_MAX 65

extern char **environ;

static struct {
    struct sigaction actions[SIGNALS_MAX];
    sigset_t mask;
    mode_t umask;
    char locale[512];
    char directory[4096];
    unsigned long environment;
} before;

static mode_t
umask_now(void)
{
    mode_t mask = umask(077);

    (void)umask(mask);
    return mask;
}

/* A number that another environment has not. */
static unsigned long
environment_now(void)
{
    unsigned long sum = 5381;

    for (char **at = environ; at != NULL && *at != NULL; at++) {
        for (const char *c = *at; *c != '\0'; c++) {
            sum = sum * 33 + (unsigned char)*c;
        }
    }
    return sum;
}

void
check_process_remember(void)
{
    const char *locale = setlocale(LC_ALL, NULL);

    for (int number = 1; number < SIGNALS_MAX; number++) {
        (void)sigaction(number, NULL, &before.actions[number]);
    }
    (void)sigprocmask(SIG_SETMASK, NULL, &before.mask);
    before.umask = umask_now();
    (void)snprintf(before.locale, sizeof before.locale, "%s",
                   locale == NULL ? "" : locale);
    if (getcwd(before.directory, sizeof before.directory) == NULL) {
        before.directory[0] = '\0';
    }
    before.environment = environment_now();
}

static void
compare_signals(void)
{
    sigset_t mask;

    (void)sigemptyset(&mask);
    (void)sigprocmask(SIG_SETMASK, NULL, &mask);
    for (int number = 1; number < SIGNALS_MAX; number++) {
        struct sigaction now;

        memset(&now, 0, sizeof now);
        if (sigaction(number, NULL, &now) == 0 &&
            now.sa_handler != before.actions[number].sa_handler) {
            check_finding("process",
                          "the handler of signal %d (%s) is another than "
                          "before: leave signals to the application",
                          number, strsignal(number));
        }
        if (sigismember(&mask, number) != sigismember(&before.mask, number)) {
            check_finding("process",
                          "signal %d (%s) is %s in the application's thread: "
                          "leave the mask as it was when a call returns",
                          number, strsignal(number),
                          sigismember(&mask, number) == 1 ? "blocked"
                                                          : "unblocked");
        }
    }
}

void
check_process_compare(void)
{
    const char *locale = setlocale(LC_ALL, NULL);
    char directory[sizeof before.directory];

    compare_signals();
    if (umask_now() != before.umask) {
        check_finding("process", "the umask is another than before: give the "
                                 "mode to open() instead");
    }
    if (locale != NULL && strcmp(locale, before.locale) != 0) {
        check_finding("process",
                      "the locale is %s now: never call setlocale, read and "
                      "write numbers without it",
                      locale);
    }
    if (getcwd(directory, sizeof directory) != NULL &&
        strcmp(directory, before.directory) != 0) {
        check_finding("process",
                      "the working directory is %s now: use whole paths",
                      directory);
    }
    if (environment_now() != before.environment) {
        check_finding("process", "the environment is another than before: "
                                 "it is the application's");
    }
}
