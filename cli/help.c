/* Help, made from the tables of nouns, verbs and options, and manifests. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/help.h"

#include "cli/memory.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <string.h>

#define WIDTH 79
#define INDENT 26 /* where explanations begin */

/* Write words from column at on, and go on at column indent in new lines. */
static void
put_words(const char *text, size_t at, size_t indent)
{
    while (*text != '\0') {
        size_t length = strcspn(text, " ");

        if (at + 1 + length > WIDTH && at > indent) {
            (void)printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            (void)putchar(' ');
            at++;
        }
        (void)printf("%.*s", (int)length, text);
        at += length;
        text += length;
        text += strspn(text, " ");
    }
    (void)putchar('\n');
}

/* One row: what it is, and words about it. */
static void
put_row(const char *name, const char *words)
{
    size_t length = cli_text_width(name);

    (void)printf("  %s", name);
    if (length + 4 > INDENT) {
        (void)putchar('\n');
        length = 0;
        (void)printf("%*s", INDENT, "");
    } else {
        (void)printf("%*s", (int)(INDENT - 2 - length), "");
    }
    put_words(words, INDENT, INDENT);
}

static void
put_option(cli_option option, const cli_verb *verb)
{
    const cli_option_row *row = &cli_options[option];
    cli_buffer name;

    cli_buffer_open(&name);
    if (row->letter != 0) {
        (void)fprintf(name.file, "-%c, ", row->letter);
    } else {
        (void)fputs("    ", name.file);
    }
    (void)fprintf(name.file, "--%s", row->name);
    if (row->value != NULL) {
        (void)fprintf(name.file, " %s", cli_verb_option_value(verb, option));
    }
    put_row(cli_buffer_text(&name), cli_verb_option_help(verb, option));
    cli_buffer_close(&name);
}

/* ---- a driver's options -------------------------------------------------- */

/* Help, type, choices, default and variables of an option, as words. */
static void
describe(FILE *out, const pileus_option_info *option)
{
    const char *choice;
    const char *variable;

    (void)fputs(pileus_option_help(option), out);
    if (pileus_option_choice(option, 0) != NULL) {
        (void)fputs(" (one of", out);
        for (size_t i = 0; (choice = pileus_option_choice(option, i)); i++) {
            (void)fprintf(out, "%s %s", i == 0 ? "" : ",", choice);
        }
        (void)fputs(")", out);
    } else {
        (void)fprintf(out, " (%s)", pileus_option_type(option));
    }
    if (pileus_option_required(option)) {
        (void)fputs("; required", out);
    }
    if (pileus_option_secret(option)) {
        (void)fputs("; secret", out);
    }
    if (pileus_option_default(option) != NULL) {
        (void)fprintf(out, "; default: %s", pileus_option_default(option));
    }
    for (size_t i = 0; (variable = pileus_option_environment(option, i)); i++) {
        (void)fprintf(out, "%s %s", i == 0 ? "; environment:" : ",", variable);
    }
}

void
cli_help_driver(const pileus_driver_info *driver)
{
    bool ascii = cli_terminal_of(stdout).ascii;
    size_t count = pileus_driver_option_count(driver);
    cli_buffer raw;
    cli_buffer shown;

    (void)printf("\nOptions of the driver %s%s\n", pileus_driver_name(driver),
                 count > 0 ? ", for -O KEY=VALUE:" : ": none");
    cli_buffer_open(&raw);
    cli_buffer_open(&shown);
    for (size_t i = 0; i < count; i++) {
        const pileus_option_info *option = pileus_driver_option(driver, i);

        describe(raw.file, option);
        cli_text_show(shown.file, cli_buffer_text(&raw), ascii);
        put_row(pileus_option_name(option), cli_buffer_text(&shown));
        cli_buffer_rewind(&raw);
        cli_buffer_rewind(&shown);
    }
    cli_buffer_close(&shown);
    cli_buffer_close(&raw);
}

