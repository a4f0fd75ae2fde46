/* What a stream's terminal can do. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define USUAL_WIDTH 80

/* An environment variable; NULL when unset or empty. */
static const char *
environment(const char *name)
{
#ifdef HAVE_SECURE_GETENV
    const char *value = secure_getenv(name);
#else
    const char *value =
        getuid() == geteuid() && getgid() == getegid() ? getenv(name) : NULL;
#endif

    return value != NULL && *value != '\0' ? value : NULL;
}

static size_t
width_of(int fd)
{
    const char *columns = environment("COLUMNS");
    unsigned long width = columns == NULL ? 0 : strtoul(columns, NULL, 10);
    struct winsize size;

    if (width > 0 && width < 10000) {
        return width;
    }
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        return size.ws_col;
    }
    return USUAL_WIDTH;
}

cli_terminal
cli_terminal_of(FILE *stream)
{
    cli_terminal terminal = {0};
    const char *kind = environment("TERM");
    int fd = fileno(stream);

    if (!isatty(fd)) {
        return terminal;
    }
    terminal.is_terminal = true;
    terminal.moves = kind != NULL && strcmp(kind, "dumb") != 0;
    terminal.colour = terminal.moves && environment("NO_COLOR") == NULL;
    terminal.ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    terminal.width = width_of(fd);
    return terminal;
}
