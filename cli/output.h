/* Standard output: objects in the format that was asked for. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "cli/column.h"
#include "cli/terminal.h"

/* What an answer looks like. */
typedef enum cli_shape {
    CLI_SHAPE_LIST, /* any number: an array in JSON */
    CLI_SHAPE_ONE,  /* one: an object in JSON */
    CLI_SHAPE_FACTS /* one, with all its facts: in a table, one a line */
} cli_shape;

typedef struct cli_output cli_output;

/* A format. All write to out->file. */
typedef struct cli_format {
    const char *name;
    bool all_keys; /* without --columns it shows what JSON does */
    void (*begin)(cli_output *out);
    /* group orders the rows of a table that came from several connections. */
    void (*add)(cli_output *out, const void *object, size_t group);
    void (*end)(cli_output *out);
} cli_format;

extern const cli_format cli_format_table;
extern const cli_format cli_format_facts; /* a table of one, upright */
extern const cli_format cli_format_json;
extern const cli_format cli_format_jsonl;
extern const cli_format cli_format_csv;
extern const cli_format cli_format_id;
extern const cli_format cli_format_saved; /* all of it, for --saved */

/* Seen by the formats. */
struct cli_output {
    FILE *file;
    const cli_kind *kind;
    const cli_format *format;
    cli_shape shape;
    cli_choices choices;
    cli_terminal terminal;
    size_t count; /* of the objects before this one */
    void *state;  /* the format's own */
    bool begun;
    bool failed; /* it cannot be written */
};

/* Begin an answer as -o and --columns say. fleet: from several connections.
 * False: they are wrong, and that was reported; the answer needs no end. */
bool cli_output_open(cli_output *out, const cli_args *args,
                     const cli_kind *kind, cli_shape shape, bool fleet);
/* False: it cannot be written, so there is no use in going on. From any
 * thread. */
bool cli_output_add(cli_output *out, const void *object, size_t group);
/* End the answer and free it. Nothing at all is written when it failed before
 * there was an object. Returns status, or CLI_FAILED for CLI_DONE when the
 * answer could not be written, which is reported. */
int cli_output_close(cli_output *out, int status);

/* Is it a table that people read? */
bool cli_output_is_table(const cli_args *args);

/* The names of the formats. */
extern const char *const cli_format_names[];
extern const size_t cli_format_count;

#endif
