/* Creating, and losing nothing that was made half. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/create.h"

#include "cli/find.h"
#include "cli/memory.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"
#include "cli/suggest.h"

#include <stdlib.h>

/* What the library told of what it made. */
typedef struct trace {
    pileus_kind kind;
    char *id;
} trace;

/* A pileus_made_fn: keeps the id. */
static void
keep_id(void *user, pileus_kind kind, const char *id)
{
    trace *kept = user;

    if (kind == kept->kind) {
        free(kept->id);
        kept->id = cli_copy(id);
    }
}

static int
report(const cli_creation *c, const pileus_error *err, const trace *made,
       pileus_connection *conn, pileus_call *call)
{
    const char *id = pileus_error_made_id(err);
    pileus_code code = pileus_error_code(err);

    /* Without an id what was made is undone, unless there is no room for one.
     */
    if (id == NULL && code == PILEUS_NO_MEMORY) {
        id = made->id;
    }
    cli_failure(NULL, err);
    if (id != NULL) {
        cli_hint("made %s %s: it is there and may cost money until it is "
                 "destroyed",
                 c->kind->noun, id);
    } else if (code == PILEUS_NOT_FOUND || code == PILEUS_INVALID_ARGUMENT) {
        cli_suggest_arguments(conn, c->args, call);
    }
    return cli_status_of(code);
}

static int
create(const cli_creation *c, pileus_connection *conn, void *other,
       pileus_call *call, cli_output *out)
{
    trace made = {.kind = c->made};
    void *object = NULL;
    pileus_error *err = NULL;
    int status = CLI_DONE;

    pileus_call_set_made(call, keep_id, &made);
    if (c->make(c, &object, conn, other, call, &err) != PILEUS_OK) {
        status = report(c, err, &made, conn, call);
        pileus_error_free(err);
    }
    if (status == CLI_DONE && c->after != NULL) {
        status = c->after(c, &object, call);
        if (status != CLI_DONE && c->kind->id(object) != NULL) {
            cli_hint("made %s %s: it is there", c->kind->noun,
                     c->kind->id(object));
        }
    }
    if (object != NULL) { /* also when that failed: it is there */
        (void)cli_output_add(out, object, 0);
        c->kind->unref(object);
    }
    pileus_call_set_made(call, NULL, NULL);
    free(made.id);
    return status;
}

static int
find_other_and_create(const cli_creation *c, pileus_connection *conn,
                      pileus_call *call, cli_output *out)
{
    void *other = NULL;
    int status = CLI_DONE;

    if (c->other != NULL) {
        status = cli_find(&other, c->other, conn,
                          cli_args_get(c->args, c->other_option), call, NULL);
    }
    if (status == CLI_DONE) {
        status = create(c, conn, other, call, out);
    }
    if (other != NULL) {
        c->other->unref(other);
    }
    return status;
}

int
cli_create_run(const cli_creation *c)
{
    cli_output out;
    cli_session session;
    pileus_connection *conn = NULL;
    int status;

    if (!cli_output_open(&out, c->args, c->kind, CLI_SHAPE_ONE, false)) {
        return CLI_USAGE;
    }
    status = cli_session_start(&session, c->args, false);
    if (status == CLI_DONE) {
        pileus_call *call = cli_call_new(&session);

        status = cli_session_connect(&conn, &session, call);
        if (status == CLI_DONE) {
            status = find_other_and_create(c, conn, call, &out);
        }
        pileus_connection_unref(conn);
        cli_call_free(call);
    }
    cli_session_end(&session);
    return cli_output_close(&out, status);
}
