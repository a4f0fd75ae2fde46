/* The command line, taken apart. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/args.h"

#include "cli/report.h"
#include "cli/status.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* More than there are nouns, or verbs of a noun. */
#define NAMES_MAX 32

/* Where the parser stands. Not strict, mistakes are passed over in silence. */
typedef struct parser {
    cli_args *args;
    bool strict;
    cli_option pending; /* its value comes next */
} parser;

int
cli_args_wrong(const cli_args *args, const char *format, ...)
{
    cli_buffer buffer;
    va_list list;

    cli_buffer_open(&buffer);
    va_start(list, format);
    (void)vfprintf(buffer.file, format, list);
    va_end(list);
    cli_error("%s", cli_buffer_text(&buffer));
    cli_buffer_close(&buffer);
    if (args->verb != NULL) {
        cli_hint("see: pileus %s %s --help", args->verb->noun,
                 args->verb->name);
    } else if (args->noun != NULL) {
        cli_hint("see: pileus %s --help", args->noun->name);
    } else {
        cli_hint("see: pileus --help");
    }
    return CLI_USAGE;
}

int
cli_args_unknown(const cli_args *args, const char *kind, const char *word,
                 const char *const *known, size_t count)
{
    const char *nearest = pileus_nearest(word, known, count);
    cli_buffer all;

    if (nearest != NULL) {
        return cli_args_wrong(args, "'%s' is no %s: did you mean '%s'?", word,
                              kind, nearest);
    }
    cli_buffer_open(&all);
    for (size_t i = 0; i < count; i++) {
        (void)fprintf(all.file, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    (void)cli_args_wrong(args, "'%s' is no %s: choose one of %s", word, kind,
                         cli_buffer_text(&all));
    cli_buffer_close(&all);
    return CLI_USAGE;
}

/* ---- options ------------------------------------------------------------- */

static bool
give(parser *p, cli_option option, const char *value)
{
    const cli_option_row *row = &cli_options[option];

    p->pending = CLI_OPTION_COUNT;
    if (p->strict && !row->repeatable && p->args->values[option].count > 0 &&
        row->value != NULL) {
        (void)cli_args_wrong(p->args, "--%s is given twice", row->name);
        return false;
    }
    cli_strings_add(&p->args->values[option], value);
    return true;
}

static bool
unknown_option(const parser *p, const char *word, const char *name,
               size_t length)
{
    const char *names[CLI_OPTION_COUNT];
    char *typed;
    const char *nearest;

    if (!p->strict) {
        return true;
    }
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        names[i] = cli_options[i].name;
    }
    typed = cli_copy_part(name, length);
    nearest = pileus_nearest(typed, names, CLI_OPTION_COUNT);
    if (nearest != NULL) {
        (void)cli_args_wrong(p->args,
                             "there is no option '%s': did you mean "
                             "'--%s'?",
                             word, nearest);
    } else {
        (void)cli_args_wrong(p->args, "there is no option '%s'", word);
    }
    free(typed);
    return false;
}

/* "--name", "--name=value". */
static bool
take_long(parser *p, const char *word)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    cli_option option = cli_option_by_name(name, length);

    if (option == CLI_OPTION_COUNT) {
        return unknown_option(p, word, name, length);
    }
    if (name[length] == '=') {
        if (cli_options[option].value == NULL) {
            if (p->strict) {
                (void)cli_args_wrong(p->args, "--%s takes no value",
                                     cli_options[option].name);
            }
            return !p->strict;
        }
        return give(p, option, name + length + 1);
    }
    if (cli_options[option].value != NULL) {
        p->pending = option;
        return true;
    }
    return give(p, option, "");
}

/* "-v", "-vq", "-o json", "-ojson". */
static bool
take_short(parser *p, const char *word)
{
    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        cli_option option = cli_option_by_letter(*letter);

        if (option == CLI_OPTION_COUNT) {
            return unknown_option(p, word, word + 1, strlen(word + 1));
        }
        if (cli_options[option].value != NULL) {
            if (letter[1] != '\0') {
                return give(p, option, letter + 1);
            }
            p->pending = option;
            return true;
        }
        (void)give(p, option, "");
    }
    return true;
}

static bool
take_word(parser *p, const char *word)
{
    cli_args *args = p->args;

    if (p->pending != CLI_OPTION_COUNT) {
        return give(p, p->pending, word);
    }
    if (args->options_ended || word[0] != '-' || word[1] == '\0') {
        cli_strings_add(&args->operands, word);
        return true;
    }
    if (strcmp(word, "--") == 0) {
        args->options_ended = true;
        return true;
    }
    return word[1] == '-' ? take_long(p, word) : take_short(p, word);
}

/* ---- noun and verb ------------------------------------------------------- */

static bool
find_noun(const parser *p, const char *word)
{
    const char *names[NAMES_MAX];
    size_t count = 0;

    p->args->noun = cli_noun_get(word);
    if (p->args->noun != NULL || !p->strict) {
        return p->args->noun != NULL;
    }
    for (size_t i = 0; i < cli_noun_count; i++) {
        names[count++] = cli_nouns[i].name;
    }
    (void)cli_args_unknown(p->args, "noun", word, names, count);
    return false;
}

static bool
find_verb(const parser *p, const char *word)
{
    const char *names[NAMES_MAX];
    size_t count = 0;

    p->args->verb = cli_verb_get(p->args->noun->name, word);
    if (p->args->verb != NULL || !p->strict) {
        return p->args->verb != NULL;
    }
    for (size_t i = 0; i < cli_verb_count; i++) {
        if (strcmp(cli_verbs[i].noun, p->args->noun->name) == 0) {
            names[count++] = cli_verbs[i].name;
        }
    }
    (void)cli_args_unknown(p->args, "verb", word, names, count);
    return false;
}

