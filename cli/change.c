/* What is done to objects that are there, one or several. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/change.h"

#include "cli/confirm.h"
#include "cli/find.h"
#include "cli/report.h"
#include "cli/saved.h"
#include "cli/session.h"
#include "cli/signals.h"
#include "cli/status.h"

static int
act(const cli_change *c, void *object, void *other, pileus_call *call,
    const char *about)
{
    pileus_error *err = NULL;
    pileus_code code = c->act(c, object, other, call, &err);

    if (code != PILEUS_OK) {
        cli_failure(about, err);
        pileus_error_free(err);
    }
    return cli_status_of(code);
}

/* What a run of the command works with. */
typedef struct work {
    pileus_connection *conn;
    pileus_call *call;
    pileus_list *saved; /* NULL: the provider is asked */
    void *other;
    cli_output out;
} work;

/* From the word that names an object to the answer about it. */
static int
change_one(const cli_change *c, const char *word, work *w)
{
    const char *about = c->args->operands.count > 1 ? word : NULL;
    void *object = NULL;
    int status =
        w->saved != NULL
            ? cli_saved_find(&object, c->kind, w->saved, word)
            : cli_find(&object, c->kind, w->conn, word, w->call, about);

    if (status != CLI_DONE) {
        return status;
    }
    if (c->confirm && !cli_confirm(c->args, c->kind, object, w->call)) {
        cli_error("%s '%s' was not %s", c->kind->noun, word,
                  cli_confirm_done(c->args));
        status = CLI_FAILED;
        goto out;
    }
    if (c->act != NULL) {
        status = act(c, object, w->other, w->call, about);
        if (status != CLI_DONE) {
            goto out;
        }
    }
    if (c->after != NULL) {
        status = c->after(c, &object, w->conn, w->call, about);
    }
    /* Also when that failed: what was asked for was done. */
    (void)cli_output_add(&w->out, object, 0);
out:
    c->kind->unref(object);
    return status;
}

static int
change_all(const cli_change *c, work *w)
{
    const cli_strings *words = &c->args->operands;
    cli_tally tally = {0};

    for (size_t i = 0; i < words->count && cli_signals_caught() == 0; i++) {
        cli_tally_add(&tally, change_one(c, words->items[i], w));
    }
    return cli_tally_status(&tally);
}

static int
find_other_and_change(const cli_change *c, work *w)
{
    const char *word =
        c->other == NULL ? NULL : cli_args_get(c->args, c->other_option);
    int status = CLI_DONE;

    if (word != NULL) {
        status = cli_find(&w->other, c->other, w->conn, word, w->call, NULL);
    }
    if (status == CLI_DONE) {
        status = change_all(c, w);
    }
    if (w->other != NULL) {
        c->other->unref(w->other);
    }
    return status;
}

int
cli_change_run(const cli_change *c)
{
    work w = {0};
    cli_session session;
    int status;

    if (c->confirm && !cli_confirm_possible(c->args)) {
        return CLI_USAGE;
    }
    if (!cli_output_open(&w.out, c->args, c->kind, c->shape, false)) {
        return CLI_USAGE;
    }
    status = cli_session_start(&session, c->args, false);
    if (status == CLI_DONE) {
        w.call = cli_call_new(&session);
        status = cli_session_connect(&w.conn, &session, w.call);
        if (status == CLI_DONE) {
            status = cli_saved_load(&w.saved, c->args, w.conn);
        }
        if (status == CLI_DONE) {
            status = find_other_and_change(c, &w);
        }
        pileus_list_free(w.saved);
        pileus_connection_unref(w.conn);
        cli_call_free(w.call);
    }
    cli_session_end(&session);
    return cli_output_close(&w.out, status);
}

cli_shape
cli_change_shape(const cli_args *args)
{
    return args->operands.count > 1 ? CLI_SHAPE_LIST : CLI_SHAPE_ONE;
}

int
cli_change_look_again(const cli_change *c, void **object,
                      pileus_connection *conn, pileus_call *call,
                      const char *about)
{
    void *newest = NULL;
    pileus_error *err = NULL;
    pileus_code code =
        c->kind->get(&newest, conn, c->kind->id(*object), call, &err);

    if (code == PILEUS_OK) {
        c->kind->unref(*object);
        *object = newest;
    } else {
        cli_failure(about, err);
        pileus_error_free(err);
    }
    return cli_status_of(code);
}

int
cli_show(const cli_args *args, const cli_kind *kind)
{
    cli_change c = {.args = args, .kind = kind, .shape = CLI_SHAPE_FACTS};

    return cli_change_run(&c);
}
