/* Creating, and losing nothing that was made half. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_CREATE_H
#define CLI_CREATE_H

#include "cli/output.h"

typedef struct cli_creation cli_creation;

struct cli_creation {
    const cli_args *args;
    const cli_kind *kind;
    pileus_kind made; /* the same kind, as the library has it */
    /* Make it; other is the object that takes part. */
    pileus_code (*make)(const cli_creation *creation, void **object,
                        pileus_connection *conn, void *other, pileus_call *call,
                        pileus_error **err);
    /* What comes after it; NULL: nothing. *object may be replaced. Returns an
     * exit code, and has reported. */
    int (*after)(const cli_creation *creation, void **object,
                 pileus_call *call);
    /* The kind of another object that takes part, which an option names;
     * NULL: none does. */
    const cli_kind *other;
    cli_option other_option;
    void *spec; /* the kind's own */
};

/* Create it and show it; returns the exit code. */
int cli_create_run(const cli_creation *creation);

#endif
