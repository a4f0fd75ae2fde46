/* Cells: one fact of an object, before any format has it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CELL_H
#define CLI_CELL_H

#include "cli/moment.h"

#include <pileus/pileus.h>

#include <stdio.h>

typedef enum cli_cell_type {
    CLI_CELL_NULL, /* the provider did not say */
    CLI_CELL_STRING,
    CLI_CELL_INTEGER,
    CLI_CELL_DOUBLE,
    CLI_CELL_STRINGS,
    CLI_CELL_VALUE,
    CLI_CELL_OPTIONS, /* those of a driver */
    CLI_CELL_MOMENT
} cli_cell_type;

/* Entry i of an object; NULL beyond the end. */
typedef const char *(*cli_string_at)(const void *object, size_t i);

/* Pointers belong to the object. */
typedef struct cli_cell {
    cli_cell_type type;
    union {
        const char *string;
        int64_t integer;
        double real;
        struct {
            cli_string_at at;
            const void *object;
        } strings;
        const pileus_value *value;
        const pileus_driver_info *driver;
        char moment[CLI_MOMENT_SIZE];
    } u;
} cli_cell;

/* NULL, and what is not known, give CLI_CELL_NULL. */
cli_cell cli_cell_string(const char *string);
cli_cell cli_cell_integer(bool known, int64_t integer);
cli_cell cli_cell_double(bool known, double real);
cli_cell cli_cell_moment(bool known, int64_t ns);
cli_cell cli_cell_value(const pileus_value *value);
cli_cell cli_cell_strings(cli_string_at at, const void *object);
cli_cell cli_cell_options(const pileus_driver_info *driver);

/* Write it as plain text: nothing for CLI_CELL_NULL, strings joined by a
 * space, lists and dicts as JSON. */
void cli_cell_write(FILE *out, const cli_cell *cell);

/* Room for a number as text, and its NUL. */
#define CLI_DOUBLE_SIZE 32

/* The fewest digits that read back as the same number; a whole number gets a
 * ".0", so that it is still told from an integer. It must be finite. */
void cli_double_format(char text[CLI_DOUBLE_SIZE], double number);

#endif
