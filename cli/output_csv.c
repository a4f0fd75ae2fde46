/* Output as CSV after RFC 4180, with line feeds, and as bare ids. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/output.h"

#include "cli/memory.h"
#include "cli/report.h"
#include "cli/text.h"

#include <string.h>

/* Bytes go out as they are, except to a terminal. */
static void
put_text(const cli_output *out, const char *text)
{
    if (out->terminal.is_terminal) {
        cli_text_show(out->file, text, out->terminal.ascii);
    } else {
        (void)fputs(text, out->file);
    }
}

static void
put_field(const cli_output *out, const char *text)
{
    cli_buffer quoted;

    if (strpbrk(text, "\",\r\n") == NULL) {
        put_text(out, text);
        return;
    }
    cli_buffer_open(&quoted);
    for (; *text != '\0'; text++) {
        (void)fprintf(quoted.file, "%s%c", *text == '"' ? "\"" : "", *text);
    }
    (void)putc('"', out->file);
    put_text(out, cli_buffer_text(&quoted));
    (void)putc('"', out->file);
    cli_buffer_close(&quoted);
}

static void
csv_begin(cli_output *out)
{
    for (size_t i = 0; i < out->choices.count; i++) {
        (void)fputs(i == 0 ? "" : ",", out->file);
        put_field(out, out->choices.items[i].name);
    }
    (void)putc('\n', out->file);
}

static void
csv_add(cli_output *out, const void *object, size_t group)
{
    cli_buffer text;

    (void)group;
    cli_buffer_open(&text);
    for (size_t i = 0; i < out->choices.count; i++) {
        cli_cell cell =
            cli_choice_get(&out->choices.items[i], out->kind, object);

        cli_cell_write(text.file, &cell);
        (void)fputs(i == 0 ? "" : ",", out->file);
        put_field(out, cli_buffer_text(&text));
        cli_buffer_rewind(&text);
    }
    (void)putc('\n', out->file);
    cli_buffer_close(&text);
}

static void
nothing(cli_output *out)
{
    (void)out;
}

const cli_format cli_format_csv = {"csv", true, csv_begin, csv_add, nothing};

static void
id_add(cli_output *out, const void *object, size_t group)
{
    const char *id = out->kind->id(object);

    (void)group;
    if (id == NULL) {
        cli_cell name = out->kind->columns[1].get(object);

        cli_warning("'%s' has no id and is left out",
                    name.type == CLI_CELL_STRING ? name.u.string : "one");
        return;
    }
    put_text(out, id);
    (void)putc('\n', out->file);
}

const cli_format cli_format_id = {"id", true, nothing, id_add, nothing};
