/* Columns: what can be shown of an object, the same in every format. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_COLUMN_H
#define CLI_COLUMN_H

#include "cli/args.h"
#include "cli/cell.h"

typedef struct cli_column {
    const char *name; /* key in JSON */
    cli_cell (*get)(const void *object);
    bool in_json;  /* shown in JSON and CSV, and when one object is shown */
    bool in_table; /* shown in tables; both unless --columns says which */
} cli_column;

/* Takes the objects of a listing; false: enough. */
typedef struct cli_taker {
    bool (*take)(void *user, const void *object);
    void *user;
} cli_taker;

/* A kind of object. What it lacks is NULL. */
typedef struct cli_kind {
    const char *noun;
    const cli_column *columns;
    size_t column_count;
    /* What -o id prints, and verbs take. */
    const char *(*id)(const void *object);
    const char *(*name)(const void *object);
    const char *(*state)(const void *object);
    /* For extra.KEY. */
    const pileus_value *(*extra)(const void *object);
    pileus_code (*each)(pileus_connection *conn, const pileus_query *query,
                        cli_taker *to, pileus_call *call, pileus_error **err);
    /* Both give a new reference. */
    pileus_code (*get)(void **object, pileus_connection *conn, const char *id,
                       pileus_call *call, pileus_error **err);
    void *(*ref)(const void *object);
    void (*unref)(const void *object);
    pileus_code (*save)(pileus_text **saved, const void *object,
                        pileus_error **err);
    /* Entry i of a list; NULL when it is of another kind. */
    void *(*entry)(const pileus_list *list, size_t i);
} cli_kind;

extern const cli_kind cli_kind_driver;
extern const cli_kind cli_kind_node;
extern const cli_kind cli_kind_size;
extern const cli_kind cli_kind_image;
extern const cli_kind cli_kind_location;
extern const cli_kind cli_kind_volume;
extern const cli_kind cli_kind_snapshot;
extern const cli_kind cli_kind_keypair;
extern const cli_kind cli_kind_address;

/* The kind of a noun. */
const cli_kind *cli_kind_get(const char *noun);

/* A column as chosen: one of the kind's, or a key of its extra. */
typedef struct cli_choice {
    const char *name; /* as it was asked for */
    const cli_column *column;
    const char *extra; /* path in the extra, when column is NULL */
} cli_choice;

typedef struct cli_choices {
    cli_choice *items;
    size_t count;
    size_t capacity;
    char *names; /* memory of the names that were asked for */
} cli_choices;

/* Those of --columns; false: one is unknown, and that was reported. Without
 * --columns there are none. */
bool cli_choices_asked(cli_choices *choices, const cli_kind *kind,
                       const cli_args *args);
/* Those of a table, or of JSON; fleet adds the connection. */
void cli_choices_usual(cli_choices *choices, const cli_kind *kind, bool table,
                       bool fleet);
void cli_choices_free(cli_choices *choices);

cli_cell cli_choice_get(const cli_choice *choice, const cli_kind *kind,
                        const void *object);

#endif
