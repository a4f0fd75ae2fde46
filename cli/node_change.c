/* What is done to nodes that are there: show, reboot, start, stop, destroy,
 * wait. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/confirm.h"
#include "cli/node_find.h"
#include "cli/node_wait.h"
#include "cli/output.h"
#include "cli/query.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/signals.h"
#include "cli/status.h"

typedef pileus_code (*change_fn)(pileus_node *node, uint64_t flags,
                                 pileus_call *call, pileus_error **err);

/* What one run does to each of its nodes. */
typedef struct change {
    const cli_args *args;
    change_fn change;    /* NULL: nothing */
    pileus_state wanted; /* state that --wait waits for */
    bool wait;
    bool confirm;
    cli_shape shape;
} change;

static uint64_t
flags_of(const cli_args *args)
{
    return (cli_args_has(args, CLI_SOFT) ? PILEUS_SOFT : 0) |
           (cli_args_has(args, CLI_HARD) ? PILEUS_HARD : 0);
}

static int
act(const change *c, pileus_node *node, pileus_call *call, const char *about)
{
    pileus_error *err = NULL;
    pileus_code code = c->change(node, flags_of(c->args), call, &err);

    if (code != PILEUS_OK) {
        cli_failure(about, err);
        pileus_error_free(err);
    }
    return cli_status_of(code);
}

/* From the word that names a node to the answer about it. */
static int
change_one(const change *c, const char *word, pileus_connection *conn,
           pileus_call *call, cli_output *out)
{
    const char *about = c->args->operands.count > 1 ? word : NULL;
    pileus_node *node = NULL;
    int status = cli_node_find(&node, conn, word, call, about);

    if (status != CLI_DONE) {
        return status;
    }
    if (c->confirm && !cli_confirm_destroy(c->args, node, call)) {
        cli_error("node '%s' was not destroyed", word);
        status = CLI_FAILED;
        goto out;
    }
    if (c->change != NULL) {
        status = act(c, node, call, about);
        if (status != CLI_DONE) {
            goto out;
        }
    }
    if (c->wait) {
        status = cli_node_wait_for(&node, c->wanted, call, about);
    }
    /* Also when the waiting failed: what was asked for was done. */
    (void)cli_output_add(out, node, 0);
out:
    pileus_node_unref(node);
    return status;
}

static int
change_all(const change *c, pileus_connection *conn, pileus_call *call,
           cli_output *out)
{
    const cli_strings *words = &c->args->operands;
    cli_tally tally = {0};

    for (size_t i = 0; i < words->count && cli_signals_caught() == 0; i++) {
        cli_tally_add(&tally, change_one(c, words->items[i], conn, call, out));
    }
    return cli_tally_status(&tally);
}

static int
run(const change *c)
{
    cli_output out;
    cli_session session;
    pileus_connection *conn = NULL;
    int status;

    if (!cli_output_open(&out, c->args, &cli_kind_node, c->shape, false)) {
        return CLI_USAGE;
    }
    status = cli_session_start(&session, c->args, false);
    if (status == CLI_DONE) {
        pileus_call *call = cli_call_new(&session);

        status = cli_session_connect(&conn, &session, call);
        if (status == CLI_DONE) {
            status = change_all(c, conn, call, &out);
        }
        pileus_connection_unref(conn);
        cli_call_free(call);
    }
    cli_session_end(&session);
    return cli_output_close(&out, status);
}

/* One node is an object, several are a list. */
static cli_shape
shape_of(const cli_args *args)
{
    return args->operands.count > 1 ? CLI_SHAPE_LIST : CLI_SHAPE_ONE;
}

static change
change_of(const cli_args *args, change_fn fn, pileus_state wanted)
{
    return (change){
        .args = args,
        .change = fn,
        .wanted = wanted,
        .wait = cli_args_has(args, CLI_WAIT),
        .shape = shape_of(args),
    };
}

int
cli_node_show(const cli_args *args)
{
    change c = {.args = args, .shape = CLI_SHAPE_FACTS};

    return run(&c);
}

int
cli_node_reboot(const cli_args *args)
{
    change c = change_of(args, pileus_node_reboot, PILEUS_STATE_RUNNING);

    return run(&c);
}

int
cli_node_start(const cli_args *args)
{
    change c = change_of(args, pileus_node_start, PILEUS_STATE_RUNNING);

    return run(&c);
}

int
cli_node_stop(const cli_args *args)
{
    change c = change_of(args, pileus_node_stop, PILEUS_STATE_STOPPED);

    return run(&c);
}

int
cli_node_destroy(const cli_args *args)
{
    change c = change_of(args, pileus_node_destroy, PILEUS_STATE_TERMINATED);

    c.confirm = true;
    return cli_confirm_possible(args) ? run(&c) : CLI_USAGE;
}

int
cli_node_wait(const cli_args *args)
{
    const cli_strings *states = &args->values[CLI_STATE];
    change c = change_of(args, NULL, PILEUS_STATE_RUNNING);

    c.wait = true;
    if (states->count > 1) {
        return cli_args_wrong(args,
                              "a node is in one state: give --state once");
    }
    if (states->count == 1 &&
        !cli_state_parse(&c.wanted, states->items[0], args)) {
        return CLI_USAGE;
    }
    return run(&c);
}
