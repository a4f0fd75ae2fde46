/* What the command reads: files and standard input named on its line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/input.h"

#include "cli/memory.h"
#include "cli/report.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool standard_input_read;

/* A file descriptor; -1 when it cannot be had, which was reported. */
static int
open_input(const char *path, const char *what)
{
    int fd;

    if (strcmp(path, "-") == 0) {
        if (standard_input_read) {
            cli_error("standard input can be read only once: give the %s in a "
                      "file",
                      what);
            return -1;
        }
        standard_input_read = true;
        return STDIN_FILENO;
    }
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        cli_error("cannot read the %s from '%s': %s", what, path,
                  strerror(errno));
    }
    return fd;
}

/* Up to size bytes; -1 when reading fails. */
static ssize_t
read_all(int fd, char *data, size_t size)
{
    size_t got = 0;

    while (got < size) {
        ssize_t more = read(fd, data + got, size - got);

        if (more < 0 && errno == EINTR) {
            continue;
        }
        if (more < 0) {
            return -1;
        }
        if (more == 0) {
            break;
        }
        got += (size_t)more;
    }
    return (ssize_t)got;
}

bool
cli_input_read(cli_input *input, const char *path, const char *what,
               size_t most)
{
    int fd = open_input(path, what);
    ssize_t size;

    *input = (cli_input){0};
    if (fd < 0) {
        return false;
    }
    /* One block from the start: growing would leave copies of a secret. */
    input->data = cli_alloc(most + 2);
    size = read_all(fd, input->data, most + 1);
    if (size < 0) {
        cli_error("cannot read the %s from '%s': %s", what, path,
                  strerror(errno));
    } else if ((size_t)size > most) {
        cli_error("the %s in '%s' is longer than %zu bytes: it cannot be "
                  "used",
                  what, path, most);
    }
    if (fd != STDIN_FILENO) {
        (void)close(fd);
    }
    if (size < 0 || (size_t)size > most) {
        cli_wipe(input->data, most + 2);
        input->data = NULL;
        return false;
    }
    input->data[size] = '\0';
    input->size = (size_t)size;
    return true;
}

bool
cli_input_read_text(cli_input *input, const char *path, const char *what,
                    size_t most)
{
    /* Two bytes more, for a line break. */
    if (!cli_input_read(input, path, what, most + 2)) {
        return false;
    }
    if (input->size > 0 && input->data[input->size - 1] == '\n') {
        input->data[--input->size] = '\0';
        if (input->size > 0 && input->data[input->size - 1] == '\r') {
            input->data[--input->size] = '\0';
        }
    }
    if (strlen(input->data) != input->size) {
        cli_error("the %s in '%s' has a NUL in it: it must be text", what,
                  path);
        cli_input_wipe(input);
        return false;
    }
    return true;
}

void
cli_input_wipe(cli_input *input)
{
    cli_wipe(input->data, input->size);
    *input = (cli_input){0};
}
