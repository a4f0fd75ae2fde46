/* A program that gives credentials: started without a shell, read within
 * limits, and never left behind.
 *
 * A driver does not fork or handle signals, for the process is the
 * application's. posix_spawn does the first safely, in whatever thread; and the
 * end of the program is waited for by its own id, so that nobody's children but
 * ours are reaped. Where the application has its children reaped for it, the
 * program's status is unknown, and what it wrote must do. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifdef __linux__
#define _GNU_SOURCE /* for pipe2, which older systems have as an extension */
#endif
#include "process.h"

#include "text.h"

#include <pileus/digest.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often to look whether it is time to end, and whether the program has. */
#define LOOK_MS 50
#define ENDED_LOOK_MS 2
/* The status of a program that could not be started, where the system learns of
 * that too late, and of a shell that finds none. */
#define NOT_STARTED 127

extern char **environ;

/* ---- words ----------------------------------------------------------------
 */

/* Copy one word from *from to *to, without its quotes. */
static bool
copy_word(char **from, char **to)
{
    const char *in = *from;
    char *out = *to;
    char quote = '\0';

    for (; *in != '\0' && (quote != '\0' || strchr(" \t", *in) == NULL); in++) {
        if (quote == '\0' && (*in == '"' || *in == '\'')) {
            quote = *in;
        } else if (quote == *in) {
            quote = '\0';
        } else {
            bool escapes = *in == '\\' && in[1] != '\0' &&
                           (quote == '\0' ||
                            (quote == '"' && strchr("\"\\", in[1]) != NULL));

            in += escapes;
            *out++ = *in;
        }
    }
    *from += in - *from;
    *to = out;
    return quote == '\0';
}

bool
ec2_split(char *command, char ***words, bool *whole)
{
    char **made = calloc(strlen(command) / 2 + 2, sizeof *made);
    char *from = command + strspn(command, " \t");
    char *to = command;
    size_t count = 0;

    *words = made;
    *whole = true;
    if (made == NULL) {
        return false;
    }
    while (*from != '\0' && *whole) {
        made[count++] = to;
        *whole = copy_word(&from, &to);
        from += strspn(from, " \t"); /* before its end is overwritten */
        *to++ = '\0';
    }
    return true;
}

/* ---- starting -------------------------------------------------------------
 */

typedef struct program {
    pid_t pid;
    int output; /* our end of the pipe */
    int64_t until_ms;
    int64_t timeout_ms;
    const char *about;
    const char *name;
} program;

/* A descriptor that is none of the standard ones, whatever the application has
 * closed. */
static int
lifted(int fd)
{
    int higher = fd;

    if (fd >= 0 && fd <= STDERR_FILENO) {
        higher = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        (void)close(fd);
    }
    return higher;
}

/* Both ends are closed in programs that others start meanwhile. */
static bool
open_pipe(int ends[2])
{
#ifdef __APPLE__
    if (pipe(ends) != 0) {
        return false;
    }
    (void)fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#else
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
#endif
    ends[0] = lifted(ends[0]);
    ends[1] = lifted(ends[1]);
    return ends[0] >= 0 && ends[1] >= 0;
}

/* A group of its own, so that all of it can be ended, and the signals as a
 * program expects them; of the application's descriptors it has none but those
 * that the application leaves open for its children. */
static int
spawn(program *run, char *const *words, int output)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t with;
    sigset_t none;
    sigset_t pipe;
    int error = posix_spawn_file_actions_init(&files);

    if (error != 0) {
        return error;
    }
    error = posix_spawnattr_init(&with);
    if (error != 0) {
        (void)posix_spawn_file_actions_destroy(&files);
        return error;
    }
    (void)sigemptyset(&none);
    (void)sigemptyset(&pipe);
    (void)sigaddset(&pipe, SIGPIPE);
    (void)posix_spawnattr_setsigmask(&with, &none);
    (void)posix_spawnattr_setsigdefault(&with, &pipe);
    (void)posix_spawnattr_setpgroup(&with, 0);
    error = posix_spawnattr_setflags(&with, POSIX_SPAWN_SETPGROUP |
                                                POSIX_SPAWN_SETSIGMASK |
                                                POSIX_SPAWN_SETSIGDEF);
    if (error == 0) {
        error = posix_spawn_file_actions_addopen(&files, STDIN_FILENO,
                                                 "/dev/null", O_RDONLY, 0);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    }
    if (error == 0) {
        error = posix_spawn_file_actions_addopen(&files, STDERR_FILENO,
                                                 "/dev/null", O_WRONLY, 0);
    }
    if (error == 0) {
        error =
            posix_spawnp(&run->pid, words[0], &files, &with, words, environ);
    }
    (void)posix_spawnattr_destroy(&with);
    (void)posix_spawn_file_actions_destroy(&files);
    return error;
}

