/* The same once more under valgrind, which sees what nobody else does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "sdk/check/board.h"
#include "sdk/check/groups.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MAX (2 * CHECK_OPTIONS_MAX + 32)
#define NO_VALGRIND 127
#define REPORT_MAX ((size_t)16 * 1024 * 1024)

/* What is run: groups that call everything there is. */
static const char *const groups[] = {"listings", "hostile"};
#define GROUP_COUNT (sizeof groups / sizeof groups[0])

/* ---- the command ------------------------------------------------------------
 */

typedef struct command {
    const char *words[WORDS_MAX];
    size_t count;
    char options[CHECK_OPTIONS_MAX][1024];
    char report[64];
    char program[CHECK_PATH_MAX];
} command;

static void
add(command *self, const char *word)
{
    if (self->count + 1 < WORDS_MAX) {
        self->words[self->count++] = word;
        self->words[self->count] = NULL;
    }
}

static void
add_given(command *self, const check_plan *plan)
{
    for (size_t i = 0; i < plan->option_count; i++) {
        (void)snprintf(self->options[i], sizeof self->options[i], "%s=%s",
                       plan->names[i], plan->values[i]);
        add(self, "-O");
        add(self, self->options[i]);
    }
    if (plan->endpoint != NULL) {
        add(self, "--endpoint");
        add(self, plan->endpoint);
    }
    if (plan->replay != NULL) {
        add(self, "--replay");
        add(self, plan->replay);
    }
    if (plan->changes) {
        add(self, "--changes");
    }
    add(self, plan->file);
}

static void
make_command(command *self, const check_plan *plan, const char *group, int fd)
{
    ssize_t length =
        readlink("/proc/self/exe", self->program, sizeof self->program - 1);

    self->program[length < 0 ? 0 : length] = '\0';
    (void)snprintf(self->report, sizeof self->report, "--xml-fd=%d", fd);
    add(self, "valgrind");
    add(self, "-q");
    add(self, "--xml=yes");
    add(self, self->report);
    add(self, "--leak-check=full");
    add(self, "--show-leak-kinds=definite");
    add(self, "--num-callers=30");
    add(self, self->program);
    add(self, "--in-process");
    add(self, "--only");
    add(self, group);
    add_given(self, plan);
}

/* Run it, its report into fd; its exit code, or -1. */
static int
run(const check_plan *plan, const char *group, int fd)
{
    static command made;
    int status = 0;
    int nothing;
    pid_t pid;

    memset(&made, 0, sizeof made);
    make_command(&made, plan, group, fd);
    pid = fork();
    if (pid == 0) {
        nothing = open("/dev/null", O_WRONLY);
        (void)dup2(nothing, STDOUT_FILENO);
        (void)dup2(nothing, STDERR_FILENO);
        (void)execvp("valgrind", (char *const *)(uintptr_t)made.words);
        _exit(NO_VALGRIND);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid) {
        return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- its report ------------------------------------------------------------
 */

/* The text between <NAME> and </NAME> from there on, and before end. */
static bool
element(const char *from, const char *end, const char *name, char *text,
        size_t room)
{
    char tag[32];
    const char *begin;
    size_t length;

    (void)snprintf(tag, sizeof tag, "<%s>", name);
    begin = strstr(from, tag);
    if (begin == NULL || begin >= end) {
        return false;
    }
    begin += strlen(tag);
    length = strcspn(begin, "<");
    (void)snprintf(text, room, "%.*s", (int)length, begin);
    return true;
}

/* The first frame that is of the driver, in words; false: none is. */
static bool
driver_frame(const check_plan *plan, const char *from, const char *end,
             char *text, size_t room)
{
    char object[CHECK_PATH_MAX];
    char function[256] = "?";
    char file[256] = "";
    char line[32] = "";

    for (const char *frame = strstr(from, "<frame>");
         frame != NULL && frame < end; frame = strstr(frame + 1, "<frame>")) {
        const char *last = strstr(frame, "</frame>");

        if (last == NULL) {
            return false;
        }
        if (element(frame, last, "obj", object, sizeof object) &&
            strcmp(object, plan->path) == 0) {
            (void)element(frame, last, "fn", function, sizeof function);
            (void)element(frame, last, "file", file, sizeof file);
            (void)element(frame, last, "line", line, sizeof line);
            (void)snprintf(text, room, "%s%s%s%s%s%s", function,
                           file[0] == '\0' ? "" : " (", file,
                           line[0] == '\0' ? "" : ":", line,
                           file[0] == '\0' ? "" : ")");
            return true;
        }
    }
    return false;
}

static void
judge_error(const check_plan *plan, const char *from, const char *end,
            const char *group)
{
    char kind[64] = "";
    char what[512] = "";
    char frame[640];

    if (!driver_frame(plan, from, end, frame, sizeof frame)) {
        return;
    }
    (void)element(from, end, "kind", kind, sizeof kind);
    if (!element(from, end, "text", what, sizeof what)) {
        (void)element(from, end, "what", what, sizeof what);
    }
    check_finding(strncmp(kind, "Leak_", 5) == 0 ? "leaks" : "memory",
                  "%s: %s, at %s, in the group %s", kind, what, frame, group);
}

static void
judge_report(const check_plan *plan, const char *text, const char *group)
{
    for (const char *from = strstr(text, "<error>"); from != NULL;
         from = strstr(from + 1, "<error>")) {
        const char *end = strstr(from, "</error>");

        if (end == NULL) {
            return;
        }
        judge_error(plan, from, end, group);
    }
}

/* ---- both ------------------------------------------------------------------
 */

static void
try_group(const check_plan *plan, const char *group)
{
    FILE *report = tmpfile();
    char *text = calloc(1, REPORT_MAX + 1);
    int status;

    if (report == NULL || text == NULL) {
        check_skipped("valgrind", "no temporary file can be made: %s",
                      strerror(errno));
    } else {
        check_doing("the group %s under valgrind", group);
        status = run(plan, group, fileno(report));
        rewind(report);
        (void)fread(text, 1, REPORT_MAX, report);
        if (status == NO_VALGRIND) {
            check_skipped("valgrind", "it is not installed");
        } else if (strstr(text, "<valgrindoutput>") == NULL) {
            check_skipped("valgrind", "it does not run here (exit code %d)",
                          status);
        }
        judge_report(plan, text, group);
    }
    free(text);
    if (report != NULL) {
        (void)fclose(report);
    }
}

void
check_valgrind(const check_plan *plan, size_t part)
{
    const check_board *board = check_board_get();
    size_t skipped = 0;

    try_group(plan, groups[part]);
    for (size_t i = 0; i < board->count; i++) {
        skipped += strcmp(board->entries[i].group, "valgrind") == 0 &&
                   board->entries[i].verdict == CHECK_SKIPPED;
    }
    if (part + 1 == GROUP_COUNT && skipped == 0) {
        check_good_unless("leaks");
        check_good_unless("memory");
    }
}

size_t
check_valgrind_parts(const check_plan *plan)
{
    (void)plan;
    return GROUP_COUNT;
}
