/* Output as a table for people. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/output.h"

#include "cli/memory.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define GAP 2       /* columns between columns */
#define NARROWEST 4 /* no column is cut below this */

/* Text of a cell, fit to be shown, in the buffer; "-" for nothing. */
static void
put_cell(cli_buffer *buffer, const cli_output *out, const cli_choice *choice,
         const void *object)
{
    cli_cell cell = cli_choice_get(choice, out->kind, object);
    cli_buffer raw;
    const char *text;

    cli_buffer_open(&raw);
    cli_cell_write(raw.file, &cell);
    text = cli_buffer_text(&raw);
    cli_text_show(buffer->file, *text == '\0' ? "-" : text,
                  out->terminal.ascii);
    cli_buffer_close(&raw);
}

static char *
upper(const char *name)
{
    char *copy = cli_copy(name);

    for (char *c = copy; *c != '\0'; c++) {
        if (*c >= 'a' && *c <= 'z') {
            *c = (char)(*c - 'a' + 'A');
        }
    }
    return copy;
}

static const char *
colour_of(const char *state)
{
    static const char *const colours[][2] = {
        {"running", "\033[32m"},    {"stopped", "\033[33m"},
        {"suspended", "\033[33m"},  {"paused", "\033[33m"},
        {"terminated", "\033[31m"}, {"error", "\033[31m"},
    };

    for (size_t i = 0; i < sizeof colours / sizeof colours[0]; i++) {
        if (strcmp(colours[i][0], state) == 0) {
            return colours[i][1];
        }
    }
    return "\033[36m"; /* on its way, or unknown */
}

/* Write a cell, cut to the width; padded to it unless it is the last one. */
static void
write_cell(const cli_output *out, const cli_choice *choice, const char *text,
           size_t width, bool last)
{
    bool coloured = out->terminal.colour && choice != NULL &&
                    strcmp(choice->name, "state") == 0;
    size_t used;

    if (coloured) {
        (void)fputs(colour_of(text), out->file);
    }
    used = cli_text_cut(out->file, text, width, out->terminal.ascii);
    if (coloured) {
        (void)fputs("\033[0m", out->file);
    }
    if (!last) {
        (void)fprintf(out->file, "%*s", (int)(width - used + GAP), "");
    }
}

/* ---- a table of rows ----------------------------------------------------- */

typedef struct row {
    size_t group;
    size_t order;
    char *cells; /* the texts one after the other, each with its NUL */
} row;

/* Kept until the end: widths are not known before. */
typedef struct table {
    row *rows;
    size_t count;
    size_t capacity;
    size_t *widths;
} table;

static void
widen(size_t *width, const char *text)
{
    size_t needed = cli_text_width(text);

    *width = needed > *width ? needed : *width;
}

static void
table_begin(cli_output *out)
{
    table *t = cli_alloc(sizeof *t);

    t->widths = cli_alloc(out->choices.count * sizeof t->widths[0]);
    for (size_t i = 0; i < out->choices.count; i++) {
        widen(&t->widths[i], out->choices.items[i].name);
    }
    out->state = t;
}

static void
table_add(cli_output *out, const void *object, size_t group)
{
    table *t = out->state;
    cli_buffer buffer;
    const char *cell;

    cli_buffer_open(&buffer);
    for (size_t i = 0; i < out->choices.count; i++) {
        put_cell(&buffer, out, &out->choices.items[i], object);
        (void)putc('\0', buffer.file);
    }
    (void)cli_buffer_text(&buffer);
    t->rows = cli_grow(t->rows, &t->capacity, t->count, sizeof t->rows[0]);
    t->rows[t->count] =
        (row){group, t->count, cli_copy_part(buffer.data, buffer.size)};
    cell = t->rows[t->count].cells;
    for (size_t i = 0; i < out->choices.count; i++) {
        widen(&t->widths[i], cell);
        cell += strlen(cell) + 1;
    }
    t->count++;
    cli_buffer_close(&buffer);
}

/* On a terminal, let the widest columns be cut so that a row is a line. */
static void
fit(const cli_output *out, size_t *widths)
{
    size_t count = out->choices.count;
    size_t gaps = (count - 1) * GAP;
    size_t cap = out->terminal.width;
    size_t sum;

    if (!out->terminal.is_terminal) {
        return;
    }
    do {
        sum = gaps;
        for (size_t i = 0; i < count; i++) {
            sum += widths[i] > cap ? cap : widths[i];
        }
    } while (sum > out->terminal.width && --cap > NARROWEST);
    for (size_t i = 0; i < count; i++) {
        widths[i] = widths[i] > cap ? cap : widths[i];
    }
}

static int
compare_rows(const void *a, const void *b)
{
    const row *one = a;
    const row *other = b;

    if (one->group != other->group) {
        return one->group < other->group ? -1 : 1;
    }
    return one->order < other->order ? -1 : one->order > other->order;
}

static void
table_end(cli_output *out)
{
    table *t = out->state;
    size_t count = out->choices.count;

    fit(out, t->widths);
    for (size_t i = 0; i < count; i++) {
        char *title = upper(out->choices.items[i].name);

        write_cell(out, NULL, title, t->widths[i], i + 1 == count);
        free(title);
    }
    (void)putc('\n', out->file);
    if (t->count > 0) {
        qsort(t->rows, t->count, sizeof t->rows[0], compare_rows);
    }
    for (size_t r = 0; r < t->count; r++) {
        const char *cell = t->rows[r].cells;

        for (size_t i = 0; i < count; i++) {
            write_cell(out, &out->choices.items[i], cell, t->widths[i],
                       i + 1 == count);
            cell += strlen(cell) + 1;
        }
        (void)putc('\n', out->file);
        free(t->rows[r].cells);
    }
    free(t->rows);
    free(t->widths);
    free(t);
}

const cli_format cli_format_table = {"table", false, table_begin, table_add,
                                     table_end};

/* ---- the facts of one object, one a line --------------------------------- */

static void
facts_add(cli_output *out, const void *object, size_t group)
{
    size_t width = 0;
    cli_buffer buffer;

    (void)group;
    for (size_t i = 0; i < out->choices.count; i++) {
        widen(&width, out->choices.items[i].name);
    }
    cli_buffer_open(&buffer);
    for (size_t i = 0; i < out->choices.count; i++) {
        const cli_choice *choice = &out->choices.items[i];

        put_cell(&buffer, out, choice, object);
        write_cell(out, NULL, choice->name, width, false);
        write_cell(out, choice, cli_buffer_text(&buffer), SIZE_MAX, true);
        (void)putc('\n', out->file);
        cli_buffer_rewind(&buffer);
    }
    cli_buffer_close(&buffer);
}

static void
facts_nothing(cli_output *out)
{
    (void)out;
}

const cli_format cli_format_facts = {"table", true, facts_nothing, facts_add,
                                     facts_nothing};
