/* Nouns and verbs: what there is to do, one row each. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_VERBS_H
#define CLI_VERBS_H

#include "cli/options.h"

typedef struct cli_args cli_args;
struct cli_kind;

/* What an operand names. */
typedef enum cli_operand {
    CLI_OPERAND_NONE,
    CLI_OPERAND_DRIVER,
    CLI_OPERAND_ONE,  /* of the noun's objects */
    CLI_OPERAND_SOME, /* one or more of them */
    CLI_OPERAND_PATH  /* of the provider's API */
} cli_operand;

typedef struct cli_verb {
    const char *noun;
    const char *name;
    const char *summary;
    const char *details; /* NULL: the summary says it all */
    cli_operand operand;
    uint64_t options;                 /* that it takes, a set */
    int (*run)(const cli_args *args); /* returns the exit code */
    uint64_t needed;                  /* options that it cannot do without */
} cli_verb;

typedef struct cli_noun {
    const char *name;
    const char *summary;
} cli_noun;

extern const cli_noun cli_nouns[];
extern const size_t cli_noun_count;
/* Verbs of a noun stand together. */
extern const cli_verb cli_verbs[];
extern const size_t cli_verb_count;

/* NULL when there is none. */
const cli_noun *cli_noun_get(const char *name);
const cli_verb *cli_verb_get(const char *noun, const char *name);

/* Does the verb open a connection? */
bool cli_verb_connects(const cli_verb *verb);
/* What an option means to it. */
const char *cli_verb_option_help(const cli_verb *verb, cli_option option);
/* What the value of an option is called; NULL: it takes none. */
const char *cli_verb_option_value(const cli_verb *verb, cli_option option);
/* Of what the value is the id or name; NULL: of nothing. */
const struct cli_kind *cli_verb_option_kind(const cli_verb *verb,
                                            cli_option option);
/* How its operands are written, such as " ID...". */
const char *cli_verb_operands(const cli_verb *verb);

#endif
