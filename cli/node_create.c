/* Creating a node. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/create.h"
#include "cli/node_spec.h"
#include "cli/node_wait.h"
#include "cli/status.h"

static pileus_code
make(const cli_creation *c, void **object, pileus_connection *conn, void *other,
     pileus_call *call, pileus_error **err)
{
    pileus_node *node = NULL;
    pileus_code code = pileus_node_create(&node, conn, c->spec, call, err);

    (void)other;
    *object = node;
    return code;
}

static int
wait(const cli_creation *c, void **object, pileus_call *call)
{
    pileus_node *node = *object;
    int status = cli_node_wait_for(&node, PILEUS_STATE_RUNNING, call, NULL);

    (void)c;
    *object = node;
    return status;
}

int
cli_node_create(const cli_args *args)
{
    pileus_node_spec *spec = NULL;
    cli_creation c = {
        .args = args,
        .kind = &cli_kind_node,
        .made = PILEUS_KIND_NODE,
        .make = make,
        .after = cli_args_has(args, CLI_WAIT) ? wait : NULL,
    };
    int status = cli_node_spec_make(&spec, args);

    c.spec = spec;
    if (status == CLI_DONE) {
        status = cli_create_run(&c);
    }
    pileus_node_spec_free(spec);
    return status;
}