static void
drop_first(cli_strings *strings)
{
    strings->count--;
    memmove(strings->items, strings->items + 1,
            strings->count * sizeof strings->items[0]);
}

/* Take noun and verb off the operands, as far as they are there. */
static bool
find_names(const parser *p)
{
    cli_strings *operands = &p->args->operands;

    if (operands->count > 0) {
        if (!find_noun(p, operands->items[0])) {
            return false;
        }
        drop_first(operands);
    }
    if (operands->count > 0) {
        if (!find_verb(p, operands->items[0])) {
            return false;
        }
        drop_first(operands);
    }
    return true;
}

/* ---- what goes with the verb --------------------------------------------- */

static bool
check_conflict(const cli_args *args, cli_option one, cli_option other)
{
    if (cli_args_has(args, one) && cli_args_has(args, other)) {
        (void)cli_args_wrong(args, "--%s and --%s contradict each other",
                             cli_options[one].name, cli_options[other].name);
        return false;
    }
    return true;
}

static bool
check_options(const cli_args *args)
{
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        if (args->values[i].count > 0 &&
            (args->verb->options & CLI_BIT(i)) == 0) {
            (void)cli_args_wrong(args, "'pileus %s %s' takes no --%s",
                                 args->verb->noun, args->verb->name,
                                 cli_options[i].name);
            return false;
        }
    }
    return check_conflict(args, CLI_VERBOSE, CLI_QUIET) &&
           check_conflict(args, CLI_SOFT, CLI_HARD) &&
           check_conflict(args, CLI_SIZE, CLI_CONFIRM) &&
           check_conflict(args, CLI_SIZE, CLI_REVERT) &&
           check_conflict(args, CLI_CONFIRM, CLI_REVERT) &&
           check_conflict(args, CLI_DRIVER, CLI_PROFILE);
}

static bool
check_operands(const cli_args *args)
{
    size_t count = args->operands.count;
    cli_operand operand = args->verb->operand;
    size_t most = operand == CLI_OPERAND_NONE   ? 0
                  : operand == CLI_OPERAND_SOME ? SIZE_MAX
                                                : 1;

    if (count > most) {
        (void)cli_args_wrong(args,
                             "'%s' is too much: it is 'pileus %s "
                             "%s%s'",
                             args->operands.items[most], args->verb->noun,
                             args->verb->name, cli_verb_operands(args->verb));
        return false;
    }
    if (count == 0 && operand != CLI_OPERAND_NONE) {
        (void)cli_args_wrong(
            args, "say which %s: pileus %s %s%s",
            operand == CLI_OPERAND_PATH ? "path" : args->verb->noun,
            args->verb->noun, args->verb->name, cli_verb_operands(args->verb));
        return false;
    }
    return true;
}

static bool
check_needed(const cli_args *args)
{
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        if ((args->verb->needed & CLI_BIT(i)) != 0 &&
            args->values[i].count == 0) {
            (void)cli_args_wrong(
                args, "'pileus %s %s' needs --%s %s", args->verb->noun,
                args->verb->name, cli_options[i].name,
                cli_verb_option_value(args->verb, (cli_option)i));
            return false;
        }
    }
    return true;
}

static bool
check(const cli_args *args)
{
    if (args->verb != NULL) {
        return check_options(args) &&
               (cli_args_has(args, CLI_HELP) ||
                (check_operands(args) && check_needed(args)));
    }
    if (cli_args_has(args, CLI_HELP) || cli_args_has(args, CLI_VERSION)) {
        return true;
    }
    if (args->noun != NULL && strcmp(args->noun->name, "raw") == 0) {
        (void)cli_args_wrong(args, "say what to send: pileus raw METHOD PATH");
    } else if (args->noun != NULL) {
        (void)cli_args_wrong(args, "say what to do with the %s: pileus %s VERB",
                             args->noun->name, args->noun->name);
    } else {
        (void)cli_args_wrong(args, "say what to do: pileus NOUN VERB");
    }
    return false;
}

/* -------------------------------------------------------------------------- */

bool
cli_args_parse(cli_args *args, int count, char *const *words)
{
    parser p = {.args = args, .strict = true, .pending = CLI_OPTION_COUNT};

    *args = (cli_args){0};
    for (int i = 0; i < count; i++) {
        if (!take_word(&p, words[i])) {
            return false;
        }
    }
    if (p.pending != CLI_OPTION_COUNT) {
        (void)cli_args_wrong(
            args, "--%s needs a value: --%s %s", cli_options[p.pending].name,
            cli_options[p.pending].name, cli_options[p.pending].value);
        return false;
    }
    return find_names(&p) && check(args);
}

void
cli_args_parse_part(cli_args *args, cli_option *pending, int count,
                    char *const *words)
{
    parser p = {.args = args, .strict = false, .pending = CLI_OPTION_COUNT};

    *args = (cli_args){0};
    for (int i = 0; i < count; i++) {
        (void)take_word(&p, words[i]);
    }
    (void)find_names(&p);
    *pending = p.pending;
}

void
cli_args_free(cli_args *args)
{
    free(args->operands.items);
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        free(args->values[i].items);
    }
}

bool
cli_args_has(const cli_args *args, cli_option option)
{
    return args->values[option].count > 0;
}

const char *
cli_args_get(const cli_args *args, cli_option option)
{
    const cli_strings *values = &args->values[option];

    return values->count == 0 ? NULL : values->items[0];
}
