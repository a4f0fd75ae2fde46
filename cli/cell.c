/* Cells: one fact of an object, before any format has it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/cell.h"

#include "cli/json.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const cli_cell null_cell = {.type = CLI_CELL_NULL};

cli_cell
cli_cell_string(const char *string)
{
    return string == NULL
               ? null_cell
               : (cli_cell){.type = CLI_CELL_STRING, .u.string = string};
}

cli_cell
cli_cell_integer(bool known, int64_t integer)
{
    return !known ? null_cell
                  : (cli_cell){.type = CLI_CELL_INTEGER, .u.integer = integer};
}

cli_cell
cli_cell_double(bool known, double real)
{
    return !known || !isfinite(real)
               ? null_cell
               : (cli_cell){.type = CLI_CELL_DOUBLE, .u.real = real};
}

cli_cell
cli_cell_moment(bool known, int64_t ns)
{
    cli_cell cell = null_cell;

    if (known) {
        cell.type = CLI_CELL_MOMENT;
        cli_moment_format(cell.u.moment, ns);
    }
    return cell;
}

cli_cell
cli_cell_value(const pileus_value *value)
{
    return value == NULL ? null_cell
                         : (cli_cell){.type = CLI_CELL_VALUE, .u.value = value};
}

cli_cell
cli_cell_strings(cli_string_at at, const void *object)
{
    return (cli_cell){.type = CLI_CELL_STRINGS, .u.strings = {at, object}};
}

cli_cell
cli_cell_options(const pileus_driver_info *driver)
{
    return (cli_cell){.type = CLI_CELL_OPTIONS, .u.driver = driver};
}

void
cli_double_format(char text[CLI_DOUBLE_SIZE], double number)
{
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(text, CLI_DOUBLE_SIZE, "%.*g", digits, number);
        if (strtod(text, NULL) == number) {
            break;
        }
    }
    if (strpbrk(text, ".e") == NULL) {
        size_t length = strlen(text);

        (void)snprintf(text + length, CLI_DOUBLE_SIZE - length, ".0");
    }
}

static void
write_joined(FILE *out, cli_string_at at, const void *object)
{
    for (size_t i = 0; at(object, i) != NULL; i++) {
        (void)fprintf(out, "%s%s", i == 0 ? "" : " ", at(object, i));
    }
}

static const char *
option_name_at(const void *driver, size_t i)
{
    const pileus_option_info *option = pileus_driver_option(driver, i);

    return option == NULL ? NULL : pileus_option_name(option);
}

static void
write_value(FILE *out, const cli_cell *cell)
{
    pileus_type type = pileus_value_type(cell->u.value);

    if (type == PILEUS_TYPE_STRING) {
        (void)fputs(pileus_value_string(cell->u.value), out);
    } else if (type != PILEUS_TYPE_NULL) {
        yajl_gen json = cli_json_new(out, false);

        cli_json_cell(json, cell);
        cli_json_free(json);
    }
}

void
cli_cell_write(FILE *out, const cli_cell *cell)
{
    char number[CLI_DOUBLE_SIZE];

    switch (cell->type) {
    case CLI_CELL_STRING:
        (void)fputs(cell->u.string, out);
        break;
    case CLI_CELL_INTEGER:
        (void)fprintf(out, "%" PRId64, cell->u.integer);
        break;
    case CLI_CELL_DOUBLE:
        cli_double_format(number, cell->u.real);
        (void)fputs(number, out);
        break;
    case CLI_CELL_STRINGS:
        write_joined(out, cell->u.strings.at, cell->u.strings.object);
        break;
    case CLI_CELL_VALUE:
        write_value(out, cell);
        break;
    case CLI_CELL_OPTIONS:
        write_joined(out, option_name_at, cell->u.driver);
        break;
    case CLI_CELL_MOMENT:
        (void)fputs(cell->u.moment, out);
        break;
    default:
        break;
    }
}
