/* The command with secrets, and all that it prints looked through. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/secrets/command.h"

#include "tests/secrets/find.h"
#include "tests/secrets/seen.h"
#include "tests/support/expect.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARGUMENTS_MAX 96

typedef struct line {
    const char *words[10]; /* ended by NULL */
    bool creates;          /* its answer may have what the provider made */
} line;

/* FILE stands for a file with a secret in it, KEY for one with a private key
 * where a public one is due, NEW for one to be made. */
static const line lines[] = {
    {{"driver", "list", "-o", "json", NULL}, false},
    {{"node", "list", "-o", "json", NULL}, false},
    {{"node", "list", "-o", "csv", NULL}, false},
    {{"node", "show", "7", "-o", "json", NULL}, false},
    {{"node", "show", "7", NULL}, false},
    {{"size", "list", "-o", "json", NULL}, false},
    {{"image", "list", "-o", "json", NULL}, false},
    {{"location", "list", "-o", "json", NULL}, false},
    {{"volume", "list", "-o", "json", NULL}, false},
    {{"snapshot", "list", "-o", "json", NULL}, false},
    {{"keypair", "list", "-o", "json", NULL}, false},
    {{"node", "reboot", "7", NULL}, false},
    {{"node", "stop", "7", "--soft", "-o", "json", NULL}, false},
    {{"node", "start", "7", "--wait", "-o", "jsonl", NULL}, false},
    {{"node", "destroy", "7", "--yes", NULL}, false},
    {{"keypair", "create", "--name", "eight", "--private-key-file", "NEW", "-o",
      "json", NULL},
     false},
    {{"node", "create", "--name=eight", "--size=7", "--image=7",
      "--user-data=FILE", "-o", "json", NULL},
     true},
    {{"node", "create", "--name=eight", "--size=7", "--image=7",
      "--password-file=FILE", NULL},
     true},
    {{"keypair", "import", "--name=nine", "--ssh-key=KEY", NULL}, false},
    {{"node", "list", "--no-such-option", NULL}, false},
    {{"node", "list", "--help", NULL}, false},
};

/* ---- one run
 * ------------------------------------------------------------------
 */

static char *
copy_of(const char *text)
{
    char *copy = strdup(text);

    assert_non_null(copy);
    return copy;
}

/* The word, with the names of files in it. */
static char *
word_of(const char *word, const char *folder)
{
    static const char *const names[][2] = {
        {"FILE", "secret"}, {"KEY", "key"}, {"NEW", "new"}};
    char text[512];

    (void)snprintf(text, sizeof text, "%s", word);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *at = strstr(word, names[i][0]);

        if (at != NULL) {
            (void)snprintf(text, sizeof text, "%.*s%s/%s", (int)(at - word),
                           word, folder, names[i][1]);
        }
    }
    return copy_of(text);
}

static size_t
arguments_of(char *arguments[ARGUMENTS_MAX], const line *typed,
             const char *driver, const given *options, size_t count,
             const char *folder)
{
    static const char *const always[] = {"-v", "-v", "--timeout", "3s",
                                         "--trace"};
    char text[512];
    size_t made = 0;

    arguments[made++] = copy_of("pileus");
    for (size_t i = 0; typed->words[i] != NULL; i++) {
        arguments[made++] = word_of(typed->words[i], folder);
    }
    if (strcmp(typed->words[0], "driver") != 0) {
        for (size_t i = 0; i < sizeof always / sizeof always[0]; i++) {
            arguments[made++] = copy_of(always[i]);
        }
        arguments[made++] = copy_of("--record");
        arguments[made++] = copy_of(folder);
        arguments[made++] = copy_of("-d");
        arguments[made++] = copy_of(driver);
        for (size_t i = 0; i < count; i++) {
            (void)snprintf(text, sizeof text, "-O%s=%s", options[i].name,
                           options[i].value);
            assert_true(made < ARGUMENTS_MAX - 1);
            arguments[made++] = copy_of(text);
        }
    }
    arguments[made] = NULL;
    return made;
}

/* All that it prints, on both, to be freed. */
static char *
output_of(char *const arguments[])
{
    char *text = NULL;
    size_t size = 0;
    FILE *all = open_memstream(&text, &size);
    char buffer[8192];
    ssize_t got;
    int ends[2];
    pid_t child;

    assert_non_null(all);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int nothing = open("/dev/null", O_RDONLY);

        if (dup2(nothing, STDIN_FILENO) >= 0 &&
            dup2(ends[1], STDOUT_FILENO) >= 0 &&
            dup2(ends[1], STDERR_FILENO) >= 0) {
            (void)close(ends[0]);
            (void)close(ends[1]);
            (void)execv(BUILDDIR "/tests/cli/pileus", arguments);
        }
        _exit(127);
    }
    (void)close(ends[1]);
    while ((got = read(ends[0], buffer, sizeof buffer)) > 0) {
        (void)fwrite(buffer, 1, (size_t)got, all);
    }
    (void)close(ends[0]);
    (void)waitpid(child, NULL, 0);
    assert_int_equal(fclose(all), 0);
    return text;
}

static const char *const files[][2] = {
    {"secret", PLANTED_VALUE "\n"},
    {"key", "-----BEGIN OPENSSH PRIVATE KEY-----\n" PLANTED
            "\n-----END OPENSSH PRIVATE KEY-----\n"},
    {"new", NULL}, /* the command makes it */
};

static void
write_files(const char *folder)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[512];
        FILE *out;

        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i][0]);
        if (files[i][1] != NULL) {
            out = fopen(path, "w");
            assert_non_null(out);
            assert_true(fputs(files[i][1], out) >= 0);
            assert_int_equal(fclose(out), 0);
        } else {
            (void)unlink(path);
        }
    }
}

static void
remove_files(const char *folder)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[512];

        (void)snprintf(path, sizeof path, "%s/%s", folder, files[i][0]);
        (void)unlink(path);
    }
}

void
command_run(const char *driver, const given *options, size_t count,
            const char *folder)
{
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char *arguments[ARGUMENTS_MAX];
        size_t words =
            arguments_of(arguments, &lines[i], driver, options, count, folder);
        char what[64];
        char *text;

        write_files(folder);
        text = output_of(arguments);
        (void)snprintf(what, sizeof what, "pileus %s %s", lines[i].words[0],
                       lines[i].words[1]);
        seen_doing(driver, what);
        seen_output(what, text, lines[i].creates);
        (void)seen_recording(folder);
        free(text);
        for (size_t j = 0; j < words; j++) {
            free(arguments[j]);
        }
    }
    remove_files(folder);
}
