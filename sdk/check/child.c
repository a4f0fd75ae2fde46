/* Running a group in a child process, whose end is looked at as well. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/clock.h"
#include "sdk/check/groups.h"
#include "sdk/check/marker.h"
#include "sdk/check/process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#define OUTPUT_MAX 65536
#define SHOWN_MAX 200

/* ---- in the child --------------------------------------------------------
 */

static void
start_child(int output)
{
    /* A hanging driver's own children end with it. */
    (void)setpgid(0, 0);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    (void)dup2(output, STDOUT_FILENO);
    (void)dup2(output, STDERR_FILENO);
}

static void
run_part(const check_group *group, const check_plan *plan, size_t part)
{
    check_process_remember();
    group->run(plan, part);
    check_process_compare();
    atomic_store(&check_board_get()->ended, true);
}

/* ---- what became of it ------------------------------------------------------
 */

/* What was being done. */
static const char *
doing(const check_group *group)
{
    const char *words = check_board_get()->doing;

    return words[0] == '\0' ? group->title : words;
}

static void
look_at_end(const check_group *group, int status, bool late)
{
    if (late) {
        check_finding("hang",
                      "it did not come back within %d s (%s): keep to the "
                      "call's deadline, with pileus_check between steps",
                      group->limit_s, doing(group));
    } else if (WIFSIGNALED(status)) {
        check_finding("crash",
                      "it crashed, of signal %d (%s), at: %s; run the same "
                      "with --only %s --in-process in a debugger",
                      WTERMSIG(status), strsignal(WTERMSIG(status)),
                      doing(group), group->name);
    } else if (!atomic_load(&check_board_get()->ended)) {
        check_finding("exit",
                      "it ended the process, with exit code %d, at: %s; a "
                      "driver returns an error instead",
                      WEXITSTATUS(status), doing(group));
    }
}

/* Printable, of one line. */
static void
tidy(char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text < ' ') {
            *text = ' ';
        }
    }
}

/* What was printed: nothing should be. */
static void
look_at_output(FILE *output)
{
    char *text = calloc(1, OUTPUT_MAX + 1);
    size_t size;

    rewind(output);
    size = text == NULL ? 0 : fread(text, 1, OUTPUT_MAX, output);
    if (size > 0) {
        check_marker_look("what it prints", text, size);
        text[size > SHOWN_MAX ? SHOWN_MAX : size] = '\0';
        tidy(text);
        check_finding(
            "output",
            "it prints, at the latest at: %s: \"%s\"; the "
            "application's streams are not the driver's, tell it with "
            "pileus_log",
            check_board_get()->doing, text);
    }
    free(text);
}

/* ---- the parent ----------------------------------------------------------
 */

/* Wait for its end, or make one. true: it was made. */
static bool
await(pid_t pid, int limit_s, int *status)
{
    int64_t end = check_clock_ms() + limit_s * INT64_C(1000);
    int pause_ms = 1;

    while (waitpid(pid, status, WNOHANG) == 0) {
        if (check_clock_ms() > end) {
            (void)kill(-pid, SIGKILL);
            (void)kill(pid, SIGKILL);
            (void)waitpid(pid, status, 0);
            return true;
        }
        (void)poll(NULL, 0, pause_ms);
        pause_ms = pause_ms < 20 ? pause_ms + 1 : pause_ms;
    }
    (void)kill(-pid, SIGKILL); /* what it may have left running */
    return false;
}

static void
run_in_child(const check_group *group, const check_plan *plan, size_t part)
{
    FILE *output = tmpfile();
    int status = 0;
    bool late;
    pid_t pid;

    if (output == NULL) {
        check_skipped("child", "no temporary file can be made: %s",
                      strerror(errno));
        return;
    }
    atomic_store(&check_board_get()->ended, false);
    (void)fflush(NULL);
    pid = fork();
    if (pid == 0) {
        start_child(fileno(output));
        run_part(group, plan, part);
        (void)fflush(NULL);
        _exit(0);
    }
    if (pid < 0) {
        check_skipped("child", "no process can be made: %s", strerror(errno));
    } else {
        late = await(pid, group->limit_s, &status);
        look_at_end(group, status, late);
        look_at_output(output);
    }
    (void)fclose(output);
}

void
check_group_run(const check_group *group, const check_plan *plan)
{
    size_t parts = group->parts == NULL ? 1 : group->parts(plan);

    check_board_group(group->name);
    if (group->opens && plan->info == NULL) {
        check_skipped(group->name, "without a manifest it cannot be opened");
        return;
    }
    for (size_t part = 0; part < parts; part++) {
        check_board_get()->doing[0] = '\0';
        if (plan->in_process) {
            run_part(group, plan, part);
        } else {
            run_in_child(group, plan, part);
        }
    }
}
