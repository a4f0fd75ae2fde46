/* Raw requests: what the provider's API can do and no verb does. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/nouns.h"

#include "cli/input.h"
#include "cli/memory.h"
#include "cli/pairs.h"
#include "cli/report.h"
#include "cli/session.h"
#include "cli/status.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is asked ------------------------------------------------------- */

static pileus_code
add_query(void *request, const char *key, const char *value, pileus_error **err)
{
    return pileus_raw_request_add_query(request, key, value, err);
}

static int
set_query(pileus_raw_request *request, const cli_args *args, pileus_error **err)
{
    return cli_pairs_add(request, args, CLI_QUERY, false, add_query, err);
}

/* "Name: value". */
static int
set_headers(pileus_raw_request *request, const cli_args *args,
            pileus_error **err)
{
    const cli_strings *texts = &args->values[CLI_HEADER];
    pileus_code code = PILEUS_OK;

    for (size_t i = 0; i < texts->count && code == PILEUS_OK; i++) {
        const char *colon = strchr(texts->items[i], ':');
        char *name;

        if (colon == NULL) { /* it may be a secret */
            return cli_args_wrong(args, "--header takes 'NAME: VALUE'");
        }
        name =
            cli_copy_part(texts->items[i], (size_t)(colon - texts->items[i]));
        colon++;
        code = pileus_raw_request_set_header(request, name,
                                             colon + strspn(colon, " \t"), err);
        free(name);
    }
    return cli_status_of(code);
}

/* As it stands, or from a file behind '@'. */
static int
set_body(pileus_raw_request *request, const cli_args *args, pileus_error **err)
{
    const char *data = cli_args_get(args, CLI_DATA);
    cli_input input;
    int status;

    if (data == NULL) {
        return CLI_DONE;
    }
    if (*data != '@') {
        return cli_status_of(
            pileus_raw_request_set_body(request, data, strlen(data), err));
    }
    if (!cli_input_read(&input, data + 1, "body", PILEUS_RAW_BODY_MAX)) {
        return CLI_USAGE;
    }
    status = cli_status_of(
        pileus_raw_request_set_body(request, input.data, input.size, err));
    cli_input_wipe(&input);
    return status;
}

static int
make(pileus_raw_request **request, const cli_args *args)
{
    static int (*const steps[])(pileus_raw_request *, const cli_args *,
                                pileus_error **) = {
        set_query,
        set_headers,
        set_body,
    };
    pileus_error *err = NULL;
    int status = cli_status_of(pileus_raw_request_new(
        request, args->verb->name, args->operands.items[0], &err));

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (status == CLI_DONE) {
            status = steps[i](*request, args, &err);
        }
    }
    if (err != NULL) {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    if (status == CLI_DONE && cli_args_has(args, CLI_IDEMPOTENT)) {
        pileus_raw_request_set_idempotent(*request);
    }
    return status;
}

/* ---- asking -------------------------------------------------------------- */

/* The answer's body is printed whatever the answer was; main looks whether it
 * could be written. */
static int
ask(pileus_connection *conn, const pileus_raw_request *request,
    pileus_call *call)
{
    pileus_raw_response *response = NULL;
    pileus_error *err = NULL;
    int status =
        cli_status_of(pileus_raw_send(&response, conn, request, call, &err));

    if (response != NULL) {
        size_t size = 0;
        const char *body = pileus_raw_response_body(response, &size);

        cli_progress_end();
        (void)fwrite(body, 1, size, stdout);
        (void)fflush(stdout); /* before what is said of it */
    }
    if (err != NULL) {
        cli_failure(NULL, err);
        pileus_error_free(err);
    }
    pileus_raw_response_free(response);
    return status;
}

static int
connect_and_ask(const cli_session *session, const pileus_raw_request *request)
{
    pileus_call *call = cli_call_new(session);
    pileus_connection *conn = NULL;
    int status = cli_session_connect(&conn, session, call);

    if (status == CLI_DONE) {
        status = ask(conn, request, call);
    }
    cli_progress_end();
    pileus_connection_unref(conn);
    cli_call_free(call);
    return status;
}

int
cli_raw(const cli_args *args)
{
    pileus_raw_request *request = NULL;
    cli_session session;
    int status = cli_session_start(&session, args, false);

    if (status == CLI_DONE) {
        status = make(&request, args);
    }
    if (status == CLI_DONE) {
        status = connect_and_ask(&session, request);
    }
    pileus_raw_request_free(request);
    cli_session_end(&session);
    return status;
}
