/* What is done to nodes that are there: show, reboot, start, stop, destroy,
 * wait. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/node_wait.h"
#include "cli/query.h"
#include "cli/status.h"

/* A verb, and the state that it leads to. */
typedef struct verb {
    pileus_code (*act)(pileus_node *node, uint64_t flags, pileus_call *call,
                       pileus_error **err);
    pileus_state wanted;
} verb;

static uint64_t
flags_of(const cli_args *args)
{
    return (cli_args_has(args, CLI_SOFT) ? PILEUS_SOFT : 0) |
           (cli_args_has(args, CLI_HARD) ? PILEUS_HARD : 0);
}

static pileus_code
act(const cli_change *c, void *node, void *other, pileus_call *call,
    pileus_error **err)
{
    const verb *v = c->own;

    (void)other;
    return v->act(node, flags_of(c->args), call, err);
}

static int
wait(const cli_change *c, void **object, pileus_connection *conn,
     pileus_call *call, const char *about)
{
    const verb *v = c->own;
    pileus_node *node = *object;
    int status = cli_node_wait_for(&node, v->wanted, call, about);

    (void)conn;
    *object = node;
    return status;
}

static cli_change
change_of(const cli_args *args, const verb *own)
{
    return (cli_change){
        .args = args,
        .kind = &cli_kind_node,
        .shape = cli_change_shape(args),
        .act = act,
        .after = cli_args_has(args, CLI_WAIT) ? wait : NULL,
        .own = own,
    };
}

int
cli_node_show(const cli_args *args)
{
    return cli_show(args, &cli_kind_node);
}

int
cli_node_reboot(const cli_args *args)
{
    const verb own = {pileus_node_reboot, PILEUS_STATE_RUNNING};
    cli_change c = change_of(args, &own);

    return cli_change_run(&c);
}

int
cli_node_start(const cli_args *args)
{
    const verb own = {pileus_node_start, PILEUS_STATE_RUNNING};
    cli_change c = change_of(args, &own);

    return cli_change_run(&c);
}

int
cli_node_stop(const cli_args *args)
{
    const verb own = {pileus_node_stop, PILEUS_STATE_STOPPED};
    cli_change c = change_of(args, &own);

    return cli_change_run(&c);
}

int
cli_node_destroy(const cli_args *args)
{
    const verb own = {pileus_node_destroy, PILEUS_STATE_TERMINATED};
    cli_change c = change_of(args, &own);

    c.confirm = true;
    return cli_change_run(&c);
}

int
cli_node_wait(const cli_args *args)
{
    const cli_strings *states = &args->values[CLI_STATE];
    verb own = {NULL, PILEUS_STATE_RUNNING};
    cli_change c = change_of(args, &own);

    c.act = NULL;
    c.after = wait;
    if (states->count > 1) {
        return cli_args_wrong(args,
                              "a node is in one state: give --state once");
    }
    if (states->count == 1 &&
        !cli_state_parse(&own.wanted, states->items[0], args)) {
        return CLI_USAGE;
    }
    return cli_change_run(&c);
}
