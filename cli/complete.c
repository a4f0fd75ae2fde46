/* Completion: what may come next on a command line. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/complete.h"

#include "cli/column.h"
#include "cli/output.h"
#include "cli/query.h"
#include "cli/status.h"
#include "cli/text.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* The shell waits for us: give up rather than hang, whatever a driver does. */
#define ALARM_SECONDS 5

/* The text as it is shown, in a buffer. What it looks like and what it is
 * differ when it would drive the terminal. */
static const char *
shown(cli_buffer *buffer, const char *text)
{
    cli_buffer_open(buffer);
    cli_text_show(buffer->file, text, false);
    return cli_buffer_text(buffer);
}

void
cli_complete_offer(const cli_typing *typing, const char *candidate,
                   const char *end, const char *about)
{
    const char *typed = typing->word + typing->start;
    cli_buffer as_shown;

    if (candidate == NULL || *candidate == '\0' ||
        strncmp(candidate, typed, strlen(typed)) != 0) {
        return;
    }
    if (strcmp(shown(&as_shown, candidate), candidate) == 0) {
        cli_buffer words;

        (void)printf("%.*s%s%s\t%s\n", (int)typing->start, typing->word,
                     candidate, end, shown(&words, about == NULL ? "" : about));
        cli_buffer_close(&words);
    }
    cli_buffer_close(&as_shown);
}

/* ---- values of options --------------------------------------------------- */

static void
complete_columns(cli_typing typing)
{
    const cli_kind *kind = typing.args->noun == NULL
                               ? NULL
                               : cli_kind_get(typing.args->noun->name);
    const char *comma = strrchr(typing.word + typing.start, ',');

    if (comma != NULL) {
        typing.start = (size_t)(comma + 1 - typing.word);
    }
    for (size_t i = 0; kind != NULL && i < kind->column_count; i++) {
        cli_complete_offer(&typing, kind->columns[i].name, "", NULL);
    }
}

static void
complete_words(const cli_typing *typing, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cli_complete_offer(typing, words[i], "", NULL);
    }
}

static void
complete_files(const cli_typing *typing)
{
    (void)printf("files %.*s\n", (int)typing->start, typing->word);
}

static void
complete_value(cli_typing typing, cli_option option)
{
    const char *states[CLI_STATES_MAX];
    bool is_listing = typing.args->verb != NULL &&
                      strcmp(typing.args->verb->name, "list") == 0;

    switch (option) {
    case CLI_DRIVER:
        cli_complete_drivers(&typing);
        break;
    case CLI_OPTION:
        cli_complete_settings(typing);
        break;
    case CLI_OUTPUT:
        complete_words(&typing, cli_format_names, cli_format_count);
        break;
    case CLI_COLUMNS:
        complete_columns(typing);
        break;
    case CLI_STATE:
        complete_words(&typing, states, cli_state_names(states, typing.args));
        break;
    case CLI_ID_FILTER:
    case CLI_NAME:
        if (is_listing) {
            cli_complete_ids(&typing, cli_kind_get(typing.args->noun->name),
                             option == CLI_ID_FILTER, option == CLI_NAME);
        }
        break;
    case CLI_DATA: /* "@FILE" */
        if (typing.word[typing.start] == '@') {
            typing.start++;
            complete_files(&typing);
        }
        break;
    case CLI_SSH_KEY:
    case CLI_PASSWORD_FILE:
    case CLI_PRIVATE_KEY_FILE:
    case CLI_USER_DATA:
    case CLI_RECORD:
    case CLI_REPLAY:
        complete_files(&typing);
        break;
    default: {
        const cli_kind *kind =
            typing.args->verb == NULL
                ? NULL
                : cli_verb_option_kind(typing.args->verb, option);

        if (kind != NULL) {
            cli_complete_ids(&typing, kind, true, false);
        }
        break;
    }
    }
}

/* ---- everything else ----------------------------------------------------- */

static void
complete_option_names(const cli_typing *typing)
{
    const cli_args *args = typing->args;

    for (size_t i = 0; i < CLI_OPTION_COUNT; i++) {
        const cli_option_row *row = &cli_options[i];
        char name[64];

        if ((args->verb != NULL && (args->verb->options & CLI_BIT(i)) == 0) ||
            (args->values[i].count > 0 && !row->repeatable)) {
            continue;
        }
        (void)snprintf(name, sizeof name, "--%s", row->name);
        cli_complete_offer(typing, name, "",
                           args->verb == NULL ? row->help
                                              : cli_verb_option_help(
                                                    args->verb, (cli_option)i));
    }
}

static void
complete_operand(const cli_typing *typing)
{
    const cli_args *args = typing->args;

    if (args->noun == NULL) {
        for (size_t i = 0; args->operands.count == 0 && i < cli_noun_count;
             i++) {
            cli_complete_offer(typing, cli_nouns[i].name, "",
                               cli_nouns[i].summary);
        }
        return;
    }
    if (args->verb == NULL) {
        for (size_t i = 0; args->operands.count == 0 && i < cli_verb_count;
             i++) {
            if (strcmp(cli_verbs[i].noun, args->noun->name) == 0) {
                cli_complete_offer(typing, cli_verbs[i].name, "",
                                   cli_verbs[i].summary);
            }
        }
        return;
    }
    if (args->verb->operand == CLI_OPERAND_SOME ||
        (args->verb->operand == CLI_OPERAND_ONE && args->operands.count == 0)) {
        cli_complete_ids(typing, cli_kind_get(args->noun->name), true, true);
    } else if (args->verb->operand == CLI_OPERAND_DRIVER &&
               args->operands.count == 0) {
        cli_complete_drivers(typing);
    }
}

static void
complete(const cli_args *args, cli_option pending, const char *word)
{
    cli_typing typing = {.args = args, .word = word};
    const char *equals = strchr(word, '=');

    if (pending != CLI_OPTION_COUNT) {
        complete_value(typing, pending);
    } else if (args->options_ended || word[0] != '-') {
        complete_operand(&typing);
    } else if (strncmp(word, "--", 2) == 0 && equals != NULL) {
        typing.start = (size_t)(equals + 1 - word);
        complete_value(
            typing, cli_option_by_name(word + 2, (size_t)(equals - word) - 2));
    } else {
        complete_option_names(&typing);
    }
}

/* What goes wrong is of no interest while a line is being typed, and nothing
 * may be asked: standard input is the shell's. */
static void
go_silent(void)
{
    int null = open("/dev/null", O_RDWR);

    if (null >= 0) {
        (void)dup2(null, STDIN_FILENO);
        (void)dup2(null, STDERR_FILENO);
        (void)close(null);
    }
}

int
cli_complete(int count, char *const *words)
{
    cli_args args;
    cli_option pending;
    const char *word = count > 0 ? words[count - 1] : "";

    go_silent();
    (void)alarm(ALARM_SECONDS);
    cli_args_parse_part(&args, &pending, count > 0 ? count - 1 : 0, words);
    complete(&args, pending, word);
    cli_args_free(&args);
    return fflush(stdout) == 0 ? CLI_DONE : CLI_FAILED;
}
