/* What is done to objects that are there, one or several. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include "cli/output.h"

typedef struct cli_change cli_change;

struct cli_change {
    const cli_args *args;
    const cli_kind *kind;
    cli_shape shape;
    bool confirm; /* ask first */
    /* Do it; NULL: only look. */
    pileus_code (*act)(const cli_change *change, void *object, void *other,
                       pileus_call *call, pileus_error **err);
    /* What comes after it; NULL: nothing. *object may be replaced. Returns an
     * exit code, and has reported. */
    int (*after)(const cli_change *change, void **object,
                 pileus_connection *conn, pileus_call *call, const char *about);
    /* The kind of another object that takes part, which an option names;
     * NULL: none does. */
    const cli_kind *other;
    cli_option other_option;
    const void *own; /* the verb's */
};

/* One operand is an object, several are a list. */
cli_shape cli_change_shape(const cli_args *args);

/* Do it to each of the operands; returns the exit code. */
int cli_change_run(const cli_change *change);

/* A cli_change's after: the object as it is now. */
int cli_change_look_again(const cli_change *change, void **object,
                          pileus_connection *conn, pileus_call *call,
                          const char *about);

/* Show one object with all its facts. */
int cli_show(const cli_args *args, const cli_kind *kind);

#endif