/* The options of the driver that -d names. */
static int
help_of_driver(const cli_args *args)
{
    const char *name = cli_args_get(args, CLI_DRIVER);
    pileus_context *ctx;
    pileus_drivers *drivers = NULL;
    const pileus_driver_info *driver;
    int status = CLI_DONE;

    if (name == NULL) {
        return CLI_DONE;
    }
    ctx = cli_context_new();
    (void)pileus_drivers_find(&drivers, ctx, NULL);
    driver = pileus_drivers_get(drivers, name);
    if (driver != NULL) {
        cli_help_driver(driver);
    } else {
        cli_error("there is no driver '%s': 'pileus driver list' shows those "
                  "there are",
                  name);
        status = CLI_USAGE;
    }
    pileus_drivers_free(drivers);
    pileus_context_unref(ctx);
    return status;
}

/* ---- verbs, nouns, all --------------------------------------------------- */

static int
help_of_verb(const cli_args *args)
{
    const cli_verb *verb = args->verb;

    (void)printf("Usage: pileus %s %s%s%s [OPTION...]\n\n%s\n", verb->noun,
                 verb->name, cli_verb_operands(verb),
                 cli_verb_connects(verb) ? " -d DRIVER [-O KEY=VALUE...]" : "",
                 verb->summary);
    if (verb->details != NULL) {
        put_words(verb->details, 0, 0);
    }
    if ((verb->operand == CLI_OPERAND_ONE ||
         verb->operand == CLI_OPERAND_SOME) &&
        strcmp(verb->noun, "keypair") != 0) {
        cli_buffer words;

        cli_buffer_open(&words);
        (void)fprintf(words.file,
                      "Each %s is named by its id, or by its name if no other "
                      "has it.",
                      verb->noun);
        put_words(cli_buffer_text(&words), 0, 0);
        cli_buffer_close(&words);
    }
    (void)puts("\nOptions:");
    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        if ((verb->options & CLI_BIT(i)) != 0) {
            put_option((cli_option)i, verb);
        }
    }
    return help_of_driver(args);
}

static void
put_verbs(const char *noun)
{
    for (size_t i = 0; i < cli_verb_count; i++) {
        if (strcmp(cli_verbs[i].noun, noun) == 0) {
            cli_buffer name;

            cli_buffer_open(&name);
            (void)fprintf(name.file, "%s%s", cli_verbs[i].name,
                          cli_verb_operands(&cli_verbs[i]));
            put_row(cli_buffer_text(&name), cli_verbs[i].summary);
            cli_buffer_close(&name);
        }
    }
}

static void
help_of_noun(const cli_noun *noun)
{
    (void)printf("Usage: pileus %s VERB [OPTION...]\n\n%s: %s\n\nVerbs:\n",
                 noun->name, noun->name, noun->summary);
    put_verbs(noun->name);
    (void)printf("\n'pileus %s VERB --help' shows the options of a verb.\n",
                 noun->name);
}

static void
help_of_all(void)
{
    (void)puts("Usage: pileus NOUN VERB [OPTION...]\n\n"
               "pileus lists, creates and changes machines of many providers, "
               "through drivers.\n\n"
               "Nouns and their verbs:");
    for (size_t i = 0; i < cli_noun_count; i++) {
        cli_buffer verbs;

        cli_buffer_open(&verbs);
        (void)fprintf(verbs.file, "%s:", cli_nouns[i].summary);
        for (size_t j = 0; j < cli_verb_count; j++) {
            if (strcmp(cli_verbs[j].noun, cli_nouns[i].name) == 0) {
                (void)fprintf(verbs.file, " %s", cli_verbs[j].name);
            }
        }
        put_row(cli_nouns[i].name, cli_buffer_text(&verbs));
        cli_buffer_close(&verbs);
    }
    (void)puts("\nExamples:\n"
               "  pileus driver list\n"
               "  pileus node list -d dummy\n"
               "  pileus node create -d libvirt -O uri=qemu:///system "
               "--name web-1 --wait\n\n"
               "Options may stand anywhere. 'pileus NOUN VERB --help' shows "
               "those of a verb;\n"
               "with '-d DRIVER' also those of the driver. pileus(1) is the "
               "manual.");
}

int
cli_help(const cli_args *args)
{
    if (args->verb != NULL) {
        return help_of_verb(args);
    }
    if (args->noun != NULL) {
        help_of_noun(args->noun);
    } else {
        help_of_all();
    }
    return CLI_DONE;
}
