/* More that is done to nodes: pause, suspend, shelve, and back; rebuild,
 * resize. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/change.h"
#include "cli/node_spec.h"
#include "cli/node_wait.h"
#include "cli/status.h"

#include <pileus/lifecycle.h>

/* A verb, what it is given, and the state that it leads to. */
typedef struct verb {
    pileus_code (*act)(pileus_node *node, uint64_t flags, pileus_call *call,
                       pileus_error **err);
    pileus_state wanted;
    const pileus_node_spec *spec; /* of a rebuild */
    const char *size;             /* of a resize */
    pileus_state *before; /* instead of wanted: where act keeps the state that a
                             resize finds, and leads back to */
} verb;

/* A node that is stopped stays so; any other runs in the end. A provider that
 * keeps the old size until the resize is confirmed says of the node what holds
 * meanwhile, so that this ends a wait, too. */
static void
keep_state(const verb *v, const pileus_node *node)
{
    if (v->before != NULL) {
        *v->before = pileus_node_state(node) == PILEUS_STATE_STOPPED
                         ? PILEUS_STATE_STOPPED
                         : PILEUS_STATE_RUNNING;
    }
}

static pileus_code
act(const cli_change *c, void *node, void *other, pileus_call *call,
    pileus_error **err)
{
    const verb *v = c->own;

    (void)other;
    keep_state(v, node);
    if (v->spec != NULL) {
        return pileus_node_rebuild(node, v->spec, 0, call, err);
    }
    return v->size != NULL ? pileus_node_resize(node, v->size, 0, call, err)
                           : v->act(node, 0, call, err);
}

static int
wait(const cli_change *c, void **object, pileus_connection *conn,
     pileus_call *call, const char *about)
{
    const verb *v = c->own;
    pileus_node *node = *object;
    int status = cli_node_wait_for(
        &node, v->before == NULL ? v->wanted : *v->before, call, about);

    (void)conn;
    *object = node;
    return status;
}

static int
run(const cli_args *args, const verb *own)
{
    const cli_change c = {
        .args = args,
        .kind = &cli_kind_node,
        .shape = cli_change_shape(args),
        .confirm = own->spec != NULL,
        .act = act,
        .after = cli_args_has(args, CLI_WAIT) ? wait : NULL,
        .own = own,
    };

    return cli_change_run(&c);
}

#define VERB(name, wanted)                                                     \
    int cli_node_##name(const cli_args *args)                                  \
    {                                                                          \
        const verb own = {pileus_node_##name, wanted, NULL, NULL, NULL};       \
                                                                               \
        return run(args, &own);                                                \
    }

VERB(pause, PILEUS_STATE_PAUSED)
VERB(unpause, PILEUS_STATE_RUNNING)
VERB(suspend, PILEUS_STATE_SUSPENDED)
VERB(resume, PILEUS_STATE_RUNNING)
VERB(shelve, PILEUS_STATE_STOPPED)
VERB(unshelve, PILEUS_STATE_RUNNING)

int
cli_node_rebuild(const cli_args *args)
{
    pileus_node_spec *spec = NULL;
    int status = cli_node_spec_make(&spec, args);

    if (status == CLI_DONE) {
        const verb own = {NULL, PILEUS_STATE_RUNNING, spec, NULL, NULL};

        status = run(args, &own);
    }
    pileus_node_spec_free(spec);
    return status;
}

int
cli_node_resize(const cli_args *args)
{
    pileus_state before = PILEUS_STATE_RUNNING;
    verb own = {.size = cli_args_get(args, CLI_SIZE), .before = &before};

    if (cli_args_has(args, CLI_CONFIRM)) {
        own.act = pileus_node_confirm_resize;
    } else if (cli_args_has(args, CLI_REVERT)) {
        own.act = pileus_node_revert_resize;
    } else if (own.size == NULL) {
        return cli_args_wrong(args, "say which size: --size ID; or, of one "
                                    "that is resized, --confirm or --revert");
    }
    return run(args, &own);
}
