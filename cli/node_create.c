/* Creating a node, and losing none that was made half. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/memory.h"
#include "cli/node_spec.h"
#include "cli/node_wait.h"
#include "cli/output.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"
#include "cli/suggest.h"

#include <stdlib.h>

/* A pileus_made_fn: keeps the id. */
static void
keep_id(void *user, pileus_kind kind, const char *id)
{
    char **kept = user;

    if (kind == PILEUS_KIND_NODE) {
        free(*kept);
        *kept = cli_copy(id);
    }
}

static int
report(const pileus_error *err, const char *made, pileus_connection *conn,
       const cli_args *args, pileus_call *call)
{
    const char *id = pileus_error_made_id(err);
    pileus_code code = pileus_error_code(err);

    /* Without an id what was made is undone, unless there is no room for one.
     */
    if (id == NULL && code == PILEUS_NO_MEMORY) {
        id = made;
    }
    cli_failure(NULL, err);
    if (id != NULL) {
        cli_hint("made node %s: it is there and may cost money until it is "
                 "destroyed",
                 id);
    } else if (code == PILEUS_NOT_FOUND || code == PILEUS_INVALID_ARGUMENT) {
        cli_suggest_arguments(conn, args, call);
    }
    return cli_status_of(code);
}

static int
create(const cli_args *args, const pileus_node_spec *spec,
       pileus_connection *conn, pileus_call *call, cli_output *out)
{
    pileus_node *node = NULL;
    pileus_error *err = NULL;
    char *made = NULL;
    int status = CLI_DONE;

    pileus_call_set_made(call, keep_id, &made);
    if (pileus_node_create(&node, conn, spec, call, &err) != PILEUS_OK) {
        status = report(err, made, conn, args, call);
        pileus_error_free(err);
    }
    if (status == CLI_DONE && cli_args_has(args, CLI_WAIT)) {
        status = cli_node_wait_for(&node, PILEUS_STATE_RUNNING, call, NULL);
        if (status != CLI_DONE && pileus_node_id(node) != NULL) {
            cli_hint("made node %s: it is there", pileus_node_id(node));
        }
    }
    if (node != NULL) { /* also when the waiting failed: it is there */
        (void)cli_output_add(out, node, 0);
    }
    pileus_call_set_made(call, NULL, NULL);
    free(made);
    pileus_node_unref(node);
    return status;
}

static int
connect_and_create(const cli_args *args, const cli_session *session,
                   cli_output *out)
{
    pileus_node_spec *spec = NULL;
    pileus_connection *conn = NULL;
    pileus_call *call = NULL;
    int status = cli_node_spec_make(&spec, args);

    if (status == CLI_DONE) {
        call = cli_call_new(session);
        status = cli_session_connect(&conn, session, call);
        if (status == CLI_DONE) {
            status = create(args, spec, conn, call, out);
        }
        pileus_connection_unref(conn);
        cli_call_free(call);
    }
    pileus_node_spec_free(spec);
    return status;
}

int
cli_node_create(const cli_args *args)
{
    cli_output out;
    cli_session session;
    int status;

    if (!cli_output_open(&out, args, &cli_kind_node, CLI_SHAPE_ONE, false)) {
        return CLI_USAGE;
    }
    status = cli_session_start(&session, args, false);
    if (status == CLI_DONE) {
        status = connect_and_create(args, &session, &out);
    }
    cli_session_end(&session);
    return cli_output_close(&out, status);
}
