/* Standard output: objects in the format that was asked for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/output.h"

#include "cli/report.h"
#include "cli/status.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

const char *const cli_format_names[] = {"table", "json", "jsonl",
                                        "csv",   "id",   "saved"};
const size_t cli_format_count =
    sizeof cli_format_names / sizeof cli_format_names[0];

static const cli_format *const formats[] = {
    &cli_format_table, &cli_format_json, &cli_format_jsonl,
    &cli_format_csv,   &cli_format_id,   &cli_format_saved,
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const char *
format_name(const cli_args *args)
{
    const char *name = cli_args_get(args, CLI_OUTPUT);

    return name == NULL ? cli_format_table.name : name;
}

bool
cli_output_is_table(const cli_args *args)
{
    return strcmp(format_name(args), cli_format_table.name) == 0;
}

static const cli_format *
format_of(const cli_args *args, cli_shape shape)
{
    const char *name = format_name(args);

    if (shape == CLI_SHAPE_FACTS && cli_output_is_table(args)) {
        return &cli_format_facts;
    }
    for (size_t i = 0; i < cli_format_count; i++) {
        if (strcmp(formats[i]->name, name) == 0) {
            return formats[i];
        }
    }
    (void)cli_args_unknown(args, "output format", name, cli_format_names,
                           cli_format_count);
    return NULL;
}

bool
cli_output_open(cli_output *out, const cli_args *args, const cli_kind *kind,
                cli_shape shape, bool fleet)
{
    *out = (cli_output){
        .file = stdout,
        .kind = kind,
        .format = format_of(args, shape),
        .shape = shape,
        .terminal = cli_terminal_of(stdout),
    };
    if (out->format == NULL) {
        return false;
    }
    if (out->format == &cli_format_saved && kind->save == NULL) {
        cli_error("a %s is no object of a provider, and cannot be saved: "
                  "choose another format",
                  kind->noun);
        return false;
    }
    if (!cli_choices_asked(&out->choices, kind, args)) {
        cli_choices_free(&out->choices);
        return false;
    }
    if (out->choices.count == 0) {
        cli_choices_usual(&out->choices, kind, !out->format->all_keys, fleet);
    }
    return true;
}

static void
begin(cli_output *out)
{
    if (!out->begun) {
        out->begun = true;
        out->format->begin(out);
    }
}

/* Each object is passed on as it comes: whoever reads need not wait. */
static void
flush(cli_output *out)
{
    errno = 0;
    if (!out->failed && (fflush(out->file) != 0 || ferror(out->file))) {
        out->failed = true;
        cli_error("cannot write to standard output: %s",
                  errno == 0 ? "it failed" : strerror(errno));
    }
}

bool
cli_output_add(cli_output *out, const void *object, size_t group)
{
    bool usable;

    (void)pthread_mutex_lock(&lock);
    if (!out->failed) {
        cli_progress_end();
        begin(out);
        out->format->add(out, object, group);
        out->count++;
        flush(out);
    }
    usable = !out->failed;
    (void)pthread_mutex_unlock(&lock);
    return usable;
}

int
cli_output_close(cli_output *out, int status)
{
    cli_progress_end();
    if (status == CLI_DONE || status == CLI_PARTIAL) {
        begin(out);
    }
    if (out->begun) {
        out->format->end(out);
    }
    flush(out);
    cli_choices_free(&out->choices);
    return out->failed && status == CLI_DONE ? CLI_FAILED : status;
}
