/* What a node has written to its console. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/find.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <pileus/lifecycle.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number of lines that are asked for; 0: all. */
static int
read_lines(uint64_t *lines, const cli_args *args)
{
    const char *text = cli_args_get(args, CLI_LINES);
    char *end = NULL;
    unsigned long long number;

    *lines = 0;
    if (text == NULL) {
        return CLI_DONE;
    }
    errno = 0;
    number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
        number == 0) {
        return cli_args_wrong(args,
                              "'%s' is no number of lines: give a whole "
                              "number, 1 or more",
                              text);
    }
    *lines = number;
    return CLI_DONE;
}

/* A line at a time, for the ends of lines are to stay what they are. */
static void
show_on_terminal(const char *data, size_t size)
{
    bool ascii = cli_terminal_of(stdout).ascii;
    const char *end = data + size;

    while (data < end) {
        const char *stop = memchr(data, '\n', (size_t)(end - data));
        size_t length = (size_t)((stop == NULL ? end : stop) - data);
        size_t shown =
            length > 0 && data[length - 1] == '\r' ? length - 1 : length;
        char *line = cli_copy_part(data, shown);

        cli_text_show(stdout, line, ascii);
        (void)putchar('\n');
        free(line);
        data += length + (stop != NULL);
    }
}

static int
show(pileus_node *node, uint64_t lines, pileus_call *call)
{
    pileus_text *log = NULL;
    pileus_error *err = NULL;
    pileus_code code = pileus_node_console_log(&log, node, lines, call, &err);

    cli_progress_end();
    if (code == PILEUS_OK) {
        size_t size = 0;
        const char *data = pileus_text_data(log, &size);

        if (isatty(STDOUT_FILENO)) {
            show_on_terminal(data, size);
        } else {
            (void)fwrite(data, 1, size, stdout);
        }
    } else {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    pileus_text_free(log);
    return cli_status_of(code);
}

static int
find_and_show(const cli_args *args, const cli_session *session, uint64_t lines)
{
    pileus_call *call = cli_call_new(session);
    pileus_connection *conn = NULL;
    void *node = NULL;
    int status = cli_session_connect(&conn, session, call);

    if (status == CLI_DONE) {
        status = cli_find(&node, &cli_kind_node, conn, args->operands.items[0],
                          call, NULL);
    }
    if (status == CLI_DONE) {
        status = show(node, lines, call);
        cli_kind_node.unref(node);
    }
    cli_progress_end();
    pileus_connection_unref(conn);
    cli_call_free(call);
    return status;
}

int
cli_node_console(const cli_args *args)
{
    uint64_t lines = 0;
    cli_session session;
    int status = read_lines(&lines, args);

    if (status != CLI_DONE) {
        return status;
    }
    status = cli_session_start(&session, args, false);
    if (status == CLI_DONE) {
        status = find_and_show(args, &session, lines);
    }
    cli_session_end(&session);
    return status;
}
