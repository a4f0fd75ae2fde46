/* Columns: what can be shown of an object, the same in every format. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/column.h"

#include "cli/memory.h"

#include <stdlib.h>
#include <string.h>

#define EXTRA "extra."
#define COLUMNS_MAX 32 /* more than any kind has */

const cli_kind *
cli_kind_get(const char *noun)
{
    static const cli_kind *const kinds[] = {
        &cli_kind_driver,   &cli_kind_node,     &cli_kind_size,
        &cli_kind_image,    &cli_kind_location, &cli_kind_volume,
        &cli_kind_snapshot, &cli_kind_keypair,  &cli_kind_address,
    };
    size_t i = 0;

    while (i + 1 < sizeof kinds / sizeof kinds[0] &&
           strcmp(kinds[i]->noun, noun) != 0) {
        i++;
    }
    return kinds[i];
}

static void
choose(cli_choices *choices, const char *name, const cli_column *column,
       const char *extra)
{
    choices->items = cli_grow(choices->items, &choices->capacity,
                              choices->count, sizeof choices->items[0]);
    choices->items[choices->count] = (cli_choice){name, column, extra};
    choices->count++;
}

static const cli_column *
column_by_name(const cli_kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->column_count; i++) {
        if (strcmp(kind->columns[i].name, name) == 0) {
            return &kind->columns[i];
        }
    }
    return NULL;
}

static bool
choose_by_name(cli_choices *choices, const cli_kind *kind, const char *name,
               const cli_args *args)
{
    const cli_column *column = column_by_name(kind, name);
    const char *names[COLUMNS_MAX];

    if (column != NULL) {
        choose(choices, name, column, NULL);
        return true;
    }
    if (kind->extra != NULL && strncmp(name, EXTRA, strlen(EXTRA)) == 0 &&
        name[strlen(EXTRA)] != '\0') {
        choose(choices, name, NULL, name + strlen(EXTRA));
        return true;
    }
    for (size_t i = 0; i < kind->column_count; i++) {
        names[i] = kind->columns[i].name;
    }
    (void)cli_args_unknown(args, "column", name, names, kind->column_count);
    return false;
}

bool
cli_choices_asked(cli_choices *choices, const cli_kind *kind,
                  const cli_args *args)
{
    const char *asked = cli_args_get(args, CLI_COLUMNS);
    char *name;

    *choices = (cli_choices){0};
    if (asked == NULL) {
        return true;
    }
    choices->names = cli_copy(asked);
    name = choices->names;
    for (;;) {
        char *comma = strchr(name, ',');

        if (comma != NULL) {
            *comma = '\0';
        }
        if (!choose_by_name(choices, kind, name, args)) {
            return false;
        }
        if (comma == NULL) {
            return true;
        }
        name = comma + 1;
    }
}

void
cli_choices_usual(cli_choices *choices, const cli_kind *kind, bool table,
                  bool fleet)
{
    for (size_t i = 0; i < kind->column_count; i++) {
        const cli_column *column = &kind->columns[i];
        bool in_table = column->in_table ||
                        (fleet && strcmp(column->name, "connection") == 0);

        if (table ? in_table : column->in_json) {
            choose(choices, column->name, column, NULL);
        }
    }
}

void
cli_choices_free(cli_choices *choices)
{
    free(choices->items);
    free(choices->names);
}

/* The value at a path of keys joined by dots; a key may hold dots itself. */
static const pileus_value *
value_at(const pileus_value *dict, const char *path)
{
    const pileus_value *value = pileus_value_get(dict, path);

    for (const char *dot = strchr(path, '.'); value == NULL && dot != NULL;
         dot = strchr(dot + 1, '.')) {
        char *key = cli_copy_part(path, (size_t)(dot - path));
        const pileus_value *below = pileus_value_get(dict, key);

        if (below != NULL) {
            value = value_at(below, dot + 1);
        }
        free(key);
    }
    return value;
}

cli_cell
cli_choice_get(const cli_choice *choice, const cli_kind *kind,
               const void *object)
{
    if (choice->column != NULL) {
        return choice->column->get(object);
    }
    return cli_cell_value(value_at(kind->extra(object), choice->extra));
}