static int32_t
start(program *run, pileus_call *call, char *const *words)
{
    char reason[EC2_REASON_SIZE];
    int ends[2] = {-1, -1};
    int error = open_pipe(ends) ? spawn(run, words, ends[1]) : errno;

    if (ends[1] >= 0) {
        (void)close(ends[1]);
    }
    if (error != 0) {
        if (ends[0] >= 0) {
            (void)close(ends[0]);
        }
        return pileus_fail(
            call, error == ENOMEM ? PILEUS_NO_MEMORY : PILEUS_CONFIGURATION,
            "%s: '%.200s' cannot be run: %s: name a program "
            "that can",
            run->about, run->name, ec2_reason(error, reason));
    }
    run->output = ends[0];
    return PILEUS_OK;
}

/* ---- reading --------------------------------------------------------------
 */

static int32_t
check_time(const program *run, pileus_call *call)
{
    int32_t code = pileus_check(call);

    return code != PILEUS_OK || pileus_now_ms(call) < run->until_ms
               ? code
               : pileus_fail(call, PILEUS_UNAVAILABLE,
                             "%s: it has not ended within %lld ms: run it by "
                             "hand to see why, or allow more with the option "
                             "'request-timeout'",
                             run->about, (long long)run->timeout_ms);
}

/* All that is written, into room for one byte more than may be. */
static int32_t
read_output(const program *run, pileus_call *call, char *data, size_t *size)
{
    struct pollfd look = {.fd = run->output, .events = POLLIN};
    ssize_t got = 1;
    int32_t code = PILEUS_OK;

    while (code == PILEUS_OK && got != 0) {
        if (poll(&look, 1, LOOK_MS) > 0) {
            got = read(run->output, data + *size,
                       EC2_PROCESS_OUTPUT_MAX + 1 - *size);
            *size += got > 0 ? (size_t)got : 0;
        }
        if (*size > EC2_PROCESS_OUTPUT_MAX) {
            return pileus_fail(call, PILEUS_CONFIGURATION,
                               "%s: it writes more than %d bytes: have it "
                               "write its credentials only",
                               run->about, EC2_PROCESS_OUTPUT_MAX);
        }
        if (got != 0) {
            code = check_time(run, call);
        }
    }
    return code;
}

/* ---- ending ---------------------------------------------------------------
 */

static int32_t
judge(const program *run, pileus_call *call, int status)
{
    if (WIFSIGNALED(status)) {
        return pileus_fail(call, PILEUS_AUTHENTICATION,
                           "%s: it was ended by signal %d: run it by hand to "
                           "see why",
                           run->about, WTERMSIG(status));
    }
    if (WEXITSTATUS(status) == NOT_STARTED) {
        return pileus_fail(call, PILEUS_CONFIGURATION,
                           "%s: '%.200s' cannot be run, or what it runs cannot "
                           "(status %d): name a program that can",
                           run->about, run->name, NOT_STARTED);
    }
    return WEXITSTATUS(status) == 0
               ? PILEUS_OK
               : pileus_fail(call, PILEUS_AUTHENTICATION,
                             "%s: it ended with status %d: run it by hand to "
                             "see why",
                             run->about, WEXITSTATUS(status));
}

/* It has nothing more to say: wait until it has ended. */
static int32_t
finish(program *run, pileus_call *call)
{
    int32_t code = PILEUS_OK;

    while (code == PILEUS_OK) {
        int status = 0;
        pid_t ended = waitpid(run->pid, &status, WNOHANG);

        if (ended != 0 && !(ended < 0 && errno == EINTR)) {
            run->pid = -1;
            return ended < 0 ? PILEUS_OK : judge(run, call, status);
        }
        code = pileus_wait(call, ENDED_LOOK_MS);
        if (code == PILEUS_OK) {
            code = check_time(run, call);
        }
    }
    return code;
}

/* End it with all that it has started. As long as it is not waited for, its id
 * is nobody else's. */
static void
put_down(program *run)
{
    siginfo_t info;
    int status;

    if (run->pid <= 0 || waitid(P_PID, (id_t)run->pid, &info,
                                WEXITED | WNOHANG | WNOWAIT) != 0) {
        return; /* it is reaped already, by whomever */
    }
    if (kill(-run->pid, SIGKILL) != 0) {
        (void)kill(run->pid, SIGKILL); /* it has no group yet */
    }
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR) {
    }
    run->pid = -1;
}

int32_t
ec2_run(pileus_call *call, char *const *words, int64_t timeout_ms,
        const char *about, char **output, size_t *size)
{
    program run = {
        .pid = -1, .timeout_ms = timeout_ms, .about = about, .name = words[0]};
    char *data = calloc(1, EC2_PROCESS_OUTPUT_MAX + 2);
    int32_t code;

    if (data == NULL) {
        return ec2_no_memory(call);
    }
    *size = 0;
    run.until_ms = pileus_now_ms(call) + timeout_ms;
    code = start(&run, call, words);
    if (code == PILEUS_OK) {
        code = read_output(&run, call, data, size);
        if (code == PILEUS_OK) {
            code = finish(&run, call);
        }
        put_down(&run);
        (void)close(run.output);
    }
    if (code == PILEUS_OK) {
        *output = data;
    } else {
        pileus_wipe(call, data, EC2_PROCESS_OUTPUT_MAX + 1);
        free(data);
    }
    return code;
}
